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
