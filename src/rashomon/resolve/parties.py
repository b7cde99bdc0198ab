"""One party, whatever its spelling: candidates of all reports, merged where names and reasons allow."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from rashomon.model import Cast, Extraction, Judgement, Party, Report, digest, in_force
from rashomon.resolve import serving
from rashomon.resolve.candidates import BODY_WORD, Candidate, best_name, candidates, counts
from rashomon.resolve.classes import party_class
from rashomon.resolve.offices import canonical, meant, office
from rashomon.resolve.places import countries, within
from rashomon.resolve.spelling import latin, skeleton
from rashomon.resolve.verdicts import compare, similarity, words

SAME_PERSON = 0.90  # below it two full names stay two people, whom a person may join
SAME_BODY = 0.88
PERHAPS = 0.7  # likeness from which two parties are suggested to be one
SAME_SURNAME = 0.86  # similarity of a lone surname with that of a full name: Lukashenka, Lukashenko
LONG = 7  # letters of a surname from which spellings may differ also in its first letters
FULL = 3  # words of a name that two people seldom share
CROWDED = 200  # candidates in a block beyond which the block tells nothing

_ACRONYM = re.compile(
    r"\b(?P<full>[A-Z][\w’']+(?:[ -](?:of|for|and|the|de|du|[A-Z][\w’']+)){1,8}),?\s*(?:\(|or (?:the )?|– )(?P<short>[A-Z]{2,8})\b"
)
_HERS = re.compile(r"(?<=ov|ev|in)a$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names that may be one party: how alike they are, 0 to 1, and why."""

    one: str
    other: str
    score: float
    because: str


class Union:
    """Groups of indices that were found to be one, with undirected merging."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = sorted((self.find(i), self.find(j)))
        self.parent[b] = a


def parties(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    *,
    judgements: Sequence[Judgement] = (),
) -> Cast:
    """The parties of a case and the party behind each claim and attributed figure."""
    found: list[Candidate] = []
    outlets = {r.id: name for r in reports if (name := r.outlet or r.byline)}
    spoken: dict[str, int] = {}  # claim to candidate
    for report, extraction in zip(reports, extractions, strict=True):
        own, speaking = candidates(report, extraction)
        kept = [i for i, c in enumerate(own) if counts(c) or any(map(office, c.descriptions))]
        place = {index: len(found) + n for n, index in enumerate(kept)}
        spoken |= {claim: place[index] for claim, index in speaking.items()}
        for i in kept:
            own[i].serves = [place[n] for n in own[i].serves if n in place]
        found.extend(own[i] for i in kept)
    acronyms = {
        m["short"]: re.sub(r"^The\s+", "", m["full"])
        for report in reports
        for m in _ACRONYM.finditer(report.text)
        if _abbreviates(m["short"], m["full"])
    }
    acronyms |= _told_with(reports, found)
    groups = {
        root: members
        for root, members in _merge(found, acronyms, judgements).items()
        if any(counts(found[i]) for i in members)
    }
    made = {root: _party([found[i] for i in members], acronyms) for root, members in groups.items()}
    root_of = {i: root for root, members in groups.items() for i in members}
    linked = dict(serving.linked(made, groups, found, outlets))
    speakers = {claim: linked[root_of[i]].id for claim, i in spoken.items()}
    for extraction in extractions:
        for figure in extraction.figures:
            if figure.claim in speakers:
                speakers[figure.id] = speakers[str(figure.claim)]
    cast = sorted(_placed(linked.values()), key=lambda p: (p.name.lower(), p.id))
    return Cast(parties=tuple(cast), speakers=speakers)


def _placed(made: Iterable[Party]) -> Iterator[Party]:
    """The parties, each once, cities with the country they lie in."""
    unique = {p.id: p for p in made}
    named = [p.name for p in unique.values() if p.kind == "place"]
    around = countries(named) if named else frozenset()
    for party in unique.values():
        lies = within(party.name, around) if party.kind == "place" else None
        yield msgspec.structs.replace(party, within=lies) if lies else party


_TOLD_WITH = re.compile(
    rf"\b(?P<body>(?:[\w’'-]+\s+){{1,3}}?(?i:{BODY_WORD}))\s+\(?(?P<short>[A-Z]{{2,8}})\b"
)


def _told_with(reports: Sequence[Report], found: Sequence[Candidate]) -> dict[str, str]:
    """Short names told with what they are: "the miners' union NRS" is the one Independent Miners' Union.

    None where two bodies' names end so.
    """
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    for candidate in found:
        for name in candidate.names if candidate.kind != "person" else ():
            last = latin(name).split()
            for n in (2, 3):
                if len(last) > n - 1:
                    ends[" ".join(last[-n:])].setdefault(latin(name), name)
    told: dict[str, str] = {}
    for report in reports:
        for m in _TOLD_WITH.finditer(report.text):
            before = latin(m["body"]).split()
            for n in (3, 2):
                full = ends.get(" ".join(before[-n:]), {}) if len(before) >= n else {}
                if len(full) == 1:
                    told.setdefault(m["short"], *full.values())
    return told


def _abbreviates(short: str, full: str) -> bool:
    initials = "".join(w[0] for w in re.split(r"[\s-]+", full) if w[:1].isupper())
    return short[0] == initials[:1] and len(short) >= 2


def _merge(
    found: Sequence[Candidate], acronyms: dict[str, str], judgements: Sequence[Judgement]
) -> dict[int, list[int]]:
    groups = Groups(found, judgements)
    groups.join_decided()
    _alike(found, groups)
    described: list[tuple[int, int]] = []
    for i, j in _pairs(found, acronyms):
        if not (found[i].names or found[j].names):
            described.append((i, j))
        elif groups.apart(i, j) and _same(found[i], found[j], acronyms):
            groups.join(i, j)
    _surnames(found, groups)
    for i, j in meant(found):
        if groups.apart(i, j) and not groups.named(i):
            groups.join(i, j)
    for i, j in [*_owned(found), *_described_alike(found)]:
        if groups.apart(i, j) and not (groups.named(i) and groups.named(j)):
            groups.join(i, j)
    for i, j in described:
        # "The minister" of two reports may be two ministers: only what means nobody named is joined.
        if not (groups.named(i) or groups.named(j)) and _same(found[i], found[j], acronyms):
            groups.join(i, j)
    return groups.members()


class Groups:
    """Candidates found to be one, with the decisions of people: what they say wins over the machine."""

    def __init__(self, found: Sequence[Candidate], judgements: Sequence[Judgement]) -> None:
        self.found = found
        self.union = Union(len(found))
        self.forms = {i: {f.lower() for f in c.forms} for i, c in enumerate(found)}
        self.with_names = {i for i, c in enumerate(found) if c.names}
        decided = standing(judgements)
        self.same = [pair for pair, verb in decided.items() if verb == "same"]
        # Two forms of one name in one report cannot be told apart; a split of them would only scatter the rest.
        self.different = [
            pair
            for pair, verb in decided.items()
            if verb == "different" and not any(set(pair) <= forms for forms in self.forms.values())
        ]

    def apart(self, i: int, j: int) -> bool:
        return self.union.find(i) != self.union.find(j)

    def join(self, i: int, j: int) -> None:
        """Make two groups one, unless somebody decided that two of their names are two parties."""
        one, other = self.union.find(i), self.union.find(j)
        mine, theirs = self.forms[one], self.forms[other]
        if any(
            (a in mine and b in theirs) or (b in mine and a in theirs) for a, b in self.different
        ):
            return
        self.union.join(one, other)
        if {one, other} & self.with_names:
            self.with_names.add(self.union.find(one))
        self.forms[self.union.find(one)] = mine | theirs

    def named(self, i: int) -> bool:
        """Whether anybody in the group has a name."""
        return self.union.find(i) in self.with_names

    def join_decided(self) -> None:
        """Join every candidate that bears one of two names decided to be the same."""
        for a, b in self.same:
            bearing = [i for i, c in enumerate(self.found) if {a, b} & {f.lower() for f in c.forms}]
            for i in bearing[1:]:
                if self.apart(bearing[0], i):
                    self.join(bearing[0], i)

    def members(self) -> dict[int, list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.found)):
            groups[self.union.find(i)].append(i)
        return groups


def standing(judgements: Sequence[Judgement]) -> dict[tuple[str, str], str]:
    """The last decision that stands on each pair of names (lower case)."""
    decided: dict[tuple[str, str], str] = {}
    for judgement in in_force(judgements):
        names = {name.lower() for name in judgement.subject}
        if judgement.verb in ("same", "different", "unsure") and len(names) == 2:
            one, other = sorted(name.lower() for name in judgement.subject)
            decided.setdefault((one, other), judgement.verb)
    return decided


def _keys(candidate: Candidate, acronyms: Mapping[str, str]) -> Iterator[str]:
    for name in candidate.names:
        for word in words(acronyms.get(name, name)):
            if len(word) > 1:
                yield f"word:{skeleton(word)}"
        if name.isupper():
            yield f"acronym:{name}"
        else:
            initials = "".join(w[0] for w in name.split() if w[:1].isupper())
            if len(initials) > 1:
                yield f"acronym:{initials}"
    if not candidate.names:
        yield f"words:{_plain(candidate.descriptions[0])}"


def _plain(description: str) -> str:
    return re.sub(r"^(?:the|a|an|some|many|several)\s+", "", latin(description))


_OWNED = re.compile(r"^(?P<owner>[^\W\d_a-z][\w-]*)['’]s?\s+(?P<owned>[a-z].*)$")


def _owned(found: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Pairs of nameless bodies of which one is told with its country: "Karsland's interior ministry", "the interior ministry".

    None where two countries have one.
    """
    plain: dict[str, list[int]] = defaultdict(list)
    owners: dict[str, dict[str, int]] = defaultdict(dict)
    for i, candidate in enumerate(found):
        for description in () if candidate.names else candidate.descriptions:
            own = _OWNED.match(re.sub(r"^[Tt]he\s+", "", description))
            if own is None:
                plain[_plain(description)].append(i)
            else:
                owners[_plain(own["owned"])].setdefault(latin(own["owner"]), i)
    for owned, whose in owners.items():
        if len(whose) == 1 and len(owned.split()) > 1:
            (i,) = whose.values()
            yield from ((i, j) for j in plain.get(owned, ()))


def _described_alike(found: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Pairs of nameless candidates of one report of which one is the shorter form of the other.

    "Our safety delegate", then "the delegate"; none where two could be meant.
    """
    by_report: dict[str, list[int]] = defaultdict(list)
    for i, candidate in enumerate(found):
        if not candidate.names:
            by_report[candidate.report].append(i)
    for nameless in by_report.values():
        for i in nameless:
            short = {
                m["head"].lower() for d in found[i].descriptions if (m := _SHORT_FORM.match(d))
            }
            longer = [
                j
                for j in nameless
                if j != i
                and any(
                    _LONG_FORM.sub("", d.lower()).endswith(f" {h}")
                    for h in short
                    for d in found[j].descriptions
                )
            ]
            if len(longer) == 1:
                yield longer[0], i


# "The delegate"; and of a longer description what stands before "of", "who" and a comma.
_SHORT_FORM = re.compile(
    r"^(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?P<head>[a-z][\w’'-]*(?:\s+[a-z][\w’'-]*)?)$"
)
_LONG_FORM = re.compile(
    r"(?:,|\s+(?:of|for|at|in|from|on|with|to|near|by|under|about|against|over|close|who|whose|that|which)\s).*$",
    re.S,
)


def _alike(found: Sequence[Candidate], groups: Groups) -> None:
    """Join those of the very same name: a person's has two words, and FULL where it is not the one mentioned most."""
    first: dict[tuple[bool, str], int] = {}
    for i, candidate in enumerate(found):
        person = candidate.kind == "person"
        full = [n for n in candidate.names if person and len(words(n)) >= FULL]
        for name in dict.fromkeys([candidate.name, *full]) if candidate.names else ():
            if person and len(words(name)) < 2:
                continue
            one = first.setdefault((person, latin(name)), i)
            if groups.apart(one, i):
                groups.join(one, i)


def _pairs(found: Sequence[Candidate], acronyms: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, candidate in enumerate(found):
        for key in dict.fromkeys(_keys(candidate, acronyms)):
            blocks[key].append(i)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        members = _distinct(found, blocks[key])[:CROWDED]
        for n, i in enumerate(members):
            for j in members[n + 1 :]:
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield i, j


def _distinct(found: Sequence[Candidate], members: Sequence[int]) -> list[int]:
    """One of each name and kind, and of the nameless all."""
    first: dict[tuple[object, ...], int] = {}
    for i in members:
        own = found[i].name if found[i].names else i
        first.setdefault((own, found[i].kind == "person"), i)
    return list(first.values())


def _same(a: Candidate, b: Candidate, acronyms: dict[str, str]) -> bool:
    if not a.names and not b.names:
        return _plain(a.descriptions[0]) == _plain(b.descriptions[0])
    if not a.names or not b.names:
        return False
    one, other = a.name, b.name
    if latin(one) == latin(other) and len(words(one)) > 1:
        return True
    if (a.kind == "person") != (b.kind == "person"):
        return False
    if a.kind == "person":
        if min(len(words(one)), len(words(other))) < 2:
            return False
        return compare(one, other).score >= SAME_PERSON
    if canonical(acronyms.get(one, one)) == canonical(acronyms.get(other, other)):
        return True
    if _shortened(one, other) or _shortened(other, one):
        return True
    return compare(one, other, person=False).score >= SAME_BODY


def _shortened(short: str, long: str) -> bool:
    """Whether a name of two words or more is the end of a longer one: "Electoral Board", "Central Electoral Board"."""
    few, many = latin(short).split(), latin(long).split()
    return 1 < len(few) < len(many) and many[-len(few) :] == few


def _surnames(found: Sequence[Candidate], groups: Groups) -> None:
    """Join a lone surname with the one person of that surname: in its report, else in the case."""
    full = [
        i for i, c in enumerate(found) if c.kind == "person" and c.names and len(words(c.name)) > 1
    ]
    by_key: dict[str, list[int]] = defaultdict(list)
    bearing: dict[str, dict[str, list[int]]] = {}  # for a lone surname its bearers, by report
    alone_too: dict[str, list[int]] = {}  # the first to bear a surname that no full name has
    for i in full:
        for word in words(found[i].name):
            for key in _surname_keys(word):
                by_key[key].append(i)
    for i, candidate in enumerate(found):
        if candidate.kind != "person" or not candidate.names or len(words(candidate.name)) != 1:
            continue
        alone = words(candidate.name)[0]
        if alone not in bearing:
            bearing[alone] = defaultdict(list)
            near_spelt = {j for key in _surname_keys(alone) for j in by_key.get(key, ())}
            for j in sorted(near_spelt):
                parts = words(found[j].name)
                if max(_alike_surnames(alone, w) for w in parts[1:] + parts[-1:]) >= SAME_SURNAME:
                    bearing[alone][found[j].report].append(j)
        fits = bearing[alone]
        near = fits.get(candidate.report) or [j for js in fits.values() for j in js]
        # "Ms Bell" is not Tom Bell; but of two Bells a pronoun alone does not choose one.
        if near and all({found[j].sex, candidate.sex} == {"m", "f"} for j in near):
            continue
        people = {groups.union.find(j) for j in near or alone_too.get(latin(alone), [])}
        alone_too.setdefault(latin(alone), [i])
        if len(people) == 1:
            groups.join(i, people.pop())


def _surname_keys(word: str) -> Iterator[str]:
    """Blocks of a surname: its consonants, and for a long one those behind the first without v, which Belarusian drops."""
    consonants = skeleton(word)
    yield consonants
    if len(word) >= LONG:
        yield f"-{consonants[1:].replace('v', '')}"


def _alike_surnames(one: str, other: str) -> float:
    """How alike two surnames are; a man's and a woman's form of one, Petrov and Petrova, are not."""
    couple = (
        one != other
        and other in (one + "a", one.removesuffix("a"))
        and _HERS.search(max(one, other, key=len))
    )
    return 0.0 if couple else similarity(one, other)


def suggestions(cast: Cast, judgements: Sequence[Judgement] = ()) -> list[Suggestion]:
    """Pairs of parties that may be one and that nobody has decided on, likeliest first.

    Not likely enough for the machine to join them; a person may.
    """
    decided = {
        frozenset(name.lower() for name in j.subject)
        for j in in_force(judgements)
        if j.verb in ("same", "different", "unsure")
    }
    blocks: dict[str, list[Party]] = defaultdict(list)
    for party in cast.parties:
        for word in dict.fromkeys(words(party.name)):
            blocks[skeleton(word)].append(party)
    pairs = {
        frozenset((a.id, b.id)): (a, b)
        for _, members in sorted(blocks.items())
        if len(members) <= CROWDED
        for n, a in enumerate(members)
        for b in members[n + 1 :]
        if a.id != b.id and (a.kind == "person") == (b.kind == "person")
    }
    found = []
    for a, b in pairs.values():
        verdict = compare(a.name, b.name, person=a.kind == "person")
        asked = frozenset((a.name.lower(), b.name.lower()))
        if verdict.score >= PERHAPS and asked not in decided:
            found.append(Suggestion(a.name, b.name, verdict.score, verdict.because))
    return sorted(found, key=lambda s: (-s.score, s.one, s.other))


def _party(members: Sequence[Candidate], acronyms: dict[str, str]) -> Party:
    names = [n for c in members for n in c.names]
    forms = list(dict.fromkeys(names + [d for c in members for d in c.descriptions]))
    often = sum((c.often for c in members), Counter[str]())
    name = best_name(names, often) if names else forms[0]
    kinds = [c.kind for c in members]
    if name in acronyms:
        forms.append(acronyms[name])
    kind = max(sorted(set(kinds)), key=kinds.count)
    told = party_class(
        forms,
        [beside for c in members if (beside := _described(c))],
        person_named=bool(names) and kind == "person",
    )
    return Party(
        id=digest("p", sorted(forms), name),
        name=name,
        kind=kind,
        party_class=told,
        aliases=tuple(f for f in dict.fromkeys(forms) if f != name),
    )


def _described(candidate: Candidate) -> str:
    """What stands behind the name in apposition."""
    if not candidate.names:
        return ""
    found = re.search(rf"{re.escape(candidate.names[0])}, ([^.;,]{{3,60}})", candidate.context)
    return found[1] if found else ""
