"""How the figures of one question stand to each other: lines of count, and lines against lines."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from rashomon.model import VOTED, Figure, Relation, SegmentKind, telling
from rashomon.reconcile.items import AUTHORITIES, Case, Item

CLAIMANTS = 30  # claimants before it that each claimant is compared with
LATEST = 6  # figures of a line that are held against those of another
NEARBY = 350  # characters from a claimant's figure to the words that take it back
POINTING = (
    4  # words of a retraction up to which it may mean the count before it: "it", "the report"
)
# Words by which a longer one speaks of a count.
_OF_COUNTS = re.compile(
    r"\b(?:figures?|numbers?|count(?:s|ed|ing)?|tolls?|totals?|tall(?:y|ies)|sums?|lists?|statistics|percentages?|turnout|arithmetic|registers?|error|mistake|lower|higher|fewer|too (?:many|few|high|low)|\d+)\b",
    re.I,
)
JUST_BEFORE = 160  # the same from anybody's figure
_SINGLE_COUNTS = frozenset(
    "attending votes vote_share turnout other damaged attacks seized deployed".split()
)
# Numbers that fall as well as rise: how many there are on a day.
_STATES = frozenset("missing hospitalised on_strike displaced".split())
# Of these a lower count days later is another raid's, another day's.
_EPISODES = frozenset("detained abducted released charged".split())
FEW = 3  # least number of a vague word that bears nothing out
APART = 2  # days from which a higher count by another side contradicts nothing
TAKING_BACK = re.compile(
    r"\b(?:withdr[ae]w|withdrawn|retract\w*|in error|by mistake|mistaken(?:ly)?|correct(?:ed|s|ion)|(?:technical|clerical|keyboard|typing) error"
    r"|taken (?:down|back|off)|wrong(?:ly)?|deleted|counted twice)\b",
    re.I,
)
# Two figures of one sentence are two counts unless it says that one became the other.
CHANGED = re.compile(
    r"\b(?:up|down|rose|risen|rising|fell|fallen|grew|grown|climb\w*|jump\w*|dropp\w*|lower\w*|rais\w*|revis\w*|correct\w*|instead|earlier|previous\w*|first|now|no longer|not)\b|\bfrom\b.*\bto\b",
    re.I | re.S,
)
_OFFICIAL = AUTHORITIES | {"medical"}


def compatible(a: Figure, b: Figure) -> bool:
    """Whether two intervals have a number in common; `about` allows a tenth either way, and "more than 30" the 30."""
    low_a, high_a = ends(a)
    low_b, high_b = ends(b)
    hedged = a.number == b.number is not None and {"above", "below"} & {a.bound, b.bound}
    return bool(hedged) or (low_a <= high_b and low_b <= high_a)


def ends(figure: Figure) -> tuple[float, float]:
    """The least and the greatest number that a figure's words allow, for comparing it with others."""
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
    another report gave before it, only cites: the first to give the figure vouches. So
    does who gives the very number of another, if it is a telling one (docs/quality.md).
    """
    first: dict[tuple[object, ...], str] = {}
    out: dict[str, str] = {}
    state: list[Item] = []
    order = sorted(
        members, key=lambda m: (m.party is None, m.until, m.report.published or "", m.id)
    )
    for member in order:
        own = case.voucher(member)
        if _officials(case, member):
            own = _of_the_state(case, member, state)
        known = first.setdefault(_value(member), own)
        handed_on = member.party is None or telling(figure_of(member).number)
        out[member.id] = known if handed_on else own
    return out


def vouches(case: Case, member: Item, vouched: Mapping[str, str]) -> bool:
    """Whether whoever gives a figure vouches for it and does not only hand on another's."""
    return member.party is None or vouched[member.id] in (case.voucher(member), "authorities")


def _of_the_state(case: Case, member: Item, state: list[Item]) -> str:
    """The authorities' common line, unless one office contradicts another on the same day."""
    against = any(
        m.until == member.until
        and case.voucher(m) != case.voucher(member)
        and not compatible(figure_of(m), figure_of(member))
        for m in state
    )
    if against:
        return case.voucher(member)
    state.append(member)
    return "authorities"


def _value(item: Item) -> tuple[object, ...]:
    """What makes two places give the same figure: the number named, else what a vague word allows."""
    figure = figure_of(item)
    if figure.number is None or figure.bound == "range":
        return figure.low, figure.high
    return (figure.number,)


def repeats(case: Case, members: Sequence[Item], vouched: Mapping[str, str]) -> Iterator[Relation]:
    """The same claimant and figure again: each later place repeats the first, a copy's that of its original, and so do the claims that hold them."""
    seen: dict[tuple[object, ...], Item] = {}
    originals: dict[tuple[object, ...], Item] = {}  # the first place in each report
    for member in members:
        value = vouched[member.id], *_value(member)
        first = seen.setdefault(value, member)
        twin = member.report.id != member.original and originals.get((member.original, *value))
        first = twin or first
        originals.setdefault((member.report.id, *value), member)
        if first is not member:
            copied = member.report.id != first.report.id and member.original == first.original
            because = "a copy of the text" if copied else "the same claimant gives the same figure"
            yield Relation(type="repeats", source=member.id, target=first.id, because=because)
            one, other = case.holding(first), case.holding(member)
            if one is not None and other is not None and one is not other:
                yield Relation(type="repeats", source=other.id, target=one.id, because=because)


def between(
    case: Case,
    measure: str,
    members: Sequence[Item],
    vouched: Mapping[str, str],
    fallen: Set[str],
) -> Iterator[Relation]:
    """Each claimant's figures in a line, and every two claimants' nearest figures against each other.

    `fallen` are the ids of figures that somebody took back.
    """
    lines: dict[str, dict[tuple[object, ...], list[Item]]] = defaultdict(dict)
    for member in members:
        lines[vouched[member.id]].setdefault(_value(member), []).append(member)
    for line in lines.values():
        for earlier, later in pairwise(line.values()):
            if not compatible(figure_of(earlier[0]), figure_of(later[0])) or _risen(
                measure, earlier[0], later[0]
            ):
                places = [(earlier[0], later[0]), *_beside(earlier, later)]
                for before, after in dict.fromkeys(places):
                    if _part_of_a_list(case, before, after):
                        continue
                    if _one_count(before, after) or CHANGED.search(after.sentence):
                        yield _moved(case, before, after)
    yield from _own_counts(case, members, vouched)
    first = {v: next(iter(line.values()))[0] for v, line in lines.items()}
    claimants = sorted(lines, key=lambda v: (first[v].until, first[v].id))
    days = sorted({m.ordinal for m in members})
    # A headline sums up its text: what it gives otherwise is no claimant's count.
    claimants = [v for v in claimants if any(_told_in_text(i) for i in _all(lines[v]))]
    for n, one in enumerate(claimants):
        for other in claimants[max(0, n - CLAIMANTS) : n]:
            found = list(_against(case, measure, days, lines[other], lines[one]))
            yield from found
            if any({r.source, r.target} & fallen for r in found):
                # What was taken back no longer stands between them; the rest of the lines may.
                standing = [_without(lines[v], fallen) for v in (other, one)]
                if all(standing):
                    yield from _against(case, measure, days, *standing)


# "Five more, bringing the total to 22."
_MORE = re.compile(
    r"\b(?:more|further|additional|another|added|adding|new|bring\w*|brought|rais\w*|ris\w*|rose|tak(?:es|ing)|took|climb\w*|grew|grown)\b",
    re.I,
)


def grown(case: Case, members: Sequence[Item]) -> Iterator[Relation]:
    """The totals that a report tells as grown by so many from one given before: "five more, bringing them to 22" after 17.

    Told of the 17 that was given first and of that of the same report.
    """
    totals: dict[float, list[Item]] = defaultdict(list)
    for item in sorted(members, key=_told):
        if figure_of(item).number and figure_of(item).kind == "total":
            totals[figure_of(item).number or 0].append(item)
    for total in members:
        whole = figure_of(total)
        for more in case.increments[total.report.id, whole.measure] if whole.number else ():
            figure = figure_of(more)
            if abs(figure.span.end - whole.span.end) > NEARBY:
                continue
            if not any(_MORE.search(i.sentence) for i in (more, total)):
                continue
            known = totals[(whole.number or 0) - (figure.number or 0)]
            here = [i for i in known if i.report.id == total.report.id]
            first = [i for i in known[:1] if _told(i) < _told(total)]
            for before in dict.fromkeys([*first, *here[:1]]):
                said = (figure_of(i).said for i in (before, more, total))
                because = "a later count: {} + {} = {}".format(*said)
                yield Relation(type="revises", source=total.id, target=before.id, because=because)


def _own_counts(
    case: Case, members: Sequence[Item], vouched: Mapping[str, str]
) -> Iterator[Relation]:
    """Whoever handed on another's figure and gives one of his own revises it, or revised his own by it."""
    # What one hands on is as old as where it was first given.
    known: dict[tuple[object, ...], tuple[object, ...]] = {}
    for member in sorted(members, key=_told):
        known.setdefault(_value(member), _told(member))
    given: dict[str, list[Item]] = defaultdict(list)
    for member in sorted(members, key=lambda m: (known[_value(m)], _told(m))):
        given[case.voucher(member)].append(member)
    for who, items in given.items():
        for earlier, later in pairwise(items):
            handed_on = any(vouched[i.id] != who for i in (earlier, later))
            if (
                handed_on
                and not _part_of_a_list(case, earlier, later)
                and not compatible(figure_of(earlier), figure_of(later))
                and (_one_count(earlier, later) or CHANGED.search(later.sentence))
            ):
                yield _moved(case, earlier, later)


def _one_count(before: Item, after: Item) -> bool:
    """Whether two figures of one claimant are one count at two times.

    Two of one sentence are two counts, and so are two that one report tells in its own
    voice, unless it says that one became the other.
    """
    if before.sentence == after.sentence or _one_more(before, after):
        return False
    return not (before.report.id == after.report.id and before.party is after.party is None)


# Who died by his own hand is in some counts of the dead and not in others.
_HIMSELF = re.compile(
    r"\b(?:and|then|before|plus)\s+(?:then\s+|(?:killing|shooting)\s+|(?:turning|turned)\s+\w+\s+\w+\s+on\s+)?(?:himself|herself|themselves|(?:the\s+|his\s+)?(?:suspect|gunman|gunwoman|shooter|attacker|bomber|killer))\b"
    r"|\b(?:his|her)\s+(?:\w+\s+)?victims\b|\b(?:took|taking|take)\s+(?:his|her)\s+own\s+life\b|\b(?:killed|shot|hanged|blew)\s+(?:himself|herself)\b"
    r"|\bincluding\s+the\s+(?:suspect|gunman|gunwoman|shooter|attacker|bomber|killer)\b",
    re.I,
)


def _one_more(one: Item, other: Item) -> bool:
    """Whether two counts of the dead differ by the one who, as either says, killed himself or was killed as the attacker."""
    a, b = figure_of(one), figure_of(other)
    return (
        a.measure == b.measure == "killed"
        and a.number is not None
        and b.number is not None
        and abs(a.number - b.number) == 1
        and any(_HIMSELF.search(i.sentence) for i in (one, other))
    )


def _part_of_a_list(case: Case, one: Item, other: Item) -> bool:
    """Whether one of two counts that differ is told in one breath with another of its kind: "five adults and a child" are no rival of six."""
    listed = {one.id, other.id} & case.listed
    return len(listed) == 1 and not compatible(figure_of(one), figure_of(other))


def _all(line: Mapping[tuple[object, ...], Sequence[Item]]) -> Iterator[Item]:
    return (item for items in line.values() for item in items)


def _told_in_text(item: Item) -> bool:
    return item.segment is not SegmentKind.HEADLINE


# "Lowered to 43", "to 43 from 47", "43 and not 47".
_LOWERED = re.compile(
    r"\b(?:lower\w*|fell|fallen|falls|drop\w*|down|reduc\w*|revis\w*|correct\w*|only|not|instead|fewer|less|from)\b",
    re.I,
)


def _in_time(earlier: Item, later: Item) -> tuple[Item, Item]:
    """Two counts in the order of what they count: one that only grows was the smaller before, whichever is told first on a day."""
    a, b = figure_of(earlier), figure_of(later)
    falls = a.number is None or b.number is None or a.number <= b.number
    sums = a.measure not in _SINGLE_COUNTS | _STATES and earlier.until == later.until
    if falls or not sums or any(_LOWERED.search(i.sentence) for i in (earlier, later)):
        return earlier, later
    return later, earlier


def _moved(case: Case, earlier: Item, later: Item) -> Relation:
    earlier, later = _in_time(earlier, later)
    a, b = figure_of(earlier).said, figure_of(later).said
    if TAKING_BACK.search(later.sentence) and earlier.report.id != later.report.id:
        kind, because = "retracts", f"{case.does(later, 'takes')} back “{a}”"
    else:
        kind, because = (
            "revises",
            f"{case.name(later)} gave {a} as of {earlier.until or 'an earlier day'}, then {b}",
        )
    return Relation(type=kind, source=later.id, target=earlier.id, because=because)


def _against(
    case: Case,
    measure: str,
    days: Sequence[int],
    line: Mapping[tuple[object, ...], Sequence[Item]],
    other: Mapping[tuple[object, ...], Sequence[Item]],
) -> Iterator[Relation]:
    """How two claimants stand, by the two of their figures nearest in time, the latest such; nothing if they say nothing of each other.

    Told where each of the two figures was first given, and wherever a report sets them side by side.

    `days` are those of all the question's figures: a count replaces the one before it,
    not those before that.
    """
    pairs = [(a, b) for a in [*line.values()][-LATEST:] for b in [*other.values()][-LATEST:]]
    nearest = min(_gap(a[0], b[0]) for a, b in pairs)
    places = min(
        pairs,
        key=lambda p: (
            # Whoever once agreed and has counted on since does not contradict.
            not (
                _gap(p[0][0], p[1][0]) <= nearest + 1
                and compatible(figure_of(p[0][0]), figure_of(p[1][0]))
            ),
            _gap(p[0][0], p[1][0]),
            -p[0][0].ordinal,
            p[0][0].id,
            p[1][0].id,
        ),
    )
    first = places[0][0], places[1][0]
    for beside in dict.fromkeys([first, *_beside(*places)]):
        earlier, later = sorted(beside, key=_told)
        found = (
            None if case.elsewhere(earlier, later) else _pair(case, measure, days, earlier, later)
        )
        if found is not None:
            yield found


def _pair(
    case: Case, measure: str, days: Sequence[int], earlier: Item, later: Item
) -> Relation | None:
    """How two figures of two claimants' lines stand."""
    a, b = figure_of(earlier), figure_of(later)
    if case.voucher(earlier) == case.voucher(later):
        return None  # told by `_own_counts`
    if _one_more(earlier, later) or _part_of_a_list(case, earlier, later):
        return None
    first, last = earlier.ordinal, later.ordinal
    one_side = _one_side(case, earlier, later)
    if measure in VOTED and (earlier.party is None) != (later.party is None):
        # A report's own voice gives the count of those who count, not of those who stand.
        one_side = one_side and _officials(case, *(i for i in (earlier, later) if i.party))
    kind = "disputes"
    because = f"{case.does(earlier, 'says')} {a.said}, {case.does(later, 'says')} {b.said}"
    if compatible(a, b) and not (one_side and _risen(measure, earlier, later)):
        if _in_its_own_voice(earlier, later) or _vaguely(a, b):
            return None
        kind, because = (
            "corroborates",
            f"{case.name(later)} and {case.name(earlier)} give compatible figures",
        )
        if _value(earlier) == _value(later) and _officials(case, earlier, later):
            kind, because = (
                "repeats",
                f"{case.does(later, 'gives')} the figure of {case.name(earlier)}",
            )
    elif last > first and (
        measure in _STATES
        or (measure in VOTED and one_side)
        or (measure not in _SINGLE_COUNTS and _grown(a, b))
    ):
        if any(first < day < last for day in days) or (not one_side and last - first >= APART):
            return None
        if one_side:
            kind, because = (
                "revises",
                f"a later count: {a.said} as of {earlier.until}, {b.said} as of {later.until}",
            )
    elif measure in _EPISODES and last - first >= APART and not _grown(a, b):
        return None
    return Relation(type=kind, source=later.id, target=earlier.id, because=because)


def _in_its_own_voice(one: Item, other: Item) -> bool:
    """Whether a report only gives in its own voice what somebody is named with in it."""
    return one.report.id == other.report.id and (one.party is None) != (other.party is None)


def _vaguely(a: Figure, b: Figure) -> bool:
    """Whether one of two figures is a word that any number bears out: "several"."""
    return any(f.bound == "vague" and (f.low or 0) <= FEW for f in (a, b))


def _without(
    line: Mapping[tuple[object, ...], Sequence[Item]], fallen: Set[str]
) -> dict[tuple[object, ...], Sequence[Item]]:
    """A line without the figures that were taken back, wherever they stand."""
    return {value: items for value, items in line.items() if not {i.id for i in items} & fallen}


def _risen(measure: str, earlier: Item, later: Item) -> bool:
    """Whether a count has grown: "at least 31" on Wednesday allows 44, yet "44" on Monday is news."""
    a, b = figure_of(earlier), figure_of(later)
    grown = a.number is not None and b.number is not None and b.number > a.number
    return (
        grown
        and measure not in _SINGLE_COUNTS
        and a.bound in ("at_least", "above")
        and b.bound not in ("below", "at_most")
        and later.ordinal > earlier.ordinal > 0
    )


def _told(item: Item) -> tuple[object, ...]:
    return item.until, item.report.published or "", item.report.path, figure_of(item).span


def _beside(one: Sequence[Item], other: Sequence[Item]) -> list[tuple[Item, Item]]:
    """The places of two figures that a reader sees together: in every text that has both, its copies left out."""
    by_report: dict[str, Item] = {}
    for item in other:
        by_report.setdefault(item.report.id, item)
    seen: set[str] = set()
    found = []
    for item in one:
        if item.report.id in by_report and item.original not in seen:
            seen.add(item.original)
            found.append((item, by_report[item.report.id]))
    return found


def _gap(one: Item, other: Item) -> int:
    """Days between the as-ofs of two figures."""
    return abs(one.ordinal - other.ordinal)


def _grown(a: Figure, b: Figure) -> bool:
    return (b.number or b.low or 0) >= (a.number or a.low or 0)


def _one_side(case: Case, *items: Item) -> bool:
    """Whether counts can be one line: officials among themselves, or a report's own voice beside them."""
    classes = {case.parties[i.party].party_class for i in items if i.party}
    return len(classes) <= 1 or classes <= _OFFICIAL


def _officials(case: Case, *items: Item) -> bool:
    """Whether all are said by the authorities: one office that gives another's number adds no source."""
    return all(i.party and case.parties[i.party].party_class in _OFFICIAL for i in items)


def retractions(case: Case) -> dict[str, list[Relation]]:
    """The figures that a claim takes back, by the id of the place where each was first said.

    Meant is a figure in the words of the claim that its claimant gave before, else the last
    figure of that claimant shortly before those words, else the last figure just before
    them. The first report of a retraction counts, and repetitions of it do not.
    """
    known: dict[tuple[object, ...], Item] = {}
    by_report: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(case.figures, key=_told):
        known.setdefault((figure_of(item).measure, *_value(item)), item)
        by_report[item.report.id].append(item)
    found: dict[str, list[Relation]] = defaultdict(list)
    first_in: dict[tuple[str, str], str] = {}
    for claim in sorted(
        case.retractions, key=lambda c: (c.report.published or "", c.report.path, c.id)
    ):
        meant = _meant(case, claim, by_report[claim.report.id], known)
        if meant is None:
            continue
        target = known[figure_of(meant).measure, *_value(meant)]
        report = first_in.setdefault((case.voucher(claim), target.id), claim.report.id)
        if report == claim.report.id:
            because = f"{case.does(claim, 'takes')} back “{figure_of(meant).said}”"
            found[target.id].append(
                Relation(type="retracts", source=claim.id, target=target.id, because=because)
            )
    return found


def _meant(
    case: Case, claim: Item, figures: Sequence[Item], known: Mapping[tuple[object, ...], Item]
) -> Item | None:
    if claim.claim is None:
        return None
    content = claim.claim.content
    start = content[0].start
    inside = [f for f in figures if any(s.holds(figure_of(f).span) for s in content)]
    before = [
        f for f in inside if known[figure_of(f).measure, *_value(f)].report.id != claim.report.id
    ]
    if before:
        return before[-1]
    if len(claim.text.split()) > POINTING and not _OF_COUNTS.search(claim.text):
        return None  # it takes back something else than a count
    near = [f for f in figures if 0 <= start - figure_of(f).span.end <= NEARBY]
    own = [f for f in near if case.voucher(f) == case.voucher(claim)]
    close = [f for f in near if start - figure_of(f).span.end <= JUST_BEFORE]
    return max(own or close, key=lambda f: figure_of(f).span.end, default=None)


def status(relations: Sequence[Relation], members: Sequence[Item], sources: int) -> tuple[str, str]:
    """A question's status and the sentence that says why.

    Of several disputes the one told is between counts that still stand, then that of the two
    greatest: cells of a prison beside all who are held explain nothing.
    """
    retracted = {r.target for r in relations if r.type == "retracts"}
    counted = {m.id: figure_of(m).number or figure_of(m).low or 0 for m in members}
    by_type: dict[str, list[Relation]] = defaultdict(list)
    for r in relations:
        if r.type == "retracts" or not {r.source, r.target} & retracted:
            by_type[r.type].append(r)
    if disputes := by_type["disputes"]:
        replaced = {r.target for r in by_type["revises"]}
        told = max(
            disputes,
            key=lambda r: (
                not {r.source, r.target} & replaced,
                min(counted.get(r.source, 0), counted.get(r.target, 0)),
                r.source,
            ),
        )
        return "disputed", told.because
    for kind, name in (("retracts", "retracted"), ("revises", "revised")):
        if by_type[kind]:
            return name, by_type[kind][-1].because
    if sources > 1:
        return "agreed", f"{sources} independent sources give compatible figures"
    return "single_source", "only one source gives a figure"
