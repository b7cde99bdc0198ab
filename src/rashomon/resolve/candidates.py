"""Everyone whom one report names or lets speak, with all the forms it uses."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rashomon.model import DESCENT, TITLES, Claim, Extraction, Form, Mention, Report, Span

_INDEFINITE = re.compile(
    r"(?:an?|some|no|nobody|no one|any|many|several|another|one|somebody|someone)\b", re.I
)
LONGEST_NAME = 120  # characters in which a name is looked for
LONGEST_FORM = 60  # characters of a mention that is kept as a form of the name
_PRONOUN = frozenset(
    (
        "i me my mine you your he him his himself she her hers herself it its itself we us our ours they them"
        " their theirs themselves who whom whose which that this these those one others both all some"
    ).split()
)
_PARTICLE = frozenset(
    (
        "of de da do dos di la le las los van von der den del al el bin ibn y e and for the & du des"
    ).split()
)
_TITLE_END = re.compile(
    r"^(?:(?:the|a|an|his|her|their|its|former|acting|then|first|deputy|vice|opposition|interior|foreign|prime|defen[cs]e|justice|energy|health|finance|state|chief|senior|local|independent|regional|national|[A-Z][a-z]+(?>i?an|ese|ish|i)\b|[A-Z][\w’'-]*['’]s)\s+)*"
    r"(?:(?:president|minister|premier|governor|mayor|general|colonel|major|captain|lieutenant|sergeant|commander|director|secretary|chairman|chairwoman|chair|spokesman|spokeswoman|spokesperson|leader|candidate|challenger|chancellor|ambassador|commissioner|judge|prosecutor|senator|professor|doctor|gov|gen|col|maj|capt|lt|sgt|dr|mr|mrs|ms|miss|sen|rep|prof|msgr|imam|bishop|king|queen|prince|electrician|worker|activist|lawyer|nurse|coach|student|protester)\.?\s+)+",
    re.I,
)


BODY_WORD = (
    "agency|group|organi[sz]ation|network|union|party|company|newspaper|daily|weekly|broadcaster|station|channel|committee|commission"
    "|movement|association|federation|monitor|observatory|hospital|service|operator|front|alliance|league|council|ministry"
)  # fmt: skip
# "Minister of the Interior Ann Bell": what a minister is minister of is no part of the name.
_PORTFOLIO = re.compile(
    r"^(?i:(?:(?:deputy|vice|first|former|acting)\s+)*(?:minister|secretary|commissioner|director|chief|head)\s+(?:of|for)\s+(?:the\s+)?"
    r"(?:interior|internal affairs|foreign affairs|defen[cs]e|justice|finance|health|energy|education|transport|labou?r|agriculture|information|government|state|economy|police|security|mines|works|trade|culture|fisheries|water|environment))\s+(?=[^\W\d_a-z])"
)
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|ar|as|at|an|ash|az|bin|ibn|abu|l|d)[-’'](?=[^\W\d_a-z])")
# A common noun for a body, capitalised at the start of a sentence or in a house style, names nobody.
_BODY = re.compile(
    r"(?:headquarters|ministry|commission|board|council|union|committee|authority|directorate|court|tribunal|government|parliament|army|hospital|bureau|secretariat|prefecture|gendarmerie|organi[sz]ers|protesters|witnesses|lawyers|officials|observers|parents|workers|authorities|prosecutors)",
    re.I,
)
_LED = re.compile(rf"^(?:[\w’'-]+\s+)?(?:{BODY_WORD})\s+(?=[A-Z])")  # "Rights group Open Docket"


@dataclass
class Candidate:
    """A party as one report has it: proper names, descriptions, kind, where it is mentioned."""

    report: str
    kind: str
    names: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    context: str = ""
    speaks: bool = False
    # The candidates whose office it is told to hold: "its chairwoman".
    serves: list[int] = field(default_factory=list)
    told_by: list[str] = field(default_factory=list)  # "m" or "f" for each word that tells the sex
    often: Counter[str] = field(default_factory=Counter)  # how often each name is mentioned

    @property
    def forms(self) -> list[str]:
        return self.names + self.descriptions

    @cached_property
    def sex(self) -> str:
        """ "m" or "f" where Mr, Ms or every pronoun for the candidate says so, else ""; asked for once all are known."""
        return self.told_by[0] if self.kind == "person" and len(set(self.told_by)) == 1 else ""

    @cached_property
    def name(self) -> str:
        """The proper name of two words or more that is mentioned most, else the first description; asked for once all are known."""
        return best_name(self.names, self.often) if self.names else self.descriptions[0]


def best_name(names: Sequence[str], often: Mapping[str, int]) -> str:
    """Of several names that of two words or more which is mentioned most, then the fullest, then the first."""
    return max(
        names,
        key=lambda n: (
            min(2, len(n.split())),
            often.get(n, 0),
            min(3, len(n.split())),
            -names.index(n),
        ),
    )


def surface(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def proper_name(words: str, kind: str = "") -> str | None:
    """The capitalised name in a mention: before a comma, after titles; None if there is none.

    Of a person that behind what he is: "Rand Institute analyst Ann Bell".
    """
    head = re.split(r"[,;(“\"–—]", words)[0].strip()
    head = re.sub(r"^(?:the|a|an)\s+", "", head[:LONGEST_NAME], flags=re.I)
    head = _PORTFOLIO.sub("", head)
    head = _TITLE_END.sub("", _LED.sub("", head)) or head
    tokens = head.split()
    if kind == "person":
        tokens = tokens[: _second(tokens)]
    tokens = _untitled(tokens, LEADING if kind == "person" else 3)
    kept: list[str] = []
    for n, token in enumerate(tokens):
        bare = _ARTICLE.sub("", token.strip(".’'"))
        if (bare and (bare[0].isupper() or (bare[0].isdigit() and kept))) or (
            kept
            and token.lower() in _PARTICLE
            and n + 1 < len(tokens)
            and tokens[n + 1][:1].isupper()
        ):
            kept.append(token)
        elif kept:
            if kind == "person" and _leads_on(tokens[n:]):
                kept = []
                continue
            if kept[-1].endswith(("'s", "’s", "s'", "s’")):
                return None  # "Karsk's interior minister" is not Karsk
            break
    name = re.sub(r"['’]s?$", "", " ".join(kept)).strip(" .,’'")
    alone = name.lower() in TITLES or _BODY.fullmatch(name)
    if not name or name.lower() in _PRONOUN or (len(kept) == 1 and alone):
        return None
    return name


# Words behind a name that say where it belongs or what it does, not what the next one is.
_LINKS = frozenset(
    (
        "of for at from in on with by to who whose whom which that and or as is was said says told near against under over"
        " after before between about into during than but while when where"
    ).split()
)


def _leads_on(tokens: Sequence[str]) -> bool:
    """Whether one to three common nouns lead on to a name of two words: "nominee Ann Bell"."""
    nouns = next((n for n, t in enumerate(tokens) if t[:1].isupper()), len(tokens))
    name = tokens[nouns : nouns + 2]
    return (
        0 < nouns < 4
        and len(name) == 2
        and all(t[:1].isupper() for t in name)
        and not any(t.lower() in _LINKS or not t.isalpha() for t in tokens[:nouns])
    )


def _second(tokens: Sequence[str]) -> int:
    """Where a second person is added with his office: "Venn and engineer Tom Rand"; else the end."""
    for n, token in enumerate(tokens[1:-1], 1):
        after = tokens[n + 1]
        if token.lower() in ("and", "or", "&") and (
            after[:1].islower() or after.lower().strip(".") in TITLES
        ):
            return n
    return len(tokens)


LEADING = 7  # words before a person's name among which an office may stand


def _untitled(tokens: list[str], leading: int = 3) -> list[str]:
    """A name without the offices before it: the words after the last title among its first `leading`."""
    last = len(tokens) - 1
    while last > 0 and tokens[last].lower().strip(".,") in DESCENT:
        last -= 1
    titles = [i for i, t in enumerate(tokens[:last][:leading]) if t.lower().strip(".") in TITLES]
    return tokens[titles[-1] + 1 :] if titles else tokens


def _own_name(name: str | None, kind: str) -> str | None:
    """A person's name without the body it is given with: "Ann Bell of Open Ledger"."""
    own = name.split(" of ")[0] if name and kind == "person" else name
    return own if own and len(own.split()) > 1 else name


_TELLING_OF = re.compile(r"(?:who|whom|whose|which|that)\s", re.I)
_SEX = {"he": "m", "him": "m", "mr": "m", "she": "f", "mrs": "f", "ms": "f", "miss": "f"}


def is_pronoun(words: str) -> bool:
    return words.lower() in _PRONOUN


def candidates(report: Report, extraction: Extraction) -> tuple[list[Candidate], dict[str, int]]:
    """The candidates of a report, and for each claim with a speaker the index of its candidate."""
    clusters: dict[int, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        clusters[mention.cluster].append(mention)
    found: list[Candidate] = []
    index_of: dict[Span, int] = {}
    by_form: dict[str, int] = {}
    for mentions in (part for cluster in clusters.values() for part in _of_a_kind(report, cluster)):
        made = _candidate(report, mentions)
        if made is not None:
            by_form |= {
                form.lower(): len(found) for form in made.forms if form.lower() not in by_form
            }
            found.append(made)
            index_of |= {m.span: len(found) - 1 for m in mentions}
    _serving(report, extraction, found, index_of)
    speakers: dict[str, int] = {}
    for claim in extraction.claims:
        if claim.speaker is None:
            continue
        index = _of_speaker(claim.speaker, by_form)
        if index is None:
            index = _in_own_words(report, claim, by_form)
            index = None if index is None or found[index].names else index
        if index is None:
            index = len(found)
            found.append(_spoken(report, claim.speaker, claim))
            by_form[claim.speaker.lower()] = index
        found[index].speaks = True
        for form in _source_forms(report, claim):
            _add_form(found[index], form)
        speakers[claim.id] = index
    return found, speakers


_POSSESSIVE = re.compile(r"^(?:its|their)\s+(?:[\w-]+\s+){0,3}", re.I)


def _serving(
    report: Report, extraction: Extraction, found: Sequence[Candidate], index_of: Mapping[Span, int]
) -> None:
    """Note for each person whose office a possessive pronoun says it holds: "the Board … its chairwoman"."""
    pronouns = {
        m.span.start: index_of[m.span]
        for m in extraction.mentions
        if m.form is Form.PRONOUN and m.span in index_of
    }
    for mention in extraction.mentions:
        holder = index_of.get(mention.span)
        body = pronouns.get(mention.span.start)
        if holder is None or body is None or holder == body:
            continue
        told = _POSSESSIVE.match(surface(report.text, mention.span))
        if told and found[holder].kind == "person" and found[body].kind == "organisation":
            words = surface(report.text, mention.span)[:LONGEST_FORM]
            if _OFFICE.search(words) and body not in found[holder].serves:
                found[holder].serves.append(body)


def _of_a_kind(report: Report, cluster: list[Mention]) -> Iterator[list[Mention]]:
    """A cluster in two where it names a person and a body: nobody is both."""
    person = [m for m in cluster if m.kind == "person"]
    other = [m for m in cluster if m.kind != "person"]
    if all(any(_named(report, m) for m in part) for part in (person, other)):
        yield person
        yield other
    else:
        yield cluster


def _named(report: Report, mention: Mention) -> str | None:
    """The proper name in a mention; in a description of a person only behind a title or in apposition."""
    words = surface(report.text, mention.span)
    if mention.form is Form.NAME:
        name = _own_name(proper_name(words, mention.kind), mention.kind)
        return None if name and _belongs(words, name, mention.kind) else name
    if mention.form is Form.DESCRIPTION and mention.kind == "person":
        first, *rest = (part.strip() for part in words.split(","))
        whole = first.split()
        head = _untitled(whole)
        if 1 < len(head) < min(5, len(whole)) and all(w[:1].isupper() for w in head):
            return " ".join(head)
        if rest and _NAME_ALONE.fullmatch(rest[0]) and not _NAME_ALONE.fullmatch(first):
            apposed = _untitled(rest[0].split())
            return " ".join(apposed) if len(apposed) > 1 else None
    return None


_SETTLED = re.compile(
    r"\b(?:city|town|village|port|state|province|district|county|region|republic|kingdom|island|islands|capital|municipality|department|canton|emirate|hamlet|valley|commune|township|suburb)\s+of\s",
    re.I,
)


def _belongs(words: str, name: str, kind: str = "person") -> bool:
    """Whether a name in a mention is that of whom or what it belongs to: "the director of the Port Authority".

    "The town of Marl" is Marl.
    """
    at = words.find(name)
    if at < 0:
        return False
    before, after = words[:at], words[at + len(name) :]
    if kind == "person":
        return bool(_OF.search(before) or _NOUN.match(after))
    return bool(_NOUN_OF.search(before)) and not _SETTLED.search(words)


_OF = re.compile(r"\b(?:of|for|at|from|in)\s+(?:the\s+)?$")
_NOUN_OF = re.compile(r"(?<!\w)[a-z]\w*\s+(?:of|for|at|from|in)\s+(?:the\s+)?$")
_NOUN = re.compile(r"\s+[a-z]\w+$")


def _add_form(candidate: Candidate, form: str) -> None:
    """A source's words as one more form; the full name in them, where the last name is the candidate's."""
    if form not in candidate.forms:
        candidate.descriptions.append(form)
    for part in form.split(","):
        name = proper_name(part) or ""
        office = re.sub(r"^(?:the|a|an|its|our)\s+", "", part.strip(), flags=re.I)
        told = (
            _OFFICE.search(office)
            and "," in form
            and len(office) <= LONGEST_FORM
            and not _TELLING_OF.match(office)
        )
        if told and office not in candidate.forms:
            candidate.descriptions.append(office)
        new = len(name.split()) > 1 and name not in candidate.names
        apposed = "," in form and candidate.kind == "person" and _NAME_ALONE.fullmatch(part.strip())
        if new and (_fuller(name, candidate.names[0]) if candidate.names else apposed):
            candidate.names.append(name)


def _fuller(name: str, known: str) -> bool:
    """Whether a name is a known one with more words or fewer: not a namesake's, "Col. Bashir Zongari" for Mathilde Zongari."""
    one, other = set(name.split()), set(known.split())
    return one <= other or other <= one


def _of_speaker(speaker: str, by_form: dict[str, int]) -> int | None:
    name = proper_name(speaker) or ""
    if name and _belongs(speaker, name):
        name = ""  # "a spokesman for the ministry" is not the ministry
    tried = (speaker.lower(), name.lower(), name.lower().split(" of ")[0])
    return next((by_form[form] for form in tried if form in by_form), None)


def _in_own_words(report: Report, claim: Claim, by_form: dict[str, int]) -> int | None:
    """The candidate that a speaker without a name is, by the words of the source with their article: "the delegate"."""
    words = surface(report.text, claim.source[0]) if claim.source else ""
    own = re.sub(r"^(?:the|an?)\s+", "", words, flags=re.I)
    return by_form.get(words.lower()) if own == claim.speaker else None


# What is told of a source behind its name, and the word that leads on from it.
_RELATIVE = re.compile(r",\s+(?:who|whose|whom|which|where)\s.*$|,?\s+(?:and|but|or)$", re.S)


def _source_forms(report: Report, claim: Claim) -> Iterator[str]:
    for span in claim.source:
        words = _RELATIVE.sub("", surface(report.text, span)).rstrip(" ,;:")
        if words and not is_pronoun(words) and len(words) <= 80:
            yield (
                re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.I) if proper_name(words) else words
            )


def _candidate(report: Report, mentions: list[Mention]) -> Candidate | None:
    kinds = [m.kind for m in mentions]
    made = Candidate(report=report.id, kind=max(sorted(set(kinds)), key=kinds.count))
    for mention in mentions:
        words = re.sub(r"['’]s?$", "", surface(report.text, mention.span))
        if told := _SEX.get(words.split(maxsplit=1)[0].lower().strip(".") if words else ""):
            made.told_by.append(told)
        if is_pronoun(words) or len(words) > 120 or _TELLING_OF.match(words):
            continue
        name = _named(report, mention)
        if name:
            made.often[name] += 1
            if name not in made.names:
                made.names.append(name)
        for form in _forms(report, mention, name) if name or "," in words else ():
            if form not in made.forms and len(form) <= LONGEST_FORM:
                made.descriptions.append(form)
        if name is None and _INDEFINITE.match(words) and len(mentions) > 1:
            continue
        if words != name and len(words) <= LONGEST_FORM and words not in made.descriptions:
            made.descriptions.append(words)
        made.context += " " + report.text[max(0, mention.span.start - 30) : mention.span.end + 60]
    if made.kind == "person" and made.names:
        made.descriptions = [d for d in made.descriptions if not _of_another(d, made.names)]
    if made.kind == "person" and any(_AND.search(name) for name in made.names):
        made.kind = "collective"  # "Ann Bell and Tom Rand"
    return made if made.forms else None


_AND = re.compile(r"\s(?:and|&)\s")
# Somebody else's name at the end of a list, or behind whose he is: "Bell and Tom Rand", "Bell's aide Tom Rand".
_ANOTHER = re.compile(
    r"(?:,|\s(?:and|or|&)\s|['’]s?\s)(?:.*?\s)?(?P<name>[^\W\d_a-z][\w’'.-]*(?:\s+[^\W\d_a-z][\w’'.-]+)*)$"
)


def _of_another(form: str, names: Sequence[str]) -> bool:
    """Whether a form ends with the name of another person than those `names` are of."""
    found = _ANOTHER.search(form)
    if found is None:
        return False
    own = {w.lower() for name in names for w in name.split()}
    words = [w.lower().strip(".") for w in found["name"].split()]
    several = bool(_AND.search(form) or " or " in form)
    if several and _GOVERNED.search(form[: found.start()]):
        return False  # "president of Kessel and Dorn"
    return (
        not own & set(words)
        and (several or len(words) > 1)
        and not _BESIDE.search(form[: found.start("name")])
    )


_GOVERNED = re.compile(r"\b(?:of|for|at|in|from)\b")
_BESIDE = re.compile(r"\b(?:of|for|at|in|from|with|to|the)\s+$")


def _forms(report: Report, mention: Mention, name: str | None) -> Iterator[str]:
    """The other forms that stand with a name: titles, and the parts of an apposition."""
    if name:
        yield from _titled(report, mention, name, mention.kind)
    if mention.kind == "person":
        parts = [part.strip() for part in surface(report.text, mention.span).split(",")]
        if 1 < len(parts) < 4 and any(_NAME_ALONE.fullmatch(part) for part in parts):
            yield from (
                part
                for part in parts
                if (_OFFICE.search(part) or _KIN.search(part)) and not _TELLING_OF.match(part)
            )


_NAME_ALONE = re.compile(r"(?:[^\W\d_a-z][\w’'.-]*\s+){1,3}[^\W\d_a-z][\w’'.-]+")
_KIN = re.compile(
    r"^(?:his|her|their) (?:[\w-]+ )?(?:wife|husband|widow|widower|mother|father|son|daughter|brother|sister|uncle|aunt|cousin|deputy|lawyer|aide)$",
    re.I,
)
_OFFICE_WORD = (
    "minister|president|premier|governor|gov|mayor|commissioner|director(?:-general)?|chief|head|chairman|chairwoman|chair"
    "|spokesman|spokeswoman|spokesperson|prosecutor|principal|superintendent|general|gen|colonel|col|captain|capt|major|lieutenant"
    "|sergeant|secretary(?:-general)?|leader|coordinator|judge|candidate|challenger|incumbent|ambassador|chancellor|commander|rector"
    "|ombudsman|treasurer|engineer|foreman|delegate|sheriff|doctor|dr|nurse|surgeon|lawyer|imam|bishop|priest|father|sister"
)  # fmt: skip
# What may stand before an office: a capitalised word, or one of these.
_FIELD = (
    "deputy|first|vice|prime|former|acting|chief|senior|interior|foreign|defen[cs]e|transport|energy|health|education|justice"
    "|finance|labou?r|police|union|army|opposition|state|district|regional|city|party|press|board|executive|managing|security"
    "|military|government|hospital|court|village|strike|rebel|general"
)
_TITLED = re.compile(
    rf"(?P<title>(?:(?:[^\W\d_a-z][\w’'-]*|{_FIELD})\s+){{0,4}}(?i:{_OFFICE_WORD})\.?)\s+$"
)
_CUT_SHORT = re.compile(r"\b(?:gov|gen|col|capt|dr)\.$", re.I)  # else a full stop ends a sentence
_DESCRIBED_BODY = re.compile(rf"(?<!\w)(?P<title>(?:[a-z][\w’'-]*\s+)?(?:{BODY_WORD}))\s+$")
_OFFICE = re.compile(rf"\b(?:{_OFFICE_WORD})\b", re.I)
_APPOSED = re.compile(
    rf"\s*,\s+(?:the\s+|a\s+|an\s+)?(?P<office>(?:[^\W\d_][\w’'-]*\s+){{0,4}}?(?:{_OFFICE_WORD})(?:\s+(?:of|for|at|in)\s+(?:the\s+)?[\w’' -]{{2,50}}?)?)(?=[,.;]|\s+(?:who|said|told)\b)(?!,\s+(?-i:[A-Z][\w’'-]+\s+[A-Z]))",
    re.I,
)
_LOWER_START = frozenset(
    "the a an and of to in on at by with for from that said told but as his her their its our when while where".split()
)
_LOOK = 70  # characters before a name in which its title is looked for


def _titled(report: Report, mention: Mention, name: str, kind: str) -> Iterator[str]:
    """The forms that stand around a name: with its title, the title, what follows it in apposition."""
    words = mention.span.of(report.text)
    at = mention.span.start + max(0, words.find(name.split(maxsplit=1)[0]))
    before = report.text[max(0, at - _LOOK) : at].replace("\n", " ")
    # Where all is in capitals they tell no title.
    looked = before.lower() if before.isupper() else before
    found = (_TITLED if kind == "person" else _DESCRIBED_BODY).search(looked)
    ended = (
        found is not None and found["title"].endswith(".") and not _CUT_SHORT.search(found["title"])
    )
    if found and not ended:
        title = before[found.start("title") : found.end("title")].split()
        while title and title[0].lower() in _LOWER_START:
            title.pop(0)
        if title:
            yield f"{' '.join(title)} {name}"
            if kind == "person" and len(title) > 1:
                yield " ".join(title)
    if kind == "person":
        end = report.text.find(name.rsplit(maxsplit=1)[-1], at)
        after = (
            _APPOSED.match(report.text, end + len(name.rsplit(maxsplit=1)[-1]))
            if end >= 0
            else None
        )
        if after:
            yield " ".join(after["office"].split())


_A_BODY = re.compile(
    rf"the (?:[\w’'-]+ ){{0,4}}(?:{BODY_WORD}|police|army|government|court|authority|board|directorate|administration|bureau)",
    re.I,
)


def counts(candidate: Candidate) -> bool:
    """Whether a candidate is a party: it speaks, has a name of its own, or is a definite body, "the rescue service"."""
    return (
        candidate.speaks
        or bool(candidate.names)
        or (
            candidate.kind == "organisation"
            and any(_A_BODY.fullmatch(d) or _BODY.fullmatch(d) for d in candidate.descriptions)
        )
    )


def _spoken(report: Report, speaker: str, claim: Claim) -> Candidate:
    """A speaker whom no cluster names: a collective, or someone without a name."""
    name = proper_name(speaker)
    name = None if name and _belongs(speaker, name) else name
    plural = re.search(
        r"\b(?:people|workers|officials|witnesses|residents|sources|reports|authorities|parents|students|\w+s)$",
        speaker.lower().split(" who ")[0],
    )
    kind = (
        "collective"
        if plural and not name
        else "organisation"
        if name is None
        and re.search(
            r"ministry|government|police|office|court|union|agency|company|commission",
            speaker.lower(),
        )
        else "person"
    )
    made = Candidate(report=report.id, kind=kind, context=speaker)
    name = _own_name(name, kind)
    titled = speaker.split(maxsplit=1)[0].lower().strip(".") in TITLES
    if name is not None and (name == speaker or titled or len(name.split()) > 1):
        made.names.append(name)
    if not made.names or name != speaker:
        made.descriptions.append(speaker)
    return made
