"""What arithmetic alone rules out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rashomon.model import Position, Question, Relation, Stance, digest, shortened
from rashomon.reconcile.howmany import scope
from rashomon.reconcile.items import Case, Item
from rashomon.reconcile.lines import figure_of

WHOLE = 100  # per cent
SIDES = 2  # candidates of whose shares a report may tell as either side gives them
Finding = tuple[Question, list[Relation]]


def shares_of_one_vote(case: Case) -> Iterator[Finding]:
    """Least shares of one vote that add up to more than 100 % cannot all be true."""
    by_vote: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in case.sure_figures:
        if item.figure and item.figure.measure == "vote_share":
            _, _, vote, whose, background = scope(case, item)
            if whose in case.parties:
                by_vote[background or vote][whose].append(item)
    for background in sorted(by_vote):
        if _several_votes(case, by_vote[background]) or _several_places(case, by_vote[background]):
            continue
        shares = {whose: _standing(case, items) for whose, items in by_vote[background].items()}
        # The greatest least share that anyone claims for each candidate, having said nothing since.
        top: dict[str, Item] = {}
        for whose, items in sorted(shares.items()):
            greatest = max(items, key=lambda i: (_low(i), i.id))
            if not any(_low(greatest) == _low(i) and case.alike(whose, w) for w, i in top.items()):
                top[whose] = greatest
        total = sum(_low(i) for i in top.values())
        claimants = {case.voucher(i) for i in top.values()}
        if total > WHOLE and len(top) > 1 and len(claimants) > 1:
            parts = sorted(top.values(), key=lambda i: -_low(i))
            text = " + ".join(f"{_low(i):g}" for i in parts)
            why = f"{text} = {total:g} % of one vote: if each is of the whole of it, they cannot all be true"
            title = "Who has what share of the vote?"
            question = Question(
                id=digest("q", "arithmetic", title, [i.id for i in parts]),
                title=title + (f" ({background})" if background else ""),
                measure="vote_share",
                status="disputed",
                why=why,
                independent_sources=len({case.voucher(i) for i in parts}),
                positions=tuple(alone(case, i) for i in parts),
            )
            yield question, list(_over_the_whole(case, shares))


def _several_votes(case: Case, shares: Mapping[str, Sequence[Item]]) -> bool:
    """Whether one claimant's own shares are more than the whole: he tells of several votes, or of several polls.

    A report's own shares of two candidates may be what either side says: there it takes three.
    """
    own: dict[tuple[bool, str], dict[str, float]] = defaultdict(dict)
    for whose, items in shares.items():
        for item in items:
            least = own[item.party is None, case.voucher(item)]
            least[whose] = min(_low(item), least.get(whose, WHOLE))
    return any(
        sum(least.values()) > WHOLE and len(least) > (SIDES if nobody else 1)
        for (nobody, _), least in own.items()
    )


def _several_places(case: Case, shares: Mapping[str, Sequence[Item]]) -> bool:
    """Whether most shares name a place and no place is that of most: primaries of many states, not one vote."""
    places = Counter(
        case.party_of_form.get(where, where)
        for items in shares.values()
        for where in (figure_of(i).where.casefold() for i in items)
        if where
    )
    told = sum(len(items) for items in shares.values())
    named = places.total()
    return 2 * named > told and 2 * max(places.values(), default=0) <= named


def _standing(case: Case, items: Sequence[Item]) -> list[Item]:
    """The last share that each claimant gives a candidate, where it was first given."""
    ordered = sorted(items, key=lambda i: (i.until, i.report.published or "", i.report.path, i.id))
    # What one hands on is as old as where it was first given.
    age: dict[float, int] = {}
    for n, item in enumerate(ordered):
        age.setdefault(_low(item), n)
    last: dict[str, Item] = {}
    for item in sorted(ordered, key=lambda i: age[_low(i)]):
        known = last.setdefault(case.voucher(item), item)
        if _low(item) != _low(known):
            last[case.voucher(item)] = item
    return list(last.values())


def _over_the_whole(case: Case, shares: Mapping[str, Sequence[Item]]) -> Iterator[Relation]:
    """Every two claimants' shares of two candidates that are more than the whole together."""
    said = [(whose, item) for whose in sorted(shares) for item in shares[whose]]
    for n, (whose, item) in enumerate(said):
        for other, against in said[n + 1 :]:
            share, least = _low(item), _low(against)
            apart = whose != other and case.voucher(item) != case.voucher(against)
            if apart and share + least > WHOLE:
                later, earlier = sorted(
                    (item, against), key=lambda i: (i.until, i.id), reverse=True
                )
                because = f"{share:g} + {least:g} = {share + least:g} % of one vote, if both are of all of it"
                yield Relation(type="disputes", source=later.id, target=earlier.id, because=because)


SHOWN = 90  # characters of a promise in its question
# "All have been released", "nobody is held any more", "every child will be at home".
_EVERYONE = re.compile(
    r"\b(?:all|every(?:one|body)?|both)\b(?!\s+(?:day|night|week|month|year|time)s?\b).*?\b(?:releas\w+|freed?|set free|return\w*|home|back|recovered|rescued|found|accounted for|let go|safe)\b"
    r"|\b(?:nobody|no one|none|not one|not a single)\b.*?\b(?:is|are|remains?|left|still|longer)\b.*?\b(?:missing|held|in custody|in captivity|behind bars|unaccounted)\b",
    re.I,
)
_OUT = frozenset({Stance.ASSERTS, Stance.ANNOUNCES, Stance.CONFIRMS, Stance.PROMISES})
_STILL = re.compile(
    r"[^.;:\d]{0,40}?\b(?:still|remain\w*|not (?:yet |been |come |returned|reached)|(?:had|have|has) not\b|never|yet to|in captivity|in custody|held|missing|unaccounted|waiting|at large)\b",
    re.I,
)
# "2,000 have been freed and more are to be released": not all are out.
_MORE = re.compile(
    r"[^.;:\d]{0,60}?\b(?:and|with|while|but)\s+(?:the\s+)?(?:\w+\s+)?(?:more|others|rest|remaining|remainder)\b[^.;]{0,40}?\b(?:to\s+(?:be|follow|come|go)|will|would|due|await\w*|still|remain\w*|later|soon)\b",
    re.I,
)
_KEPT = frozenset({"detained", "missing", "abducted"})


def everyone_against_some(case: Case) -> Iterator[Finding]:
    """That all are free, home or found, said or promised, against a later count of those who are not."""
    everyone = [
        c
        for c in case.claims
        if c.claim is not None and c.claim.stance in _OUT and _EVERYONE.search(c.text)
    ]
    left = [
        i for i in case.sure_figures if _low(i) > 0 and not case.background(i) and _some_left(i)
    ]
    against = [
        i
        for i in left
        if any(i.until >= c.day[:10] and case.voucher(i) != case.voucher(c) for c in everyone)
    ]
    if not against:
        return
    met = [
        c
        for c in everyone
        if any(i.until >= c.day[:10] and case.voucher(i) != case.voucher(c) for i in against)
    ]
    last = max(against, key=lambda i: (i.until, i.report.published or "", i.id))
    why = (
        f"{case.does(met[0], 'speaks')} of all, {case.does(last, 'counts')} {figure_of(last).said}"
    )
    held = [
        i
        for i in case.sure_figures
        if figure_of(i).measure == "detained" and not case.background(i)
    ]
    if figure_of(last).measure == "released" and held:
        most = max(held, key=lambda i: (_low(i), i.id))
        others = case.voucher(most) != case.voucher(last)
        held_by = f", and {case.does(most, 'counts')}" if others else " of"
        why += f" free{held_by} {figure_of(most).said} detained"
    question = Question(
        id=digest("q", "arithmetic", "everyone", [i.id for i in (*met, *against)]),
        title=f"Are all of them out? “{shortened(met[0].quoted, SHOWN)}”",
        measure=None,
        status="disputed",
        why=why,
        independent_sources=case.sources([*met, *against]),
        positions=(_side(case, met), _side(case, against)),
    )
    yield (
        question,
        [
            Relation(type="disputes", source=i.id, target=c.id, because=why)
            for i in against
            for c in met
            if i.report.id == c.report.id or (i is last and c is met[-1])
        ],
    )


def _some_left(item: Item) -> bool:
    """Whether a figure counts people who are not free, home or found, or says that there are some."""
    measure = figure_of(item).measure
    if measure == "released":
        return bool(_MORE.match(_after(item)))
    return measure == "missing" or (measure in _KEPT and bool(_STILL.match(_after(item))))


def _after(item: Item) -> str:
    """The words behind a figure."""
    end = figure_of(item).span.end
    return " ".join(item.report.text[end : end + 100].split())


def _side(case: Case, items: Sequence[Item]) -> Position:
    """The claims or figures on one side of a question."""
    words = " ".join(items[0].text.split())[:120]
    return Position(
        summary=f"{', '.join(dict.fromkeys(case.name(i) for i in items))}: {words}",
        parties=tuple(sorted({i.party for i in items if i.party})),
        claims=tuple(i.id for i in items if i.claim is not None),
        figures=tuple(i.id for i in items if i.figure is not None),
        independent_sources=case.sources(items),
    )


def alone(case: Case, item: Item) -> Position:
    """The answer that one figure gives by itself."""
    figure = figure_of(item)
    return Position(
        summary=f"{figure.said}: {case.name(item)}",
        parties=(item.party,) if item.party else (),
        figures=(item.id,),
        low=figure.low,
        high=figure.high,
        independent_sources=1,
    )


def _low(item: Item) -> float:
    return float(item.figure.low or 0) if item.figure else 0.0
