"""What the counts of several questions say of each other: parts and wholes, out and in, votes and voters.

Whoever is right about each count: of its claimants' last figures the least and the greatest are
what it can be, and where they contradict each other its upper end is open, for their dispute is
told by itself. What cannot all hold even so is told as disputed; what can is what the accounts
together still allow.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf

from rashomon.model import VOTED, Position, Question, Relation, digest
from rashomon.reconcile.arithmetic import Finding, alone
from rashomon.reconcile.howmany import IN_WORDS, Counted, kind_of_people, scope
from rashomon.reconcile.intervals import (
    Contradiction,
    Law,
    Percentage,
    Statement,
    Sum,
    allowed,
    contradictions,
)
from rashomon.reconcile.items import LISTING, Case, Item
from rashomon.reconcile.lines import compatible, ends, figure_of

BEFORE = 200  # characters from a whole to its part
BEHIND = 40  # characters behind a number that tell what it counts
# "12 of the 43".
_OF_THE = re.compile(r"\s+(?:[\w’'-]+\s+){0,2}?of\s+(?:the|those|these)\s+", re.I)
# Between a whole and its part: "of them", "including", "among the dead".
_OF_THEM = re.compile(
    r"\b(?:including|includes?|included|among (?:them|whom|those|the \w+)|of (?:them|whom|those|these))\b[^.;!?]{0,40}$",
    re.I,
)
_OF_WHICH = re.compile(r"\s+of\s+(?:them|whom|those|these)\b", re.I)
_ELECTORATE = re.compile(
    r"\b(?:regist(?:ered|er)|eligible|enrolled|entitled|electorate|electors|on the (?:rolls?|lists?|register))\b",
    re.I,
)
_BALLOTS = re.compile(r"\b(?:ballots?(?: papers?)?|papers|votes (?:were )?cast|voters|voted|people)\b", re.I)  # fmt: skip
_SPOILED = re.compile(r"\b(?:spoil(?:ed|t)|invalid|blank|void|null|rejected)\b", re.I)
_BY = re.compile(r"\bby\s+$", re.I)  # a margin
_NO_VOTES = re.compile(r"\b(?:delegates?|seats?|electoral|superdelegates?|precincts?|counties|states?|lawmakers|deputies|senators|points?)\b", re.I)  # fmt: skip


@dataclass
class Ledger:
    """The counts of each quantity, the words in which a reader is told of it, and the laws between them."""

    counts: dict[str, list[Item]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    laws: list[Law] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)  # by the whole of a law

    def enter(self, quantity: str, items: Sequence[Item], words: str) -> None:
        self.counts[quantity], self.words[quantity] = list(items), words


def what_cannot_hold(case: Case) -> Iterator[Finding]:
    """A question for each set of counts that, whoever is right about each, cannot all be true."""
    ledger = Ledger()
    _in_and_out(case, ledger)
    _votes(case, ledger)
    days = sorted({i.ordinal for items in ledger.counts.values() for i in items if i.ordinal})
    lines = {q: _lines(case, items) for q, items in sorted(ledger.counts.items())}
    told: set[frozenset[str]] = set()
    for day in days:
        statements = [s for q, said in lines.items() for s in _as_of(q, said, day)]
        for found in contradictions(statements, ledger.laws):
            ids = frozenset(s.id for s in found)
            if ids not in told:
                told.add(ids)
                yield _finding(case, ledger, found)


def still_held(case: Case) -> Iterator[Finding]:
    """How many can still be held, if the counts of the detained and of the released all hold.

    Of each the counts of the last day that has one, if they can all be true.
    """
    sets = {measure: _together(case, measure) for measure in ("detained", "released")}
    if not all(sets.values()):
        return
    statements = [
        Statement(i.id, measure, low=_low(i), high=_high(i))
        for measure, items in sets.items()
        for i in items
    ]
    try:
        bounds = allowed(statements, [Sum("detained", ("released", "held"), exact=True)])
    except Contradiction:
        return  # as far as they count people of one kind, told by `what_cannot_hold`
    held = [bound.value for bound in bounds["held"]]
    if held == [0.0, inf]:
        return
    low, high = round(held[0]), None if held[1] == inf else round(held[1])
    items = [*sets["detained"], *sets["released"]]
    said = [", ".join(dict.fromkeys(figure_of(i).said.lower() for i in s)) for s in sets.values()]
    why = f"{said[0]} detained, less {said[1]} released"
    sources = case.sources(items)
    position = Position(
        summary=why,
        parties=tuple(sorted({i.party for i in items if i.party})),
        figures=tuple(i.id for i in items),
        low=low,
        high=high,
        independent_sources=sources,
    )
    question = Question(
        id=digest("q", "arithmetic", "held", [i.id for i in items]),
        title="How many can still be held, if these counts hold?",
        measure=None,
        status="agreed" if sources > 1 else "single_source",
        low=low,
        high=high,
        why=why,
        independent_sources=sources,
        positions=(position,),
    )
    yield question, []


def _together(case: Case, measure: str) -> list[Item]:
    """The totals of a measure that hold for the last day given and can all be true."""
    found = [i for i in _totals(case, measure) if len(i.until) == len("2020-08-09")]
    last = max((i.until for i in found), default="")
    latest = [i for i in found if i.until == last]
    alike = [i for i in latest if all(compatible(figure_of(i), figure_of(j)) for j in latest)]
    return sorted(alike, key=lambda i: i.id)


def _totals(case: Case, measure: str) -> list[Item]:
    return [
        i
        for i in case.sure_figures
        if figure_of(i).measure == measure
        and figure_of(i).kind == "total"
        and not case.background(i)
    ]


def parts_of_a_whole(case: Case, counted: Counted) -> Iterator[Finding]:
    """What a report tells as parts of a count can be more than another's count of the whole, though the two wholes agree."""
    question = {f: q.id for q in counted.questions for p in q.positions for f in p.figures}
    members: dict[str, list[Item]] = defaultdict(list)
    by_report: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(case.sure_figures, key=lambda i: (figure_of(i).span, i.id)):
        if figure_of(item).kind != "share" and not case.background(item):
            by_report[item.report.id].append(item)
            if figure_of(item).kind == "total":
                members[question[item.id]].append(item)
    for report in sorted(by_report):
        beside: dict[str, list[Item]] = defaultdict(list)  # the parts of each whole, as told
        items = {i.id: i for i in by_report[report]}
        for part in items.values():
            if (of := _whole(part, tuple(items.values()))) is not None:
                beside[of.id].append(part)
        for told, parts in beside.items():
            for run in _disjoint(parts):
                yield from _more_than(case, items[told], run, members[question[told]])


def _more_than(
    case: Case, whole: Item, parts: Sequence[Item], counts: Sequence[Item]
) -> Iterator[Finding]:
    """The counts of a whole that are less than its parts and agree with the whole that these were told of."""
    ledger = Ledger()
    for part in parts:
        ledger.enter(part.id, [part], _counted(part))
    low = sum(map(_low, parts))
    for count in sorted(counts, key=lambda i: i.id):
        agreed = compatible(figure_of(count), figure_of(whole)) and low <= _high(whole)
        elsewhere = case.voucher(count) != case.voucher(whole) and count.ordinal >= whole.ordinal
        if agreed and elsewhere and low > _high(count):
            ledger.enter(count.id, [count], f"{_counted(count)} in all")
            ledger.titles[count.id] = "Can the parts be more than the whole?"
            least = [Statement(part.id, part.id, low=_low(part)) for part in parts]
            yield _finding(case, ledger, [*least, Statement(count.id, count.id, high=_high(count))])
            return


def _whole(part: Item, items: Sequence[Item]) -> Item | None:
    """The count that another is told to be a part of: just before it, or behind "of the"."""
    figure, text = figure_of(part), part.report.text
    for item in reversed(items):
        other = figure_of(item)
        if other.measure != figure.measure or item is part:
            continue
        if other.span.start >= figure.span.end:
            if _OF_THE.fullmatch(text[figure.span.end : other.span.start]):
                return item
        elif figure.span.start - other.span.end <= BEFORE:
            between = text[other.span.end : figure.span.start]
            behind = text[figure.span.end : figure.span.end + BEHIND]
            if _OF_THEM.search(between) or _OF_WHICH.match(behind):
                return item
    return None


def _disjoint(parts: Sequence[Item]) -> Iterator[list[Item]]:
    """Parts in runs that a sentence tells in one breath, so that nobody is of two of them."""
    run: list[Item] = []
    for part in parts:
        text = part.report.text
        if run and not LISTING.fullmatch(
            text[figure_of(run[-1]).span.end : figure_of(part).span.start]
        ):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _in_and_out(case: Case, ledger: Ledger) -> None:
    """Of people of one kind no more are released than were detained."""
    kinds: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for measure in ("detained", "released"):
        for item in _totals(case, measure):
            kinds[f"{scope(case, item)[2]} {kind_of_people(item)}".strip()][measure].append(item)
    for kind, found in sorted(kinds.items()):
        for measure in ("detained", "released"):
            ledger.enter(f"{measure} {kind}", found[measure], measure)
        ledger.titles[f"detained {kind}"] = "Can more be released than were detained?"
        ledger.laws.append(Sum(f"detained {kind}", (f"released {kind}",)))


def _votes(case: Case, ledger: Ledger) -> None:
    """Votes counted are no more than ballots cast, ballots no more than voters, and turnout is their share."""
    for vote, items in _of_one_vote(case).items():
        kinds: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            kind = _kind_of_vote(item)
            if kind := _candidate(case, item) if kind == "votes" else kind:
                kinds[kind].append(item)
        words = {"ballots": "ballots cast", "voters": "voters registered"}
        for kind, counts in kinds.items():
            of = case.parties.get(kind)
            told = f"votes for {of.name}" if of else words.get(kind, kind)
            ledger.enter(f"{kind} {vote}", counts, told)
        ballots, voters = f"ballots {vote}", f"voters {vote}"
        ledger.titles[ballots] = "Can more votes be counted than were cast?"
        ledger.titles[voters] = "Can more ballots be cast than there are voters?"
        parts = _candidates(case, sorted(kinds.keys() & case.parties.keys()))
        ledger.laws += [
            Sum(ballots, tuple(f"{part} {vote}" for part in (*parts, "spoiled"))),
            Sum(voters, (ballots,)),
            Percentage(ballots, f"turnout {vote}", voters),
        ]


def _candidate(case: Case, item: Item) -> str:
    """The id of the candidate whose votes a figure counts, "" if it is not known."""
    whose = scope(case, item)[3]
    return whose if whose in case.parties else ""


def _candidates(case: Case, ids: Sequence[str]) -> list[str]:
    """Candidates of whom no two can be one under two names."""
    kept: list[str] = []
    for id in ids:
        if not any(case.alike(id, other) for other in kept):
            kept.append(id)
    return kept


def _of_one_vote(case: Case) -> dict[str, list[Item]]:
    """The figures that count votes and voters, by which vote and which place they are of: where a report names none, the only one named."""
    found: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in case.sure_figures:
        if _kind_of_vote(item) and not case.background(item):
            where = figure_of(item).where.casefold()
            found[case.vote(item)][case.party_of_form.get(where, where)].append(item)
    for places in found.values():
        if len(places) == 2 and "" in places:
            next(items for place, items in places.items() if place).extend(places.pop(""))
    return {
        f"{vote} {place}".strip(): items
        for vote, places in found.items()
        for place, items in places.items()
    }


def _kind_of_vote(item: Item) -> str:
    """What a figure counts of a vote: "votes", "ballots", "spoiled" ones, "voters" or "turnout"; "" something else."""
    figure = figure_of(item)
    text = item.report.text
    near = f"{figure.who} {text[figure.span.end : figure.span.end + BEHIND]}"
    if _BY.search(text[: figure.span.start][-BEHIND:]):
        return ""
    if figure.measure == "turnout" and figure.kind == "share":
        return "turnout"
    if figure.kind != "total" or _NO_VOTES.search(near):
        return ""
    if figure.measure in ("votes", "turnout", "other") and _ELECTORATE.search(near):
        return "voters"
    if _SPOILED.search(near):
        return "spoiled"
    cast = near if figure.measure == "turnout" else figure.who
    if figure.measure in VOTED and _BALLOTS.search(cast):
        return "ballots"
    return "votes" if figure.measure == "votes" else ""


@dataclass
class Line:
    """One claimant's counts of a quantity that only grows, by day: the most that it is said to have reached by then, and the least that it is said not to have passed since."""

    days: list[int]
    least: list[tuple[float, str]]
    most: list[tuple[float, str]]


def _lines(case: Case, items: Sequence[Item]) -> list[Line]:
    by_claimant: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda i: (i.ordinal, i.id)):
        by_claimant[case.voucher(item)].append(item)
    return [
        Line(
            [i.ordinal for i in said],
            list(accumulate(((_low(i), i.id) for i in said), max)),
            list(accumulate(((_high(i), i.id) for i in reversed(said)), min))[::-1],
        )
        for said in by_claimant.values()
    ]


def _as_of(quantity: str, lines: Sequence[Line], day: int) -> Iterator[Statement]:
    """What the claimants leave open on a day: the least and the greatest that any of them says."""
    least, most = [], []
    for line in lines:
        if before := bisect_right(line.days, day):
            least.append(line.least[before - 1])
        if (since := bisect_left(line.days, day)) < len(line.days):
            most.append(line.most[since])
    if least:
        low, id = min(least)
        yield Statement(id, quantity, low=max(0.0, low))
    if most:
        high, id = max(most)
        if all(low <= high for low, _ in least):
            yield Statement(id, quantity, high=high)


def _low(item: Item) -> float:
    return ends(figure_of(item))[0] - _rounding(item)


def _high(item: Item) -> float:
    return ends(figure_of(item))[1] + _rounding(item)


def _rounding(item: Item) -> float:
    """Half the last digit of a percentage."""
    figure = figure_of(item)
    if figure.kind != "share" or figure.number is None:
        return 0.0
    return 0.5 / 10.0 ** len(f"{figure.number:f}".rstrip("0").partition(".")[2])


def _counted(item: Item) -> str:
    """Whom a figure counts and what befell them: "women killed"."""
    figure = figure_of(item)
    return f"{figure.who} {IN_WORDS[figure.measure]}".strip()


def _finding(case: Case, ledger: Ledger, found: Sequence[Statement]) -> Finding:
    """Counts that cannot all be true, as a question, the greatest against all others."""
    items = {i.id: i for counts in ledger.counts.values() for i in counts}
    parts = [s for s in found if s.high == inf]
    wholes = [s for s in found if s.high < inf]
    said = {s.id: f"{figure_of(items[s.id]).said} {ledger.words[s.quantity]}" for s in found}
    if any(figure_of(items[s.id]).kind == "share" for s in found):
        title, why = "Do turnout, ballots and voters fit together?", ", ".join(said.values())
    else:
        title = next(t for q, t in ledger.titles.items() if any(s.quantity == q for s in wholes))
        total = f" = {sum(s.low for s in parts):,g}" if len(parts) > 1 else ""
        most = " and ".join(said[s.id] for s in wholes)
        why = f"{' + '.join(said[s.id] for s in parts)}{total}, of at most {most}"
    sides = [items[s.id] for s in (*parts, *wholes)]
    question = Question(
        id=digest("q", "arithmetic", title, [i.id for i in sides]),
        title=title,
        measure=None,
        status="disputed",
        why=why,
        independent_sources=len({case.voucher(i) for i in sides}),
        positions=tuple(alone(case, i) for i in sides),
    )
    relations = [
        Relation(type="disputes", source=i.id, target=sides[-1].id, because=why)
        for i in sides[: len(parts)]
    ]
    return question, relations
