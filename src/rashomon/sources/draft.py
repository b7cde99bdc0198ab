"""A text with the metadata its container gave, before it becomes a report."""

import re
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from rashomon.model import Report, digest
from rashomon.sources import language, layout, origin

_EDTF = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?)?)?$")
_NAMED = re.compile(
    r"\b(?:(?P<d1>\d{1,2}) (?P<m1>[A-Z][a-z]{2,8})|(?P<m2>[A-Z][a-z]{2,8})\.? (?P<d2>\d{1,2}),?) (?P<y>\d{4})\b"
)
MONTHS = {
    name: n + 1
    for n, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ]
    )
    for name in names.split()
}


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Text and metadata as found; empty metadata are None."""

    text: str
    sha256: str
    external_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    origin: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None


def metadata(found: Mapping[object, object]) -> dict[str, str | None]:
    """The keys of the contract from a front matter or JSON object, as strings; others are ignored."""
    keys = ("title", "outlet", "origin", "published", "url", "byline", "language")
    out = {key: _plain(found.get(key)) for key in keys}
    out["external_id"] = _plain(found.get("id"))
    return out


def _plain(value: object) -> str | None:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value).strip()[:2000] or None
    return None


def edtf(value: str | None) -> str | None:
    """A date as EDTF from ISO or from words with month names; None where it is neither."""
    if not value:
        return None
    value = value.strip().replace(" ", "T", 1) if value[:4].isdigit() else value.strip()
    if _EDTF.match(value):
        return value if _is_day(value) else None
    if (named := _NAMED.search(value)) and (named["m1"] or named["m2"]).lower() in MONTHS:
        month = MONTHS[(named["m1"] or named["m2"]).lower()]
        return f"{named['y']}-{month:02}-{int(named['d1'] or named['d2']):02}"
    return value[:10] if _EDTF.match(value[:10]) and _is_day(value) else None


def _is_day(value: str) -> bool:
    """Whether a value's month and day exist, as far as it has them."""
    try:
        date.fromisoformat((value[:10] + "-01-01"[len(value[:10]) - 4 :])[:10])
    except ValueError:
        return False
    return True


def report_of(draft: Draft, path: str) -> Report:
    """The report with its id, language, layout and origin worked out."""
    segments = layout.segments(draft.text, title=draft.title)
    return Report(
        id=digest(
            "r",
            draft.external_id,
            draft.sha256,
            draft.text,
            draft.outlet,
            draft.published,
            draft.url,
        ),
        external_id=draft.external_id,
        path=path,
        title=draft.title or layout.headline(draft.text, segments),
        outlet=draft.outlet,
        origin=draft.origin or origin.origin(draft.text, segments, byline=draft.byline),
        published=edtf(draft.published) or layout.published(draft.text, segments),
        url=draft.url,
        byline=draft.byline or layout.byline(draft.text, segments),
        language=draft.language or language.guess(draft.text),
        sha256=draft.sha256,
        text=draft.text,
        segments=segments,
    )
