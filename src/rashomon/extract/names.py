"""The best name that a report gives whoever is mentioned."""

import re
from collections.abc import Sequence

from rashomon.extract.mentions import BEHIND_NAME, COMMON, PARTICLES, PRONOUN, PROPER, Mention
from rashomon.extract.words import Words
from rashomon.model import TITLES

_ARTICLES = frozenset(["the", "a", "an"])
_JOINING = PARTICLES | frozenset("of and for & - ’ ' .".split())
PRONOUNS = frozenset(
    (
        "i me my you your he him his she her hers it its we us our they them their who whom whose which that"
        " this these those one"
    ).split()
)
_LONGEST = 8  # words in a name
# Words with which an office ends and no surname does: "Selm County Sheriff".
_OFFICES = frozenset(
    (
        "president minister premier governor senator mayor secretary director chairman chairwoman commissioner ambassador"
        " chancellor spokesman spokeswoman spokesperson sheriff congressman congresswoman councilman councilwoman general"
        " colonel captain lieutenant sergeant superintendent inspector attorney manager coordinator"
    ).split()
)
# What a dash sets off tells of somebody, or names another.
_SET_OFF = re.compile(r"\s+[–—-]\s.*$", re.S)


def surface(text: str, words: Words, first: int, last: int) -> str:
    """The words first … last as they stand, white space folded, a leading article left out."""
    if words.forms[first].lower() in _ARTICLES and last > first:
        first += 1
    return " ".join(text[words.starts[first] : words.ends[last]].split())


def untitled(name: str) -> str:
    """A name without the office before it: "Interior Minister Ann Bell" is Ann Bell.

    "The former English teacher" is no name and stays whole.
    """
    words = name.split()
    starts = [
        i + 1
        for i, word in enumerate(words[:-1])
        if word.lower().strip(".") in TITLES
        and words[i + 1][:1].isupper()
        and words[i + 1].lower().strip(".") not in TITLES
    ]
    told_of = "," in name or _SET_OFF.search(name) or words[-1].islower()
    return " ".join(words[starts[-1] :]) if starts and not told_of else name


def proper(text: str, words: Words, mention: Mention) -> str | None:
    """The capitalised name around a mention's head; None if there is none.

    A person's name ends before "of" and "for", a body's goes on.
    """
    if words.shapes[mention.head] not in (1, 2):
        return None
    first = last = mention.head
    while first > mention.first and _joins(words, first - 1, mention.first, -1, mention.kind):
        first -= 1
    while last < mention.last and _joins(words, last + 1, mention.last, 1, mention.kind):
        last += 1
    while first < mention.head and words.shapes[first] not in (1, 2, 3):
        first += 1
    while last > mention.head and words.shapes[last] not in (1, 2, 3):
        last -= 1
    offices = [
        i
        for i in range(first, last)
        if words.forms[i].lower() in TITLES and words.shapes[i + 1] in (1, 2)
    ]
    if offices and mention.kind == "person":
        first = offices[-1] + 1  # "Interior Minister Ann Bell"
    while first < mention.head and words.forms[first].lower() in TITLES | {"."}:
        first += 1
    if last - first >= _LONGEST:
        return None
    return surface(text, words, first, last)


def _joins(words: Words, i: int, edge: int, step: int, kind: str) -> bool:
    """Whether a word belongs to a name that goes on beyond it."""
    if words.shapes[i] in (1, 2, 3):
        return True
    beyond = i
    while edge * step >= beyond * step and words.forms[beyond].lower() in _JOINING:
        if kind == "person" and words.forms[beyond].lower() in ("of", "for", "and", "&"):
            return False
        beyond += step  # "Salim al-Hinawi": over the article and the hyphen
    return beyond != i and edge * step >= beyond * step and words.shapes[beyond] in (1, 2)


_APPOSED = re.compile(
    r"^[^,]{2,70},\s+(?:[a-z0-9][\w-]*\s+){0,4}(?P<after>(?:[^\W\d_a-z][\w’'.-]*\s+){1,4}[^\W\d_a-z][\w’'-]+)(?:,|$)"
    r"|^(?P<before>(?:[^\W\d_a-z][\w’'.-]*\s+){1,3}[^\W\d_a-z][\w’'-]+)(?:,|\s+(?:of|from|for|who)\s)"
)


def apposed(words: str) -> str | None:
    """The name in "its coordinator, Ann Bell" or "Ann Bell, its coordinator"; None if there is none."""
    found = _APPOSED.match(words)
    if found is None:
        return None
    parts = (found["after"] or found["before"]).split()
    while len(parts) > 1 and parts[0].lower().strip(".") in TITLES:
        parts.pop(0)
    return " ".join(parts) if len(parts) > 1 and parts[0].lower() not in _ARTICLES else None


def _behind_head(text: str, words: Words, mention: Mention) -> str | None:
    """The name with which a description of a person ends: "Rand campaign manager Ann Bell"."""
    first = mention.head + 1
    shapes = words.shapes[first : mention.last + 1]
    if mention.form != COMMON or not 1 < len(shapes) < 4 or any(s not in (1, 2) for s in shapes):
        return None
    if {form.lower() for form in words.forms[first : mention.last + 1]} & (
        BEHIND_NAME | _ARTICLES | {"and"}
    ):
        return None  # in capitals throughout: "SPOKESMAN FOR CENTRAL AMERICA"
    return surface(text, words, first, mention.last)


def best(text: str, words: Words, cluster: Sequence[Mention]) -> str | None:
    """The fullest proper name in a cluster, else its fullest description; None for pronouns alone."""
    names = [
        name for m in cluster if m.form == PROPER and (name := proper(text, words, m)) is not None
    ]
    described = [
        _SET_OFF.sub("", surface(text, words, m.first, min(m.last, m.first + 11)))
        for m in cluster
        if m.form != PRONOUN and words.forms[m.head].lower() not in PRONOUNS
    ]
    if any(m.kind == "person" for m in cluster):
        names += [name for m in cluster if (name := _behind_head(text, words, m)) is not None]
        names += [name for words_ in described if (name := apposed(words_)) is not None]
    names = [n for n in names if n.split()[-1].lower() not in _OFFICES] or names
    if names:
        return max(names, key=lambda n: (min(len(n.split()), 4), -names.index(n)))
    return described[0] if described else None
