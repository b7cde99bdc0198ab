"""Whose text a report is: the agency or outlet named in its credits, dateline or byline."""

import re
from collections.abc import Iterable

from rashomon.model import Segment, SegmentKind
from rashomon.sources.layout import DATELINE

AGENCIES = {
    "AP": "Associated Press", "Associated Press": "Associated Press", "Reuters": "Reuters", "REUTERS": "Reuters",
    "AFP": "Agence France-Presse", "Agence France-Presse": "Agence France-Presse", "dpa": "dpa", "DPA": "dpa",
    "EFE": "EFE", "ANSA": "ANSA", "TASS": "TASS", "Xinhua": "Xinhua", "ANA": "African News Agency",
    "SAPA": "South African Press Association", "Sapa": "South African Press Association", "PTI": "Press Trust of India",
    "UPI": "United Press International", "Interfax": "Interfax", "BelTA": "BelTA", "Belta": "BelTA", "CNA": "Central News Agency",
    "Anadolu": "Anadolu Agency", "Kyodo": "Kyodo News", "ANI": "Asian News International", "IANS": "Indo-Asian News Service",
}  # fmt: skip
_VIA = re.compile(r"[Vv]ia\s+(?P<name>[A-Z][\w.&’' ]{1,40}?)\s*\.?\s*$")
_WRITERS = re.compile(
    r"(?:The )?(?P<name>[A-Z][\w ]{1,40}?) (?:writers?|correspondents?|reporters?|staff)\b.{2,200}\bcontributed",
    re.S,
)
_FIRST = re.compile(
    r"This (?:article|story|report) (?:was|is) (?:first|originally) published (?:by|in|on) (?P<name>[A-Z][\w.&’' ]{1,40})"
)


def origin(text: str, parts: Iterable[Segment], *, byline: str | None = None) -> str | None:
    """The agency or outlet that a dateline, a credits line or a byline names as the author; None if none does."""
    parts = tuple(parts)
    for kind, find in ((SegmentKind.DATELINE, _dateline), (SegmentKind.CREDIT, _credit)):
        for part in parts:
            if part.kind is kind and (name := find(part.span.of(text))):
                return AGENCIES.get(name, name)
    for name, full in AGENCIES.items():
        if byline and re.search(rf"\b{re.escape(name)}\b", byline):
            return full
    return None


def _dateline(line: str) -> str | None:
    found = DATELINE.match(line + " ")
    if found is None or not found["agency"]:
        return None
    return found["agency"].strip()


def _credit(line: str) -> str | None:
    for pattern in (_VIA, _WRITERS, _FIRST):
        if found := pattern.search(line):
            return found["name"].strip()
    return None
