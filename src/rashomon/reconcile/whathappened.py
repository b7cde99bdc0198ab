"""What happened? Claims about one matter: repeated, confirmed, denied, taken back."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from rashomon.model import Position, Question, Relation, Stance, digest
from rashomon.reconcile.items import Case, Item

# Weighted share of words in common from which two claims are about one matter; tuned on
# the visible cases (docs/quality.md).
REPEATS = 0.6
REPEATS_ACT = 0.2  # the same for two denials, promises, apologies or retractions of one speaker
KEPT_WORDS = 1  # content words that it shares with them
UNKEPT = 0.25  # likeness of a promise with the words that say it was not kept
_NOT_DONE = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|still|yet|late|only|instead|without|failed|waiting|waited|deadline)\b",
    re.I,
)
_ACTS = frozenset({Stance.DENIES, Stance.PROMISES, Stance.APOLOGISES, Stance.RETRACTS})
_WISHES = frozenset({Stance.DEMANDS, Stance.WARNS, Stance.THREATENS, Stance.PROMISES, Stance.ASKS})
SAME_MATTER = 0.6
CONTESTED = 0.34
TELLS = 2  # content words from which a claim that stands alone says something
UNKNOWN = 0.33  # the median cosine of the meanings of two claims of one case
DENSE = 20_000  # claims beyond which words alone propose pairs: all against all would take minutes
NEAREST = 12  # claims nearest in meaning that a denial is held against
COMMON = 60  # claims a word may stand in before it no longer proposes pairs
_AGAINST = {Stance.DENIES: "denies", Stance.DISPUTES: "disputes", Stance.RETRACTS: "retracts"}
_TITLE = 90


@dataclass
class Told:
    """Questions of fact with the relations between their claims."""

    questions: list[Question] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


class Likeness:
    """Similarity of claims by the words they share, rarer words weighing more, and by what they mean.

    Half of it is the cosine of the words' weights, half the cosine of the reader's meaning
    vectors, UNKNOWN where one is missing.
    """

    def __init__(self, case: Case, claims: Sequence[Item]) -> None:
        self.claims = claims
        known = [case.meanings.get(c.id) for c in claims]
        size = max((len(v) for v in known if v is not None), default=1)
        blank = np.zeros(size, dtype=np.float32)
        self.meant = np.array([v is not None for v in known], dtype=bool)
        self.vectors = np.array([blank if v is None else v for v in known])
        count = Counter(s for c in claims for s in c.stems)
        self.weight = {s: math.log(1 + len(claims) / n) ** 2 for s, n in count.items()}
        self.size = [sum(self.weight[s] for s in c.stems) for c in claims]
        self.holding: dict[str, list[int]] = defaultdict(list)
        for i, claim in enumerate(claims):
            for stem in claim.stems:
                self.holding[stem].append(i)

    def near(self, i: int, *, wide: bool) -> dict[int, float]:
        """Other claims with their likeness: those that share a word not all too common, and if `wide` those near in meaning."""
        found = {
            j
            for stem in self.claims[i].stems
            if len(self.holding[stem]) <= COMMON
            for j in self.holding[stem]
        }
        if wide and self.meant[i] and NEAREST < len(self.claims) <= DENSE:
            alike = self.vectors @ self.vectors[i]
            least = np.partition(alike, -NEAREST)[-NEAREST]
            found.update(np.flatnonzero(alike >= least)[:NEAREST].tolist())
        elif wide and self.meant[i] and len(self.claims) <= NEAREST:
            found.update(range(len(self.claims)))
        found.discard(i)
        return self.likeness(i, sorted(found))

    def likeness(self, i: int, others: Sequence[int]) -> dict[int, float]:
        """How alike a claim is to others, from 0 to 1."""
        if not others:
            return {}
        if self.meant[i]:
            cosines = np.maximum(self.vectors[others] @ self.vectors[i], 0.0)
            meanings = np.where(self.meant[others], cosines, UNKNOWN).tolist()
        else:
            meanings = [UNKNOWN] * len(others)
        return {
            j: (self.cosine(i, j) + meaning) / 2
            for j, meaning in zip(others, meanings, strict=True)
        }

    def cosine(self, i: int, j: int) -> float:
        weight = self.weight
        shared = sum([weight[s] for s in self.claims[i].stems & self.claims[j].stems])
        size = math.sqrt(self.size[i] * self.size[j])
        return shared / size if size else 0.0


def what_happened(case: Case) -> Told:
    """Relations between claims, and a question for each matter that several claims or a denial touch."""
    claims = sorted(case.claims, key=lambda c: (c.report.published or "", c.report.path, c.id))
    found = _related(case, claims)
    out = Told(relations=[r for r in found if frozenset((r.source, r.target)) not in case.apart])
    out.questions.extend(_questions(case, claims, out.relations))
    return out


def _related(case: Case, claims: Sequence[Item]) -> Iterator[Relation]:
    likeness = Likeness(case, claims)
    for i, item in enumerate(claims):
        against = _AGAINST.get(item.claim.stance) if item.claim else None
        near = likeness.near(
            i, wide=against is not None or (item.claim is not None and item.claim.stance in _ACTS)
        )
        for j, alike in near.items():
            other = claims[j]
            one = case.voucher(item) == case.voucher(other)
            copied = item.report.id != other.report.id and item.original == other.original
            again = REPEATS_ACT if (one or copied) and _same_act(item, other) else REPEATS
            if j < i and alike >= again and (one or copied):
                because = "a copy of the text" if copied else "the same claimant in the same words"
                yield Relation(type="repeats", source=item.id, target=other.id, because=because)
            elif (
                j < i
                and alike >= SAME_MATTER
                and not one
                and item.report.id != other.report.id
                and not against
                and _plain(other)
                and not {item.id, other.id} <= case.holding_figures
            ):
                yield Relation(
                    type="corroborates",
                    source=item.id,
                    target=other.id,
                    because=f"{case.name(item)} and {case.name(other)} say alike: {_shared(item, other)}",
                )
        if item.claim is not None and item.claim.stance is Stance.PROMISES:
            yield from _unkept(case, item, claims, near)
        if against:
            yield from _opposed(case, item, claims, near, against)


def _opposed(
    case: Case, item: Item, claims: Sequence[Item], near: dict[int, float], against: str
) -> Iterator[Relation]:
    """A denial bound to the claim that it takes up by a pronoun or a noun, else to the likeliest claim."""
    pointed = _pointed_at(case, item) if against != "retracts" else None
    if pointed is not None:
        verb = {"denies": "denies", "disputes": "contests"}[against]
        because = f"{case.name(item)} {verb} what {case.name(pointed)} said just before"
        yield Relation(type=against, source=item.id, target=pointed.id, because=because)
        return
    fits = []
    for j, alike in near.items():
        other = claims[j]
        same = case.voucher(item) == case.voucher(other)
        if alike < CONTESTED or (against == "retracts") != same or not _plain(other):
            continue
        if against == "denies" and _wished(other):
            continue
        if against != "retracts" and not _words(item) & _words(other):
            continue
        fits.append((alike, j))
    for alike, j in sorted(fits, reverse=True)[:1]:
        other = claims[j]
        verb = {"denies": "denies", "disputes": "contests", "retracts": "takes back"}[against]
        yield Relation(
            type=against,
            source=item.id,
            target=other.id,
            because=f"{case.name(item)} {verb} what {case.name(other)} says: {_shared(item, other)} (likeness {alike:.2f})",
        )


# "It", "this", "the allegations", "the ministry's claim": words that take up a claim before them.
_POINTING = re.compile(
    r"^(?:that\s+)?(?:it|this|that|so|them|these|those|everything"
    r"|(?:(?:all|any|such|the|this|that|these|those|his|her|its|their)\s+)*(?:(?P<whose>[\w’' -]{2,40}?)['’]s?\s+)?"
    r"(?:claims?|allegations?|accusations?|charges?|accounts?|versions?|statements?|assertions?|reports?|rumou?rs?|suggestions?|figures?|numbers?))\W*$",
    re.I,
)
_BACK = 900  # characters before it in which that claim is looked for


def _pointed_at(case: Case, item: Item) -> Item | None:
    """The claim just before in the same report that a denial takes up without repeating it."""
    found = _POINTING.match(item.text.strip(" .,“”\"'"))
    if found is None or item.claim is None:
        return None
    whose = (found["whose"] or "").casefold()
    start = item.claim.content[0].start
    before = [
        other
        for other in case.claims_beside(item)
        if other.claim is not None
        and start - _BACK <= other.claim.content[0].start < start
        and case.voucher(other) != case.voucher(item)
        and _plain(other)
        and not _wished(other)
        and len(other.stems) >= TELLS
        and (not whose or whose in case.name(other).casefold())
    ]
    return max(
        before, key=lambda c: (c.claim.content[0].start if c.claim else 0, c.id), default=None
    )


def _unkept(
    case: Case, promise: Item, claims: Sequence[Item], near: dict[int, float]
) -> Iterator[Relation]:
    """What others said later of a promise that was not kept: the likeliest such words."""
    fits = [
        (alike, -j)
        for j, alike in near.items()
        if alike >= UNKEPT
        and (claims[j].report.published or "") > (promise.report.published or "")
        and case.voucher(claims[j]) != case.voucher(promise)
        and _NOT_DONE.search(claims[j].text)
        and _plain(claims[j])
        and len(promise.stems & claims[j].stems) >= KEPT_WORDS
    ]
    for alike, j in sorted(fits, reverse=True)[:1]:
        other = claims[-j]
        because = f"{case.name(other)} says later of what {case.name(promise)} promised: {_shared(other, promise)} (likeness {alike:.2f})"
        yield Relation(type="disputes", source=other.id, target=promise.id, because=because)


def _same_act(one: Item, other: Item) -> bool:
    """Whether both deny, promise, apologise or take back: what a speaker does so about is seldom two things."""
    acts = {i.claim.stance for i in (one, other) if i.claim}
    return len(acts) == 1 and bool(acts & _ACTS)


def _words(item: Item) -> frozenset[str]:
    """The content words of a claim that are no numbers."""
    return frozenset(s for s in item.stems if not s[0].isdigit())


def _wished(item: Item) -> bool:
    """Whether a claim says what shall be, which nobody can deny: a demand, a threat, a question."""
    return item.claim is not None and item.claim.stance in _WISHES


def _plain(item: Item) -> bool:
    return item.claim is not None and item.claim.stance not in _AGAINST


def _shared(one: Item, other: Item) -> str:
    shared = one.stems & other.stems
    words = [
        w for w in re.findall(r"[\w’'-]+", one.text) if any(w.lower().startswith(s) for s in shared)
    ]
    return "“" + ", ".join(dict.fromkeys(words[:6])) + "”"


def _questions(
    case: Case, claims: Sequence[Item], relations: Sequence[Relation]
) -> Iterator[Question]:
    by_id = {c.id: c for c in claims}
    place = {c.id: n for n, c in enumerate(claims)}
    of: dict[str, list[Relation]] = defaultdict(list)
    links: dict[str, set[str]] = defaultdict(set)
    for r in relations:
        of[r.source].append(r)
        links[r.source].add(r.target)
        links[r.target].add(r.source)
    for one, other in (sorted(pair) for pair in case.together if pair <= by_id.keys()):
        links[one].add(other)
        links[other].add(one)
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen or not (links[claim.id] or _matters(case, claim)):
            continue
        members = _component(claim.id, links)
        seen |= members
        ordered = sorted((by_id[m] for m in members), key=lambda c: place[c.id])
        yield _question(case, ordered, [r for m in members for r in of[m]])


def _matters(case: Case, claim: Item) -> bool:
    """Whether a claim that no other touches is a question by itself: a denial is, and what gives no figure."""
    against = claim.claim is not None and claim.claim.stance in _AGAINST
    return against or (len(claim.stems) >= TELLS and claim.id not in case.holding_figures)


def _component(start: str, links: dict[str, set[str]]) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        for other in sorted(links[todo.pop()]):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def _question(case: Case, members: Sequence[Item], relations: Sequence[Relation]) -> Question:
    ids = {m.id for m in members}
    kinds = {r.type for r in relations if r.source in ids and r.target in ids}
    against = [m for m in members if m.claim and m.claim.stance in _AGAINST]
    told = [m for m in members if m not in against]
    status, why = _status(case, kinds, against, told, case.sources(told))
    positions = [_position(case, told)] if told else []
    if against:
        positions.append(_position(case, against))
    return Question(
        id=digest("q", "what", sorted(ids)),
        title=_title((told or against)[0].text),
        measure=None,
        status=status,
        why=why,
        independent_sources=_sources(case, told, against),
        positions=tuple(positions),
    )


def _sources(case: Case, told: Sequence[Item], against: Sequence[Item]) -> int:
    """The independent sources of both sides; who speaks on both counts once."""
    both = {case.voucher(m) for m in told} & {case.voucher(m) for m in against}
    return case.sources(told) + case.sources([m for m in against if case.voucher(m) not in both])


def _title(content: str) -> str:
    """A claim's words as a question, cut at a word."""
    text = re.sub(r"^that\s+", "", " ".join(content.split())).strip('.,;:“”"«»„ ')
    shown = text if len(text) <= _TITLE else text[:_TITLE].rsplit(" ", 1)[0] + " …"
    return f"Is it so? “{shown}”"


def _status(
    case: Case, kinds: set[str], against: Sequence[Item], told: Sequence[Item], sources: int
) -> tuple[str, str]:
    if "retracts" in kinds or (
        against and all(m.claim and m.claim.stance is Stance.RETRACTS for m in against)
    ):
        return "retracted", f"{case.name(against[0])} takes it back"
    contested = [m for m in against if m.claim and m.claim.stance is Stance.DISPUTES]
    if contested:
        whom = f"what {case.name(told[0])} says" if told else "it"
        return "disputed", f"{case.name(contested[0])} contests {whom}"
    if "disputes" in kinds:
        return "disputed", f"{case.name(told[-1])} says that it was not kept"
    if against:
        whom = f" what {case.name(told[0])} says" if told else " it"
        if sources > 1:
            return "disputed", f"{case.name(against[0])} denies what {sources} sources say"
        return "denied", f"{case.name(against[0])} denies{whom}"
    if sources > 1:
        return "agreed", f"{sources} independent sources say so"
    return "single_source", f"only {case.name(told[0])} says so"


def _position(case: Case, members: Sequence[Item]) -> Position:
    names = list(dict.fromkeys(case.name(m) for m in members))
    text = " ".join(members[0].text.split())
    return Position(
        summary=f"{', '.join(names[:4])}: {text[:160]}",
        parties=tuple(sorted({m.party for m in members if m.party})),
        claims=tuple(m.id for m in members),
        independent_sources=case.sources(members),
    )
