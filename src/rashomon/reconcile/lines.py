"""How the figures of one question stand to each other: lines of count, and lines against lines."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from rashomon.model import Figure, Relation
from rashomon.reconcile.items import Case, Item

CLAIMANTS = 30  # claimants before it that each claimant is compared with
NEARBY = 350  # characters from a figure to the words that take it back
_SINGLE_COUNTS = frozenset(
    "attending votes vote_share turnout other damaged attacks seized deployed".split()
)
_TAKING_BACK = re.compile(
    r"\b(?:withdr[ae]w|withdrawn|retract\w*|in error|by mistake|mistaken(?:ly)?|correct(?:ed|s|ion)|(?:technical|clerical|keyboard|typing) error"
    r"|taken (?:down|back|off)|wrong(?:ly)?|deleted|counted twice)\b",
    re.I,
)
_OFFICIAL = frozenset({"official", "security_force", "state_media", "medical"})


def compatible(a: Figure, b: Figure) -> bool:
    """Whether two intervals have a number in common; `about` allows a tenth either way."""
    low_a, high_a = _ends(a)
    low_b, high_b = _ends(b)
    return low_a <= high_b and low_b <= high_a


def _ends(figure: Figure) -> tuple[float, float]:
    low = float("-inf") if figure.low is None else float(figure.low)
    high = float("inf") if figure.high is None else float(figure.high)
    if figure.bound == "about" and figure.number is not None:
        return 0.9 * float(figure.number), 1.1 * float(figure.number)
    # "nearly 7,000" is not 300: a bound from above says that the number is close below.
    if figure.bound == "below" and figure.number is not None:
        low = 0.8 * float(figure.number)
    return low, high


def figure_of(item: Item) -> Figure:
    """The figure of an item that is known to be one."""
    if item.figure is None:
        raise TypeError(f"{item.id} is no figure")
    return item.figure


def vouchers(case: Case, members: Sequence[Item]) -> dict[str, str]:
    """Who vouches for each figure of a question.

    A report that gives in its own voice what somebody is quoted with elsewhere, or what
    another report gave before it, only cites: the first to give the figure vouches.
    """
    first: dict[tuple[object, ...], str] = {}
    out: dict[str, str] = {}
    order = sorted(
        members, key=lambda m: (m.party is None, m.until, m.report.published or "", m.id)
    )
    for member in order:
        own = case.voucher(member)
        known = first.setdefault(_value(member), own)
        out[member.id] = known if member.party is None else own
    return out


def _value(item: Item) -> tuple[object, ...]:
    figure = figure_of(item)
    return figure.number, figure.low, figure.high


def repeats(members: Sequence[Item], vouched: Mapping[str, str]) -> Iterator[Relation]:
    """The same claimant and figure again: each later place repeats the first."""
    seen: dict[tuple[object, ...], Item] = {}
    for member in members:
        first = seen.setdefault((vouched[member.id], *_value(member)), member)
        if first is not member:
            copied = member.report.id != first.report.id and member.original == first.original
            because = "a copy of the text" if copied else "the same claimant gives the same figure"
            yield Relation(type="repeats", source=member.id, target=first.id, because=because)


def between(
    case: Case, measure: str, members: Sequence[Item], vouched: Mapping[str, str]
) -> Iterator[Relation]:
    """Each claimant's figures in a line, and every two claimants' nearest figures against each other."""
    lines: dict[str, list[Item]] = defaultdict(list)
    for member in members:
        line = lines[vouched[member.id]]
        if all(_value(m) != _value(member) for m in line):
            line.append(member)
    for line in lines.values():
        for earlier, later in pairwise(line):
            if not compatible(figure_of(earlier), figure_of(later)):
                yield _moved(case, earlier, later)
    claimants = sorted(lines, key=lambda v: (lines[v][0].until, lines[v][0].id))
    for n, one in enumerate(claimants):
        for other in claimants[max(0, n - CLAIMANTS) : n]:
            yield _against(case, measure, lines[other], lines[one])


def _moved(case: Case, earlier: Item, later: Item) -> Relation:
    a, b = figure_of(earlier).said, figure_of(later).said
    if _TAKING_BACK.search(later.sentence) and earlier.report.id != later.report.id:
        kind, because = "retracts", f"{case.name(later)} takes back “{a}”"
    else:
        kind, because = (
            "revises",
            f"{case.name(later)} gave {a} as of {earlier.until or 'an earlier day'}, then {b}",
        )
    return Relation(type=kind, source=later.id, target=earlier.id, because=because)


def _against(case: Case, measure: str, line: Sequence[Item], other: Sequence[Item]) -> Relation:
    """How two claimants stand: by the two of their figures nearest in time, the latest such."""
    one, two = min(
        ((a, b) for a in line for b in other),
        key=lambda p: (abs(_day(p[0]) - _day(p[1])), -_day(p[0]), p[0].id, p[1].id),
    )
    earlier, later = sorted((one, two), key=lambda i: (i.until, i.report.published or "", i.id))
    a, b = figure_of(earlier), figure_of(later)
    if compatible(a, b):
        kind, because = (
            "corroborates",
            f"{case.name(later)} and {case.name(earlier)} give compatible figures",
        )
    elif (
        _day(later) > _day(earlier)
        and measure not in _SINGLE_COUNTS
        and _grown(a, b)
        and _one_side(case, one, two)
    ):
        kind, because = (
            "revises",
            f"a later count: {a.said} as of {earlier.until}, {b.said} as of {later.until}",
        )
    else:
        kind, because = (
            "disputes",
            f"{case.name(earlier)} says {a.said}, {case.name(later)} says {b.said}",
        )
    return Relation(type=kind, source=later.id, target=earlier.id, because=because)


def _day(item: Item) -> int:
    try:
        return date.fromisoformat(item.until).toordinal()
    except ValueError:
        return int(item.until[:4]) * 365 if item.until[:4].isdigit() else 0


def _grown(a: Figure, b: Figure) -> bool:
    return (b.number or b.low or 0) >= (a.number or a.low or 0)


def _one_side(case: Case, *items: Item) -> bool:
    """Whether counts can be one line: officials among themselves, or a report's own voice beside them."""
    classes = {case.parties[i.party].party_class for i in items if i.party}
    return len(classes) <= 1 or classes <= _OFFICIAL


def retractions(case: Case, members: Sequence[Item]) -> Iterator[Relation]:
    """Claims that take a figure back: the last figure before them is meant, its first place falls."""
    for claim in case.retractions:
        start = claim.claim.content[0].start if claim.claim else 0
        meant = [
            m
            for m in members
            if m.report.id == claim.report.id and -60 <= start - figure_of(m).span.end <= NEARBY
        ]
        if meant:
            last = max(meant, key=lambda m: figure_of(m).span.end)
            first = next(m for m in members if _value(m) == _value(last))
            because = f"{case.name(claim)} takes back “{figure_of(last).said}”"
            yield Relation(type="retracts", source=claim.id, target=first.id, because=because)


def status(relations: Sequence[Relation], sources: int) -> tuple[str, str]:
    """A question's status and the sentence that says why."""
    retracted = {r.target for r in relations if r.type == "retracts"}
    by_type: dict[str, list[str]] = defaultdict(list)
    for r in relations:
        if r.type == "retracts" or not {r.source, r.target} & retracted:
            by_type[r.type].append(r.because)
    for kind, name in (("disputes", "disputed"), ("retracts", "retracted"), ("revises", "revised")):
        if by_type[kind]:
            return name, by_type[kind][-1]
    if sources > 1:
        return "agreed", f"{sources} independent sources give compatible figures"
    return "single_source", "only one source gives a figure"
