"""Mentions of persons, organisations and places, and which of them are the same."""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rashomon.extract import pairs
from rashomon.extract.encoder import Seen
from rashomon.extract.gender import gender
from rashomon.extract.scores import PAIRS, pair, softmax
from rashomon.extract.words import SHAPES, Words
from rashomon.model import DESCENT, TITLES

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

KINDS = ("", "person", "organisation", "place", "other")
COMMON, PROPER, PRONOUN = range(3)
TITLE = SHAPES.index("title")
PERSON = KINDS.index("person")
PRESENT = 0.5  # least probability that a word heads a mention
NAMED = 0.2  # the same of a word that ends a name of two words or three, by its capitals
HOLDING = 0.03  # the same where an office stands before the name: "Dorn Police Chief Ann Bell"
# Odds of a new cluster against joining one, by form: training gives a score of 0 to a new one. A pronoun
# that starts a cluster is rare; a description that joins the wrong one puts words into another's mouth.
NEW = {COMMON: 30.0, PROPER: 1.0, PRONOUN: 0.2}
RECENT = 10  # mentions of a cluster whose odds add up
# How much likelier "she" is a woman than somebody of whom nothing tells: held-out reports and GUM
# are best between 4 and 8.
KNOWN_SEX = 6.0
SPOKE = 50.0  # the same of whoever was quoted last: "…," Bell said. … "…," he said.
PASSED = 0.35  # the same of whoever is not mentioned since another was named whom "he" can mean
TOLD = 0.1  # the same of whoever is named in what "he" says
FAINT = -4.0  # score of an antecedent below which it is not looked at
REMEMBERED = 40  # people named last among whom is looked for the one whom a pronoun can mean
CHUNK = 256  # mentions whose pair features are taken at once
PLURAL = re.compile(r"(?<![siu])s$|^(?:men|women|people|children|police|folk)$", re.I)
# Words before a head that tell nobody apart.
_PLAIN = frozenset(
    "the a an this that these those his her its their our my your s his same said own other another first former late"
    " new old young two three four five six seven eight nine ten several some many all both".split()
)
_OWN_VOICE = frozenset("i me my mine myself we us our ours you your yours".split())
_HANGING = frozenset(", ; : - — – and or but".split())
# Small words within a name, and those with which what stands behind it begins.
PARTICLES = frozenset(
    "de la le del da di do du dos das von van der den ter ten zu al el ul ud bin ibn ben bint abu y e".split()
)
BEHIND_NAME = frozenset(
    "of in at from by for who whom whose which that to on with near and or".split()
)
_GOVERNING = frozenset("of for in at from by the".split())
# Articles that bring somebody new, but behind a comma or a copula: "Bell, a nurse", "Bell is a nurse".
_NEW = frozenset("a an another".split())
_PREDICATING = frozenset(
    ", is are was were be been being am as became become becomes – — - ( : like not".split()
)
SETTING_OFF = frozenset("the its his her their".split())
_FORMS_OF_ADDRESS = frozenset(
    "mr mrs ms miss dr sir lady lord former acting sister brother father citizen".split()
)
# What makes another office of an office.
_RANKED = frozenset("deputy vice prime lieutenant major brigadier chief general".split())
# Words for a person that may be anybody, whom a text with many people seldom means by name.
_ANYONE = frozenset(
    "man woman victim driver gunman shooter suspect attacker person boy girl teenager student official".split()
)
ANYONE = 120.0  # odds of a new cluster for one of them
_TRIED = 8  # antecedents, and names of a cluster, that are tried
ACRONYM = 5  # letters below which a word of a name may be short for anything
ROOT = 4  # letters by which two words of bodies' names are one: "electoral", "election"
SPELT = 3  # first letters by which two spellings of a surname are one
BEFORE, AFTER = 30, 60  # words a mention may reach from its head


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in word indices of the text, last inclusive; `form` common, proper or pronoun."""

    head: int
    first: int
    last: int
    kind: str
    form: int
    cluster: int = -1


@dataclass(frozen=True, slots=True)
class Headed:
    """Mentions of a text with the vectors that their coreference is scored by."""

    mentions: tuple[Mention, ...]
    queries: Floats
    keys: Floats


def found(seen: Seen, bias: Floats, words: Words, *, silent: Callable[[int], bool]) -> Headed:
    """Mentions whose head lies in the window's core and in no `silent` part, in text order of their heads.

    `words` are those of the whole text.
    """
    types = softmax(seen["type"])
    window = seen.window
    core = slice(window.core_first - window.first, window.core_last - window.first)
    present = 1 - types[core, 0]
    least = _least(words, window.core_first, window.core_last)
    heads = np.flatnonzero(present > least) + core.start
    heads = np.array([h for h in heads if not silent(int(h) + window.first)], dtype=np.int64)
    forms = seen["form"].argmax(axis=1)
    at = np.arange(types.shape[0])
    edges = []
    for n in (1, 2):
        query, key = seen[f"mention_q{n}"][heads], seen[f"mention_k{n}"]
        edges.append(pair(query, key, heads, at, bias[:, PAIRS[f"mention{n}"]]))
    out = []
    for n, head in enumerate(heads.tolist()):
        low = max(0, head - BEFORE)
        first = low + int(edges[0][n, low : head + 1].argmax())
        last = head + int(edges[1][n, head : head + AFTER].argmax())
        kind = KINDS[1 + int(types[head, 1:].argmax())]
        shift = window.first
        one = Mention(head + shift, first + shift, last + shift, kind, int(forms[head]))
        out.append(_whole(one, words))
    return Headed(tuple(out), seen["coref_q"][heads], seen["coref_k"][heads])


def _least(words: Words, first: int, last: int) -> Floats:
    """From which probability each of the words first … last (exclusive) heads a mention: less where its capitals end a name."""
    low = max(0, first - 3)
    title = np.zeros(last - low + 4, dtype=bool)  # three words of nothing before, one after
    shapes = words.shapes[low : last + 1]
    title[3 : 3 + len(shapes)] = np.array(shapes) == TITLE
    office = np.zeros_like(title)
    office[3 : 3 + len(shapes)] = [form.lower() in TITLES for form in words.forms[low : last + 1]]
    at = np.arange(first - low, last - low) + 3
    two = title[at] & title[at - 1] & ~title[at + 1]
    three = two & title[at - 2]
    holding = (three & office[at - 2]) | (three & title[at - 3] & office[at - 3])
    named = np.where(two & ~(three & title[at - 3]), NAMED, PRESENT)
    return np.asarray(np.where(holding, HOLDING, named), dtype=np.float32)


def _whole(mention: Mention, words: Words) -> Mention:
    """A mention without what hangs on behind it, and with the rest of a hyphenated name: "Fernandes-Bako"."""
    forms, last = words.forms, mention.last
    while last > mention.head and forms[last] in _HANGING:
        last -= 1
    end = words.ends[last]
    if (
        mention.form == PROPER
        and words.starts[last + 1 : last + 3] == (end, end + 1)
        and forms[last + 1] == "-"
        and forms[last + 2][:1].isupper()
    ):
        last += 2
    if mention.form == PROPER and mention.kind == "place":
        # "Dorn Mayor Ann Bell" is no place, though its first word names one.
        office = next((i for i in range(mention.head + 1, last) if _titled(forms[i])), last + 1)
        last = office - 1
    return replace(mention, last=last) if last != mention.last else mention


def _titled(form: str) -> bool:
    return form[:1].isupper() and form.lower() in TITLES


@dataclass(frozen=True, slots=True)
class Speaking:
    """What is known of who is quoted, in word indices: the last word of whoever was quoted just before, -1 nobody, and what is said."""

    before: int
    content: tuple[int, ...]


def clustered(
    parts: Sequence[Headed],
    forms: Sequence[str],
    weights: Floats,
    constant: float,
    speaking: Mapping[int, Speaking],
) -> tuple[Mention, ...]:
    """All mentions with the number of their cluster: each joins the likeliest earlier cluster, or none.

    `weights` weigh the pair features; `speaking` tells by the last word of whoever is quoted
    what that says of who it is. Linear in the mentions, each being compared with the
    `pairs.WINDOW` before it.
    """
    # Things that are neither persons, organisations nor places are not shown, and names of
    # them are left out here; their pronouns and descriptions stay, as what "it" may mean.
    kept = [
        [
            i
            for i in _once(part.mentions)
            if part.mentions[i].kind != "other" or part.mentions[i].form == PRONOUN
        ]
        for part in parts
    ]
    mentions = [part.mentions[i] for part, own in zip(parts, kept, strict=True) for i in own]
    if not mentions:
        return ()
    mentions = _of_one_kind(_two_told_apart(mentions, forms), forms)
    queries = np.concatenate([part.queries[own] for part, own in zip(parts, kept, strict=True)])
    keys = np.concatenate([part.keys[own] for part, own in zip(parts, kept, strict=True)])
    known = pairs.profiles(
        forms,
        [(m.head, m.first, m.last) for m in mentions],
        [KINDS.index(m.kind) for m in mentions],
        [m.form for m in mentions],
    )
    known_of = Clusters(mentions, forms, known)
    own_voice = np.array([forms[m.head].lower() in _OWN_VOICE for m in mentions])
    cluster = np.zeros(len(mentions), dtype=np.int64)
    for i, mention in enumerate(mentions):
        if i % CHUNK == 0:
            ones = np.arange(i, min(i + CHUNK, len(mentions)))
            width = min(pairs.WINDOW, len(mentions))
            alike = pairs.banded(known, ones, width) @ weights + np.float32(constant)
        one = known_of.one(i)
        since = max(0, i - pairs.WINDOW)
        joined = i
        if i > since and not _introduced(mention, forms):
            scores = keys[since:i] @ queries[i] / np.float32(queries.shape[1] ** 0.5)
            scores = scores + alike[i % CHUNK, : i - since][::-1]
            alone = mention.form == PRONOUN and one.sex in ("m", "f")
            if alone:
                scores = np.where(own_voice[since:i], -np.inf, scores)
            clues = known_of.clues(one, speaking.get(mention.last))
            anyone = mention.form == COMMON and forms[mention.head].lower() in _ANYONE
            new = ANYONE if anyone else NEW[mention.form]
            likely = _likeliest(scores, cluster[since:i], clues, new=new, each=alone)
            beside = _named_by(mentions, i, forms)
            if beside is not None and known_of.fits(one, int(cluster[beside])):
                likely = [int(cluster[beside])]
            joined = next((root for root in likely if known_of.fits(one, root)), i)
        cluster[i] = joined
        known_of.add(one, joined)
    return tuple(_numbered(mentions, cluster.tolist()))


def _once(mentions: Sequence[Mention]) -> list[int]:
    """The places of the mentions, of those over the same words one: a name's, with the last head."""
    best: dict[tuple[int, int], int] = {}
    for i, m in enumerate(mentions):
        known = best.setdefault((m.first, m.last), i)
        if (m.form == PROPER, m.head) > (mentions[known].form == PROPER, mentions[known].head):
            best[m.first, m.last] = i
    return sorted(best.values())


@dataclass(frozen=True, slots=True)
class Clues:
    """What speaks for and against a cluster apart from the scores, for one mention.

    `known` are the clusters of its sex, `before` is whoever was quoted before it, `named` the
    place and the cluster of the last name that it can mean, `told` are those that its own
    words name; `last` gives the last mention of every cluster.
    """

    last: Mapping[int, int]
    known: Set[int] = frozenset()
    before: int | None = None
    named: tuple[int, int] | None = None
    told: Set[int] = frozenset()

    def times(self, root: int) -> float:
        """How many times as likely they make a cluster."""
        times = KNOWN_SEX if root in self.known else 1.0
        if root == self.before:
            times *= SPOKE
        if self.named is not None and root != self.named[1] and self.named[0] > self.last[root]:
            times *= PASSED
        return times * TOLD if root in self.told else times


@dataclass(frozen=True, slots=True)
class One:
    """A mention by its place, what it tells of the sex, the words of its name, and whether it names two people."""

    place: int
    mention: Mention
    sex: str
    name: list[str]
    couple: bool


class Clusters:
    """What the mentions so far tell of each cluster, by the place of its first mention."""

    def __init__(
        self, mentions: Sequence[Mention], forms: Sequence[str], known: pairs.Profiles
    ) -> None:
        self.mentions, self.forms, self.known = mentions, forms, known
        self.surnames = {
            forms[m.last].lower() for m in mentions if m.form == PROPER and m.last > m.first
        }
        self.named: dict[int, list[tuple[int, list[str]]]] = {}  # its mentions with a name
        self.worded: dict[str, set[int]] = {}  # by a word of a name, the clusters that have it
        self.heads: dict[int, dict[str, int]] = {}  # its last mention with each head
        self.last: dict[int, int] = {}  # its last mention
        self.last_named = -1  # the last mention of all that names a person
        self.sex: dict[int, str] = {}
        self.sexed: dict[str, set[int]] = {"m": set(), "f": set()}
        self.holders: dict[str, set[int]] = {}  # by office, the clusters of those named with it
        self.ending: dict[int, int] = {}  # by its last word, the cluster of a mention
        self.couples: set[int] = set()  # those of two people named together
        self.people: deque[tuple[int, int]] = deque(maxlen=REMEMBERED)  # last named, with clusters
        # The places of all mentions that name people, by their heads.
        self.heads_at = {
            m.head: i for i, m in enumerate(mentions) if m.form == PROPER and m.kind == "person"
        }

    def one(self, i: int) -> One:
        mention, forms = self.mentions[i], self.forms
        name = (
            _capitals(i, self.known, forms) if mention.form == PROPER else _apposed(mention, forms)
        )
        return One(i, mention, _sex(mention, forms, self.surnames), name, _couple(mention, forms))

    def clues(self, one: One, speaking: Speaking | None) -> Clues:
        """What speaks for and against the clusters that a mention may be of; nothing unless it is a pronoun."""
        if one.mention.form != PRONOUN:
            return Clues(self.last)
        known = self.sexed.get(one.sex, set())
        if one.sex not in ("m", "f"):
            return Clues(self.last, known)
        named = next(
            (
                (place, root)
                for place, root in reversed(self.people)
                if self.sex.get(root, "") in ("", one.sex) and root not in self.couples
            ),
            None,
        )
        if speaking is None:
            return Clues(self.last, known, named=named)
        told = self._named_in(speaking.content)
        return Clues(self.last, known, self.ending.get(speaking.before), named, told)

    def _named_in(self, content: Sequence[int]) -> set[int]:
        """The clusters of people who are named in some words, before or behind."""
        inside = [self.heads_at[i] for i in content if i in self.heads_at]
        names = [_capitals(i, self.known, self.forms) for i in inside]
        return {
            root
            for name in names
            if name
            for root in set.intersection(*(self.worded.get(word, set()) for word in name))
        }

    def fits(self, one: One, root: int) -> bool:
        """Whether a mention can be of a cluster, whatever the scores say."""
        mention, forms = one.mention, self.forms
        theirs, heads = self.sex.get(root, ""), self.heads.get(root, {})
        named = self.named.get(root, ())
        if one.sex and theirs and one.sex != theirs:
            return False
        if one.sex in ("m", "f") and self.mentions[root].kind not in ("person", "other"):
            return False
        alone = mention.form == PROPER or one.sex in ("m", "f")
        if (one.couple or alone) and one.couple != (root in self.couples):
            return False
        if self.last[root] < self.last_named and _jumps(mention, heads, forms):
            return False
        if _of_another_sort(mention, one.name, heads, named, forms):
            return False
        if self._held_by_another(mention, root, heads):
            return False
        alike = heads.get(forms[mention.head].lower())
        if alike is not None and _contrasted(mention, self.mentions[alike], forms):
            return False
        return not one.name or _compatible(one.place, one.name, named, self.known, forms)

    def _held_by_another(self, mention: Mention, root: int, heads: Mapping[str, int]) -> bool:
        """Whether a description is an office that somebody else was named with: "the colonel" after Colonel Ann Bell."""
        if mention.form != COMMON or mention.kind != "person":
            return False
        office = _office(self.forms[mention.first : mention.head + 1])
        holders = self.holders.get(office, set())
        return bool(holders) and root not in holders and office.split()[-1] not in heads

    def add(self, one: One, root: int) -> None:
        """Take a mention into a cluster."""
        mention = one.mention
        if mention.form == PROPER and mention.kind == "person":
            words = self.forms[mention.first : mention.last + 1]
            titles = [n + 1 for n, w in enumerate(words[:-1]) if w.lower() in TITLES]
            if titles and (office := _office(words[: titles[-1]])):
                self.holders.setdefault(office, set()).add(root)
        if one.couple:
            self.couples.add(root)
        self.last[root] = one.place
        self.ending[mention.last] = root
        if mention.kind == "person" and mention.form == PROPER:
            self.last_named = one.place
            self.people.append((one.place, root))
        if one.sex and not self.sex.get(root):
            self.sex[root] = one.sex
            if one.sex in self.sexed:
                self.sexed[one.sex].add(root)
        if one.name:
            self.named.setdefault(root, []).append((one.place, one.name))
        for word in one.name:
            self.worded.setdefault(word, set()).add(root)
        if mention.form != PRONOUN:
            self.heads.setdefault(root, {})[self.forms[mention.head].lower()] = one.place


def _office(words: Sequence[str]) -> str:
    """The office that the last of some words are, small letters: "deputy minister"; "" if they are none."""
    found: list[str] = []
    for word in reversed(words):
        lower = word.lower()
        if lower not in TITLES or lower in _FORMS_OF_ADDRESS or (found and lower not in _RANKED):
            break
        found.insert(0, lower)
    return " ".join(found)


def _couple(mention: Mention, forms: Sequence[str]) -> bool:
    """Whether a name is that of two people: "Ann and Tom Bell", "Bell and Rand"."""
    return (
        mention.form == PROPER
        and mention.kind == "person"
        and any(
            forms[i] in ("and", "&") and forms[i - 1][:1].isupper() and forms[i + 1][:1].isupper()
            for i in range(mention.first + 1, mention.last)
        )
    )


def _sex(mention: Mention, forms: Sequence[str], surnames: Set[str]) -> str:
    """m, f, n or p for several; "" where the words do not tell."""
    first = mention.first if mention.form != PROPER else max(0, mention.first - 1)
    told = gender(
        forms[first : mention.last + 1],
        pronoun=mention.form == PRONOUN,
        person=mention.kind == "person",
        surnames=surnames,
    )
    if not told and mention.form == COMMON and mention.kind == "person":
        return "p" if PLURAL.search(forms[mention.head]) else ""
    return told


def _of_one_kind(mentions: Sequence[Mention], forms: Sequence[str]) -> list[Mention]:
    """The mentions, every name of the kind that it mostly has in the text; one behind an office is a person's."""
    mentions = [
        replace(m, kind="person", head=m.last) if m.form == PROPER and _held(m, forms) else m
        for m in mentions
    ]
    told: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for m in mentions:
        if m.form == PROPER:
            told[_bare(m, forms)][m.kind] += 1
    out = []
    for m in mentions:
        kinds = told.get(_bare(m, forms)) if m.form == PROPER else None
        most = max(sorted(kinds), key=kinds.__getitem__) if kinds else m.kind
        out.append(m if not kinds or kinds[most] == kinds[m.kind] else replace(m, kind=most))
    return out


def _two_told_apart(mentions: Sequence[Mention], forms: Sequence[str]) -> list[Mention]:
    """The mentions, none of them over two people: "Ann Bell, the board's chairwoman, Eva Sol" are two.

    What stands before the first comma is the one, what is set off and the second name the other.
    """
    full = {
        m.last: m
        for m in mentions
        if m.form == PROPER
        and m.kind == "person"
        and m.last > m.first
        and "," not in forms[m.first : m.last]
    }
    out = []
    for m in mentions:
        words = forms[m.first : m.last + 1]
        second = full.get(m.last)
        comma = m.first + words.index(",") if "," in words else m.last
        first = forms[m.first : comma]
        two = (
            m.kind == "person"
            and second is not None
            and second.first - 1 > comma
            and forms[second.first - 1] == ","
            and forms[comma + 1].lower() in SETTING_OFF
            and "and" not in words
            and 1 < len(first) < _TRIED
            and first[-1][:1].isupper()
            and not {w.lower() for w in first}
            & {w.lower() for w in forms[second.first : m.last + 1]}
        )
        if two:
            out.append(
                replace(m, last=comma - 1) if m.head < comma else replace(m, first=comma + 1)
            )
        else:
            out.append(m)
    return out


def _held(mention: Mention, forms: Sequence[str]) -> bool:
    """Whether a name is that of a person with an office: "port director Ann Bell"."""
    words = forms[mention.first : mention.last + 1]
    offices = [n for n, form in enumerate(words) if form in TITLES]  # in small letters only
    after = words[offices[-1] + 1 :] if offices else ()
    return 1 < len(after) < 4 and all(form[:1].isupper() and form[1:].islower() for form in after)


def _bare(mention: Mention, forms: Sequence[str]) -> tuple[str, ...]:
    """A name's words without the mark of the possessive."""
    words = tuple(forms[mention.first : mention.last + 1])
    return words[:-2] if words[-2:] == ("'", "s") else words


def _likeliest(scores: Floats, roots: Ints, clues: Clues, *, new: float, each: bool) -> list[int]:
    """Clusters likelier than a new one, best first.

    A cluster's odds are those of its nearest RECENT mentions added up, the less the farther
    back: `each` by how many mentions ago it stands, or all of them by the last (to the
    .75th). A party mentioned thirty times a page ago is not what "he" after a new name
    means. Mentions of hardly any odds count for nothing.
    """
    found: dict[int, list[float]] = {}  # odds, mentions counted, mentions ago
    near = np.flatnonzero(scores > FAINT)[::-1]
    ago = len(roots) - near
    raised = np.exp(np.minimum(scores[near], 30)) / (ago if each else 1)
    for n, root, odd in zip(ago.tolist(), roots[near].tolist(), raised.tolist(), strict=True):
        known = found.get(root)
        if known is None:
            found[root] = [odd, 1, n]
        elif known[1] < RECENT:
            known[0] += odd
            known[1] += 1
    before = clues.before
    if before is not None and before not in found and before in roots:
        last = len(roots) - np.flatnonzero(roots == before)[-1]
        found[before] = [float(np.exp(FAINT)) / (last if each else 1), 1, int(last)]
    odds = {root: odd * clues.times(root) for root, (odd, _, _) in found.items()}
    better = [
        (-odds[root] / (1 if each else last**0.75), root)
        for root, (_, _, last) in found.items()
        if odds[root] > new
    ]
    return [root for _, root in sorted(better)[:_TRIED]]


def _compatible(
    one: int,
    mine: Sequence[str],
    others: Sequence[tuple[int, Sequence[str]]],
    known: pairs.Profiles,
    forms: Sequence[str],
) -> bool:
    """Whether a name shares a word other than a title with the names of a cluster, or abbreviates one.

    Two names without a common word are two parties, whatever the scores say: a wrong
    merge puts words into somebody's mouth.
    """
    for other, theirs in others[-_TRIED:]:
        people = known.type[one] == known.type[other] == PERSON
        if people and (_namesakes(mine, theirs) or _strangers(mine, theirs)):
            return False
        if shared := set(mine) & set(theirs):
            one_person = (known.type[one] == PERSON) != (known.type[other] == PERSON)
            person = mine if known.type[one] == PERSON else theirs
            if one_person and person[-1] not in shared:
                return False  # "the LPA" is not "LPA director Ann Bell"
            return known.type[one] == PERSON or not _distinguished(mine, theirs)
        short, long = sorted((one, other), key=lambda n: known.last[n] - known.first[n])
        initials = "".join(
            form[0] for form in forms[known.first[long] : known.last[long] + 1] if form[0].isupper()
        )
        if forms[known.last[short]] == initials and len(initials) > 1:
            return True
    return not others


def _named_by(mentions: Sequence[Mention], i: int, forms: Sequence[str]) -> int | None:
    """The description of a body that a name is set off to name: "the owner, the Selm Ferry Company,"."""
    name = mentions[i]
    if name.form != PROPER or name.kind != "organisation":
        return None
    for j in range(i - 1, max(-1, i - _TRIED), -1):
        told = mentions[j]
        if told.form != COMMON or forms[told.first].lower() not in SETTING_OFF:
            continue
        if PLURAL.search(forms[told.head]) or told.head >= name.first - 1:
            continue
        within = told.last == name.last and forms[name.first - 1] == ","
        behind = told.last == name.first - 2 and forms[name.first - 1] == ","
        after = tuple(f.lower() for f in forms[name.last + 1 : name.last + 3])
        if within or (behind and after[:1] == (",",) and after[1:] not in (("and",), ("or",))):
            return j
    return None


def _jumps(mention: Mention, heads: Mapping[str, int], forms: Sequence[str]) -> bool:
    """Whether a description is new to a person, so that it may not pass over somebody named since.

    "Ann Bell spoke. Eva Rand won. The former teacher left" is not said of Ann Bell.
    """
    person = mention.form == COMMON and mention.kind == "person"
    return person and forms[mention.head].lower() not in heads


# Bodies whose names nearly always say what they are.
_SORTS = frozenset(
    "ministry court police hospital university parliament army embassy union service newspaper commission committee board council".split()
)


def _of_another_sort(
    mention: Mention,
    own: Sequence[str],
    heads: Mapping[str, int],
    named: Sequence[tuple[int, Sequence[str]]],
    forms: Sequence[str],
) -> bool:
    """Whether a name or description says that a body is no such body as its cluster: "the ministry", "Open Ledger".

    Acronyms may be anything; `heads` and `named` are the heads and the names of the cluster.
    """
    if mention.kind == "person":
        return False
    if mention.form == PROPER:
        acronym = any(f.isupper() and len(f) > 1 for f in forms[mention.first : mention.last + 1])
        sorts = _SORTS & heads.keys()
        return bool(sorts and own and not acronym and not sorts & set(own))
    head = forms[mention.head].lower()
    return (
        mention.form == COMMON
        and head in _SORTS
        and bool(named)
        and not any(head in words or any(len(w) < ACRONYM for w in words) for _, words in named)
    )


def _introduced(mention: Mention, forms: Sequence[str]) -> bool:
    """Whether a description brings somebody new: "a man" is nobody named before."""
    before = forms[mention.first - 1].lower() if mention.first else ""
    return (
        mention.form == COMMON
        and mention.head > mention.first
        and forms[mention.first].lower() in _NEW
        and before not in _PREDICATING
    )


def _distinguished(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each of two bodies' names has a word that the other lacks: the tractor plant, the automobile plant."""
    mine, theirs = set(one) - set(other), set(other) - set(one)
    return bool(mine and theirs) and not {w[:ROOT] for w in mine} & {w[:ROOT] for w in theirs}


def _apposed(mention: Mention, forms: Sequence[str]) -> list[str]:
    """The name that a description of a person holds, lower case: "another worker, Ann Bell"; none is [].

    Two capitalised words or more, behind no "of" and before no possessive.
    """
    if mention.form != COMMON or mention.kind != "person":
        return []
    run: list[str] = []
    for i in range(mention.first, mention.last + 2):
        form = forms[i] if i <= mention.last else ""
        if form[:1].isupper() and form.lower() not in _PLAIN and form.lower() not in TITLES:
            run.append(form.lower())
            continue
        start = i - len(run)
        whose = forms[i : i + 2] == ("'", "s")
        before = forms[start - 1].lower() if start > mention.first else ""
        if len(run) > 1 and not whose and before not in _GOVERNING:
            return run
        run = []
    return []


def _contrasted(one: Mention, other: Mention, forms: Sequence[str]) -> bool:
    """Whether two mentions with one head word are told apart by what stands before it.

    "The bakers' union" is not "the dockers' union", nor the interior ministry the health ministry.
    """
    mine, theirs = (
        {
            form.lower()
            for form in forms[m.first : m.head]
            if form.isalpha() and form.lower() not in _PLAIN
        }
        for m in (one, other)
    )
    return bool(mine and theirs) and not mine & theirs


def _namesakes(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names share a surname and nothing else: two people. "Da Venn" is no full name."""
    mine, theirs = ([w for w in name[:-1] if w not in PARTICLES] for name in (one, other))
    return (
        bool(mine and theirs)
        and one[-1] == other[-1]
        and not set(mine) & set(theirs)
        and mine[0][0] != theirs[0][0]
    )


def _strangers(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names share a given name and nothing else, or one is a junior's: Paul Bell is not Paul Rand.

    Surnames that begin alike may be two spellings of one.
    """
    if min(len(one), len(other)) > 1 and set(one) & DESCENT != set(other) & DESCENT:
        return True
    return (
        min(len(one), len(other)) > 1
        and one[-1] not in other
        and other[-1] not in one
        and one[-1][:SPELT] != other[-1][:SPELT]
    )


def _capitals(one: int, known: pairs.Profiles, forms: Sequence[str]) -> list[str]:
    """The capitalised words of a name without titles, in lower case; what a comma sets off names others."""
    found: list[str] = []
    for form in forms[known.first[one] : known.last[one] + 1]:
        lower = form.lower()
        if form == "," and found:
            break
        if known.type[one] == PERSON and found and form.isalpha() and form == lower:
            if lower in BEHIND_NAME:
                break
            if lower not in PARTICLES and lower != "s":
                found.clear()  # "Rand campaign manager Ann Bell"
        if form[:1].isupper() and lower not in TITLES and lower != "the":
            found.append(lower)
    return found


def _numbered(mentions: Sequence[Mention], cluster: Sequence[int]) -> Iterator[Mention]:
    """The mentions with their clusters numbered as they come; a pronoun of no kind is of its antecedents'."""
    numbers: dict[int, int] = {}
    kinds: dict[int, Counter[str]] = defaultdict(Counter)
    for mention, root in zip(mentions, cluster, strict=True):
        if mention.form != PRONOUN:
            kinds[root][mention.kind] += 1
    for mention, root in zip(mentions, cluster, strict=True):
        number = numbers.setdefault(root, len(numbers))
        known = kinds[root] if mention.form == PRONOUN and mention.kind == "other" else None
        kind = max(sorted(known), key=known.__getitem__) if known else mention.kind
        yield replace(mention, kind=kind, cluster=number)
