"""Whose a share of the vote or a number of votes is: the candidate or list that won it."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from rashomon.extract.gender import gender
from rashomon.extract.mentions import COMMON, PLURAL, PRONOUN, PROPER, Mention
from rashomon.extract.numbers import Phrase
from rashomon.extract.words import Words

_UNIT = r"(?:\s*%|\s+per ?cent|\s+percent|\s+points)?"
# "47.7% for his challenger", "40 percent chose Bell", "31% said they would vote for Bell".
_FOR = re.compile(
    _UNIT + r"(?:\s+of\s+(?:the\s+|all\s+)?(?:\w+\s+)?votes?|\s+votes?|\s+ballots?)?"
    r"(?:,?\s+(?:cast\s+)?(?:for|behind)"
    r"|(?:\s+[^\W\d_]+){0,8}?\s+(?:chose|choose|chosen|pick(?:ed)?|prefer(?:red)?|favou?r(?:ed)?|back(?:ed)?|support(?:ed|ing)?|(?:vot(?:e|ed|ing)|opt(?:ed)?)\s+for|(?:went|go)\s+(?:for|to)))\s+"
)
# "47 percent to 39 percent", "35-30": two shares of one contest.
_AGAINST = re.compile(_UNIT + r"\s*(?:,?\s+(?:to|versus|vs\.?|against|and)\s+|[-–—])\s*$")
# What stands before one who is not the subject: of whose party, over whom, than whom.
_GOVERNED = re.compile(
    r"\b(?:of|over|than|against|behind|with|between|among|from|unlike|to|(?:ahead|instead) of"
    r"|lead(?:s|ing)?|led|trail(?:s|ed|ing)?|top(?:s|ped|ping)|beat(?:s|en|ing)?|edg(?:es|ed|ing)|defeat(?:s|ed|ing)?|outpoll(?:s|ed|ing)"
    r"|doubles?|doubled|bests|bested|t(?:ies|ied)|fac(?:es|ed|ing)|challeng(?:es|ed|ing)|oust(?:s|ed|ing))(?:\s+out)?\s+(?:the\s+|an?\s+|his\s+|her\s+|its\s+)?$",
    re.I,
)
_OPEN, _CLOSE = frozenset("\"“‘'«„"), frozenset("\"”’'»“")
# "Bell's 844", "Bell (31%)", "Bell on 31%".
_HAS = re.compile(
    r"(?:['’]s?\s+|\s+\(|,?\s+(?:with|at|on|(?P<verb>has|had|won|wins|got|gets|took|takes|received|receives|polled|polls|earned|gained|garnered))\s+)(?:only\s+|just\s+)?"
)
_BELONGING = re.compile(r"\b(?:of|from)\s+(?:the\s+)?$")
_VOTERS = re.compile(r"\s+(?:[a-z]+ly\s+)?(?:chose|choose|prefer|favou?r|back|support|pick)", re.I)
_NEW = frozenset("a an another some any every each no one".split())
_HIMSELF = frozenset("he she him her his hers himself herself".split())
_LISTS = frozenset(
    "party list coalition alliance bloc movement front camp side union league".split()
)
# The answers of a referendum, in quotation marks or capitals: "Yes" took 71 %, the No camp 29.
_ANSWERS = frozenset("yes no remain leave for against".split())
_SIDE = frozenset("vote votes side camp campaign".split())
_PARTED = re.compile(r"[;:]\s|[.!?]\s+[A-Z]")


def holder(
    phrase: Phrase,
    others: Collection[Phrase],
    sentence: tuple[int, int],
    text: str,
    words: Words,
    mentions: Sequence[Mention],
    speaking: Callable[[Mention], bool],
) -> Mention | None:
    """Who has the votes that a number phrase counts; None where its sentence names nobody who could.

    `others` are the number phrases of the text, `mentions` those of the sentence; `speaking`
    tells who is a claim's source, and has the votes only if nobody else can. Named behind
    the number ("47% for Bell"), else the nearest before it who is no other's rival or party;
    of two numbers in one breath ("Bell leads Cole 47% to 39%") the second is the rival's.
    """
    able = [m for m in mentions if _able(m, words) and not _VOTERS.match(text, words.ends[m.head])]
    able = [m for m in able if not any(_inside(m, o) for o in able)]
    able = sorted([*able, *_options(words, sentence)], key=lambda m: m.head)
    behind = _FOR.match(text, phrase.end, sentence[1])
    if behind:
        named = [m for m in able if 0 <= words.starts[m.first] - behind.end() <= len("the ")]
        if named:
            return _named(named[0], able, words)
    start = _side_by_side(phrase, others, sentence[0], text)
    for m in reversed(mentions):
        has = _HAS.fullmatch(text, words.ends[m.last], phrase.start)
        if (
            has
            and m.form == PROPER
            and (has["verb"] or m.kind != "place")
            and not _of_whom(m, text, words)
        ):
            return m  # a place has no votes: it was a name
    before = [m for m in able if words.ends[m.head] <= (phrase.start if start is None else start)]
    silent = [m for m in before if not speaking(m)]
    before = silent or before
    # In another clause only where this one has nobody.
    near = [m for m in before if not _PARTED.search(text, words.ends[m.head], phrase.start)]
    found = _of(near or before, text, words, rival=start is not None)
    if found is None:
        return None
    return _subject(found, mentions, words) if found.form == PRONOUN else _named(found, able, words)


def _of_whom(mention: Mention, text: str, words: Words) -> bool:
    """Whether a mention only tells of the one before it: "of the Harvest Party"."""
    start = words.starts[mention.first]
    return bool(_BELONGING.search(text, max(0, start - 12), start))


def _of(before: Sequence[Mention], text: str, words: Words, *, rival: bool) -> Mention | None:
    """The last that no word makes somebody's rival; for a rival, the last that such a word does."""
    governed = [
        m
        for m in before
        if _GOVERNED.search(text[max(0, words.starts[m.first] - 30) : words.starts[m.first]])
    ]
    free = [m for m in before if m not in governed]
    if not before:
        return None
    first = (free or before)[-1]
    if not rival:
        return first
    others = [m for m in before if m.cluster != first.cluster]
    return next((m for m in reversed(others) if m in governed), others[-1] if others else None)


def _side_by_side(phrase: Phrase, others: Collection[Phrase], since: int, text: str) -> int | None:
    """Where the number begins to which a number is the counterpart, None if it is none's."""
    for other in others:
        if (
            since <= other.start
            and other.end <= phrase.start
            and _AGAINST.fullmatch(text, other.end, phrase.start)
        ):
            return other.start
    return None


def _able(mention: Mention, words: Words) -> bool:
    """Whether a mention can stand for a candidate or a list."""
    if mention.kind not in ("person", "organisation"):
        return False
    head = words.forms[mention.head]
    if mention.form == PRONOUN:
        return head.lower() in _HIMSELF
    if mention.form == COMMON:
        one = words.forms[mention.first].lower() not in _NEW and not PLURAL.search(head)
        return one and (mention.kind == "person" or head.lower() in _LISTS)
    return mention.form == PROPER


def _subject(pronoun: Mention, mentions: Sequence[Mention], words: Words) -> Mention:
    """The person named last before a pronoun in its sentence: "Bell says she won"."""
    sex = _sex(pronoun, words)
    named = [
        m
        for m in mentions
        if m.form == PROPER
        and m.kind == "person"
        and m.head < pronoun.head
        and _sex(m, words) in ("", sex)
    ]
    return named[-1] if named else pronoun


def _sex(mention: Mention, words: Words) -> str:
    """What tells of somebody's sex; a lone name may be a surname and tells nothing."""
    forms = words.forms[mention.first : mention.last + 1]
    if mention.form == PROPER and len(forms) < 2:
        return ""
    return gender(forms, pronoun=mention.form == PRONOUN, person=True)


def _named(mention: Mention, able: Sequence[Mention], words: Words) -> Mention:
    """The name beside a description: "Ann Bell, his only challenger", "his only challenger, Ann Bell"."""
    if mention.form != COMMON:
        return mention
    beside = (
        m
        for m in able
        if m.form == PROPER
        and m.kind == mention.kind
        and (
            (m.last + 2 == mention.first and words.forms[m.last + 1] == ",")
            or (mention.last + 2 == m.first and words.forms[mention.last + 1] == ",")
        )
    )
    return next(beside, mention)


def _options(words: Words, sentence: tuple[int, int]) -> Iterator[Mention]:
    """The answers of a referendum in a sentence, as if they were lists."""
    first, last = words.between(*sentence)
    for i in range(first, last):
        if words.forms[i].lower() not in _ANSWERS:
            continue
        quoted = 0 < i < last - 1 and words.forms[i - 1] in _OPEN and words.forms[i + 1] in _CLOSE
        sided = (
            words.forms[i][:1].isupper() and words.forms[i + 1 : i + 2][0].lower() in _SIDE
            if i + 1 < last
            else False
        )
        if quoted or sided:
            yield Mention(i, i, i, "other", PROPER)


def _inside(mention: Mention, other: Mention) -> bool:
    """Whether a mention only tells of another that it is a part of."""
    return (
        (mention.cluster != other.cluster or mention.form == PRONOUN)
        and other.first <= mention.first
        and mention.last <= other.last
        and mention.last - mention.first < other.last - other.first
    )
