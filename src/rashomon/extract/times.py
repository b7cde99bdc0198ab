"""Time expressions, and their values from the day of publication.

TIMEX3 as TimeBank uses it: dates at their precision, durations, sets, and the
references PAST_REF, PRESENT_REF, FUTURE_REF.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rashomon.extract import numbers
from rashomon.extract.calendar import (
    MONTHS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    day_of,
    month_of,
    moved,
    shift,
    week,
)

_W = "(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_WFULL = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MFULL = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_M = rf"(?:{_MFULL}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_PART = "(?:morning|afternoon|evening|night|midday)"
_D = r"(?:[0-3]?\d(?:st|nd|rd|th)?)(?![\d:%])"
_Y = r"(?:1[5-9]\d\d|20\d\d)"
_N = (
    r"(?:\d{1,3}(?:,\d{3})*(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:a|one|two|three|four|five|six)?\s?hundred|a dozen|half an?|several|a few|few|many|a couple of|some|recent)"
)
_U = r"(?:second|minute|hour|day|night|week|fortnight|weekend|month|quarter|year|decade|centur(?:y|ie))s?"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?\s?m\b\.?|o['’]clock)|\d{1,2}:\d{2}(?:\s?(?:hrs|hours|gmt|local time))?|noon|midnight|midday)"
_EARLY = r"(?:(?:early|late|later|earlier|mid)[ -])"
_QUARTER = r"(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter)"
_ABOUT = r"(?:(?:about|around|nearly|almost|more than|over|less than|at least|some|roughly|up to|only|just)\s+)"
_THIS = r"(?:this|last|next|the past|the previous|the following|the coming|the current|past|the last|the next|coming|that|the same)"

_AHEAD = re.compile(
    r"\b(?:will|shall|plans?|planned|scheduled|due|set for|'ll|going to)\b|\b(?:by|until|till|before|next)\s+(?:\S+\s+on\s+)?$"
)

_UNTIL = re.compile(r"\b(?:by|until|till|before)\s+(?:(?:late|early)\s+(?:on\s+)?)?$")
_DONE = re.compile(r"\b(?:had|were|was|have been|has been)\b")
_TO_COME = re.compile(
    r"\b(?:will|shall|would|must|should|may|might|can|could|to|given|deadline|['’]ll)\b"
)

Reader = Callable[["re.Match[str]", "Context"], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What a value is worked out from: the text, the day of publication, the day last named."""

    text: str
    today: date | None
    last: date | None

    def ahead(self, at: int) -> bool:
        """Whether the words before a weekday or month speak of the future."""
        before = self.text[max(0, at - 40) : at].lower()
        before = re.split(r"[.!?;,]\s|\n\n", before)[-1]
        if _UNTIL.search(before):
            # "Nineteen had been found by Thursday" is told of the past.
            clause = before + re.split(r"[.!?;]\s|\n\n", self.text[at : at + 80].lower())[0]
            if _DONE.search(clause) and not _TO_COME.search(clause):
                return False
        return bool(_AHEAD.search(before))


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: code points start … end, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


def expressions(text: str, published: date | None) -> Iterator[Expression]:
    """All time expressions of a text in order, none overlapping.

    Without a day of publication, expressions that need one get an open value such as
    `XXXX-WXX-5`.
    """
    last: date | None = published
    for found in _found(text):
        name = str(found.lastgroup)
        made = _READERS[name](found, Context(text, published, last))
        if made is None:
            continue
        kind, value = made
        yield Expression(found.start(), found.end(), kind, value)
        if re.match(r"\d{4}-\d{2}-\d{2}", value):
            year, month, day = (int(n) for n in value[:10].split("-"))
            last = _safe(year, month, day) or last


def _found(text: str) -> Iterator[re.Match[str]]:
    """Matches of the whole grammar, tried only on the lines and sentences that hold a word of time."""
    ends = [found.end() for found in _END_OF_PART.finditer(text)]
    for start, end in pairwise([0, *ends, len(text)]):
        if _TRIGGER.search(text, start, end):
            yield from _PATTERN.finditer(text, start, end)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _words(found: re.Match[str]) -> str:
    return " ".join(found.group().lower().split())


def _full_date(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    month = next((MONTHS[w.strip(".")] for w in re.findall(r"[a-z]+", words) if w in MONTHS), None)
    year = re.search(rf"\b{_Y}\b", words)
    rest = re.sub(rf"\b{_Y}\b", " ", words)
    day = re.search(
        r"\b([0-3]?\d)(?:st|nd|rd|th)?\b", re.sub(r"\d+[:.]\d+\S*|\d+\s?[ap]\.?m", " ", rest)
    )
    if month is None:
        return None
    if year:
        number: int | None = int(year.group())
    elif context.today is None:
        number = None
    elif day and abs((date(context.today.year, month, 1) - context.today).days) < 45:
        number = context.today.year
    else:
        number = month_of(context.today, month, ahead=context.ahead(found.start()))
    stem = f"{number:04}" if number is not None else "XXXX"
    if day is None:
        return "DATE", f"{stem}-{month:02}"
    if not 1 <= int(day[1]) <= 31:
        return None
    value = f"{stem}-{month:02}-{int(day[1]):02}"
    return _with_part(words, value)


def _with_part(words: str, value: str) -> tuple[str, str]:
    clock = re.search(_CLOCK, words)
    if clock:
        return "TIME", value + _clock(clock.group())
    part = re.search(rf"\b{_PART}\b", words)
    return ("TIME", f"{value}T{PARTS[part.group()]}") if part else ("DATE", value)


def _clock(words: str) -> str:
    if words in ("noon", "midday"):
        return "T12:00"
    if words == "midnight":
        return "T24:00"
    found = re.match(r"(\d{1,2})(?:[:.](\d{2}))?\s?([ap])?", words)
    if found is None:
        return ""
    hour = int(found[1]) % 24
    if found[3] == "p" and hour < 12:
        hour += 12
    if found[3] == "a" and hour == 12:
        hour = 0
    return f"T{hour:02}:{found[2] or '00'}"


def _iso(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    return ("DATE", found.group()[:10]) if context.text else None


def _slashed(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    month, day, year = (int(n) for n in re.split(r"[/-]", found.group()))
    if year < 100:
        year += 2000 if year < 50 else 1900
    made = _safe(year, month, day) or _safe(year, day, month)
    return ("DATE", made.isoformat()) if made else None


def _weekday(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    name = next(
        w for w in re.findall(r"[a-z]+", words) if w in WEEKDAYS or w.rstrip("s") in WEEKDAYS
    )
    if name not in WEEKDAYS:
        return "SET", f"XXXX-WXX-{WEEKDAYS[name.rstrip('s')] + 1}"
    if re.search(r"\b(?:each|every)\b", words):
        return "SET", f"XXXX-WXX-{WEEKDAYS[name] + 1}"
    if context.today is None:
        return _with_part(words, f"XXXX-WXX-{WEEKDAYS[name] + 1}")
    ahead = bool(re.search(r"\b(?:next|coming)\b", words)) or (
        "last" not in words and context.ahead(found.start())
    )
    day = day_of(context.today, WEEKDAYS[name], ahead=ahead)
    if "last" in words and day == context.today:
        day = shift(day, -7)
    return _with_part(words, day.isoformat())


def _relative_day(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    if context.today is None:
        return "DATE", "PRESENT_REF" if "today" in words else "XXXX-XX-XX"
    if "previous day" in words or "day before" in words or "day earlier" in words:
        base, by = context.last or context.today, -1
    elif (
        "following day" in words
        or "next day" in words
        or "day after" in words
        or "day later" in words
    ):
        base, by = context.last or context.today, 1
    elif "that day" in words or "same day" in words or "that night" in words:
        base, by = context.last or context.today, 0
    else:
        base = context.today
        by = {"yesterday": -1, "tomorrow": 1}.get(
            next((w for w in ("yesterday", "tomorrow") if w in words), ""), 0
        )
    if "last night" in words or "overnight" in words:
        return "TIME", f"{shift(context.today, -(1)).isoformat()}TNI"
    if "tonight" in words or "that night" in words:
        return "TIME", f"{base.isoformat()}TNI"
    return _with_part(words, shift(base, by).isoformat())


def _amount(words: str) -> float | None:
    found = re.search(rf"\b{_N}(?![a-z])", words)
    plain = found.group() if found else ""
    if plain in ("a", "an"):
        return 1
    if plain in ("a couple of",):
        return 2
    if plain.startswith("half"):
        return 0.5
    if plain in ("several", "a few", "few", "many", "some", "recent", ""):
        return None
    number = numbers.value(plain)
    return float(number) if number is not None else None


def _unit(words: str) -> str:
    found = re.findall(_U, words)
    return UNITS[re.sub(r"s$", "", found[-1]) if found[-1] not in UNITS else found[-1]]


def _period(words: str) -> str:
    unit, amount = _unit(words), _amount(words)
    shown = "X" if amount is None else (str(int(amount)) if amount == int(amount) else str(amount))
    if re.search(r"\b\w+ and a half\b", words) and amount is not None and amount == int(amount):
        shown = f"{shown}.5"
    if unit == "DE":
        return f"P{int(amount) * 10}Y" if amount else "PXDE"
    if unit == "CE":
        return f"P{int(amount) * 100}Y" if amount else "PXC"
    if unit == "Q":
        return f"P{int(amount) * 3}M" if amount else "PXM"
    if unit == "W" and "fortnight" in words:
        return "P2W"
    clock = unit in ("S", "H") or (unit == "M" and "minute" in words)
    return f"PT{shown}{unit}" if clock else f"P{shown}{unit}"


def _ago(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    unit, amount = _unit(words), _amount(words)
    back = not re.search(r"\b(?:later|from now|after|hence)\b", words)
    if amount is None or context.today is None or unit in ("S", "H"):
        return "DATE", "PAST_REF" if back else "FUTURE_REF"
    if unit == "M" and "minute" in words:
        return "DATE", "PAST_REF" if back else "FUTURE_REF"
    anchored = re.search(r"\b(?:earlier|before|later|after)\b", words)
    base = (context.last if anchored and unit == "D" else None) or context.today
    by = int(amount)
    return "DATE", moved(base, unit, -by if back else by)


def _this(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    amount = re.search(rf"\b{_N}\b (?=(?:\w+ )?{_U})", re.sub(rf"^{_THIS} ", "", words))
    if amount and amount.group().strip() not in ("a", "an"):
        if re.search(r"\b(?:few|several|recent|many)\b", words):
            return "DURATION", _period(words)
        return "DURATION", _period(re.sub(rf"^(?:{_EARLY}|in )?{_THIS} ", "", words))
    if context.today is None:
        return "DATE", "PAST_REF" if re.search(r"last|past|previous", words) else "PRESENT_REF"
    by = (
        -1
        if re.search(r"\b(?:last|past|previous)\b", words)
        else 1
        if re.search(r"\b(?:next|following|coming)\b", words)
        else 0
    )
    season = next((s for s in SEASONS if re.search(rf"\b{s}\b", words)), None)
    if season:
        return "DATE", f"{context.today.year + by}-{SEASONS[season]}"
    part = re.search(rf"\b{_PART}\b", words)
    if part and not re.search(_W, words):
        return _with_part(words, shift(context.today, by).isoformat())
    month = next((w for w in re.findall(r"[a-z]+", words) if w in MONTHS), None)
    if month:
        number = MONTHS[month]
        year = month_of(context.today, number, ahead=by > 0) if by else context.today.year
        if by < 0 and number == context.today.month:
            year -= 1
        return "DATE", f"{year}-{number:02}"
    if "weekend" in words:
        return "DATE", f"{week(shift(context.today, 7 * (by)))}-WE"
    return "DATE", moved(context.today, _unit(words), by)


def _quarter(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    order = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "1st": 1,
        "2nd": 2,
        "3rd": 3,
        "4th": 4,
    }
    named = next((n for w, n in order.items() if w in words), None)
    year = re.search(_Y, words)
    if context.today is None:
        return "DATE", f"{year.group() if year else 'XXXX'}-Q{named or 'X'}"
    if year:
        number = int(year.group())
    elif "next year" in words:
        number = context.today.year + 1
    elif "last year" in words:
        number = context.today.year - 1
    else:
        number = context.today.year - (named == 4 and context.today.month < 7)
    if named is None:
        # Results are reported for the quarter that ended last.
        previous = moved(context.today, "Q", -1)
        if "year" in words:
            return "DATE", f"{int(previous[:4]) - 1}{previous[4:]}"
        return "DATE", previous
    return "DATE", f"{number}-Q{named}"


def _year(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    year = re.search(r"\d{4}", words)
    if year is None:
        return None
    decade = re.search(r"\d{4}['’]?s\b", words)
    return "DATE", year.group()[:3] if decade else year.group()


def _decade(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    names = {
        "twenties": 2,
        "thirties": 3,
        "forties": 4,
        "fifties": 5,
        "sixties": 6,
        "seventies": 7,
        "eighties": 8,
        "nineties": 9,
    }
    named = next((n for w, n in names.items() if w in words), None)
    if named is None:
        digit = re.search(r"(\d)0", words)
        named = int(digit[1]) if digit else 0
    return "DATE", f"19{named}"


def _duration(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    after = context.text[found.end() : found.end() + 8].lower()
    if re.match(r"[ -]olds?\b", after):
        return None  # an age
    return "DURATION", _period(words)


def _set(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    for name, value in (
        ("hour", "PT1H"),
        ("dai", "P1D"),
        ("day", "P1D"),
        ("night", "P1D"),
        ("week", "P1W"),
        ("month", "P1M"),
        ("quarter", "P3M"),
        ("annual", "P1Y"),
        ("year", "P1Y"),
    ):
        if name in words:
            return "SET", value
    return None


def _time(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    base = context.last or context.today
    stem = base.isoformat() if base else "XXXX-XX-XX"
    clock = re.search(_CLOCK, words)
    return ("TIME", stem + _clock(clock.group())) if clock else None


def _present(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    return "DATE", "PRESENT_REF"


def _past(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    return "DATE", "PAST_REF"


def _future(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    return "DATE", "FUTURE_REF"


def _weekend(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    if context.today is None:
        return "DATE", "XXXX-WXX-WE"
    back = context.today.weekday() < 5 and not context.ahead(found.start())
    return "DATE", f"{week(shift(context.today, -7 * (int(back))))}-WE"


def _the_unit(found: re.Match[str], context: Context) -> tuple[str, str] | None:
    words = _words(found)
    if year := re.search(_Y, words):
        return "DATE", year.group()
    if context.today is None:
        return "DURATION", "P1" + _unit(words)
    if "year-e" in words or "year e" in words:
        return "DATE", f"{context.today.year}-12-31"
    return "DATE", moved(context.today, _unit(words), 0)


_RULES: tuple[tuple[str, str, Reader], ...] = (
    ("iso", r"\b\d{4}-\d{2}-\d{2}\b", _iso),
    ("slashed", r"\b\d{1,2}[/]\d{1,2}[/]\d{2,4}\b", _slashed),
    ("date", rf"(?:(?:the\s+)?(?:end|beginning|start|middle|night|morning|evening) of\s+)?{_EARLY}?(?:(?:{_PART}|{_CLOCK}(?:\s+(?:est|edt|gmt),?)?)\s+(?:on|of)?\s*)?(?:{_WFULL},?\s+(?:the\s+)?)?(?:{_M}\s+{_D}(?:,?\s+{_Y}\b)?|\b{_D}\s+(?:of\s+)?{_M}(?:,?\s+{_Y}\b)?|{_M},?\s+(?:of\s+)?{_Y}\b)(?:\s+{_PART})?", _full_date),
    ("weekday", rf"(?:(?:each|every|last|next|this|this coming|this past)\s+)?{_EARLY}?(?:(?:{_PART}|{_CLOCK}(?:\s+(?:est|edt|gmt))?),?\s+(?:on\s+)?)?\b{_WFULL}s?(?:\s+{_PART}s?)?\b(?:\s+at\s+{_CLOCK})?", _weekday),
    ("relday", rf"{_EARLY}?(?:(?:{_PART}|{_CLOCK})\s+)?\b(?:yesterday|today|tomorrow|tonight|overnight)\b(?:\s+{_PART})?|\b(?:last night|the (?:previous|following|next|same) day|(?:the|a) day (?:before|earlier|after|later)|that (?:same )?(?:day|night)|the day before yesterday)\b", _relative_day),
    ("ago", rf"{_ABOUT}?\b{_N}(?:\s+(?:and a half|more|or so|or two))?[\s-]+{_U}\s+(?:or so\s+|and a half\s+)?(?:ago|earlier|later|before|from now|hence)\b", _ago),
    ("quarter", rf"(?:the\s+)?(?:(?:this|last|next)\s+year['’]s\s+)?(?:fiscal\s+|latest\s+|current\s+|same\s+|{_Y}\s+)?{_QUARTER}(?:\s+(?:of\s+)?(?:{_Y}|last year|this year|next year))?|\b(?:the|this|last)\s+(?:latest\s+|year-(?:ago|earlier)\s+|year['’]s\s+)?(?:quarter|(?<=year-ago )period|(?<=year-earlier )period)\b|the latest period|the year-(?:ago|earlier) period|\byear-(?:ago|earlier)\b", _quarter),
    ("this", rf"{_EARLY}?(?:in\s+)?\b{_THIS}\s+(?:{_N}\s+)?(?:fiscal\s+|calendar\s+|full\s+)?(?:{_U}|{_PART}|spring|summer|fall|autumn|winter|{_MFULL})\b", _this),
    ("month", rf"(?:(?:the\s+)?(?:end|beginning|start|middle)\s+of\s+)?{_EARLY}?\b(?!may\b|march\b)(?:{_MFULL})\b(?:\s+(?:this|last|next)\s+year)?|(?:(?<=in )|(?<=since )|(?<=last )|(?<=until )|(?<=of )|(?<=by )|(?<=from ))(?-i:May|March)\b", _full_date),
    ("set", r"\b(?:each|every)\s+(?:single\s+)?(?:day|week|month|year|quarter|night|hour|morning)\b|\b(?:daily|weekly|monthly|hourly|annually|yearly|nightly)\b|\b(?<=twice )a (?:day|week|month|year)\b|\b(?<=once )a (?:day|week|month|year)\b", _set),
    ("duration", rf"{_ABOUT}?\b(?:the\s+(?:first|last|full)\s+|the\s+)?(?:{_N}\s+(?:full\s+|more\s+|additional\s+|consecutive\s+|and a half\s+)?{_U}\b|{_N}-{_U}\b)(?:\s+and a half)?(?!\s+(?:ago|earlier|later))|\b(?:recent|coming|past)\s+{_U}\b|\b(?:weeks|months|years|days|hours|decades|centuries|minutes)\b", _duration),
    ("weekend", r"\b(?:the|over the|at the)\s+weekend\b|\bweekend\b", _weekend),
    ("theunit", rf"(?:the\s+)?(?:end|beginning|start|middle)\s+of\s+(?:the\s+|this\s+)?(?:year|month|week|century|decade|{_Y})\b|\byear[- ]end\b|\bthe (?:year|week|month)\b", _the_unit),
    ("year", rf"(?:{_EARLY}|the\s+(?:early|late|mid)[ -]|fiscal\s+|the\s+(?:year\s+)?)?(?<![$€£\d.,-])\b{_Y}(?:['’]?s)?\b(?![,.]?\d)(?!\s*(?:people|workers|votes|troops|men|women|soldiers|percent|dollars|miles|points|feet|kilomet|met(?:er|re)s))", _year),
    ("decade", r"\bthe\s+(?:early\s+|late\s+|mid-?\s?)?(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b|['’]\d0s\b", _decade),
    ("time", rf"{_ABOUT}?\b{_CLOCK}(?:\s+(?:est|edt|gmt|local time))?", _time),
    ("present", r"\b(?:now|currently|at present|nowadays|at the moment|these days|current|so far(?= this))\b", _present),
    ("past", r"\b(?:recently|recent|lately|in the past|the past|once(?= (?:was|were|had|a)\b)|formerly|long ago)\b", _past),
    ("future", r"\b(?:the (?:near )?future|future(?= (?:years|generations|date))|in due course|in the coming \w+)\b", _future),
)  # fmt: skip

_READERS: dict[str, Reader] = {name: reader for name, _, reader in _RULES}
# Every expression begins where a word does: looked at first, this leaves four positions in five untried.
_PATTERN = re.compile(
    r"(?<![a-z\d])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _RULES) + ")",
    re.I,
)
_END_OF_PART = re.compile(r"(?<=[a-z]{4})[.!?](?=\s)|\n(?=\s*\n)")
_TRIGGER = re.compile(
    r"\d|(?i:day|night|month|week|year|decade|centur|quarter|hour|minute|second|morning|afternoon|evening|noon|now|today|tomorrow"
    r"|current|recent|late|past|future|present|moment|once|ago|(?:dai|week|month|year|hour|night|quarter|ear|recent|previous|former|current|immediate|short|fortnight|annual|new|simultaneous|prompt|initial|original|eventual|final)ly\b|so far\b|t(?:ies|een(?:th)?s)\b|centur|spring|summer|fall|autumn|winter|weekend|january|february|april|june|july|august"
    r"|september|october|november|december|jan\b|feb\b|mar\b|apr\b|jun\b|jul\b|aug\b|sep|oct\b|nov\b|dec\b|due course)|March|May"
)
