"""How many? Figures of one measure, group, place and episode, and how they stand to each other."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rashomon.model import Figure, Position, Question, Relation, digest
from rashomon.model.figures import Number
from rashomon.reconcile.items import Case, Item, stems

_GROUPS: tuple[tuple[str, str], ...] = (
    ("forces", r"\b(?:police|officers?|policem[ae]n|soldiers?|troops|gendarmes?|guards?|servicemen|army|riot police|constables?)\b"),
    ("minors", r"\b(?:children|minors?|girls?|boys?|teenagers?|pupils|babies|infants|juveniles|apprentices)\b"),
    ("women", r"\b(?:women|woman|females?|mothers?)\b"),
    ("journalists", r"\b(?:journalists?|reporters?)\b"),
    ("foreigners", r"\b(?:foreigners?|nationals?|tourists?)\b"),
)  # fmt: skip
_GROUPED = tuple((name, re.compile(pattern, re.I)) for name, pattern in _GROUPS)
_TITLES = {
    "killed": "killed", "injured": "injured", "missing": "missing", "detained": "detained", "abducted": "abducted", "released": "released",
    "charged": "charged", "sentenced": "sentenced", "hospitalised": "in hospital", "displaced": "displaced", "attending": "took part",
    "on_strike": "on strike", "deployed": "deployed", "suspects": "suspects", "votes": "votes", "vote_share": "share of the vote",
    "turnout": "turnout", "damaged": "damaged", "attacks": "attacks", "seized": "seized", "other": "counted",
}  # fmt: skip
_RETRACTING = re.compile(
    r"\b(?:withdr[ae]w|withdrawn|retract\w*|in error|by mistake|mistaken(?:ly)?|correct(?:ed|s|ion)|technical error|clerical error|taken (?:down|back|off)|no longer|wrong(?:ly)?|deleted|removed|counted twice)\b",
    re.I,
)
_COUNTED_SINGLY = frozenset(
    {
        "attending",
        "votes",
        "vote_share",
        "turnout",
        "other",
        "damaged",
        "attacks",
        "seized",
        "deployed",
    }
)


@dataclass
class Counted:
    """Questions of number with the relations between their figures."""

    questions: list[Question] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


@dataclass(frozen=True)
class Pool:
    """Compatible figures: their common interval, members and who vouches."""

    members: tuple[Item, ...]
    low: Number | None
    high: Number | None


def how_many(case: Case) -> Counted:
    """A question for each measure × group × place × episode, with positions and relations."""
    out = Counted()
    groups: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in case.figures:
        groups[scope(case, item)].append(item)
    for key in sorted(groups):
        members = sorted(groups[key], key=lambda i: (i.until, i.report.published or "", i.id))
        question, relations = _question(case, key, members)
        out.questions.append(question)
        out.relations.extend(relations)
    return out


def scope(case: Case, item: Item) -> tuple[str, ...]:
    """What a figure must share with another to be about the same thing."""
    figure = item.figure
    assert figure is not None  # noqa: S101  only figures are scoped
    background = case.background(item)
    group = next((name for name, pattern in _GROUPED if pattern.search(figure.who)), "people")
    about = ""
    if figure.measure in ("vote_share", "votes"):
        group, about = "", _whose(case, item)
    elif figure.measure in ("other", "damaged", "seized", "attacks"):
        group, about = "", " ".join(sorted(stems(figure.who))[:2])
    elif figure.measure == "turnout":
        group, about = "", figure.where.lower()
    elif figure.measure == "attending":
        group, about = "", item.until
    if background:
        about += " " + figure.where.lower()
    part = "share" if figure.kind == "share" else "count"
    return figure.measure, part, group, about, background


def _whose(case: Case, item: Item) -> str:
    """The candidate of a vote share: the party its words name, else the person named before it."""
    figure = item.figure
    assert figure is not None  # noqa: S101  as above
    named = _party_key(case, figure.who)
    return named if named in case.parties else _candidate(case, item) or named


def _party_key(case: Case, words: str) -> str:
    plain = re.sub(r"^(?:the|an?)\s+", "", words.lower()).split()
    for start in range(len(plain)):
        if party := case.party_of_form.get(" ".join(plain[start:])):
            return party
    return " ".join(plain) if words[:1].isupper() else ""


def _candidate(case: Case, item: Item) -> str:
    """The person named nearest before a vote share in its sentence."""
    figure = item.figure
    assert figure is not None  # noqa: S101  as above
    before = item.report.text[max(0, figure.span.start - 160) : figure.span.start]
    best, at = "", -1
    for form, party in case.party_of_form.items():
        if case.parties[party].kind == "person" and (found := before.lower().rfind(form)) > at:
            best, at = party, found
    return best


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


def _question(
    case: Case, key: tuple[str, ...], members: Sequence[Item]
) -> tuple[Question, list[Relation]]:
    totals = [m for m in members if m.figure and m.figure.kind in ("total", "share")] or list(
        members
    )
    pools = _pools(totals)
    relations = list(_relations(case, members))
    retracted = {r.target for r in relations if r.type == "retracts"}
    status, why = _status(case, pools, relations, retracted)
    positions = tuple(_position(case, pool, status, pools, retracted) for pool in pools)
    rest = [m for m in members if not any(m in pool.members for pool in pools)]
    positions += tuple(
        _position(case, Pool((m,), m.figure.low, m.figure.high), "", (), retracted)
        for m in rest
        if m.figure
    )
    live = [p for p in positions if p.standing == "live"] or list(positions)
    lows = [p.low for p in live]
    highs = [p.high for p in live]
    return (
        Question(
            id=digest("q", key, sorted(m.id for m in members)),
            title=_title(case, key, members),
            measure=key[0],
            status=status,
            low=None if None in lows else min((x for x in lows if x is not None), default=None),
            high=None if None in highs else max((x for x in highs if x is not None), default=None),
            why=why,
            independent_sources=len({case.voucher(m) for m in members if m.id not in retracted})
            or 1,
            positions=positions,
        ),
        relations,
    )


def _title(case: Case, key: tuple[str, ...], members: Sequence[Item]) -> str:
    measure, part, group, about, background = key
    whom = {"forces": "police and soldiers", "people": "people", "": ""}.get(group, group)
    if about in case.parties:
        about = case.parties[about].name
    elif not about and members[0].figure is not None:
        about = ""
    words = [
        "What share" if part == "share" and measure != "vote_share" else "How many",
        whom,
        _TITLES[measure],
    ]
    if measure == "vote_share":
        words = ["What share of the vote"]
    if (
        measure in ("other", "damaged", "seized", "attacks")
        and members[0].figure is not None
        and members[0].figure.who
    ):
        words = ["How many", members[0].figure.who, _TITLES[measure]]
        about = ""
    title = " ".join(w for w in words if w)
    return (
        title
        + (f" ({about.strip()})" if about.strip() else "")
        + (f", {background}" if background and background not in about else "")
        + "?"
    )


def _pools(members: Sequence[Item]) -> list[Pool]:
    """Members in their order, each joined to the first pool with all of whose figures it is compatible."""
    pools: list[list[Item]] = []
    for member in members:
        assert member.figure is not None  # noqa: S101  figures only
        for pool in pools:
            if all(m.figure is not None and compatible(member.figure, m.figure) for m in pool):
                pool.append(member)
                break
        else:
            pools.append([member])
    return [Pool(tuple(p), *_common(p)) for p in pools]


def _common(pool: Sequence[Item]) -> tuple[Number | None, Number | None]:
    lows = [m.figure.low for m in pool if m.figure and m.figure.low is not None]
    highs = [m.figure.high for m in pool if m.figure and m.figure.high is not None]
    return max(lows, default=None), min(highs, default=None)


def _position(
    case: Case, pool: Pool, status: str, pools: Sequence[Pool], retracted: set[str]
) -> Position:
    names = list(dict.fromkeys(case.name(m) for m in pool.members))
    said = list(dict.fromkeys(m.figure.said for m in pool.members if m.figure))
    standing = "live"
    if all(m.id in retracted for m in pool.members):
        standing = "retracted"
    elif status == "revised" and pools and pool is not pools[-1]:
        standing = "superseded"
    return Position(
        summary=f"{', '.join(said[:3])}: {', '.join(names[:4])}",
        parties=tuple(sorted({m.party for m in pool.members if m.party})),
        claims=tuple(sorted({m.figure.claim for m in pool.members if m.figure and m.figure.claim})),
        figures=tuple(m.id for m in pool.members),
        low=pool.low,
        high=pool.high,
        independent_sources=len({case.voucher(m) for m in pool.members}),
        standing=standing,
    )


def _relations(case: Case, members: Sequence[Item]) -> Iterator[Relation]:
    seen: dict[tuple[object, ...], Item] = {}
    distinct: list[Item] = []
    for member in members:
        figure = member.figure
        assert figure is not None  # noqa: S101  figures only
        same = (case.voucher(member), figure.low, figure.high, figure.number, figure.kind)
        first = seen.get(same)
        if first is not None:
            because = (
                "a copy of the text"
                if member.report.id != first.report.id and member.original == first.original
                else "the same claimant gives the same figure"
            )
            yield Relation(type="repeats", source=member.id, target=first.id, because=because)
        else:
            seen[same] = member
            distinct.append(member)
    for n, later in enumerate(distinct):
        for earlier in distinct[:n]:
            if made := _pair(case, earlier, later):
                yield made


def _pair(case: Case, earlier: Item, later: Item) -> Relation | None:
    """How the later of two figures of one question stands to the earlier."""
    a, b = earlier.figure, later.figure
    if a is None or b is None or a.kind != b.kind or a.kind in ("increment", "subset"):
        return None
    one = case.voucher(earlier) == case.voucher(later)
    agree = compatible(a, b)
    if agree and not one:
        return Relation(
            type="corroborates",
            source=later.id,
            target=earlier.id,
            because=f"{case.name(later)} and {case.name(earlier)} give compatible figures",
        )
    if agree:
        return None
    moved = later.until != earlier.until or (later.report.published or "") != (
        earlier.report.published or ""
    )
    if _RETRACTING.search(later.sentence) and one and earlier.report.id != later.report.id:
        return Relation(
            type="retracts",
            source=later.id,
            target=earlier.id,
            because=f"{case.name(later)} takes back “{a.said}”",
        )
    if one and moved:
        return Relation(
            type="revises",
            source=later.id,
            target=earlier.id,
            because=f"{case.name(later)} gave {a.said} as of {earlier.until or 'an earlier day'}, then {b.said}",
        )
    if _grown(a, b) and later.until > earlier.until and b.measure not in _COUNTED_SINGLY:
        return Relation(
            type="revises",
            source=later.id,
            target=earlier.id,
            because=f"a later count: {a.said} as of {earlier.until}, {b.said} as of {later.until}",
        )
    return Relation(
        type="disputes",
        source=later.id,
        target=earlier.id,
        because=f"{case.name(earlier)} says {a.said}, {case.name(later)} says {b.said}",
    )


def _grown(a: Figure, b: Figure) -> bool:
    return (b.number or b.low or 0) >= (a.number or a.low or 0)


def _status(
    case: Case, pools: Sequence[Pool], relations: Sequence[Relation], retracted: set[str]
) -> tuple[str, str]:
    disputes = [
        r for r in relations if r.type == "disputes" and not {r.source, r.target} & retracted
    ]
    superseded = {r.target for r in relations if r.type == "revises"}
    standing = [r for r in disputes if not {r.source, r.target} & superseded]
    if standing:
        return "disputed", standing[-1].because
    if retracted:
        return "retracted", next(r.because for r in relations if r.type == "retracts")
    if superseded:
        return "revised", [r.because for r in relations if r.type == "revises"][-1]
    vouchers = {case.voucher(m) for pool in pools for m in pool.members}
    if len(vouchers) > 1:
        return "agreed", f"{len(vouchers)} independent sources give compatible figures"
    return "single_source", "only one source gives a figure"
