"""Quoted spans of a text, in whatever marks it uses."""

import re
from bisect import bisect_left

from rashomon.extract.words import normalise
from rashomon.model import Span

_OPENING, _CLOSING = "“„‟«", "”"
# A quotation may run on over paragraphs, each opened anew; a mark left open ends with its paragraph.
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\S)(.{2,400}?)(?<=\S)[’'](?![\w])", re.S)


def quoted(text: str) -> tuple[Span, ...]:
    """Spans between double quotation marks, marks included; also longer single-quoted ones.

    Curly, straight, doubled single, low, and angular marks; an unclosed mark reaches to
    the end of its paragraph.
    """
    flat = normalise(text)
    out: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(flat):
        out.extend(_paragraph(text, flat, paragraph.start(), paragraph.end()))
    return tuple(out)


def _paragraph(text: str, flat: str, start: int, end: int) -> list[Span]:
    marks = [i for i in range(start, end) if flat[i] == '"']
    out: list[Span] = []
    opened: int | None = None
    for i in marks:
        if opened is None:
            opened = i
        elif text[i] in _OPENING and text[opened] == text[i] and text[i] != "«":
            continue
        else:
            out.append(Span(opened, i + 1))
            opened = None
    if opened is not None and end - opened > 1:
        out.append(Span(opened, end))
    if not marks:
        out.extend(
            Span(m.start(), m.end())
            for m in _SINGLE.finditer(text, start, end)
            if m.end() - m.start() > 3
        )
    return out


def share(spans: tuple[Span, ...], marks: tuple[Span, ...], text: str) -> float:
    """Share of the letters and digits in `spans` that stand inside quotation marks."""
    starts = [m.start for m in marks]
    inside = total = 0
    for span in spans:
        for i in range(span.start, span.end):
            if text[i].isalnum():
                total += 1
                before = bisect_left(starts, i) - 1
                inside += before >= 0 and i < marks[before].end
    return inside / total if total else 0.0
