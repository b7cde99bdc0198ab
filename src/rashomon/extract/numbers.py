"""Number phrases and what their wording allows: "more than 6,000" is 6,001 or more.

The table of vague words is docs/rules/vague-figures.md, the rules for bounds are those
of the annotation guidelines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

Number = int | float

UNITS = dict(
    zip(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        ).split(),
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "lakh": 10**5, "lakhs": 10**5,
    "crore": 10**7, "dozen": 12, "k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9,
}  # fmt: skip
FRACTIONS = {
    "half": 50, "a half": 50, "one half": 50, "a third": 33.3, "one third": 33.3, "two thirds": 66.7, "a quarter": 25,
    "one quarter": 25, "three quarters": 75, "a fifth": 20, "one fifth": 20, "two fifths": 40, "three fifths": 60,
    "four fifths": 80, "a tenth": 10, "one tenth": 10,
}  # fmt: skip

# Least number that a vague word stands for; published in docs/rules/vague-figures.md.
VAGUE: dict[str, int | None] = {
    "dozens": 24, "dozens upon dozens": 24, "several dozen": 36, "a few dozen": 24, "scores": 40, "hundreds": 200,
    "several hundred": 300, "a few hundred": 200, "many hundreds": 300, "hundreds upon hundreds": 200, "thousands": 2000,
    "several thousand": 3000, "a few thousand": 2000, "many thousands": 3000, "thousands upon thousands": 2000,
    "tens of thousands": 20_000, "hundreds of thousands": 200_000, "millions": 2_000_000, "several million": 3_000_000,
    "tens": 20, "several": 3, "a couple": 2, "a few": 2, "few": 2, "many": 3, "a number": 2, "large numbers": None,
    "a handful": 2, "lots": 3, "various": 2, "a pair": 2,
}  # fmt: skip
LONGEST = 15  # digits that a count can have
NOTHING = ("no one", "nobody", "none", "no-one", "not a single", "not one", "no", "zero", "nil")

_HEDGES: tuple[tuple[str, str], ...] = (
    ("above", r"(?:(?:just|slightly|well|far|a little|significantly) )?(?:more than|over|above|upwards? of|in excess of|greater than|exceeding|north of)"),
    ("at_least", r"at least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|at the very least"),
    ("below", r"(?:just |slightly |well |far )?(?:fewer than|less than|under|below|short of)|nearly|almost|close to|not quite|approaching|just short of"),
    ("at_most", r"up to|as many as|as much as|at (?:the )?most|no more than|not more than|a maximum of"),
    ("about", r"about|around|some|roughly|approximately|an estimated|approx\.?|circa|or so|somewhere around|something like|an average of"),
)  # fmt: skip
_AFTER = {
    "or more": "at_least",
    "at least": "at_least",
    "or so": "about",
    "or fewer": "at_most",
    "or less": "at_most",
}

# Longest first: an atomic group that took "six" would never see "sixteen".
_WORD = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|\d{1,3}(?:[   ]\d{3})+(?![\d])|\d+(?:\.\d+)?"
_SCALE = r"hundred|thousand|million|billion|lakhs?|crore|dozen"
_UNITS = rf"(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(list(UNITS)[1:10])}))?|{_WORD}"
_SPELLED = (
    rf"(?>(?:{_UNITS}|an?|half[ ]an?)(?:[ ]and[ ]a[ ]half)?(?:[ -](?:{_SCALE}))+(?:(?:[ ]and[ ]|[ ])(?:{_UNITS})(?:[ -](?:{_SCALE}))*)*"
    rf"|{_UNITS})(?:[ ]point(?:[ ](?:{'|'.join(list(UNITS)[:10])}))+)?"
)
_PERCENT = r"(?:\s?%|[ \n-]per[ ]?cent\b|[ \n]percent\b|[ \n]pct\b)"
_ONE = rf"(?:(?:{_DIGITS})(?:[ \n-](?:{_SCALE})\b|(?:k|m|mn|bn)\b)?|\b{_SPELLED}\b)"
_FRACTION = r"(?:(?:a|one|two|three|four)[ -](?:half|thirds?|quarters?|fifths?|tenths?)|half)(?![ ]an?[ ])(?!-)"
_VAGUE = "|".join(
    sorted((re.escape(v).replace(r"\ ", r"\s+") for v in VAGUE), key=len, reverse=True)
)
_NOTHING = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in NOTHING)
_HEDGE = "|".join(f"(?P<{bound}>{pattern})" for bound, pattern in _HEDGES).replace(" ", r"\s+")

PHRASE = re.compile(
    rf"""(?<![\w$€£¥#/.])(?:
      (?:(?:{_HEDGE})\s+)?
      (?:
        (?P<between>between|from)\s+(?P<b1>{_ONE})(?P<bp1>{_PERCENT})?\s+(?:and|to)\s+(?P<b2>{_ONE})
       |(?P<r1>{_ONE})(?P<p1>{_PERCENT})?(?:\s+to\s+(?:as\s+many\s+as\s+|nearly\s+)?|(?<=[\d%])\s?[–—-]\s?(?=\d)|\s+or\s+(?!more|so|fewer|less))(?P<r2>{_ONE})
       |(?P<in1>{_ONE})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<in2>10|ten|100|five|5|four|4|three|3|20|twenty|two)\b(?!\s*[,.]?\d)
       |(?P<fraction>{_FRACTION})
       |(?P<vague>{_VAGUE})\b
       |(?P<nothing>{_NOTHING})\b(?!-)
       |(?P<one>{_ONE})
      )
      (?P<percent>{_PERCENT})?
      (?:\s+(?P<after>or\s+more|or\s+so|or\s+fewer|or\s+less))?
    )(?![A-Za-z0-9_])""",
    re.X | re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number phrase: code points start … end, the number named, what the words allow.

    `low` and `high` are inclusive, None = open; `share` tells a percentage or fraction.
    """

    start: int
    end: int
    number: Number | None
    low: Number | None
    high: Number | None
    bound: str
    share: bool


# "Fell from 63.8 to 63.1 per cent": the first is a percentage, too.
_FROM = re.compile(r"\b(?:from|between)\s+$", re.I)
_TO = re.compile(r"\s+(?:to|and)\s+")


def phrases(text: str) -> Iterator[Phrase]:
    """All number phrases of a text in order, whatever they count."""
    last: Phrase | None = None
    for phrase in _phrases(text):
        if last is not None:
            spread = (
                phrase.share
                and not last.share
                and last.number is not None
                and _TO.fullmatch(text, last.end, phrase.start)
                and _FROM.search(text, max(0, last.start - 10), last.start)
            )
            yield replace(last, share=True) if spread else last
        last = phrase
    if last is not None:
        yield last


# "407-555-0142", "+44 20 7946 0018"; "555-0142" only behind a word for calling: else it is a range.
_TELEPHONE = re.compile(
    r"(?<![\w.])(?:\+\d[\d\s().–-]{6,}\d"
    r"|(?:1[\s.–-])?\(?\d{3}\)?[\s.–-]{1,2}\d{3}[.–-]\d{4}"
    r"|(?<=[\s(])(?<!\d\s)\d{3}[.–-]\d{4})(?![\w-])"
)
_CALLING = re.compile(r"\b(?:call|dial|phone|telephone|tel|fax|hotline|tips?)\b", re.I)
CALLED = 30  # characters before a short telephone number in which such a word stands


def _telephones(text: str) -> list[tuple[int, int]]:
    """Where telephone numbers stand."""
    return [
        found.span()
        for found in _TELEPHONE.finditer(text)
        if sum(c.isdigit() for c in found.group()) > 7
        or _CALLING.search(text, max(0, found.start() - CALLED), found.start())
    ]


def _phrases(text: str) -> Iterator[Phrase]:
    telephones = _telephones(text)
    at = 0
    while found := PHRASE.search(text, at):
        at = found.end()
        dialled = [end for start, end in telephones if start < found.end() and found.start() < end]
        if dialled:
            at = max(at, *dialled)
            continue
        second = "r2" if found["r2"] else "b2"
        if found[second] and not _ascends(found):
            # "50 percent to 44 percent" are two figures, not a range.
            at = found.start(second)
            found = PHRASE.search(text, found.start(), at)
        made = _phrase(found) if found else None
        if made is not None:
            yield made


def _ascends(found: re.Match[str]) -> bool:
    first, last = value(found["r1"] or found["b1"]), value(found["r2"] or found["b2"])
    return first is not None and last is not None and first < last


def _phrase(found: re.Match[str]) -> Phrase | None:
    bound = next((name for name, _ in _HEDGES if found[name]), None)
    if bound is None and found["after"]:
        bound = _AFTER[" ".join(found["after"].lower().split())]
    share = bool(
        found["percent"] or found["p1"] or found["bp1"] or found["fraction"] or found["in1"]
    )
    start, end = found.span()
    if found["vague"]:
        return Phrase(start, end, None, VAGUE[_plain(found["vague"])], None, "vague", share)
    if found["nothing"]:
        return Phrase(start, end, 0, 0, 0, "exact", share)
    if found["r2"] or found["b2"]:
        first, last = value(found["r1"] or found["b1"]), value(found["r2"] or found["b2"])
        if first is None or last is None:
            return None
        first = _same_scale(first, last, found["r1"] or found["b1"], found["r2"] or found["b2"])
        return Phrase(start, end, first, first, last, "range", share)
    number = _share(found) if found["fraction"] or found["in1"] else value(found["one"])
    if number is None:
        return None
    low, high = interval(number, bound or "exact", share=share)
    return Phrase(start, end, number, low, high, bound or "exact", share)


def _share(found: re.Match[str]) -> Number | None:
    if found["fraction"]:
        return FRACTIONS.get(_plain(found["fraction"]).replace("-", " "))
    part, whole = value(found["in1"]), value(found["in2"])
    if part is None or not whole or part > whole:
        return None
    return _tidy(round(100 * part / whole, 1))


def _same_scale(first: Number, last: Number, first_words: str, last_words: str) -> Number:
    """ "6 to 7 million" gives both ends in millions."""
    scale = re.search(rf"(?:{_SCALE})$", last_words.strip(), re.I)
    if scale and not re.search(rf"(?:{_SCALE})$", first_words.strip(), re.I) and first < last:
        scaled = first * SCALES[scale.group().lower()]
        return scaled if scaled < last else first
    return first


def interval(number: Number, bound: str, *, share: bool) -> tuple[Number | None, Number | None]:
    """Inclusive ends of what a hedged number allows; whole counts step by one, shares do not."""
    step = 0 if share or isinstance(number, float) else 1
    match bound:
        case "above":
            return number + step, None
        case "at_least":
            return number, None
        case "below":
            return None, number - step
        case "at_most":
            return None, number
        case _:
            return number, number


def value(words: str | None) -> Number | None:
    """The number that digits or number words name; None where they name none."""
    if not words:
        return None
    plain = _plain(words).replace("-", " ")
    digits = re.match(r"[\d][\d,. \u00a0\u202f\u2009]*", plain)
    if digits:
        figure = re.sub(r"[,\s\u00a0\u202f\u2009]", "", digits.group()).rstrip(".")
        if len(figure) > LONGEST:
            return None
        number = float(figure)
        rest = plain[digits.end() :].strip()
        return _tidy(number * SCALES.get(rest, 1)) if not rest or rest in SCALES else None
    whole, _, decimals = plain.partition(" point ")
    spelled = _spelled(whole.split())
    if spelled is None or not decimals:
        return spelled
    return _tidy(float(f"{spelled}.{''.join(str(UNITS[word]) for word in decimals.split())}"))


def _spelled(words: list[str]) -> Number | None:
    total: float = 0
    current: float = 0
    seen = False
    for i, word in enumerate(words):
        if word in UNITS:
            current += UNITS[word]
            seen = True
        elif word in TENS:
            current += TENS[word]
            seen = True
        elif word in ("a", "an", "and"):
            continue
        elif word == "half":
            following = words[i + 1 :]
            current += 0.5 if following[:1] in (["a"], ["an"]) or i else 0
            seen = seen or bool(following)
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            seen = True
            if SCALES[word] >= 1000:
                total, current = total + current, 0
        else:
            return None
    if not seen:
        return None
    return _tidy(total + current)


def _tidy(number: float) -> Number:
    return int(number) if float(number).is_integer() else round(number, 6)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
