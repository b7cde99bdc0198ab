"""Figures: which number phrases count people, votes or damage, what of, and of whom."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from rashomon.extract import measures, numbers, scores
from rashomon.extract.attribution import span
from rashomon.extract.encoder import Seen
from rashomon.extract.scores import PAIRS, pair, softmax
from rashomon.extract.sentences import Sentences
from rashomon.extract.times import Expression
from rashomon.extract.words import Words, number_anchor
from rashomon.model import FIGURE_KINDS, MEASURES, telling

Floats = NDArray[np.float32]

# Log odds of a raw score times the one plus the other are those of its being right: fitted to the
# figures of our own reports and cases that are in no training (docs/quality.md).
CALIBRATION = 0.54, -0.55
PRESENT = 0.5  # least probability that a number phrase is a figure
LONGEST_WHO = 14  # words
FAINTEST = 1e-4  # probability below which a place does not speak against a measure any more
TOLD_AGAIN = 13  # least number that is taken for the same count when it comes again
AGAIN = 0.7  # what its other places weigh together, beside its own
UNSURE = 0.9  # score below which "three of them" counts what the last number did
WHOLE = 800  # characters over which a figure is looked for that another is a part of
CONTINUES = 300  # characters over which a bare number continues the last count
# Numbers that count nothing, whatever the weights think: ages, money, clock times, distances, ranks.
_NEVER = re.compile(
    r"-(?:year|month|week|day|hour|minute|metre|meter|mile|km|kilomet\w+|storey|story|page|man|point|foot|inch|bed|seat|member)s?\b"
    r"|\s?-?\s?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|metres?|meters?|kilomet(?:re|er)s?|km|miles?|feet|inches|kilos?|kilograms?|kg|tonnes?|tons|lit(?:re|er)s?"
    r"|degrees|(?:readers|subscribers|followers)\b|dollars|euros?|pounds|rubles|roubles|pesos|rand|rupees|francs|crowns|cents|squats|a\.?m\b|p\.?m\b|o['’]clock|st\b|nd\b|rd\b|th\b|°)",
    re.I,
)
# A bare hour: "by six in the evening", "at ten to seven".
_HOUR_BEFORE = re.compile(r"\b(?:at|by|until|till|before|after|since)\s$", re.I)
_HOUR_AFTER = re.compile(
    r"\s(?:in the (?:morning|afternoon|evening)|at night|(?:to|past) \w+)\b", re.I
)
# "By six on Friday"; but a toll may stand "at six on Friday".
_BY_HOUR = re.compile(r"\b(?:by|until|till|before|after|since)\s$", re.I)
_OF_DAY = re.compile(r"\son (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_PAST = re.compile(r"\b(?:five|ten|a quarter|twenty|half) (?:to|past)\s$", re.I)
_DENIED = re.compile(r"\bnot\s$")
_BEFORE_NEVER = re.compile(
    r"(?:[$€£¥#№]|\b(?:boy|girl|man|woman|child|youth|son|daughter|infant) of|\b(?:every|each|any) single|\b(?:aged|age|Rs\.?|USD|EUR|article|section|page|chapter|room|route|highway|flight|No\.|no\.|level|grade|category|phase|version))\s?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number phrase that is a figure; `who` in word indices, last inclusive."""

    phrase: numbers.Phrase
    measure: str
    kind: str
    who: tuple[int, int] | None
    score: float
    present: float
    clear: bool  # a word beside the number, or another place of it, says what it counts
    odds: tuple[float, ...]  # log probability of none and of each measure, in this place alone


class Phrases:
    """The number phrases of a text that could be figures, by the word that stands for each."""

    def __init__(self, text: str, words: Words, times: Sequence[Expression]) -> None:
        taken = [t for t in times if t.type in ("DATE", "TIME", "DURATION", "SET")]
        self.by_anchor: dict[int, numbers.Phrase] = {}
        starts = list(words.starts)
        for phrase in numbers.phrases(text):
            if _never(text, phrase, taken):
                continue
            first = bisect_left(starts, phrase.start)
            last = bisect_left(starts, phrase.end)
            at = number_anchor(words.forms[first:last])
            if at is not None:
                self.by_anchor[first + at] = phrase


def _never(text: str, phrase: numbers.Phrase, times: Sequence[Expression]) -> bool:
    if any(t.start < phrase.end and phrase.start < t.end for t in times):
        return True
    # "we are not 20 people": a number that is said not to be one.
    if (
        _DENIED.search(text[max(0, phrase.start - 5) : phrase.start])
        and text[phrase.end : phrase.end + 2].strip().isalpha()
    ):
        return True
    before = text[max(0, phrase.start - 24) : phrase.start]
    return bool(
        _NEVER.match(text, phrase.end)
        or _BEFORE_NEVER.search(before)
        or (
            phrase.number is not None
            and phrase.number <= 12
            and (
                _PAST.search(before)
                or (_HOUR_BEFORE.search(before) and _HOUR_AFTER.match(text, phrase.end))
                or (_BY_HOUR.search(before) and _OF_DAY.match(text, phrase.end))
            )
        )
    )


def counts(
    seen: Seen, phrases: Phrases, bias: Floats, text: str, sentences: Sentences
) -> Iterator[Count]:
    """The figures among the phrases whose number word lies in the window's core."""
    window = seen.window
    anchors = [a for a in range(window.core_first, window.core_last) if a in phrases.by_anchor]
    if not anchors:
        return
    rows = np.array(anchors) - window.first
    heads, kinds = softmax(seen["measure"][rows]), softmax(seen["kind"][rows])
    at = np.arange(seen.outputs.shape[0])
    first, last = (
        softmax(
            pair(seen[f"who_q{n}"][rows], seen[f"who_k{n}"], rows, at, bias[:, PAIRS[f"who{n}"]])
        )
        for n in (1, 2)
    )
    for n, anchor in enumerate(anchors):
        phrase = phrases.by_anchor[anchor]
        cues = measures.scores(
            text, phrase.start, phrase.end, sentences.around(phrase.start), share=phrase.share
        )
        weighed = measures.weighed(heads[n].tolist(), cues)
        best = max(range(1, len(weighed)), key=weighed.__getitem__)
        who = span(first[n], last[n], int(rows[n]), LONGEST_WHO)
        yield Count(
            phrase=phrase,
            measure=MEASURES[best - 1],
            kind=_kind(FIGURE_KINDS[int(kinds[n].argmax())], phrase, text),
            who=None if who is None else (who[0] + window.first, who[1] + window.first),
            score=weighed[best],
            present=1 - weighed[0],
            clear=max(cues.values(), default=0.0) >= measures.CLEAR,
            odds=tuple(log(max(p, FAINTEST)) for p in weighed),
        )


def calibrated(score: float) -> float:
    """A raw score as the share of figures of that score whose measure is right (docs/quality.md)."""
    return scores.calibrated(score, *CALIBRATION, least=1e-3)


def figures(found: Sequence[Count], text: str) -> Iterator[Count]:
    """The counts that are figures; a subset is one of another figure of its measure nearby, else a total."""
    kept = list(_figures(found, text))
    by_measure: dict[str, list[Count]] = defaultdict(list)
    for count in kept:
        by_measure[count.measure].append(count)
    for count in kept:
        alone = not any(_whole(other, count) for other in by_measure[count.measure])
        yield replace(count, kind="total") if count.kind == "subset" and alone else count


def _whole(one: Count, part: Count) -> bool:
    """Whether a count can be the one that another is a part of."""
    a, b = one.phrase, part.phrase
    if one is part or a.share or abs(a.start - b.start) > WHOLE:
        return False
    return a.number is None or b.number is None or a.number > b.number


def _figures(found: Sequence[Count], text: str) -> Iterator[Count]:
    """The counts that are figures; one that names nothing of its own counts what the last one did."""
    last: Count | None = None
    for count in sorted(_agreed(found), key=lambda c: c.phrase.start):
        if count.present < PRESENT:
            continue
        continues = (
            last is not None
            and count.phrase.start - last.phrase.end < CONTINUES
            and count.phrase.share == last.phrase.share
            and not count.clear
            and (
                (count.score < UNSURE and measures.partitive(text, count.phrase.end))
                or (
                    count.measure == "other"
                    and measures.bare(text, count.phrase.start, count.phrase.end)
                )
            )
        )
        if continues and last is not None:
            yield replace(count, measure=last.measure)
        elif count.phrase.number != 0 or count.clear:
            last = count
            yield count


def _number(count: Count) -> tuple[object, ...]:
    return count.phrase.number, count.phrase.bound, count.phrase.share


def _agreed(found: Sequence[Count]) -> Iterator[Count]:
    """The counts, each with the measure that all places of the same large number in the text speak for.

    "139 pupils were abducted … our list has 139 names": one number, told twice. Where the
    words beside a number settle what it counts, it keeps that: "28 dead, 31 missing".
    """
    told: dict[tuple[object, ...], list[Count]] = defaultdict(list)
    for count in found:
        told[_number(count)].append(count)
    for count in found:
        same = told[_number(count)]
        if len(same) == 1 or count.clear or not telling(count.phrase.number, TOLD_AGAIN):
            yield count
            continue
        others = [c.odds for c in same if c is not count]
        elsewhere = [sum(column) / len(others) for column in zip(*others, strict=True)]
        joint = [exp(a + AGAIN * b) for a, b in zip(count.odds, elsewhere, strict=True)]
        joint = [p / sum(joint) for p in joint]
        best = max(range(1, len(joint)), key=joint.__getitem__)
        yield replace(
            count,
            measure=MEASURES[best - 1],
            score=joint[best],
            present=max(count.present, 1 - joint[0]),
            clear=count.clear or joint[best] >= PRESENT,
        )


# Words around a number that make it part of another: "including 14 officers", "three of them".
_PART_BEFORE = re.compile(
    r"\b(?:including|among them(?: were| are)?|among the (?:dead|injured|wounded|victims|detained|arrested) (?:were|are)"
    r"|of (?:whom|them|those|these|which)|(?:of|out of) (?:the |all )?\d[\d,]*(?: [\w’'-]+){0,4},)\s+(?:at least |about |some |only |just )?$",
    re.I,
)
_PART_AFTER = re.compile(r"\s+(?:of (?:them|those|these|whom|which)\b)", re.I)
_REST = re.compile(r"\bthe (?:remaining|other)\s+$", re.I)


# Words that add a number to those before: "12 more bodies", "another 40 people".
_MORE_AFTER = re.compile(r"\s+(?:more|further|additional|new)\b(?!\s+than)", re.I)
_MORE_BEFORE = re.compile(
    r"\b(?:another|a further|an additional)\s+(?:at least |about |some |around )?$", re.I
)


def _kind(kind: str, phrase: numbers.Phrase, text: str) -> str:
    """A percentage is a share, and nothing else is; what stands as part of another number is a subset."""
    if phrase.share:
        return "share"
    before = text[max(0, phrase.start - 80) : phrase.start]
    if _PART_BEFORE.search(before) or _REST.search(before) or _PART_AFTER.match(text, phrase.end):
        return "subset"
    if _MORE_AFTER.match(text, phrase.end) or _MORE_BEFORE.search(before):
        return "increment"
    return "total" if kind == "share" else kind
