"""The dossier put together from facts and what was derived of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from rashomon.model import (
    Cast,
    Dossier,
    DossierClaim,
    DossierFigure,
    DossierReport,
    Extraction,
    Outcome,
    Rejected,
    Report,
)


def build(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    copied: Mapping[str, str],
    cast: Cast,
    outcome: Outcome,
    rejected: Sequence[Rejected],
    marks: Mapping[str, str],
) -> Dossier:
    """One dossier; speakers become parties, a copy gets its original's origin, `marks` are reviews by id."""
    by_id = {report.id: report for report in reports}
    return Dossier(
        reports=tuple(
            DossierReport(
                **_fields(report) | {"origin": _origin(report, copied, by_id)},
                copy_of=copied.get(report.id),
                mentions=extraction.mentions,
                times=extraction.times,
            )
            for report, extraction in zip(reports, extractions, strict=True)
        ),
        parties=cast.parties,
        claims=tuple(
            DossierClaim(
                **_fields(claim) | {"speaker": cast.speakers.get(claim.id)},
                report=e.report,
                review=marks.get(claim.id),
            )
            for e in extractions
            for claim in e.claims
        ),
        figures=tuple(
            DossierFigure(
                **_fields(figure) | {"speaker": cast.speakers.get(figure.id)},
                report=e.report,
                review=marks.get(figure.id),
            )
            for e in extractions
            for figure in e.figures
        ),
        questions=outcome.questions,
        relations=outcome.relations,
        timeline=outcome.timeline,
        rejected=tuple(dict.fromkeys([*rejected, *(r for e in extractions for r in e.rejected)])),
    )


def _origin(report: Report, copied: Mapping[str, str], by_id: Mapping[str, Report]) -> str | None:
    original = by_id.get(copied.get(report.id, ""))
    if original is None:
        return report.origin
    return original.origin or original.outlet or report.origin


def _fields(value: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}
