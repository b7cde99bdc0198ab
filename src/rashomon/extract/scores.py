"""Arithmetic on head outputs that several decoders share."""

from functools import lru_cache
from math import exp, log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Upper ends of the distance classes, in words; as in training.
EDGES = np.array([1, 2, 3, 4, 5, 7, 10, 15, 23, 41, 81])
PAIRS = {"link": 0, "source1": 1, "source2": 2, "mention1": 3, "mention2": 4, "who1": 5, "who2": 6}


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def calibrated(score: float, slope: float, shift: float, *, least: float) -> float:
    """A raw score as a probability: its log odds times `slope` and moved by `shift`, no nearer to 0 or 1 than `least` before."""
    bounded = min(max(score, least), 1 - least)
    return 1 / (1 + exp(-(slope * log(bounded / (1 - bounded)) + shift)))


def sigmoid(logits: Floats) -> Floats:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def distance(of: Ints, to: Ints) -> Ints:
    """Signed distance class of word positions, as the learned biases are indexed."""
    gap = to - of
    size = np.searchsorted(EDGES, np.abs(gap), side="right")
    result: Ints = np.where(gap < 0, size, np.where(gap > 0, size + len(EDGES), 0))
    return result


@lru_cache(maxsize=8)
def _apart(size: int) -> Ints:
    """Signed distance classes of words up to `size` apart, by distance + size."""
    gaps = np.arange(-size, size + 1)
    return distance(np.zeros_like(gaps), gaps)


def pair(query: Floats, key: Floats, of: Ints, to: Ints, bias: Floats) -> Floats:
    """Scores of each query word with each key word: [queries, keys]."""
    scores: Floats = query @ key.T / np.float32(query.shape[1] ** 0.5)
    size = max(int(of.max(initial=0)), int(to.max(initial=0)))
    result: Floats = scores + bias[_apart(size)][to[None, :] - of[:, None] + size]
    return result
