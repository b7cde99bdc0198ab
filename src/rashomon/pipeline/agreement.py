"""Figures of one case that give the same telling number, and so most likely count the same thing."""

from collections import defaultdict
from collections.abc import Collection, Container, Sequence

import msgspec

from rashomon.model import Extraction, Figure, Report, telling

UNSURE = 0.55  # score of a figure below which the others may say what it counts
SURE = 0.65  # score of a figure that says alone what the others of its number count
AHEAD = 0.4  # by how much the scores for another measure must exceed those for its own


def agreed(
    facts: Sequence[tuple[Report, Extraction]],
    *,
    copied: Container[str] = (),
    settled: Collection[str] = (),
) -> list[tuple[Report, Extraction]]:
    """The facts, with figures of an unsure measure given the one that the same number has elsewhere in the case.

    "139 pupils were abducted" in one report says what "our list has 139 names" counts in
    another. Reports in `copied` (ids) have no say; figures in `settled` (ids), which a person
    has accepted or corrected, stay as they are and have the louder one.
    """
    weights: dict[tuple[object, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surely: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for report, extraction in facts:
        for figure in extraction.figures if report.id not in copied else ():
            if (key := _telling(figure)) is not None:
                weights[key][figure.measure] += figure.score + (figure.id in settled)
                if figure.measure != "other" and figure.score >= SURE:
                    surely[key].add(figure.measure)

    def as_elsewhere(figure: Figure) -> Figure:
        key = _telling(figure)
        if key is None or figure.score >= UNSURE or figure.id in settled:
            return figure
        found = weights[key]
        if figure.measure == "other" and key in surely:
            # "Other" is what is left where nothing tells: one report that tells is enough.
            found = {m: w for m, w in found.items() if m in surely[key]}
            return msgspec.structs.replace(
                figure, measure=max(sorted(found), key=found.__getitem__)
            )
        best = max(sorted(found), key=found.__getitem__, default=figure.measure)
        if found[best] < found[figure.measure] + AHEAD:
            return figure
        return msgspec.structs.replace(figure, measure=best)

    out = []
    for report, extraction in facts:
        figures = tuple(map(as_elsewhere, extraction.figures))
        out.append((report, msgspec.structs.replace(extraction, figures=figures)))
    return out


def _telling(figure: Figure) -> tuple[object, ...] | None:
    """What tells a figure's number from others; None for small, round and vague ones."""
    if not telling(figure.number):
        return None
    return figure.number, figure.bound, figure.kind == "share"
