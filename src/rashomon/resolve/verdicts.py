"""Whether two names can be one party, with a score and the reasons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel, JaroWinkler

from rashomon.model import DESCENT, TITLES
from rashomon.resolve.nicknames import NICKNAMES
from rashomon.resolve.spelling import folded, latin
from rashomon.resolve.transliteration import likelihood

_PARTICLES = frozenset(
    (
        "de da di do dos das del della der den van von la le los el al bin ibn ben bint abu y e of the"
    ).split()
)
_LEGAL = {
    "incorporated": "inc", "inc": "inc", "corporation": "corp", "corp": "corp", "limited": "ltd", "ltd": "ltd", "llc": "llc",
    "company": "co", "co": "co", "gmbh": "gmbh", "ag": "ag", "sa": "sa", "plc": "plc", "jsc": "jsc", "ooo": "llc", "ao": "jsc",
    "sas": "sas", "aktiengesellschaft": "ag", "kommanditgesellschaft": "kg", "pjsc": "jsc", "oao": "jsc", "zao": "jsc", "bv": "bv", "nv": "nv", "spa": "spa", "srl": "srl", "sarl": "srl", "kg": "kg",
}  # fmt: skip
CYRILLIC = re.compile(r"[\u0400-\u04ff]+\.?")
PER_LETTER = 0.12  # similarity lost by each nat a letter by which a transliteration is unlikely
SHORT = 4  # letters of a word up to which a vowel makes another name of it sooner
VOWELS = 0.87  # similarity of words that differ in vowels alone: Osama, Usama; but Tim, Tom, too
FRENCH = 0.93  # similarity of words that differ in a ch for a sh alone
_PATRONYMIC = re.compile(r"(?:ov|ev)(?:it?ch|ych|na)$|(?:ав|яв)(?:ич|на)$|(?:ов|ев)(?:ич|на)$")
SAME_WORD = 0.84  # similarity from which two words are one word misspelt or transliterated


_WRITTEN = tuple(
    (re.compile(pattern, re.I), plain)
    for pattern, plain in (
        (r"(?:open |public |closed )?joint[- ]stock company|(?:публичное |открытое |закрытое )?акционерное общество", "JSC"),
        (r"limited liability company|общество с ограниченной ответственностью", "LLC"),
        (r"gesellschaft mit beschr(?:ä|ae)nkter haftung", "GmbH"),
        (r"\bint['’]?l\b", "International"),
        (r"\bU\.\s?S\.(?:\s?A\.)?", "United States"), (r"\bU\.\s?K\.", "United Kingdom"),
        (r"\b1st\b", "First"), (r"\b2nd\b", "Second"), (r"\b3rd\b", "Third"),
        (r"\bDept\b\.?", "Department"), (r"\bGov['’]?t\b\.?", "Government"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two names are one party, 0 to 1, and why."""

    score: float
    because: str


_SON = frozenset({"bin", "ibn", "ben", "bint"})
_ABD = re.compile(r"^abd[aeiu]l?$")
MIDDLE = 0.92  # likeness of a name with and without a middle initial
INITIALS = 0.86  # likeness of "JC" with "Jean Claude"


def words(name: str) -> list[str]:
    """The words of a name in lower case, titles at its start and initials' points taken off.

    Words in Cyrillic letters stay so; all others come in Latin ones.
    """
    return list(_words(name))


@lru_cache(maxsize=200_000)
def _words(name: str) -> tuple[str, ...]:
    found = []
    for part in re.split(
        r"[\s,/]+|(?<=\w)[-–](?=\w)|(?<=[a-z])(?=[A-Z])", re.sub(r"['’`]", "", name)
    ):
        if CYRILLIC.fullmatch(part):
            found.append(part.lower())
        else:
            found.extend(re.sub(r"[^a-z0-9]", "", w) for w in latin(part).split())
    found = [w for w in found if w]
    while len(found) > 1 and found[0] in TITLES:
        found.pop(0)
    return tuple(found)


@lru_cache(maxsize=200_000)
def similarity(one: str, other: str) -> float:
    """How alike two words are once spelling habits are taken out, 0 to 1."""
    if one == other:
        return 1.0
    scripts = bool(CYRILLIC.fullmatch(one)), bool(CYRILLIC.fullmatch(other))
    if scripts[0] != scripts[1]:
        written, spoken = (other, one) if scripts[0] else (one, other)
        return max(0.0, 1.0 + PER_LETTER * likelihood(written, spoken))
    a, b = folded(one), folded(other)
    if a == b and a:
        return 0.97
    if min(len(one), len(other)) > SHORT and _french(one) == _french(other):
        return FRENCH  # Bachir, Bashir
    if (_PATRONYMIC.search(one) and not _PATRONYMIC.search(other)) or (
        _PATRONYMIC.search(other) and not _PATRONYMIC.search(one)
    ):
        return 0.0  # a father's name is not a given name
    if (
        min(len(one), len(other)) > 2
        and _consonants(a) == _consonants(b)
        and abs(len(a) - len(b)) < 2
    ):
        return VOWELS if min(len(one), len(other)) > SHORT else VOWELS - 0.03
    plain = Indel.normalized_similarity(one, other)
    fold = Indel.normalized_similarity(a, b) if a and b else 0.0
    jaro = JaroWinkler.similarity(a, b) if a and b else 0.0
    return float(max(plain, 0.55 * fold + 0.45 * jaro - 0.02))


@lru_cache(maxsize=200_000)
def _french(word: str) -> str:
    """A word folded as if its ch were the French one, which others write sh."""
    return folded(re.sub(r"(?<![tc])ch", "sh", word))


def _consonants(word: str) -> str:
    return re.sub(r"[aeiou]", "", word)


def compare(one: str, other: str, *, person: bool = True) -> Verdict:
    """A verdict on two full names; order of the names, initials and nicknames allowed for."""
    a, b = words(one), words(other)
    if not a or not b:
        return Verdict(0.0, "no words to compare")
    if a == b:
        return Verdict(1.0, "the same words")
    if person:
        return _persons(a, b)
    return _bodies(words(_unabbreviated(one)), words(_unabbreviated(other)))


def _unabbreviated(name: str) -> str:
    """A body's name with long legal forms cut short and common abbreviations written out."""
    for pattern, plain in _WRITTEN:
        name = pattern.sub(plain, name)
    return name


def _matched(
    a: Sequence[str], b: Sequence[str], *, person: bool
) -> tuple[list[tuple[str, str, float]], list[str], list[str]]:
    """Words paired best first; the words of each side that found no partner."""
    scores = sorted(
        (
            (_word(x, y, person=person), -abs(i - j), i, j)
            for i, x in enumerate(a)
            for j, y in enumerate(b)
        ),
        reverse=True,
    )
    left, right = set(range(len(a))), set(range(len(b)))
    pairs = []
    for score, _, i, j in scores:
        if score >= SAME_WORD and i in left and j in right:
            pairs.append((a[i], b[j], score))
            left.discard(i)
            right.discard(j)
    return pairs, [a[i] for i in sorted(left)], [b[j] for j in sorted(right)]


def _word(one: str, other: str, *, person: bool) -> float:
    if one == other:
        return 1.0
    if person and min(len(one), len(other)) == 1:
        return 0.86 if one[0] == other[0] else 0.0
    if person and other in NICKNAMES.get(one, ()):
        return 0.93
    return similarity(one, other)


def _persons(a: list[str], b: list[str]) -> Verdict:
    if set(_descents(a)) & {(son, father) for father, son in _descents(b)}:
        return Verdict(0.45, "the same names, but father and son changed places")
    if set(a) & DESCENT != set(b) & DESCENT and min(len(a), len(b)) > 1:
        return Verdict(0.6, "only one is the younger or the elder")
    a = [_ABD.sub("abd", w) for w in a if w not in _PARTICLES] or a
    b = [_ABD.sub("abd", w) for w in b if w not in _PARTICLES] or b
    joined = similarity("".join(sorted(a)), "".join(sorted(b)))
    together = similarity("".join(a), "".join(b))
    pairs, left, right = _matched(a, b, person=True)
    if not pairs:
        return Verdict(0.3 * max(joined, together), "no word in common")
    for one, other in ((left, right), (right, left)):
        for word in list(one):
            if 1 < len(word) < 4 and word == "".join(w[0] for w in other):
                pairs.append((word, " ".join(other), INITIALS))
                one.remove(word)
                other.clear()
    fathers = [[w for w in x if _PATRONYMIC.search(w)] for x in (left, right)]
    if all(fathers):
        return Verdict(0.4, f"different fathers: {fathers[0][0]}, {fathers[1][0]}")
    if len(pairs) > 1:
        left, right = ([w for w in x if not _PATRONYMIC.search(w)] for x in (left, right))
    weight = sum(min(len(x), len(y)) * s for x, y, s in pairs)
    total = weight + sum(map(len, left)) + sum(map(len, right))
    cover = weight / total if total else 0.0
    short = min(len(a), len(b))
    if not left and not right:
        worst = min(s for _, _, s in pairs)
        score = 0.35 + 0.65 * sum(s for _, _, s in pairs) / len(pairs) - 0.35 * (1 - worst)
        return Verdict(round(score, 4), f"all words alike ({_shown(pairs)})")
    if left and right:
        # Both have a word that the other does not: another given name, or another person.
        score = 0.55 * cover + 0.1 * max(together, joined)
        if max(together, joined) > 0.93:
            score = 0.9 * max(together, joined)
        return Verdict(round(score, 4), f"{', '.join(left)} against {', '.join(right)}")
    if short == 1:
        return Verdict(round(0.62 * pairs[0][2], 4), "one is only part of the other's name")
    score = 0.52 + 0.42 * cover - 0.3 * (1 - min(s for _, _, s in pairs))
    if all(len(w) == 1 for w in left or right) and min(s for _, _, s in pairs) == 1:
        score = max(score, MIDDLE)
    return Verdict(round(score, 4), f"one has also {', '.join(left or right)}")


def _descents(name: Sequence[str]) -> list[tuple[str, str]]:
    """Whom a name calls whose son: the words before and after "bin"."""
    return [(name[i - 1], name[i + 1]) for i in range(1, len(name) - 1) if name[i] in _SON]


def _bodies(a: list[str], b: list[str]) -> Verdict:
    legal_a, legal_b = ({_LEGAL[w] for w in x if w in _LEGAL} for x in (a, b))
    core_a = [
        w for w in a if w not in _LEGAL and w not in _PARTICLES and w not in ("and", "for")
    ] or a
    core_b = [
        w for w in b if w not in _LEGAL and w not in _PARTICLES and w not in ("and", "for")
    ] or b
    if "".join(core_a) == "".join(core_b):
        return Verdict(
            0.97 if not (legal_a and legal_b and legal_a != legal_b) else 0.66, "the same words"
        )
    for short, long in ((a, core_b), (b, core_a)):
        if len(short) == 1 and len(long) > 1 and short[0] == "".join(w[0] for w in long):
            return Verdict(0.9, "one abbreviates the other")
    pairs, left, right = _matched(core_a, core_b, person=False)
    numbers = [{w for w in x if w.isdigit()} for x in (core_a, core_b)]
    if numbers[0] != numbers[1]:
        return Verdict(0.3, "different numbers")
    weight = sum(min(len(x), len(y)) * s for x, y, s in pairs)
    total = weight + sum(map(len, left)) + sum(map(len, right))
    cover = weight / total if total else 0.0
    together = similarity("".join(core_a), "".join(core_b))
    score = max(cover, 0.95 * together if together > 0.9 else 0.0)
    if legal_a and legal_b and legal_a != legal_b:
        score *= 0.8
    if left and right:
        score *= 0.8
    return Verdict(round(score, 4), f"in common: {_shown(pairs) or 'nothing'}")


def _shown(pairs: Sequence[tuple[str, str, float]]) -> str:
    return ", ".join(x if x == y else f"{x}/{y}" for x, y, _ in pairs)
