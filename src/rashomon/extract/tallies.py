"""Counts that somebody gives without a verb of saying: "the union puts the crowd at 4,000, the police at 900"."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from rashomon.extract.attribution import Attribution, calibrated, meaning
from rashomon.extract.encoder import Seen
from rashomon.extract.mentions import Mention
from rashomon.extract.numbers import Phrase
from rashomon.extract.sentences import Sentences
from rashomon.extract.words import Words

SCORE = 0.6  # raw score of a claim found so
_COUNTING = re.compile(
    r"\b(?P<cue>puts?|counts|counted|lists?|listed|speaks? of|spoke of|stands? by|stood by|makes? (?=it\b)|made (?=it\b)|registered|records|recorded"
    r"|documented|estimates?|estimated|tallied|admits? to|admitted to|keeps? to|kept to|sticks? to|stuck to|knows? of|knew of"
    r"|(?:has|have)(?= (?:at least |about |some |more than )?$))\s*(?P<gap>(?:[^\s,.;:!?“”\"\d]+\s+){0,6})$"
)
# "the police at 900", "the committee 139": a claimant beside the one before.
_BESIDE = re.compile(
    r"(?:,|;|\band|\bwhile|\bbut|\bagainst)\s+(?P<who>[^,;.!?]{2,60}?),?\s+(?:at\s+|of\s+|only\s+)?$"
)
_GAPPED = re.compile(r"(?:,|\band|\bwhile|\bbut)\s+(?P<who>[^,;.!?\d]{2,60}?)\s+at\s+$")
_NAMES = re.compile(r"\s+names\b")
_ADVERBS = frozenset("now still also only even already later meanwhile itself themselves".split())
_END = re.compile(r"[,;:.!?]\s|[.!?]?$|\n|\s+(?:and|while|but|against)\s")


def with_given(
    seen: Seen,
    text: str,
    words: Words,
    sentences: Sentences,
    phrases: Mapping[int, Phrase],
    mentions: Sequence[Mention],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """The window's attributions with those of the number phrases that none of them holds, or holds for another.

    "Organisers put the crowd at 30,000 and police at 4,500" has two claimants.
    """
    made = list(found)
    window = seen.window
    claimants = [m for m in mentions if m.kind != "place"]
    ending = {m.head: m for m in claimants} | {m.last: m for m in claimants}
    for anchor in sorted(a for a in phrases if window.core_first <= a < window.core_last):
        phrase = phrases[anchor]
        start, end = sentences.around(phrase.start)
        before = text[start : phrase.start]
        holding = next((n for n, one in enumerate(made) if anchor in one.content), None)
        cue: tuple[int, ...] = ()
        if holding is None and (match := _COUNTING.search(before)):
            if match["cue"].startswith("ha") and not _NAMES.match(text, phrase.end):
                continue
            at = start + match.start("cue")
            first = bisect_left(words.starts, at)
            begin = bisect_left(words.starts, at + len(match["cue"].rstrip()))
            cue, at, cut = tuple(range(first, begin)), first - 1, begin
        elif (match := (_BESIDE if holding is None else _GAPPED).search(before)) and _told(
            made, phrases, words.starts, start, anchor
        ):
            at = bisect_left(words.starts, start + match.end("who")) - 1
            begin = bisect_left(words.starts, phrase.start)
            cut = bisect_left(words.starts, start + match.start())
        else:
            continue
        while at >= 0 and words.forms[at].lower() in _ADVERBS:
            at -= 1
        source = ending.get(at)
        if source is None or words.starts[source.first] < start:
            continue
        stop = _END.search(text, phrase.end, end)
        content = tuple(range(begin, bisect_left(words.starts, stop.start() if stop else end)))
        if holding is not None:
            own = made[holding]
            content = tuple(i for i in content if i in own.content)
            made[holding] = replace(own, content=tuple(i for i in own.content if i < cut))
        elif any(set(content) & {*one.content, *one.cue} for one in made):
            continue
        if content:
            rows = np.array(content) - window.first
            made.append(
                Attribution(
                    anchor=cue[0] if cue else anchor,
                    content=content,
                    cue=cue,
                    source=(source.first, at),
                    score=calibrated(SCORE),
                    meaning=meaning(seen, rows[rows < len(seen.outputs)]),
                )
            )
    return made


# "…, the board's chairwoman, Ann Bell, told reporters." at the end of a sentence.
_SAID_AFTER = re.compile(
    r",\s+(?P<who>[^;:.!?“”\"]{2,110}?),?\s+(?P<cue>said|says|told|announced|reported|noted|added|stated)\b[^.!?“”\"]{0,80}[.!?]?\s*$"
)
_COUNTS = r"(?:(?:latest|new|last|official|first|both|two|three|final|provisional)\s+)?(?:figures?|numbers?|counts?|tolls?|totals?|tall(?:y|ies)|data)"
# "The figures were given by Ann Bell": of whom the counts just before are.
_GIVEN_BY = re.compile(
    rf"^\s*(?:The|These|Those|All|Both)\s+(?:the\s+)?{_COUNTS}\s+(?P<cue>(?:were|was|are|is|have been|has been)\s+(?:given|released|announced|issued|published|provided|reported|supplied|confirmed|disclosed|compiled)\s+by|c[oa]mes?\s+from)\s+(?:the\s+|an?\s+)?"
)
_GAVE = re.compile(
    rf"\s(?P<cue>(?:gave|released|announced|issued|published|provided|supplied|disclosed|read out|was the source of)\s+(?:the|these|those|all|both)\s+{_COUNTS})\b"
)
AHEAD = 700  # characters from a count to the sentence that says whose it is
_BEFORE = (
    2  # paragraphs, its own one of them, in which such a sentence speaks of the counts before it
)


def credited(
    seen: Seen,
    text: str,
    words: Words,
    sentences: Sentences,
    counted: Sequence[Phrase],
    mentions: Sequence[Mention],
    found: Sequence[Attribution],
) -> list[Attribution]:
    """Attributions of the window's counts that none of `found` holds, by who is named for them after.

    "48 were hurt, the surgeon, Ann Bell, told a briefing."; "48 were hurt. The figures were
    given by Ann Bell."
    """
    held = {i for one in found for i in (*one.content, *one.cue)}
    window = seen.window
    by_last = {m.last: m for m in mentions if m.kind != "place"}
    by_first = {m.first: m for m in reversed(mentions) if m.kind != "place"}
    loose = [
        p
        for p in counted
        if not set(range(*words.between(p.start, p.end))) & held
        and window.core_first <= bisect_left(words.starts, p.start) < window.core_last
    ]
    made: list[Attribution] = []
    for start, end in sorted({_clause(text, *sentences.around(p.start), p) for p in loose}):
        last = max(p.end for p in loose if start <= p.start < end)
        credit = _after(text, words, (start, end), last, by_last) or _next(
            text, words, sentences, end, by_first, by_last
        )
        if credit is None:
            continue
        cue, source, stop = credit
        first, beyond = words.between(start, min(stop, end))
        while beyond > first and words.forms[beyond - 1] in ",.":
            beyond -= 1
        content = tuple(i for i in range(first, beyond) if i not in held)
        rows = np.array(content) - window.first
        if source is None or not len(rows) or rows[0] < 0:
            continue
        made.append(
            Attribution(
                anchor=cue[0],
                content=content,
                cue=cue,
                source=source,
                score=calibrated(SCORE),
                meaning=meaning(seen, rows[rows < len(seen.outputs)]),
            )
        )
    return made


# Where a text without capitals or line breaks still ends a sentence, or its dateline.
_STOP = re.compile(r"[.!?]\s+|\)\s+[-–—]+\s")


def _clause(text: str, start: int, end: int, phrase: Phrase) -> tuple[int, int]:
    """The part of a sentence around a number that no full stop or dateline divides."""
    before = [m.end() for m in _STOP.finditer(text, start, phrase.start)]
    after = _STOP.search(text, phrase.end, end)
    return (before[-1] if before else start), (after.start() + 1 if after else end)


Credit = tuple[tuple[int, ...], tuple[int, int] | None, int]


def _after(
    text: str, words: Words, sentence: tuple[int, int], last: int, by_last: Mapping[int, Mention]
) -> Credit | None:
    """Cue, source and end of the content where a sentence ends with who said it."""
    start, end = sentence
    told = _SAID_AFTER.search(text[start:end], last - start)
    if told is None:
        return None
    cue = bisect_left(words.starts, start + told.start("cue"))
    at = cue - 1 - (words.forms[cue - 1] == ",")
    source = by_last.get(at)
    if source is None or words.starts[source.first] < start + told.start():
        return None
    first = bisect_left(words.starts, start + told.start("who"))
    return (cue,), (first, at), start + told.start()


def _next(
    text: str,
    words: Words,
    sentences: Sentences,
    end: int,
    by_first: Mapping[int, Mention],
    by_last: Mapping[int, Mention],
) -> Credit | None:
    """The same where one of the sentences after it says whose the figures are."""
    at, paragraphs = end, 0
    while at < min(len(text), end + AHEAD):
        begin, stop = sentences.around(at)
        if begin < at or stop <= at:
            at = max(stop, at + 1)
            continue
        paragraphs += "\n\n" in text[max(0, begin - 2) : begin]
        if paragraphs == _BEFORE:
            return None
        sentence = text[begin:stop]
        if given := _GIVEN_BY.match(sentence):
            cue = words.between(begin + given.start("cue"), begin + given.end("cue"))
            first = bisect_left(words.starts, begin + given.end())
            named = by_first.get(first) or by_first.get(first - 1)
        elif given := _GAVE.search(sentence):
            cue = words.between(begin + given.start("cue"), begin + given.end("cue"))
            named = by_last.get(cue[0] - 1 - (words.forms[cue[0] - 1] == ","))
        else:
            at = stop
            continue
        return (tuple(range(*cue)), (named.first, named.last), end) if named else None
    return None


def _told(
    made: Sequence[Attribution],
    phrases: Mapping[int, Phrase],
    starts: Sequence[int],
    since: int,
    anchor: int,
) -> bool:
    """Whether somebody gave a count earlier in the sentence that begins at `since`."""
    return any(
        i in phrases and i < anchor and starts[i] >= since for one in made for i in one.content
    )
