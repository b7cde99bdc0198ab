"""Which reports carry another report's text, verbatim or lightly edited.

MinHash with locality-sensitive hashing (datasketch) proposes pairs in time linear in
the reports; the share of four-word runs that the two texts really have in common
decides.
"""

import re
from collections.abc import Iterable, Sequence

from datasketch import MinHash, MinHashLSH

from rashomon.model import Report, SegmentKind

RUN = 4  # words of a shingle
PERMUTATIONS = 64
CANDIDATE = 0.2  # Jaccard similarity at which the index proposes a pair
# Share of the shorter text's runs that stand in the other. Measured on the visible cases:
# copies 0.36 (a rewrite) to 1.0, everything else below 0.06 (docs/quality.md, "Copies").
COPY = 0.2
FEWEST = 20  # runs below which a text is too short to tell
_TEXT = frozenset({SegmentKind.BODY, SegmentKind.HEADLINE})


def shingles(text: str) -> frozenset[str]:
    """The runs of RUN lower-cased words of a text."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def copies(reports: Sequence[Report]) -> dict[str, str]:
    """For each copying report's id the id of the report it copies.

    The original is the earliest published; where that is unknown, the one whose outlet
    is the origin, then the longest text.
    """
    index = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS)
    known: dict[str, frozenset[str]] = {}
    found: dict[str, str] = {}
    for report in sorted(reports, key=_first):
        runs = shingles(_body(report))
        if len(runs) < FEWEST or report.id in known:
            continue
        sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch([run.encode() for run in sorted(runs)])
        best = max(
            ((shared(runs, known[other]), other) for other in sorted(index.query(sketch))),
            default=(0.0, ""),
        )
        if best[0] >= COPY:
            found[report.id] = found.get(best[1], best[1])
        known[report.id] = runs
        index.insert(report.id, sketch)
    return found


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the shorter text's runs that the other has too."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _first(report: Report) -> tuple[bool, str, bool, int, str]:
    own = report.origin is not None and report.outlet is not None and report.origin != report.outlet
    return (report.published is None, report.published or "", own, -len(report.text), report.id)


def _body(report: Report) -> str:
    return "\n".join(_parts(report))


def _parts(report: Report) -> Iterable[str]:
    return (s.span.of(report.text) for s in report.segments if s.kind in _TEXT)
