"""Counts that somebody gives without a verb of saying: "the union puts the crowd at 4,000, the police at 900"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set

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
_NAMES = re.compile(r"\s+names\b")
_ADVERBS = frozenset("now still also only even already later meanwhile itself themselves".split())
_END = re.compile(r"[,;:.!?]\s|[.!?]?$|\n|\s+(?:and|while|but|against)\s")


def given(
    seen: Seen,
    text: str,
    words: Words,
    sentences: Sentences,
    phrases: Mapping[int, Phrase],
    mentions: Sequence[Mention],
    found: Sequence[Attribution],
) -> Iterator[Attribution]:
    """Attributions of the window's number phrases that none of those `found` holds, in text order."""
    window = seen.window
    taken = {word for one in found for word in (*one.content, *one.cue)}
    claimants = [m for m in mentions if m.kind != "place"]
    ending = {m.head: m for m in claimants} | {m.last: m for m in claimants}
    told: dict[int, bool] = {}  # sentence start: whether somebody gave a count in it
    for one in found:
        start, _ = sentences.around(words.starts[one.content[0]])
        told[start] = told.get(start, False) or any(i in phrases for i in one.content)
    for anchor in sorted(a for a in phrases if window.core_first <= a < window.core_last):
        if anchor in taken:
            continue
        phrase = phrases[anchor]
        start, end = sentences.around(phrase.start)
        before = text[start : phrase.start]
        cue: Set[int] = frozenset()
        if match := _COUNTING.search(before):
            if match["cue"].startswith("ha") and not _NAMES.match(text, phrase.end):
                continue
            first = bisect_left(words.starts, start + match.start("cue"))
            last = bisect_left(
                words.starts, start + match.start("cue") + len(match["cue"].rstrip())
            )
            cue, at, begin = frozenset(range(first, last)), first - 1, last
        elif told.get(start) and (match := _BESIDE.search(before)):
            at = bisect_left(words.starts, start + match.end("who")) - 1
            begin = bisect_left(words.starts, phrase.start)
        else:
            continue
        while words.forms[at].lower() in _ADVERBS:
            at -= 1
        source = ending.get(at)
        if source is None or words.starts[source.first] < start:
            continue
        stop = _END.search(text, phrase.end, end)
        content = tuple(range(begin, bisect_left(words.starts, stop.start() if stop else end)))
        if not content or set(content) & taken:
            continue
        taken.update(content)
        told[start] = True
        rows = np.array(content) - window.first
        yield Attribution(
            anchor=min(cue, default=anchor),
            content=content,
            cue=tuple(sorted(cue)),
            source=(source.first, at),
            score=calibrated(SCORE),
            meaning=meaning(seen, rows[rows < len(seen.outputs)]),
        )
