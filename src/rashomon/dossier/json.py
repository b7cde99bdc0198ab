"""The JSON of the contract: the same dossier gives the same bytes."""

from typing import Any

import msgspec

from rashomon.model import Dossier, Extraction, Report


def dossier_json(dossier: Dossier) -> bytes:
    """The dossier as indented UTF-8 JSON, ending in a line break."""
    return msgspec.json.format(msgspec.json.encode(dossier), indent=1) + b"\n"


def extraction_line(report: Report, extraction: Extraction) -> bytes:
    """A line of `rashomon extract`: a report and what was found in it."""
    row: dict[str, Any] = {"report": report}
    for name in ("mentions", "times", "claims", "figures", "rejected"):
        row[name] = getattr(extraction, name)
    return msgspec.json.encode(row) + b"\n"
