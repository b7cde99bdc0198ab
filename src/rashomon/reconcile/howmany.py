"""How many? Figures of one measure, group, place and episode, and how they stand to each other."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from rashomon.model import VOTED, Figure, Position, Question, Relation, SegmentKind, digest, telling
from rashomon.reconcile import lines, together
from rashomon.reconcile.items import AUTHORITIES, Case, Item, seldom, stems
from rashomon.reconcile.lines import figure_of

_GROUPS: tuple[tuple[str, str], ...] = (
    ("by gunshot", r"\b(?:gunshot|bullet)s?\b"),
    ("attackers", r"\b(?:attackers?|terrorists?|gunmen|militants?|insurgents?|rebels|fighters|assailants)\b"),
    ("vehicles", r"\b(?:tanks?|vehicles?|trucks?|lorries|helicopters?|aircraft|planes?|ships?|boats?|drones?|armou?red|water cannons?|dogs?)\b"),
    ("forces", r"\b(?:police|officers?|policem[ae]n|soldiers?|troops|gendarmes?|guards?|servicemen|army|riot police|constables?)\b"),
    ("minors", r"\b(?:children|minors?|girls?|boys?|teenagers?|pupils|babies|infants|juveniles|apprentices)\b"),
    ("women", r"\b(?:women|woman|females?|mothers?)\b"),
    ("journalists", r"\b(?:journalists?|reporters?)\b"),
    ("foreigners", r"\b(?:foreigners?|nationals?|tourists?)\b"),
)  # fmt: skip
_GROUPED = tuple((name, re.compile(pattern, re.I)) for name, pattern in _GROUPS)
IN_WORDS = {
    "killed": "killed", "injured": "injured", "missing": "missing", "detained": "detained", "abducted": "abducted", "released": "released",
    "charged": "charged", "sentenced": "sentenced", "hospitalised": "in hospital", "displaced": "displaced", "attending": "took part",
    "on_strike": "on strike", "deployed": "deployed", "suspects": "suspects", "votes": "votes", "vote_share": "share of the vote",
    "turnout": "turnout", "damaged": "damaged", "attacks": "attacks", "seized": "seized", "other": "counted",
}  # fmt: skip


ALIKE = 0.2  # share of the shorter sentence's words from which two "other" counts are of one thing
COMPARED = 40  # counts of a part that another is compared with


@dataclass
class Counted:
    """Questions of number with the relations between their figures."""

    questions: list[Question] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def how_many(case: Case) -> Counted:
    """A question for each measure × group × place × episode, with positions and relations."""
    out = Counted()
    groups = together.parted(case, ruled(case), kind_of_people)
    taken_back = lines.retractions(case)
    for key, group in _as_decided(case, groups):
        members = sorted(group, key=_order)
        question, relations = _question(case, key, members, taken_back)
        out.questions.append(question)
        out.relations.extend(relations)
    return out


def ruled(case: Case) -> dict[tuple[str, ...], list[Item]]:
    """The figures in groups by what the rules say they share; the key is that of `scope`, told apart further."""
    groups: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in case.figures:
        groups[scope(case, item)].append(item)
    groups = _by_kind_of_people(_by_sentence(groups))
    _join_by_number(groups)
    return groups


def _by_sentence(
    groups: dict[tuple[str, ...], list[Item]],
) -> dict[tuple[str, ...], list[Item]]:
    """Groups of `other` counts parted by what their sentences are about.

    "Other" says nothing of what was counted: 44 students who are at home and 12 who are
    ill are no two answers to one question. Sentences share ALIKE of their words or more,
    or give the same number.
    """
    out: dict[tuple[str, ...], list[Item]] = {}
    for key, items in groups.items():
        if key[0] != "other":
            out[key] = items
            continue
        parts: list[list[Item]] = []
        for item in sorted(items, key=_order):
            near = [p for p in parts if any(_alike(item, other) for other in p[:COMPARED])]
            for part in near[1:]:
                near[0].extend(part)
                parts.remove(part)
            if near:
                near[0].append(item)
            else:
                parts.append([item])
        for n, part in enumerate(parts):
            out[(*key[:3], f"{key[3]} {n}".strip() if n else key[3], key[4])] = part
    return out


def _by_kind_of_people(
    groups: dict[tuple[str, ...], list[Item]],
) -> dict[tuple[str, ...], list[Item]]:
    """Groups of people parted by what they are: the drivers wounded are not the patients wounded.

    Who is counted by a common word (people, residents, the dead) may be of any kind and
    stays with the kind most counted: eight miners dead are eight people dead.
    """
    out: dict[tuple[str, ...], list[Item]] = {}
    for key, items in groups.items():
        kinds: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            kinds[kind_of_people(item) if key[2] == "people" else ""].append(item)
        most = max(sorted(kinds.keys() - {""}), key=lambda k: len(kinds[k]), default="")
        for kind, own in kinds.items():
            apart = kind not in ("", most)
            out.setdefault((*key[:3], f"{key[3]} {kind}", key[4]) if apart else key, []).extend(own)
    return out


# Words for people that tell nobody apart.
_ANYBODY = frozenset(
    (
        "people person persons civilian civilians citizen citizens resident residents villager villagers victim victims"
        " man men individual individuals dead body bodies corpse corpses death deaths life lives protester protesters"
        " demonstrator demonstrators worker workers employee employees staff striker strikers absentee absentees"
        " detainee detainees prisoner prisoners inmate inmates arrest arrests member members supporter supporters"
        " participant participants marcher marchers casualty casualties soul souls name names other others human humans"
        " injured wounded missing them us local locals refugee refugees evacuee evacuees patient patients"
    ).split()
)
_BEHIND_HEAD = re.compile(
    r"\s+(?:of|in|at|from|who|with|on|by|for|to|and|near|aboard|under|among|still)\s.*|,.*", re.S
)


def kind_of_people(item: Item) -> str:
    """The stem of the noun for whom a figure counts, "" where it is a word for anybody."""
    words = re.findall(r"[^\W\d_]+", _BEHIND_HEAD.sub("", figure_of(item).who.lower()))
    return next(iter(stems(words[-1])), "") if words and words[-1] not in _ANYBODY else ""


def _alike(one: Item, other: Item) -> bool:
    """Whether the sentences of two counts are about one thing."""
    if figure_of(one).number == figure_of(other).number is not None:
        return True
    a, b = one.told, other.told
    return bool(a and b) and len(a & b) >= ALIKE * min(len(a), len(b))


def _join_by_number(groups: dict[tuple[str, ...], list[Item]]) -> None:
    """Join the groups of one measure and time in which the same telling number stands.

    A telling number is seldom given twice for two things: 212 "people" and 212
    "men" below ground are one count, whatever the words for whom.
    """
    at: dict[tuple[object, ...], tuple[str, ...]] = {}
    for key in sorted(groups):
        if key[0] in VOTED:
            continue
        for item in groups[key]:
            number = figure_of(item).number
            if telling(number):
                home = at.setdefault((key[0], key[1] == "share", key[-1], number), key)
                if home != key and home in groups:
                    groups[home] += groups.pop(key)
                    break


def _order(item: Item) -> tuple[object, ...]:
    """By as-of, then by report; in a report its text before captions and headlines."""
    aside = item.segment is not SegmentKind.BODY
    return item.until, item.report.published or "", item.report.path, aside, figure_of(item).span


def _as_decided(
    case: Case, groups: dict[tuple[str, ...], list[Item]]
) -> Iterator[tuple[tuple[str, ...], list[Item]]]:
    """The groups in order, joined and parted where a person decided so."""
    key_of = {item.id: key for key, items in groups.items() for item in items}
    for pair in sorted(map(sorted, case.together)):
        keys = sorted({key_of[id] for id in pair if id in key_of})
        if len(keys) > 1:
            groups[keys[0]] += groups.pop(keys[1])
            key_of |= {item.id: keys[0] for item in groups[keys[0]]}
    for key in sorted(groups):
        if not case.apart:
            yield key, groups[key]
            continue
        parted: list[list[Item]] = []
        for item in sorted(groups[key], key=lambda i: i.id):
            for part in parted:
                if not any(frozenset((item.id, other.id)) in case.apart for other in part):
                    part.append(item)
                    break
            else:
                parted.append([item])
        for part in parted:
            yield key, part


def scope(case: Case, item: Item) -> tuple[str, ...]:
    """What a figure must share with another to be about the same thing."""
    figure = figure_of(item)
    background = case.background(item)
    group = next((name for name, pattern in _GROUPED if pattern.search(figure.who)), "people")
    if figure.measure == "deployed" and group == "people":
        group = "forces"  # 600 men sent are soldiers
    about = ""
    if figure.measure in ("vote_share", "votes"):
        group, about = "", _whose(case, item)
    elif figure.measure in ("other", "damaged", "seized", "attacks"):
        group, about = "", " ".join(sorted(stems(figure.who))[:2])
    elif figure.measure == "turnout":
        group, about = "", figure.where.lower()
    elif figure.measure == "attending":
        group, about = "", item.until
    if figure.measure in VOTED and not background:
        group = case.vote(item)
    if background:
        about += " " + figure.where.lower()
    part = figure.kind if figure.kind in ("share", "subset") else "count"
    if part == "count" and _PART.match(_behind(item)):
        part = "subset"
    if (
        part == "count"
        and group == "people"
        and (_REST.search(figure.who) or _REST.match(_behind(item).lstrip()))
    ):
        about = f"{about} others".strip()
    if part == "subset":
        # A part is a question of its own: the group it counts, or the number if none is named.
        about = about or " ".join(sorted(stems(figure.who))[:2]) or f"{figure.low}–{figure.high}"
    return figure.measure, part, group, about, background


# "Three of the bodies" are not all of them, nor are "two others" who were hurt.
_PART = re.compile(r"\s+of\s+(?:the|those|these|them|his|her|its|their|our|whom|which)\b", re.I)
_REST = re.compile(r"\bothers?\b", re.I)


def _behind(item: Item) -> str:
    """The first words behind a figure."""
    end = figure_of(item).span.end
    return item.report.text[end : end + 20]


def _whose(case: Case, item: Item) -> str:
    """The candidate of a vote share: the one whom the reader found, else the only one who is given the very number elsewhere, else the person named before it."""
    figure = figure_of(item)
    named = case.party_named(figure.who)
    if named in case.parties:
        return named
    given = case.holders.get((figure.measure, figure.number, case.background(item)), frozenset())
    if len(given) == 1 and seldom(figure.number):
        return next(iter(given))
    before = _candidate(case, item)
    # Of whom nothing is known is nobody else's rival: two shares in one sentence are seldom one candidate's.
    return before or named or " ".join(sorted(stems(figure.who))) or f"{figure.low}–{figure.high}"


def _candidate(case: Case, item: Item) -> str:
    """The person named nearest before a vote share in its sentence."""
    figure = figure_of(item)
    before = item.report.text[max(0, figure.span.start - 160) : figure.span.start].lower()
    best, at = "", -1
    for form, party in case.people:
        if (found := before.rfind(form)) > at and not before[:found].endswith((" of ", " for ")):
            best, at = party, found
    return best


def _question(
    case: Case,
    key: tuple[str, ...],
    members: Sequence[Item],
    taken_back: Mapping[str, Sequence[Relation]],
) -> tuple[Question, list[Relation]]:
    kinds = {figure_of(m).kind for m in members}
    wanted = {"total", "share"} if kinds & {"total", "share"} else kinds
    counted = [m for m in members if figure_of(m).kind in wanted]
    vouched = lines.vouchers(case, members)
    retracted = [r for m in members for r in taken_back.get(m.id, ())]
    grown = {
        (r.source, r.target): r for r in lines.grown(case, [m for m in members if case.sure(m)])
    }
    relations = [
        *lines.repeats(case, members, vouched),
        *grown.values(),
        *(
            r
            for r in lines.between(
                case,
                key[0],
                [m for m in counted if case.sure(m)],
                vouched,
                {r.target for r in retracted},
            )
            if (r.source, r.target) not in grown and (r.target, r.source) not in grown
        ),
        *retracted,
    ]
    first_hand = {m.id for m in members if lines.vouches(case, m, vouched)}
    status, why = lines.status(
        relations,
        members,
        case.sources(m for m in counted if m.id in first_hand and case.sure(m)),
    )
    rest = [[m] for m in members if figure_of(m).kind not in wanted]
    fallen: dict[str, set[str]] = defaultdict(set)
    for r in relations:
        fallen[r.target].add(r.type)
    positions = tuple(
        _position(case, pool, fallen, first_hand) for pool in [*_pools(counted), *rest]
    )
    live = [p for p in positions if p.standing == "live"] or list(positions)
    lows, highs = [p.low for p in live], [p.high for p in live]
    question = Question(
        id=digest("q", key, sorted(m.id for m in members)),
        title=_title(case, key, members),
        measure=key[0],
        status=status,
        low=None if None in lows else min((x for x in lows if x is not None), default=None),
        high=None if None in highs else max((x for x in highs if x is not None), default=None),
        why=why,
        independent_sources=case.sources(m for m in members if m.id in first_hand),
        positions=positions,
    )
    return question, relations


def _title(case: Case, key: tuple[str, ...], members: Sequence[Item]) -> str:
    measure, part, group, about, background = key
    forces = "" if measure == "deployed" else "police and soldiers"
    whom = {"forces": forces, "people": "people", "": ""}.get(group, group)
    whose, _, rest = about.partition(" ")
    if whose in case.parties:
        about = f"{case.parties[whose].name} {rest}".strip()
    if measure in VOTED and group:
        about, whom = f"{about} on {group}".strip(), ""
    words = [
        "What share" if part == "share" and measure != "vote_share" else "How many",
        whom,
        IN_WORDS[measure],
    ]
    if measure == "vote_share":
        words = ["What share of the vote"]
    if (
        measure in ("other", "damaged", "seized", "attacks")
        and members[0].figure is not None
        and members[0].figure.who
    ):
        words = ["How many", members[0].figure.who, IN_WORDS[measure]]
        about = ""
    title = " ".join(w for w in words if w)
    return (
        title
        + (f" ({about.strip()})" if about.strip() else "")
        + (f", {background}" if background and background not in about else "")
        + "?"
    )


def _standing(case: Case, pool: Sequence[Item], relations: Mapping[str, Set[str]]) -> str:
    """Whether an answer still stands, or every claimant of it has revised it or taken it back.

    A claimant's number falls wherever it stands. Plain numbers decide, open ones ("hundreds",
    "at least 40") where there are no others; a report's own voice where nobody is named.
    """
    named = [m for m in pool if m.party is not None]
    several = len({_line(case, m) for m in named}) > 1
    counted = named if several else list(pool)
    plain = [m for m in counted if figure_of(m).bound in ("exact", "about", "range")]
    against: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for m in plain or counted:
        f = figure_of(m)
        key = _line(case, m) if several else "", f.number, f.low, f.high
        against[key] |= relations.get(f.id, set()) & {"retracts", "revises"}
    if not all(against.values()):
        return "live"
    retracted = all("retracts" in kinds for kinds in against.values())
    return "retracted" if retracted else "superseded"


def _line(case: Case, member: Item) -> str:
    """Whose count a figure is, the authorities' being one."""
    party = case.parties.get(member.party or "")
    return "authorities" if party and party.party_class in AUTHORITIES else case.voucher(member)


def _pools(members: Sequence[Item]) -> list[list[Item]]:
    """Members in their order, each joined to the first pool with all of whose figures it is compatible."""
    pools: list[list[Item]] = []
    told: list[dict[tuple[object, ...], Figure]] = []  # of each pool one figure of each value
    for member in members:
        figure = figure_of(member)
        value = (figure.low, figure.high, figure.bound, figure.number)
        for pool, values in zip(pools, told, strict=True):
            if value in values or all(lines.compatible(figure, f) for f in values.values()):
                pool.append(member)
                values[value] = figure
                break
        else:
            pools.append([member])
            told.append({value: figure})
    return pools


def _position(
    case: Case, pool: Sequence[Item], relations: Mapping[str, Set[str]], first_hand: Set[str]
) -> Position:
    """One answer; `relations` are the types of what came against each figure, `first_hand` those not only handed on."""
    names = list(dict.fromkeys(case.name(m) for m in pool))
    figures = [figure_of(m) for m in pool]
    said = list(dict.fromkeys(f.said for f in figures))
    lows = [f.low for f in figures if f.low is not None]
    highs = [f.high for f in figures if f.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        low, high = min(lows), max(highs)  # "more than 1,000" and "about 1,000"
    return Position(
        summary=f"{', '.join(said[:3])}: {', '.join(names[:4])}",
        parties=tuple(sorted({m.party for m in pool if m.party})),
        claims=tuple(sorted({f.claim for f in figures if f.claim})),
        figures=tuple(f.id for f in figures),
        low=low,
        high=high,
        independent_sources=case.sources(m for m in pool if m.id in first_hand),
        standing=_standing(case, pool, relations),
    )
