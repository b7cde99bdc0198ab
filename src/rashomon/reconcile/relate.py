"""How two claims stand to each other, as learnt from cases read by hand: small networks over named features and meanings.

The rules of `whathappened` find what words give away: a denial, the same words again.
Most accounts contradict each other without such words ("He fell." "They threw him
down."). Here every claim is held against those nearest to it, by what it means, who
says it, how and where; the networks, of which the average counts, are trained by `training/relations.py` on cases of
our own.
"""

import heapq
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rashomon.model import Stance
from rashomon.reconcile.items import AUTHORITIES, Case, Item
from rashomon.reconcile.likeness import DENSE, MEANING, Likeness

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

WEIGHTS = Path(__file__).parent / "relations.json"
NEIGHBOURS = 8  # claims nearest to a claim that it is held against
BEFORE = 2  # claims of others just before it in its report, whatever their words
TYPES = ("", "repeats", "corroborates", "revises", "disputes", "denies", "retracts")
# Likelihood from which what the words of a claim suggest is told without one.
SURE = 0.25
_OPPOSED = ("disputes", "denies", "retracts")
OWN = 13  # features of a claim by itself
CHUNK = 20_000  # pairs looked at at once
ADJACENT = 300  # characters between two claims of a report that stand side by side

# Stances by what can be said against them; each is a column for either side.
_ACTS = (
    {Stance.ASSERTS, Stance.CONFIRMS, Stance.ANNOUNCES, Stance.ESTIMATES},
    {Stance.ACCUSES},
    {Stance.DENIES},
    {Stance.DISPUTES},
    {Stance.RETRACTS},
    {Stance.DEMANDS, Stance.WARNS, Stance.THREATENS, Stance.ASKS},
    {Stance.PROMISES},
    {Stance.APOLOGISES},
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.I
)
_CONTRARY = re.compile(
    r"\b(?:but|however|insist\w*|reject\w*|contradict\w*|challeng\w*|disput\w*|den(?:y|ied|ies)|untrue|false|lie[sd]?"
    r"|wrong|fabricat\w*|rumou?rs?|contrary|although|though|while|instead|dismiss\w*|rebuff\w*|refus\w*|only|nonsense|invent\w*)\b",
    re.I,
)
_BACK = re.compile(
    r"\b(?:withdr[ae]w\w*|took back|taken back|retract\w*|no longer|mistake\w*|error|wrong|correct\w*|apolog\w*|regret\w*"
    r"|earlier|first|initial\w*|previous\w*|now|admitt\w*|acknowledg\w*|conceded?|revis\w*)\b",
    re.I,
)


def candidates(
    case: Case, claims: Sequence[Item], near: Sequence[Mapping[int, float]]
) -> list[tuple[int, int]]:
    """Pairs of claims worth holding against each other, the later told first: linear in the claims.

    Of each claim the NEIGHBOURS likest, and the BEFORE that others say just before it in
    its report. `claims` are in the order of telling, `near` gives for each others with
    their likeness.
    """
    found: set[tuple[int, int]] = set()
    for i, others in enumerate(near):
        for j in heapq.nsmallest(NEIGHBOURS, others, key=lambda j: (-others[j], j)):
            found.add((max(i, j), min(i, j)))
    by_report: dict[str, list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        own = case.voucher(claim)
        said = by_report[claim.report.id]
        before = [j for j in said[-BEFORE * 2 :] if case.voucher(claims[j]) != own]
        found.update((i, j) for j in before[-BEFORE:])
        said.append(i)
    return sorted(found)


class Features:
    """What is known of pairs of claims, put together from what is known of each claim."""

    def __init__(
        self,
        case: Case,
        claims: Sequence[Item],
        likeness: Likeness,
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        self.claims, self.pairs, self.vectors = claims, pairs, likeness.vectors
        self.vouchers = [case.voucher(c) for c in claims]
        classes = [case.parties[c.party].party_class if c.party else "" for c in claims]
        self.authority = np.array([c in AUTHORITIES for c in classes], dtype=np.float32)
        self.nobody = np.array([not c for c in classes], dtype=np.float32)
        acts = [[c.claim is not None and c.claim.stance in act for act in _ACTS] for c in claims]
        self.own = np.array(
            [
                [
                    *act,
                    bool(_NEGATION.search(c.text)),
                    bool(_CONTRARY.search(c.sentence)),
                    bool(_BACK.search(c.sentence)),
                    np.log1p(len(c.text.split())),
                    c.id in case.holding_figures,
                ]
                for act, c in zip(acts, claims, strict=True)
            ],
            dtype=np.float32,
        ).reshape(len(claims), OWN)
        self.start = [c.claim.content[0].start if c.claim else 0 for c in claims]
        self.sentence = [c.sentence.lower() for c in claims]
        self.last_name = [case.name(c).rsplit(maxsplit=1)[-1].lower() for c in claims]
        self.words = [frozenset(s for s in c.stems if not s[0].isdigit()) for c in claims]
        self.at = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
        one, other = self.at.T
        self.meant = np.sum(likeness.vectors[one] * likeness.vectors[other], axis=1)
        self.shared = np.array([likeness.cosine(i, j) for i, j in pairs], dtype=np.float32)
        self.both = (self.meant + self.shared) / 2
        self.best = np.full(len(claims), -1.0, dtype=np.float32)
        for side in (one, other):
            np.maximum.at(self.best, side, self.both)

    def rows(self, first: int, last: int) -> Floats:
        """One row for each of the pairs first … last (exclusive), [pairs, features].

        Likeness, and how much likelier other claims are; then who, how and where; then
        the meanings of both claims.
        """
        at = self.at[first:last]
        one, other = at.T
        both = self.both[first:last]
        ones, others, authority = self.own[one], self.own[other], self.authority[at]
        negated = len(_ACTS)
        columns = [
            self.meant[first:last],
            self.shared[first:last],
            both,
            both - self.best[one],
            both - self.best[other],
            authority[:, 0],
            authority[:, 1],
            np.abs(authority[:, 0] - authority[:, 1]),
            self.nobody[at].sum(1),
            np.abs(ones[:, negated] - others[:, negated]),
        ]
        rest = np.array([self._pair(i, j) for i, j in self.pairs[first:last]], dtype=np.float32)
        meanings = self.vectors[one], self.vectors[other]
        return np.concatenate([np.stack(columns, axis=1), ones, others, rest, *meanings], axis=1)

    def _pair(self, i: int, j: int) -> list[float]:
        one, other = self.claims[i], self.claims[j]
        shared = len(self.words[i] & self.words[j])
        together = one.report.id == other.report.id
        apart = abs(self.start[i] - self.start[j])
        parents = {c.claim.parent for c in (one, other) if c.claim}
        return [
            self.vouchers[i] == self.vouchers[j],
            together,
            not together and one.original == other.original,
            shared,
            shared / max(1, len(self.words[i] | self.words[j])),
            shared / max(1, min(len(self.words[i]), len(self.words[j]))),
            self.last_name[j] in self.sentence[i],
            self.last_name[i] in self.sentence[j],
            float(np.log1p(apart)) if together else 9.0,
            together and self.start[i] > self.start[j],
            together and apart < ADJACENT,
            bool(parents & {one.id, other.id}),
        ]


Layers = Sequence[tuple[Floats, Floats]]  # of each layer the weights and the constants


@cache
def _networks() -> tuple[Floats, Floats, list[Layers]]:
    """Means and scales of the features, and the layers of each network."""
    held = json.loads(WEIGHTS.read_text("utf8"))
    mean, scale = (np.array(held[name], dtype=np.float32) for name in ("mean", "scale"))
    networks: list[Layers] = [
        [(np.array(w, dtype=np.float32), np.array(b, dtype=np.float32)) for w, b in layers]
        for layers in held["networks"]
    ]
    return mean, scale, networks


@cache
def least(*, surely: bool) -> dict[str, float]:
    """The least probability of each type: that of the best F1, or if `surely` that from which half are right.

    Nobody is said to agree with another unless it is right half the time: that would count as a source.
    """
    held: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text("utf8"))
    sure = held["sure"]
    return sure if surely else held["least"] | {"corroborates": sure["corroborates"]}


def probabilities(features: Floats) -> Floats:
    """The probability of each of TYPES for each row of features, [pairs, types]."""
    return forward(features, *_networks())


def forward(features: Floats, mean: Floats, scale: Floats, networks: Sequence[Layers]) -> Floats:
    """The same by given networks, on average: their features' means and scales, and the layers of each."""
    x = (features - mean) / scale
    return np.asarray(sum(_one(x, layers) for layers in networks) / len(networks), dtype=np.float32)


def _one(x: Floats, layers: Layers) -> Floats:
    for n, (weights, constant) in enumerate(layers):
        x = x @ weights + constant
        if n < len(layers) - 1:
            x = np.maximum(x, 0.0)
    x = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(x / x.sum(axis=1, keepdims=True), dtype=np.float32)


def opposed(
    case: Case, claims: Sequence[Item], likeness: Likeness, pairs: Sequence[tuple[int, int]]
) -> list[float]:
    """How likely one claim of each pair is held against the other, of whatever type; nothing where they cannot be read."""
    if not pairs or len(claims) > DENSE or likeness.vectors.shape[1:] != (MEANING,):
        return []
    likely = probabilities(Features(case, claims, likeness, pairs).rows(0, len(pairs)))
    against = likely[:, [TYPES.index(t) for t in _OPPOSED]].sum(axis=1)
    return [float(p) for p in against]


def related(
    case: Case, claims: Sequence[Item], likeness: Likeness, near: Sequence[Mapping[int, float]]
) -> Iterator[tuple[int, int, str, float]]:
    """Pairs of claims, the later told first, with how they stand and how likely that is.

    Only what is likelier than the least probability of its type, which `training.relations`
    sets on cases that the network was not trained on. Nothing in a case beyond DENSE claims:
    there only shared words could say what to hold against what, and it would take minutes.
    Nothing either where the claims were read by a reader of other vectors than it learnt from.
    """
    if len(claims) > DENSE or likeness.vectors.shape[1:] != (MEANING,):
        return
    pairs = candidates(case, claims, near)
    if not pairs:
        return
    features = Features(case, claims, likeness, pairs)
    enough = least(surely=False)
    floor = np.array([np.inf, *(enough[t] for t in TYPES[1:])], dtype=np.float32)
    for first in range(0, len(pairs), CHUNK):
        likely = probabilities(features.rows(first, min(first + CHUNK, len(pairs))))
        margin = likely / floor
        best = margin.argmax(axis=1)
        for n in np.flatnonzero(margin.max(axis=1) >= 1).tolist():
            i, j = pairs[first + n]
            yield i, j, TYPES[best[n]], float(likely[n, best[n]])
