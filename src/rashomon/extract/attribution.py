"""Who says what: attributions decoded from the heads' scores, a window at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.extract import scores
from rashomon.extract.encoder import Seen
from rashomon.extract.scores import PAIRS, pair, sigmoid, softmax

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Both from a sweep on the 40 training documents that training leaves out (model card).
ANCHOR = 0.3  # least probability of an attribution's first cue word
SWITCH = 1.0  # price, in nats, of changing attribution or role between neighbouring words
LONGEST_SOURCE = 40  # words
# Slope and shift of a score's log odds, fitted to how often claims of the 40 documents are right.
CALIBRATION = (0.781, -0.428)
_NONE, _CONTENT, _CUE = range(3)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content, cue and source in word indices of the text; source is (first, last) or None."""

    anchor: int
    content: tuple[int, ...]
    cue: tuple[int, ...]
    source: tuple[int, int] | None
    score: float
    meaning: Floats  # what the content says, as a vector of unit length
    stances: Floats | None = None  # the probability of each Stance in order; None unless read


def attributions(seen: Seen, bias: Floats) -> Iterator[Attribution]:
    """The attributions whose first cue word lies in the window's core, in text order."""
    certain = sigmoid(seen["anchor"][:, 0])
    anchors = np.flatnonzero(certain > ANCHOR)
    if not len(anchors):
        return
    roles = softmax(seen["role"])
    at = np.arange(len(certain))
    link = pair(seen["link_q"], seen["link_k"], at, at, bias[:, PAIRS["link"]])
    held = softmax(link)[:, anchors]
    labels = _labels(roles, held)
    sources = _sources(seen, anchors, bias)
    contents = _nested(labels, sources, len(anchors))
    window, many = seen.window, len(anchors)
    for n, anchor in enumerate(anchors):
        content = contents[n]
        if not len(content) or not window.core_first <= anchor + window.first < window.core_last:
            continue
        cue = np.flatnonzero(labels == 1 + many + n)
        score = float(certain[anchor] * (roles[content, _CONTENT] * held[content, n]).mean() ** 0.5)
        yield Attribution(
            anchor=int(anchor) + window.first,
            content=tuple((content + window.first).tolist()),
            cue=tuple((cue + window.first).tolist()),
            source=_moved(sources[n], window.first),
            score=calibrated(score),
            meaning=meaning(seen, content),
            stances=softmax(seen["stance"][anchor]),
        )


def calibrated(score: float) -> float:
    """A raw score as the share of claims of that score that are right (docs/quality.md)."""
    return scores.calibrated(score, *CALIBRATION, least=1e-4)


def _nested(labels: Ints, sources: Sequence[tuple[int, int] | None], many: int) -> list[Ints]:
    """The content of each attribution, with that of a claim whose source is among its words.

    "She said guards had told her that nobody came" holds the guards' claim whole, although
    each word has one label, the inner one's.
    """
    own = [set(np.flatnonzero(labels == 1 + n).tolist()) for n in range(many)]
    cues = [set(np.flatnonzero(labels == 1 + many + n).tolist()) for n in range(many)]
    for inner in reversed(range(many)):
        source = sources[inner]
        if source is None or not own[inner]:
            continue
        named = set(range(source[0], source[1] + 1))
        for outer in range(many):
            if outer != inner and named <= own[outer] and not own[inner] & own[outer]:
                own[outer] |= own[inner] | cues[inner]
                break
    return [np.array(sorted(words), dtype=np.int64) for words in own]


def meaning(seen: Seen, rows: Ints) -> Floats:
    """What some words of a window say: a vector of unit length, near to that of words that say the same."""
    mean = seen["meaning"][rows].mean(axis=0)
    result: Floats = mean / max(1e-6, float(np.linalg.norm(mean)))
    return result


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


def _labels(roles: Floats, held: Floats) -> Ints:
    """The best label of each word: 0 none, 1+n content of anchor n, 1+anchors+n its cue.

    Viterbi over the words with one price for any change of label.
    """
    tiny = 1e-6
    content = np.log(roles[:, [_CONTENT]] * held + tiny)
    cue = np.log(roles[:, [_CUE]] * held + tiny)
    stray = (roles[:, _CONTENT] + roles[:, _CUE]) * (1 - held.sum(axis=1))
    none = np.log(roles[:, _NONE] + np.maximum(stray, 0) + tiny)[:, None]
    emitted = np.concatenate([none, content, cue], axis=1)
    count, labels = emitted.shape
    stays = np.ones((count, labels), dtype=bool)
    tops = [0] * count
    best = emitted[0].copy()
    for i in range(1, count):
        tops[i] = top = int(best.argmax())
        changed = best[top] - SWITCH
        np.greater_equal(best, changed, out=stays[i])
        np.maximum(best, changed, out=best)
        best += emitted[i]
    path = np.zeros(count, dtype=np.int64)
    path[-1] = at = int(best.argmax())
    for i in range(count - 1, 0, -1):
        at = at if stays[i, at] else tops[i]
        path[i - 1] = at
    return path


def _sources(seen: Seen, anchors: Ints, bias: Floats) -> list[tuple[int, int] | None]:
    """For each anchor the best first and last source word; itself means that there is none."""
    at = np.arange(seen.outputs.shape[0])
    first, last = (
        softmax(
            pair(
                seen[f"source_q{n}"][anchors],
                seen[f"source_k{n}"],
                anchors,
                at,
                bias[:, PAIRS[f"source{n}"]],
            )
        )
        for n in (1, 2)
    )
    return [span(first[n], last[n], int(a), LONGEST_SOURCE) for n, a in enumerate(anchors)]


def span(first: Floats, last: Floats, null: int, longest: int) -> tuple[int, int] | None:
    """The likeliest span from first- and last-word probabilities; None where `null` wins."""
    nothing = first[null] * last[null]
    best, found = float(nothing), None
    for start in np.argsort(first)[::-1][:4]:
        if start == null:
            continue
        ends = last[start : start + longest]
        end = int(ends.argmax())
        value = float(first[start] * ends[end])
        if start + end != null and value > best:
            best, found = value, (int(start), int(start) + end)
    return found
