"""What happened? Claims about one matter: repeated, confirmed, denied, taken back."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from msgspec import structs

from rashomon.model import NEGATION, Position, Question, Relation, Stance, digest, shortened
from rashomon.reconcile import relate
from rashomon.reconcile.items import Case, Item
from rashomon.reconcile.joined import Joined
from rashomon.reconcile.likeness import Likeness

# Weighted share of words in common from which two claims are about one matter; tuned on
# the visible cases (docs/quality.md).
REPEATS = 0.6
REPEATS_ACT = 0.2  # the same for two denials, promises, apologies or retractions of one speaker
KEPT_WORDS = 1  # content words that it shares with them
UNKEPT = 0.3  # likeness of a promise with the words that say it was not kept
_NOT_DONE = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|still|yet|late|only|instead|without|failed|waiting|waited|deadline)\b",
    re.I,
)
_ACTS = frozenset({Stance.DENIES, Stance.PROMISES, Stance.APOLOGISES, Stance.RETRACTS})
_WISHES = frozenset({Stance.DEMANDS, Stance.WARNS, Stance.THREATENS, Stance.PROMISES, Stance.ASKS})
SAME_MATTER = 0.6
CONTESTED = 0.34
TELLS = 2  # content words from which a claim that stands alone says something
ASSERTS = (
    3  # content words from which a claim can be contested in other words: "the election" cannot
)
BREATH = 160  # characters between two denials of one speaker that are one
FULL = 6  # claims of a matter from which the network adds no more to it
SAME_WORDS = 4  # content words in common from which a claim may be another's handed on
MOST = 0.75  # the share of the shorter one's words that they are then
_TELLING = frozenset({Stance.ACCUSES, Stance.ASSERTS, Stance.ANNOUNCES, Stance.CONFIRMS})
_AGREEING = frozenset({"repeats", "corroborates"})
_AGAINST = {Stance.DENIES: "denies", Stance.DISPUTES: "disputes", Stance.RETRACTS: "retracts"}
_TITLE = 90


@dataclass
class Told:
    """Questions of fact with the relations between their claims."""

    questions: list[Question] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def what_happened(case: Case, counted: Sequence[Relation] = ()) -> Told:
    """Relations between claims, and a question for each matter that several claims or a denial touch.

    `counted` are the relations between figures: the claims that hold those are not related again.
    """
    claims = case.told()
    found = _related(case, claims, counted)
    out = Told(relations=[r for r in found if frozenset((r.source, r.target)) not in case.apart])
    out.questions.extend(_questions(case, claims, out.relations))
    return out


def _related(case: Case, claims: Sequence[Item], counted: Sequence[Relation]) -> Iterator[Relation]:
    likeness = Likeness(case, claims)
    accounts, conceded = _accounts(claims), _concessions(claims)
    near = [likeness.near(i, wide=True) for i in range(len(claims))]
    found = [
        r
        for i, item in enumerate(claims)
        for r in _told_by_words(case, i, item, claims, near[i], accounts, conceded)
    ]
    found = list(_weighed(case, claims, likeness, list(_once(found))))
    yield from found
    known = _holding(case, counted) | {frozenset((r.source, r.target)) for r in found}
    matters = Matters(claims, found)
    # What words say stands by itself, and a wrong link would spoil it: there one must be surer.
    surely = relate.least(surely=True)
    read = relate.related(case, claims, likeness, near)
    for i, j, kind, likely in sorted(read, key=lambda r: (-r[3], r)):
        one, other = claims[i], claims[j]
        if (
            frozenset((one.id, other.id)) not in known
            and _possible(case, kind, one, other)
            and not (kind in _AGREEING and matters.opposed(one, other))
            and (likely >= surely[kind] or not (matters.told(one) or matters.told(other)))
            and matters.joined(one.id, other.id, kind)
        ):
            verb, rest = _READ[kind]
            yield Relation(
                type=kind,
                source=one.id,
                target=other.id,
                because=f"{case.does(one, verb)} {rest.format(case.name(other))}",
                likelihood=round(likely, 2),
            )


def _once(found: Sequence[Relation]) -> Iterator[Relation]:
    """The relations without those that only relate a statement's repetition again."""
    same = Joined()
    for r in found:
        if r.type == "repeats":
            same.join(r.source, r.target)
    seen: set[tuple[str, str, str]] = set()
    for r in found:
        key = (r.type, same.root(r.source), same.root(r.target))
        if r.type == "repeats" or key not in seen:
            seen.add(key)
            yield r


# A cue that says itself that something is denied, contested or taken back.
_EXPLICIT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)\b|reject|dismiss|refut|rebut|debunk|disavow|disput|contest|contradict|challeng|doubt|disagree|adamant"
    r"|retract|withdr[ae]w|took back|taken? back|correct(?:ed|ion|s)\b|recant|backtrack|apolog|regret)",
    re.I,
)


def _says_so(item: Item) -> bool:
    """Whether a claim itself says what it does: by its cue, by pointing at another, or by denying all harm."""
    return bool(_EXPLICIT.search(item.cue) or _POINTING.match(_bare(item)) or _denies_harm(item))


def _weighed(
    case: Case, claims: Sequence[Item], likeness: Likeness, found: Sequence[Relation]
) -> Iterator[Relation]:
    """The relations that words tell; where no cue says that something is denied, with the network's likelihood.

    "There was no fire," she said, denies what another says, or speaks of something else:
    in real reports nearly always the latter (docs/quality.md). Not so where it is said in
    the other's very words.
    """
    place = {c.id: n for n, c in enumerate(claims)}
    weighed = [
        r
        for r in found
        if r.type not in _AGREEING
        and not _bound(case, r, claims[place[r.source]], claims[place[r.target]])
        and not _denies_harm(claims[place[r.target]])
        and not _handed_on(claims[place[r.source]], claims[place[r.target]])
    ]
    pairs = [
        (max(place[r.source], place[r.target]), min(place[r.source], place[r.target]))
        for r in weighed
    ]
    likely = dict(zip(weighed, relate.opposed(case, claims, likeness, pairs), strict=False))
    for r in found:
        known = likely.get(r, 1.0)
        yield r if known >= relate.SURE else structs.replace(r, likelihood=round(known, 2))


def _bound(case: Case, relation: Relation, one: Item, other: Item) -> bool:
    """Whether a cue says that something is denied, and of what: what stands just before, or words in common that are no names."""
    pointed = not _LIKENESS.search(relation.because)
    return _says_so(one) and (pointed or bool((one.stems & other.stems) - case.name_stems))


class Matters:
    """Which claims are about one matter so far: what the network reads may widen a matter, not chain matters up.

    One wrong link between two matters would make one question of both.
    """

    def __init__(self, claims: Sequence[Item], relations: Sequence[Relation]) -> None:
        self.groups = Joined()
        # A repetition adds nothing to a matter: counted are the claims that repeat no other.
        again = {r.source for r in relations if r.type == "repeats"}
        self.size = {c.id: int(c.id not in again) for c in claims}
        self.settled = {
            id for r in relations if r.type not in _AGREEING for id in (r.source, r.target)
        }
        for r in relations:
            if r.source in self.size and r.target in self.size:
                self._join(r.source, r.target)
        self.sides = Joined()
        for r in relations:
            if r.type in _AGREEING:
                self.sides.join(r.source, r.target)
        self.against = {
            self._sides(r.source, r.target) for r in relations if r.type not in _AGREEING
        }

    def _sides(self, one: str, other: str) -> frozenset[str]:
        return frozenset((self.sides.root(one), self.sides.root(other)))

    def opposed(self, one: Item, other: Item) -> bool:
        """Whether words set what one says against what the other says, in whatever place each said it."""
        return self._sides(one.id, other.id) in self.against

    def _join(self, one: str, other: str) -> None:
        kept, gone = self.groups.join(one, other)
        if kept != gone:
            self.size[kept] += self.size[gone]
            if gone in self.settled:
                self.settled.add(kept)

    def told(self, item: Item) -> bool:
        """Whether words say already how an item's matter stands: a denial, or what is held against one."""
        return not _plain(item) or self.groups.root(item.id) in self.settled

    def joined(self, one: str, other: str, kind: str) -> bool:
        """Whether the two may be related: they are of one matter, or one stands alone and the other's is not full."""
        mine, theirs = self.groups.root(one), self.groups.root(other)
        if mine == theirs:
            return True
        small, large = sorted((self.size[mine], self.size[theirs]))
        if small > 1 or large >= FULL:
            return False
        if kind == "repeats":
            self.size[mine] = max(0, self.size[mine] - 1)
        self._join(one, other)
        return True


# What the network's types say of a later claim and an earlier.
_READ = {
    "repeats": ("says", "again what {} said"),
    "corroborates": ("bears", "out what {} said"),
    "revises": ("says", "later otherwise than {}"),
    "disputes": ("tells", "it otherwise than {}"),
    "denies": ("says", "that what {} said is not so"),
    "retracts": ("gives", "up what {} said"),
}


def _contestable(item: Item, other: Item) -> bool:
    """Whether a claim is what another contests: it says something, and they share more than one word."""
    shared = _words(item) & _words(other)
    return len(other.stems) >= ASSERTS and len(shared) >= min(2, len(_words(item)))


def _possible(case: Case, kind: str, one: Item, other: Item) -> bool:
    """Whether two claims can stand so at all: nobody denies a wish, or corroborates himself."""
    same = case.voucher(one) == case.voucher(other)
    if kind == "corroborates":
        return not same
    return kind != "denies" or not (same or _wished(other))


def _holding(case: Case, counted: Sequence[Relation]) -> set[frozenset[str]]:
    """The pairs of claims that hold figures which are related already."""
    figures = {f.id: f for f in case.figures}
    found = set()
    for relation in counted:
        pair = [
            case.holding(figures[id]) for id in (relation.source, relation.target) if id in figures
        ]
        found.add(frozenset(claim.id for claim in pair if claim is not None))
    return found


def _told_by_words(
    case: Case,
    i: int,
    item: Item,
    claims: Sequence[Item],
    near: Mapping[int, float],
    accounts: Sequence[tuple[int, Item]],
    conceded: Sequence[Item],
) -> Iterator[Relation]:
    against = _AGAINST.get(item.claim.stance) if item.claim else None
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
            and min(len(item.stems), len(other.stems)) >= ASSERTS
            and len((item.stems & other.stems) - case.name_stems) >= TELLS
        ):
            if _one_force(case, item, other):
                kind, because = (
                    "repeats",
                    f"{case.name(item)} and {case.name(other)} are both the authorities: {_shared(item, other)}",
                )
            elif _handed_on(item, other):
                kind, because = (
                    "repeats",
                    f"{case.does(item, 'gives')} the words of {case.name(other)}",
                )
            else:
                kind = "corroborates"
                because = (
                    f"{case.name(item)} and {case.name(other)} say alike: {_shared(item, other)}"
                )
            yield Relation(type=kind, source=item.id, target=other.id, because=because)
    if item.claim is not None and item.claim.stance is Stance.PROMISES:
        yield from _unkept(case, item, claims, near)
    if against:
        opposed = list(_opposed(case, item, claims, near, against))
        yield from opposed
        bound = {r.target for r in opposed}
        yield from (r for r in _harmed(case, item, accounts, near) if r.target not in bound)
        yield from _conceded(case, item, conceded)


def _one_force(case: Case, *items: Item) -> bool:
    """Whether all are said by police or army, who are one source."""
    return all(i.party and case.parties[i.party].party_class == "security_force" for i in items)


def _handed_on(one: Item, other: Item) -> bool:
    """Whether two claims are in the same words, which two people seldom find by themselves."""
    shared = len(one.stems & other.stems)
    return shared >= SAME_WORDS and shared >= MOST * min(len(one.stems), len(other.stems))


# What is done to people in custody and crowds, after the HURIDOCS types of acts, and how it is denied as a whole.
_HARM = re.compile(
    r"\b(?:beaten|beatings?|(?:repeatedly|severely|badly|brutally)\s+beat|beats?(?=\b[^.;!?]{0,40}\b(?:with|up|until|unconscious|severely|repeatedly)\b)|tortur\w+|abus(?:e|es|ed)|batons?|truncheons?|kicked|raped?|electric shocks?|humiliat\w+|ill-treat\w+|mistreat\w+|stripped|starved)\b",
    re.I,
)
_NO_HARM = re.compile(
    r"\b(?:no|not|never|nobody|none|nor|without)\b[^.;!?]{0,60}\b(?:abus\w+|beat\w*|tortur\w+|violence|ill-treat\w+|mistreat\w+|harmed|touched|laid a hand)\b"
    r"|\b(?:nobody|no one|none)\b[^.;!?]{0,60}\b(?:harmed|hurt|touched|beaten)\b",
    re.I,
)
HARMED = 0.4  # cosine of the meanings from which an account of harm is what such a denial is about
ACCOUNTS = 4  # accounts of it that a denial is held against


def _accounts(claims: Sequence[Item]) -> list[tuple[int, Item]]:
    """The claims that tell of harm done to people, with their places."""
    return [
        (j, claim)
        for j, claim in enumerate(claims)
        if claim.claim is not None and claim.claim.stance in _TELLING and _HARM.search(claim.text)
    ]


def _harmed(
    case: Case, item: Item, accounts: Sequence[tuple[int, Item]], near: Mapping[int, float]
) -> Iterator[Relation]:
    """A denial that anybody was harmed against the likeliest accounts of those who say that they were."""
    if not _denies_harm(item):
        return
    told: dict[str, tuple[float, Item]] = {}
    for j, other in accounts:
        who, alike = case.voucher(other), max(near.get(j, 0.0), case.meant_alike(item, other))
        if who != case.voucher(item) and alike >= HARMED:
            told[who] = max(told.get(who, (0.0, other)), (alike, other), key=lambda t: t[0])
    best = sorted(told.values(), key=lambda t: (-t[0], t[1].id))
    for _, other in best[:ACCOUNTS]:
        because = f"{case.does(item, 'denies')} the harm of which {case.does(other, 'tells')}"
        yield Relation(type="denies", source=item.id, target=other.id, because=because)


def _denies_harm(item: Item) -> bool:
    """Whether a claim denies as a whole that anybody was harmed: "there was no abuse"."""
    denies = item.claim is not None and item.claim.stance is Stance.DENIES
    return denies and bool(_NO_HARM.search(item.text))


def _concessions(claims: Sequence[Item]) -> list[Item]:
    """The apologies in a sentence that tells of harm done to people."""
    return [
        c
        for c in claims
        if c.claim and c.claim.stance is Stance.APOLOGISES and _HARM.search(c.sentence)
    ]


def _conceded(case: Case, item: Item, concessions: Sequence[Item]) -> Iterator[Relation]:
    """A denial that anybody was harmed against the apologies of others, which concede it."""
    if not _denies_harm(item):
        return
    told = {
        case.voucher(c): c for c in reversed(concessions) if case.voucher(c) != case.voucher(item)
    }
    for other in list(told.values())[:ACCOUNTS]:
        because = f"{case.does(other, 'apologises')} for harm that {case.does(item, 'denies')}"
        yield Relation(type="disputes", source=other.id, target=item.id, because=because)


def _opposed(
    case: Case, item: Item, claims: Sequence[Item], near: Mapping[int, float], against: str
) -> Iterator[Relation]:
    """A denial bound to the claim that it takes up by a pronoun or a noun, else to the likeliest claim."""
    pointed = _pointed_at(case, item) if against != "retracts" else None
    if pointed is not None:
        verb = {"denies": "denies", "disputes": "contests"}[against]
        because = f"{case.does(item, verb)} what {case.name(pointed)} said just before"
        yield Relation(type=against, source=item.id, target=pointed.id, because=because)
        return
    fits = []
    for j, alike in near.items():
        other = claims[j]
        same = case.voucher(item) == case.voucher(other)
        if alike < CONTESTED or (against == "retracts") != same or not _plain(other):
            continue
        if against != "retracts" and (_wished(other) or _apology(other)):
            continue
        if against != "retracts" and not _words(item) & _words(other):
            continue
        if against == "disputes" and not _contestable(item, other):
            continue
        fits.append((alike, j))
    for alike, j in sorted(fits, reverse=True)[:1]:
        other = claims[j]
        verb = {"denies": "denies", "disputes": "contests", "retracts": "takes back"}[against]
        yield Relation(
            type=against,
            source=item.id,
            target=other.id,
            because=f"{case.does(item, verb)} what {case.name(other)} said: {_shared(item, other)} (likeness {alike:.2f})",
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
    found = _POINTING.match(_bare(item))
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
    case: Case, promise: Item, claims: Sequence[Item], near: Mapping[int, float]
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
        because = f"{case.does(other, 'says')} later of what {case.name(promise)} promised: {_shared(other, promise)} (likeness {alike:.2f})"
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


def _apology(item: Item) -> bool:
    """Whether a claim is an apology, which answers a denial: `_conceded` tells of it."""
    return item.claim is not None and item.claim.stance is Stance.APOLOGISES


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
    joined = {pair for pair in case.together if pair <= by_id.keys()}
    joined |= {frozenset(pair) for pair in _continued(case, claims)} - case.apart
    beside: dict[str, list[frozenset[str]]] = defaultdict(list)
    for pair in sorted(joined, key=sorted):
        one, other = sorted(pair)
        beside[one].append(pair)
        links[one].add(other)
        links[other].add(one)
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen or not (links[claim.id] or _matters(case, claim)):
            continue
        members = _component(claim.id, links)
        seen |= members
        ordered = sorted((by_id[m] for m in members), key=lambda c: place[c.id])
        own = sorted((r for m in members for r in of[m]), key=_key)
        yield _question(case, ordered, own, [pair for m in sorted(members) for pair in beside[m]])


def _continued(case: Case, claims: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """What one speaker says against something in one breath.

    Two denials: he denied the reports. “I am alive,” he said. Or a bare one and the account
    that goes with it: they challenged the ministry's claim, alleging that he was shot.
    """
    last: dict[str, Item] = {}
    for item in sorted(claims, key=lambda c: (c.report.id, _start(c), c.id)):
        before = last.get(item.report.id)
        last[item.report.id] = item
        if (
            before is not None
            and not _plain(before)
            and (not _plain(item) or _POINTING.match(_bare(before)))
            and (case.voucher(before) == case.voucher(item) or _nobodys(before))
            and _start(item) - before.claim_end <= BREATH
        ):
            yield before.id, item.id


def _nobodys(item: Item) -> bool:
    """Whether a claim has no source at all: whoever goes on in the next breath is meant."""
    return item.party is None and item.claim is not None and not item.claim.source


def _bare(item: Item) -> str:
    """The words of a claim without the marks around them."""
    return item.text.strip(" .,“”\"'")


def _start(item: Item) -> int:
    """Where the words of a claim begin in its report."""
    return item.claim.content[0].start if item.claim else 0


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


def _question(
    case: Case,
    members: Sequence[Item],
    relations: Sequence[Relation],
    joined: Collection[frozenset[str]],
) -> Question:
    ids = {m.id for m in members}
    inside = [r for r in relations if r.source in ids and r.target in ids]
    sides = _sides(members, inside, joined)
    handed_on = {r.source for r in inside if r.type == "repeats"}
    status, why, likelihood = _status(case, sides, inside, handed_on)
    return Question(
        id=digest("q", "what", sorted(ids)),
        title=_title(_matter(members, inside)),
        measure=None,
        status=status,
        why=why,
        likelihood=likelihood,
        independent_sources=_sources(case, sides, handed_on),
        positions=tuple(_position(case, side, handed_on) for side in sides),
    )


def _matter(members: Sequence[Item], relations: Sequence[Relation]) -> Item:
    """The claim that says best what a question is about: what is denied or contested, else what somebody named says."""
    denied = {r.target for r in relations if r.type not in _AGREEING and r.likelihood is None}
    return min(
        enumerate(members),
        key=lambda m: (
            not _plain(m[1]),
            m[1].id not in denied,
            m[1].claim is not None and m[1].claim.stance not in _TELLING,
            m[1].party is None,
            m[0],
        ),
    )[1]


def _key(relation: Relation) -> tuple[str, str, str]:
    return relation.type, relation.source, relation.target


def _sides(
    members: Sequence[Item], relations: Sequence[Relation], joined: Collection[frozenset[str]]
) -> list[list[Item]]:
    """The members in positions: those that agree together, those against each other apart.

    Agreeing are repetitions and corroborations; who contests the same side stands
    together where nothing sets them against each other.
    """
    agreeing = Joined()
    for one, other in [
        *((r.source, r.target) for r in relations if r.type in _AGREEING),
        *(sorted(pair) for pair in joined),
    ]:
        agreeing.join(one, other)
    group = {m.id: agreeing.root(m.id) for m in members}
    # Who apologises concedes something, and accuses nobody: he stands by himself.
    conceding = {group[m.id] for m in members if m.claim and m.claim.stance is Stance.APOLOGISES}
    against: dict[str, set[str]] = defaultdict(set)
    for r in relations:
        one, other = group[r.source], group[r.target]
        if r.type not in _AGREEING and one != other:
            against[one].add(other)
            against[other].add(one)
    side: dict[str, int] = {}
    todo: list[str] = []
    for start in dict.fromkeys(group[m.id] for m in members):
        todo.append(start)
        while todo:
            one = todo.pop(0)
            if one in side:
                continue
            apart = side.keys() if one in conceding else conceding & side.keys()
            taken = {side[other] for other in against[one] | apart if other in side}
            side[one] = next(n for n in range(len(taken) + 1) if n not in taken)
            todo += sorted(against[one] - side.keys())
    found: dict[int, list[Item]] = defaultdict(list)
    for m in members:
        found[side[group[m.id]]].append(m)
    return [found[n] for n in sorted(found)]


def _sources(case: Case, sides: Sequence[Sequence[Item]], handed_on: Set[str]) -> int:
    """The independent sources of all sides; who speaks on two counts once, who only hands on another's words not at all."""
    seen: set[str] = set()
    total = 0
    for side in sides:
        own = [m for m in side if m.id not in handed_on]
        total += case.sources([m for m in own if case.voucher(m) not in seen])
        seen |= {case.voucher(m) for m in side}
    return total


def _title(matter: Item) -> str:
    """A claim's words as a question, cut at a word; "nobody was hurt" said in denial is not what is denied."""
    asked = "Denied with these words:" if _denied_with(matter) else "Is it so?"
    return f"{asked} “{shortened(matter.quoted, _TITLE)}”"


def _denied_with(item: Item) -> bool:
    """Whether a claim's words are those of a denial, and not what it denies."""
    denies = item.claim is not None and item.claim.stance is Stance.DENIES
    return denies and bool(NEGATION.search(item.text))


def _status(
    case: Case,
    sides: Sequence[Sequence[Item]],
    relations: Sequence[Relation],
    handed_on: Set[str],
) -> tuple[str, str, float | None]:
    """What a question's claims and their relations make of it, the reason, and the likelihood if the network gave it."""
    members = [m for side in sides for m in side]
    against = [m for m in members if not _plain(m)]
    told = [m for m in members if _plain(m)]
    # Of each type the relation that is surest: what words say, then the likeliest reading.
    first: dict[str, Relation] = {}
    for r in sorted(relations, key=lambda r: (-(r.likelihood or 1.0), _key(r))):
        first.setdefault(r.type, r)

    def by(kind: str, status: str, also: str = "") -> tuple[str, str, float | None]:
        return status, _LIKENESS.sub("", first[kind].because) + also, first[kind].likelihood

    if against and not first and all(m.party is None for m in against):
        # A denial of nobody's, of what nobody says, sets nothing against anything.
        return "single_source", f"only {case.does(against[0], 'says')} so, of nobody named", None
    if against and all(m.claim and m.claim.stance is Stance.RETRACTS for m in against):
        if "retracts" in first:
            return by("retracts", "retracted")
        return "retracted", f"{case.does(against[0], 'takes')} it back", None
    if "retracts" in first:
        return by("retracts", "retracted")
    contested = [m for m in against if m.claim and m.claim.stance is Stance.DISPUTES]
    if "disputes" in first and (first["disputes"].likelihood is None or not contested):
        return by("disputes", "disputed")
    if contested:
        return "disputed", f"{case.does(contested[0], 'contests')} it", None
    sources = case.sources([m for m in told if m.id not in handed_on])
    if against and sources > 1:
        why = f"{case.does(against[0], 'denies')} what {sources} sources say"
        return "disputed", why, first["denies"].likelihood if "denies" in first else None
    if "denies" in first:
        if any(len({_plain(m) for m in side}) > 1 for side in sides):
            return by("denies", "disputed", ", with another account")
        return by("denies", "denied")
    if against:
        if _denied_with(against[0]):
            why = f"{case.does(against[0], 'says')} so, and nobody is named with the contrary"
            return "denied", why, None
        return "denied", f"{case.does(against[0], 'denies')} it", None
    if "revises" in first:
        return by("revises", "revised")
    if sources > 1:
        likelihood = first["corroborates"].likelihood if "corroborates" in first else None
        return "agreed", f"{sources} independent sources say so", likelihood
    return "single_source", f"only {case.does(told[0], 'says')} so", None


_LIKENESS = re.compile(r"\s*\(likeness [^)]*\)$")


def _position(case: Case, members: Sequence[Item], handed_on: Set[str]) -> Position:
    names = list(dict.fromkeys(case.name(m) for m in members))
    text = " ".join(members[0].text.split())
    return Position(
        summary=f"{', '.join(names[:4])}: {text[:160]}",
        parties=tuple(sorted({m.party for m in members if m.party})),
        claims=tuple(m.id for m in members),
        independent_sources=case.sources([m for m in members if m.id not in handed_on] or members),
    )
