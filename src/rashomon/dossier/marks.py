"""A report's text cut where marks begin and end, so that it can be shown as it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rashomon.model import DossierClaim, DossierFigure, DossierReport


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks.

    `claims` and `figures` are the ids that cover it, outermost first; `begins` the ids
    whose first character it holds; `role` is content, cue or source; `kind` the segment's.
    """

    text: str
    claims: tuple[str, ...]
    figures: tuple[str, ...]
    begins: tuple[str, ...]
    role: str
    kind: str
    opens: bool  # the first piece of a segment


def pieces(
    report: DossierReport, claims: Sequence[DossierClaim], figures: Sequence[DossierFigure]
) -> Iterator[Piece]:
    """The whole text in order; joined, the pieces give it back unchanged."""
    spans: list[tuple[int, int, str, str]] = []
    for claim in claims:
        for role, parts in (
            ("content", claim.content),
            ("cue", claim.cue),
            ("source", claim.source),
        ):
            spans.extend((s.start, s.end, role, claim.id) for s in parts)
    spans.extend((f.span.start, f.span.end, "figure", f.id) for f in figures)
    segments = [(s.span.start, s.span.end, s.kind.value) for s in report.segments]
    cuts = sorted(
        {
            0,
            len(report.text),
            *(e for s in spans for e in s[:2]),
            *(e for s in segments for e in s[:2]),
        }
    )
    first: dict[str, int] = {}
    for start, _, _, id in sorted(spans):
        first.setdefault(id, start)
    ordered = sorted(spans, key=lambda s: (s[0], -s[1], s[3]))
    active: list[tuple[int, int, str, str]] = []
    at = segment = 0
    for start, end in pairwise(cuts):
        active = [s for s in active if s[1] > start]
        while at < len(ordered) and ordered[at][0] <= start:
            active.append(ordered[at])
            at += 1
        while segment < len(segments) and segments[segment][1] <= start:
            segment += 1
        inside = segment < len(segments) and segments[segment][0] <= start
        covering = [s for s in active if s[1] >= end]
        roles = [s[2] for s in covering if s[2] != "figure"]
        yield Piece(
            text=report.text[start:end],
            claims=tuple(dict.fromkeys(s[3] for s in covering if s[2] == "content")),
            figures=tuple(dict.fromkeys(s[3] for s in covering if s[2] == "figure")),
            begins=tuple(dict.fromkeys(s[3] for s in covering if first[s[3]] == start)),
            role=next((r for r in ("cue", "source", "content") if r in roles), ""),
            kind=segments[segment][2] if inside else "gap",
            opens=inside and segments[segment][0] == start,
        )
