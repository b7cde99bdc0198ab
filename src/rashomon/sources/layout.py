"""The parts of a page: headline, dateline, byline, body, caption, credit, promo."""

import re
from collections.abc import Iterator

from rashomon.model import Segment, SegmentKind, Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_PROMO = re.compile(
    r"\s*(?:READ (?:ALSO|MORE|NEXT)|ALSO READ|SEE ALSO|RELATED(?: (?:STOR(?:Y|IES)|ARTICLES?))?|MORE (?:ON|FROM)"
    r"|RECOMMENDED|EDITORS?['’] PICKS?|MOST READ|WATCH(?: (?:NOW|LIVE|MORE|:))|LISTEN(?: NOW|:)"
    r"|SIGN UP|SUBSCRIBE|FOLLOW US|FOLLOW @|DOWNLOAD (?:OUR|THE) APP|CLICK HERE|ADVERTISEMENT|TRENDING|DON['’]T MISS"
    r"|SHARE THIS|JOIN OUR)\b",
    re.I,
)
_PROMO_LOUD = re.compile(
    r"\s*(?:Read (?:also|more|next)|See also|Related|Also read|More on this)\s*[:»>–—-]", re.I
)
_PHOTO = re.compile(
    r"\(\s*(?:[A-Z][\w.\-’' ]{1,40}/)?(?:[A-Z][\w.&\-’' ]{1,40})?\b(?:Photo|Pool|via|Image|Picture|File|Handout|Getty|EPA|Shutterstock)\b[^)]{0,80}\)"
    r"|\((?:AP|AFP|Reuters|EPA)\b[^)]{0,60}\)\s*$"
    r"|©\s?\S|\b(?:Photo(?:graph)?|Picture|Image)s?(?: (?:by|credit|courtesy))?\s*:\s*\S|\bCredit:\s*\S"
    r"|\([A-Z][\w.\-’' ]{1,40}/[A-Z][\w.\-’' /]{1,40}\)(?=\s*(?:$|Credit))",
)
_CREDIT = re.compile(
    r"\s*(?:(?:The )?[A-Z][\w ]{1,40} (?:writers?|correspondents?|reporters?|staff)\b[^.]{2,200}\bcontributed\b"
    r"|\(?(?:Additional )?(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Cc]ompiled|[Tt]ranslated) by\b"
    r"|[Vv]ia [A-Z][\w.&’' ]{2,40}\.?\s*$|[Ss]ource:\s*\S.{0,60}$|[Cc]opyright\b|©\s*\d{4}|All rights reserved"
    r"|Credit:\s|\(?With (?:reporting|files) (?:by|from)\b|This (?:article|story|report) (?:was|is) (?:first|originally)\b)"
)
_BYLINE = re.compile(
    r"\s*(?:By|BY|Par|Von|Text by|Story by)\s+[A-Z][^.!?]{2,80}$|\s*[A-Z][\w.\-’ ]{3,50}\s*\|\s*[A-Z]\w.{2,40}$"
)
DATELINE = re.compile(
    r"\s*(?P<line>(?:[A-ZÀ-ÞĀ-Ž][\wÀ-ž.’'\-]*(?:,? (?:[A-ZÀ-Þ][\wÀ-ž.’'\-]*|de|la|of|el|\d{1,2}))*"
    r"(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\w*\.? ?\d{0,2},?(?: \d{2,4})?)?"
    r"\s*)(?:\((?P<agency>[A-Z][\w .&/’'-]{1,40})\)\s*)?(?:—|–|--|-))\s"
)
_CAPTION_OPENS = re.compile(
    r"\s*(?:[A-Z][\w’'\-]+ ){1,12}?(?:stands?|holds?|walks?|hugs?|shows?|listens?|speaks?|waves?|gathers?|carr(?:y|ies)|leaves?|leave"
    r"|waits?|looks?|lights?|lays?|chants?|attends?|arrives?|poses?|sits?|reacts?|marche?s?|takes?|casts?|queues?|lines? up)\b"
)
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*\s*$")
_STANDING = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d"
)
# A headline is short and no sentence: longest of the headlines in the visible corpora is 130.
_HEADLINE_MOST = 150
_MONTHS = ("jan feb mar apr may jun jul aug sep oct nov dec").split()
_DATED = re.compile(
    r"\b([A-Z][a-z]{2,8})\.? (\d{1,2}), ((?:19|20)\d\d)\b|\b(\d{1,2}) ([A-Z][a-z]{2,8}) ((?:19|20)\d\d)\b"
)


def segments(text: str, *, title: str | None = None) -> tuple[Segment, ...]:
    """Every paragraph of a text as one or more typed segments, in order."""
    out: list[Segment] = []
    written = (found for found in _PARAGRAPH.finditer(text) if found.group().strip())
    for number, found in enumerate(written):
        out.extend(_paragraph(text, found.start(), found.end(), number=number, title=title))
    return tuple(out)


def _paragraph(
    text: str, start: int, end: int, *, number: int, title: str | None
) -> Iterator[Segment]:
    content = text[start:end]
    kind = _kind(content, number=number, title=title)
    if kind is SegmentKind.CAPTION:
        yield from _caption(content, start)
        return
    if (
        kind is SegmentKind.BODY
        and (line := DATELINE.match(content[:160]))
        and line.end() < min(80, len(content))
    ):
        cut = start + line.end("line")
        yield _segment(start + line.start("line"), cut, SegmentKind.DATELINE, text)
        yield _segment(cut, end, SegmentKind.BODY, text)
        return
    # A credit that a page glued to the end of the last paragraph.
    glued = re.search(r"(?<=[.!?”\"’])\s*Via [A-Z][\w.&’' ]{2,40}\s*$", content)
    if kind is SegmentKind.BODY and glued:
        yield _segment(start, start + glued.start(), SegmentKind.BODY, text)
        yield _segment(start + glued.start(), end, SegmentKind.CREDIT, text)
        return
    yield _segment(start, end, kind, text)


def _kind(content: str, *, number: int, title: str | None) -> SegmentKind:
    short = len(content) <= _HEADLINE_MOST and not _SENTENCE_END.search(content)
    if (
        _PROMO.match(content)
        and len(content) < 200
        and (short or content.split(":", maxsplit=1)[0].isupper())
    ) or _PROMO_LOUD.match(content):
        return SegmentKind.PROMO
    if _CREDIT.match(content) and len(content) < 300:
        return SegmentKind.CREDIT
    if _BYLINE.match(content) and len(content) < 100 and number < 4:
        return SegmentKind.BYLINE
    if _PHOTO.search(content[-200:]) and len(content) < 1500:
        return SegmentKind.CAPTION
    if len(content) < 600 and _CAPTION_OPENS.match(content) and _STANDING.search(content[:300]):
        return SegmentKind.CAPTION
    if number == 0 and (short or (title is not None and _same_line(content, title))):
        return SegmentKind.HEADLINE
    return SegmentKind.BODY


def _same_line(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _caption(content: str, start: int) -> Iterator[Segment]:
    """A caption and the photo credits glued to its end."""
    found = _PHOTO.search(content)
    cut = found.start() if found else len(content)
    if content[:cut].strip():
        yield _segment(start, start + cut, SegmentKind.CAPTION, content, shift=start)
    if content[cut:].strip():
        yield _segment(start + cut, start + len(content), SegmentKind.CREDIT, content, shift=start)


def _segment(start: int, end: int, kind: SegmentKind, text: str, *, shift: int = 0) -> Segment:
    """A segment without the white space at its ends."""
    content = text[start - shift : end - shift]
    return Segment(
        span=Span(
            start + len(content) - len(content.lstrip()), end - len(content) + len(content.rstrip())
        ),
        kind=kind,
    )


def headline(text: str, parts: tuple[Segment, ...]) -> str | None:
    """The headline segment's words."""
    return next((p.span.of(text) for p in parts if p.kind is SegmentKind.HEADLINE), None)


def byline(text: str, parts: tuple[Segment, ...]) -> str | None:
    """The byline segment's words."""
    return next((p.span.of(text) for p in parts if p.kind is SegmentKind.BYLINE), None)


def published(text: str, parts: tuple[Segment, ...]) -> str | None:
    """The day of publication as far as the text itself tells: the latest full date that captions carry.

    A photo is dated the day it was sent; a day in the body may be any day, and is not used.
    """
    days = []
    for part in parts:
        if part.kind is not SegmentKind.CAPTION:
            continue
        for m in _DATED.finditer(part.span.of(text)):
            month = (m[1] or m[5])[:3].lower()
            if month in _MONTHS and 1 <= int(m[2] or m[4]) <= 31:
                days.append(f"{m[3] or m[6]}-{_MONTHS.index(month) + 1:02}-{int(m[2] or m[4]):02}")
    return max(days, default=None)
