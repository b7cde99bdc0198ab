"""For whom somebody speaks: the body of a spokesman, a director, a minister, a chairwoman."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from rashomon.model import Party
from rashomon.resolve.candidates import Candidate
from rashomon.resolve.offices import canonical
from rashomon.resolve.places import countries
from rashomon.resolve.spelling import latin

BESIDE = 30  # characters from "spokesman" to the name of who is one
SEEN = 60  # reports in which it is looked up for whom a party speaks
_SPOKES = r"(?:spokes(?:man|woman|person)|press secretary|press officer|press service)"
_SPOKEN_FOR = re.compile(_SPOKES)
_FOR = (
    re.compile(rf"\b{_SPOKES}\s+(?:for|of)\s+(?:the\s+)?(?P<body>[\w’'-]+(?:\s+[\w’'-]+){{0,4}})"),
    re.compile(rf"(?P<body>(?:[Tt]he\s+)?[\w’'-]+(?:\s+[\w’'-]+){{0,3}}?)(?:['’]s)?\s+{_SPOKES}\b"),
)
# Who holds such an office speaks for the body that it is an office of.
_OFFICE = (
    r"(?:(?:deputy|vice|first|acting|general|managing|executive|chief|regional|press)[\s-]+){0,2}"
    r"(?:director(?:[\s-]general)?|head|chief|chairman|chairwoman|chairperson|chair|president|secretary(?:[\s-]general)?|leader|coordinator"
    r"|commissioner|commander|rector|manager|treasurer|delegate|engineer|superintendent|principal|warden|ombudsman|registrar"
    r"|spokesman|spokeswoman|spokesperson)"
)
_FORMER = re.compile(r"\b(?:former|ex|late|then|once|outgoing|sacked|dismissed|ousted)\b", re.I)
_HELD = (
    # "The combine's director", "Open Ledger's coordinator"
    re.compile(rf"^(?:the\s+)?(?P<body>[\w’'.&-]+(?:\s+[\w’'.&-]+){{0,5}}?)['’]s?\s+{_OFFICE}\b", re.I),
    # "director of the LPA", "head of the state mine rescue service"
    re.compile(rf"\b{_OFFICE}\s+(?:of|for|at)\s+(?:the\s+)?(?P<body>[^,;()]{{2,60}})", re.I),
    # "LPA director Ann Bell", "union leader Ann Bell"
    re.compile(rf"^(?:the\s+)?(?P<body>[\w’'.&-]+(?:\s+[\w’'.&-]+){{0,4}}?)\s+{_OFFICE}(?:\s+[^\W\d_a-z]|$)", re.I),
)  # fmt: skip
_MINISTER = re.compile(
    r"\b(?P<field>[\w-]+)\s+minister\b|\bminister\s+(?:of|for)\s+(?:the\s+)?(?P<of>[\w-]+(?:\s+affairs)?)",
    re.I,
)
_RANKS = frozenset("deputy vice prime first the a an junior senior former cabinet".split())
_BODIES = frozenset({"organisation", "collective"})

Bodies = Mapping[str, Sequence[tuple[str, Party]]]


def linked(
    made: Mapping[int, Party],
    groups: Mapping[int, Sequence[int]],
    found: Sequence[Candidate],
    outlets: Mapping[str, str],
) -> Iterator[tuple[int, Party]]:
    """Each party with the one it speaks for, where the reports call it a spokesman of another or the holder of its office.

    `made` and `groups` are the parties and their candidates by root, `outlets` the names of
    who publishes each report: "our coordinator" is the publisher's.
    """
    bodies: dict[str, list[tuple[str, Party]]] = defaultdict(list)
    for p in made.values():
        # The president of a country is not its spokesman.
        if p.kind in _BODIES and not countries([p.name]):
            for form in dict.fromkeys(_plain(f) for f in (p.name, *p.aliases)):
                for word in set(form.split()[:1] + form.split()[-1:]):
                    bodies[word].append((form, p))
    ministries: dict[str, set[str]] = defaultdict(set)
    by_id = {p.id: p for p in made.values()}
    for p in made.values():
        if p.kind == "organisation":
            for form in (p.name, *p.aliases):
                ministries[canonical(form)].add(p.id)
    root_of = {i: root for root, members in groups.items() for i in members}
    for root, party in made.items():
        body = None
        if party.kind == "person":
            own = [found[i] for i in groups[root][:SEEN]]
            body = (
                _held(party, bodies)
                or _ministry(party, ministries, by_id)
                or _spoken_for(own, party, bodies)
                or _possessed(own, made, root_of)
                or _ours(own, outlets, bodies)
            )
        if body is not None and body.id != party.id:
            told = body.party_class if body.party_class != "unnamed" else party.party_class
            yield root, msgspec.structs.replace(party, speaks_for=body.id, party_class=told)
        else:
            yield root, party


def _spoken_for(own: Sequence[Candidate], party: Party, bodies: Bodies) -> Party | None:
    """The body whose form begins or ends the words before or after "spokesman"."""
    forms = [party.name, *party.aliases]
    contexts = [c.context for c in own] if len(party.name.split()) > 1 else []
    for text in (t for t in (*forms, *contexts) if _SPOKEN_FOR.search(t)):
        for match in (m for pattern in _FOR for m in pattern.finditer(text)):
            before = re.sub(r",?\s+(?:(?:the|an?)\s+)?$", "", text[: match.start()])
            behind = text[match.end() : match.end() + BESIDE]
            if not (text in forms or before.endswith(party.name) or party.name in behind):
                continue  # another's spokesman, who is only named nearby
            wanted = latin(re.sub(r"^(?:the|an?)\s+", "", match["body"], flags=re.I)).split()
            edges = dict.fromkeys(wanted[:1] + wanted[-1:])
            for form, body in (known for edge in edges for known in bodies.get(edge, ())):
                words_of = form.split()
                if words_of in (wanted[: len(words_of)], wanted[-len(words_of) :]):
                    return body
    return None


def _held(party: Party, bodies: Bodies) -> Party | None:
    """The one body of which a form of the party names an office; forms with its name first."""
    own = party.name.rsplit(maxsplit=1)[-1]
    for form in sorted((party.name, *party.aliases), key=lambda f: own not in f):
        for pattern in () if _FORMER.search(form) else _HELD:
            match = pattern.search(form)
            body = _only(latin(match["body"]), bodies) if match else None
            if body is not None:
                return body
    return None


def _plain(name: str) -> str:
    """A body's name in small Latin letters without its article."""
    return re.sub(r"^(?:the|an?)\s+", "", latin(name))


def _only(wanted: str, bodies: Bodies) -> Party | None:
    """The one body of that name; else the one whose name the words begin with."""
    words = _plain(wanted).split()
    if not words:
        return None
    known = bodies.get(words[0], ())
    same = {p.id: p for form, p in known if form.split() == words}
    begun = {p.id: p for form, p in known if words[: len(form.split())] == form.split()}
    for fitting in (same, begun):
        if len(fitting) == 1:
            return next(iter(fitting.values()))
    return None


def _ministry(
    party: Party, ministries: Mapping[str, set[str]], by_id: Mapping[str, Party]
) -> Party | None:
    """The ministry of a minister: "Interior Minister Ann Bell" and the Ministry of Internal Affairs."""
    for form in (party.name, *party.aliases):
        for match in () if _FORMER.search(form) else _MINISTER.finditer(form):
            field = (match["field"] or match["of"]).lower()
            if field in _RANKS:
                continue
            fitting = ministries.get(canonical(f"{latin(field)} ministry"), set())
            if len(fitting) == 1:
                return by_id[next(iter(fitting))]
    return None


def _possessed(
    own: Sequence[Candidate], made: Mapping[int, Party], root_of: Mapping[int, int]
) -> Party | None:
    """The one body whose office a possessive pronoun says the party holds: "its chairwoman"."""
    served = {root_of[i] for c in own for i in c.serves if i in root_of}
    fitting = {made[root].id: made[root] for root in served if made[root].kind in _BODIES}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


_OURS = re.compile(rf"^our\s+(?:\w+\s+)?{_OFFICE}\b", re.I)


def _ours(own: Sequence[Candidate], outlets: Mapping[str, str], bodies: Bodies) -> Party | None:
    """The publisher of a report that calls somebody "our coordinator" in its own voice."""
    for candidate in own:
        if any(_OURS.match(form) for form in candidate.descriptions):
            name = outlets.get(candidate.report, "")
            if name and (body := _only(latin(name), bodies)) is not None:
                return body
    return None
