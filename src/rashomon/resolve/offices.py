"""Whom an office or a short form means: "the minister", "the ministry", "the Board"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rashomon.resolve.candidates import Candidate
from rashomon.resolve.spelling import latin

_HEADS = (
    "minister president premier governor mayor commissioner director chief head chairman chairwoman chair"
    " spokesman spokeswoman spokesperson prosecutor principal superintendent general colonel captain secretary leader"
    " coordinator judge candidate challenger ambassador chancellor commander rector chairperson ombudsman treasurer"
    " engineer foreman delegate coroner sheriff registrar brigadier admiral marshal major lieutenant sergeant inspector"
    " doctor surgeon nurse lawyer priest bishop imam pastor rabbi preacher councillor senator headmaster headmistress king queen"
)  # fmt: skip
_HEAD = "|".join(_HEADS.split())
# Offices by their short forms, and by what they make of their holder.
_SHORT = {
    "gov": "governor", "gen": "general", "col": "colonel", "maj": "major", "capt": "captain", "lt": "lieutenant",
    "sgt": "sergeant", "dr": "doctor", "sen": "senator", "insp": "inspector", "supt": "superintendent",
}  # fmt: skip
_MEANING = ((re.compile(r"\bhead of state\b", re.I), "president"),)
_WORD = r"(?!(?:of|for|to|the|an?|in|at|by|with|and)\b)[^\W\d_][\w’'-]*"
_OFFICE = re.compile(
    rf"^(?P<article>the|its|our|this|that)?\s*(?P<office>(?:{_WORD}\s+){{0,3}}?(?:{_HEAD}))(?:\s+(?:of|for|in)\b.*)?$",
    re.I,
)
_BEFORE = re.compile(
    rf"(?P<office>(?:{_WORD}\s+){{0,3}}(?:{_HEAD}|(?:{'|'.join(_SHORT)})\.?))\s+$", re.I
)
_AFTER = re.compile(
    rf",\s+(?:the\s+|its\s+|a\s+|an\s+|who is\s+(?:the\s+)?)?(?P<office>(?:{_WORD}\s+){{0,3}}?(?:{_HEAD}))\b",
    re.I,
)
# What makes another office of an office.
_RANK = frozenset("deputy vice first second former ex acting assistant under".split())
_SMALL = frozenset("the a an its his her their our this that said told and of for".split())
_GENERIC = frozenset(
    "police army government court office service group party people officials authorities troops state".split()
)

LOOK = 60  # characters before a name in which an office is looked for

Office = tuple[str, frozenset[str], frozenset[str]]


def office(words: str) -> Office | None:
    """An office in its parts: head, rank words, other words; None if the words are none."""
    for pattern, plain in _MEANING:
        words = pattern.sub(plain, words)
    found = _OFFICE.match(words.strip())
    return None if found is None else _parts(found["office"])


def _parts(words: str) -> Office:
    *before, head = [
        w
        for w in re.split(r"[\s-]+", words.lower())
        if w and w not in _SMALL and not w.endswith(("'s", "’s", "s'", "s’"))
    ]
    head = _SHORT.get(head.rstrip("."), head)
    return head, frozenset(before) & _RANK, frozenset(before) - _RANK


def offices(candidate: Candidate) -> set[Office]:
    """The offices that a report gives a named person: "Transport Minister Ann Bell", "Ann Bell, the mayor"."""
    held: set[Office] = set()
    texts = [*candidate.descriptions, candidate.context]
    for name in candidate.names:
        for text in texts:
            at = text.find(name)
            while at >= 0:
                before = _BEFORE.search(text, max(0, at - LOOK), at)
                after = _AFTER.match(text, at + len(name))
                held.update(_parts(m["office"]) for m in (before, after) if m)
                at = text.find(name, at + 1)
    return held


def fits(meant: Office, held: Office) -> bool:
    """Whether an office as mentioned can be one that somebody holds: no rank more or less, no other words."""
    head, rank, more = meant
    return head == held[0] and rank == held[1] and more <= held[2]


def meant(found: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Pairs of a candidate without a name and the one named candidate that it means.

    In its own report first, then in the case; where two could be meant, none is.
    """
    holders: dict[str, list[tuple[int, Office]]] = defaultdict(list)
    bodies: dict[str, list[int]] = defaultdict(list)
    for i, candidate in enumerate(found):
        if candidate.names and candidate.kind == "person":
            for held in sorted(offices(candidate), key=repr):
                holders[held[0]].append((i, held))
        if candidate.names and candidate.kind != "person":
            bodies[f"={canonical(candidate.name)}"].append(i)
            for word in set(latin(" ".join(candidate.names)).split()) - _GENERIC:
                bodies[word].append(i)
    for i, candidate in enumerate(found):
        if candidate.names:
            continue
        fitting: list[int] = []
        for description in candidate.descriptions:
            mentioned = office(description)
            if mentioned is not None:
                fitting += [j for j, held in holders.get(mentioned[0], ()) if fits(mentioned, held)]
        if not fitting and not any(map(office, candidate.descriptions)):
            fitting = _bodies(candidate, bodies, found)
        one = _only(fitting, candidate, found)
        if one is not None:
            yield i, one


def _bodies(
    candidate: Candidate, bodies: dict[str, list[int]], found: Sequence[Candidate]
) -> list[int]:
    """Named bodies of whose names a definite description is the end: "the combine" of "Lomnava Coal Combine"."""
    for description in candidate.descriptions:
        if same := bodies.get(f"={canonical(description)}"):
            return same
        plain = re.sub(r"^(?:the|its|our|this)\s+", "", latin(description)).split()
        if not 1 <= len(plain) <= 3 or plain[-1] in _GENERIC:
            continue
        ends = [
            j
            for j in bodies.get(plain[-1], ())
            if set(plain) <= set(latin(" ".join(found[j].names)).split())
        ]
        if ends:
            return ends
    return []


def _only(fitting: Sequence[int], candidate: Candidate, found: Sequence[Candidate]) -> int | None:
    """The one that can be meant, several candidates of one name being one."""
    near = [j for j in fitting if found[j].report == candidate.report]
    for some in (near, fitting):
        names = {latin(found[j].name).split()[-1] for j in some}
        if len(names) == 1:
            return some[0]
        if names:
            return None
    return None


_MINISTRY = re.compile(r"^(?:ministry|department) (?:of|for) (?:the )?(.+)$")


def canonical(name: str) -> str:
    """A body's name with its words in one order: "ministry of internal affairs" is "interior ministry"."""
    plain = latin(re.sub(r"^[Tt]he\s+", "", name))
    if found := _MINISTRY.match(plain):
        plain = f"{found[1]} ministry"
    return (
        plain.replace("internal affairs", "interior")
        .replace("defense", "defence")
        .replace("foreign affairs", "foreign")
    )
