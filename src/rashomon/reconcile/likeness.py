"""How alike two claims are, by their words and by what they mean."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from rashomon.reconcile.items import Case, Item

UNKNOWN = 0.33  # the median cosine of the meanings of two claims of one case
DENSE = 20_000  # claims beyond which words alone propose pairs: all against all would take minutes
NEAREST = 12  # claims nearest in meaning that a claim is held against
MEANING = 64  # numbers in the shipped reader's vector of what a claim means
COMMON = 60  # claims a word may stand in before it no longer proposes pairs


class Likeness:
    """Similarity of claims by the words they share, rarer words weighing more, and by what they mean.

    Half of it is the cosine of the words' weights, half the cosine of the reader's meaning
    vectors, UNKNOWN where one is missing.
    """

    def __init__(self, case: Case, claims: Sequence[Item]) -> None:
        self.claims = claims
        known = [case.meanings.get(c.id) for c in claims]
        size = max((len(v) for v in known if v is not None), default=MEANING)
        blank = np.zeros(size, dtype=np.float32)
        self.meant = np.array([v is not None for v in known], dtype=bool)
        self.vectors = np.array([blank if v is None else v for v in known])
        count = Counter(s for c in claims for s in c.stems)
        self.weight = {s: math.log(1 + len(claims) / n) ** 2 for s, n in count.items()}
        self.size = [sum(self.weight[s] for s in c.stems) for c in claims]
        self.holding: dict[str, list[int]] = defaultdict(list)
        for i, claim in enumerate(claims):
            for stem in claim.stems:
                self.holding[stem].append(i)

    def near(self, i: int, *, wide: bool) -> dict[int, float]:
        """Other claims with their likeness: those that share a word not all too common, and if `wide` those near in meaning."""
        found = {
            j
            for stem in self.claims[i].stems
            if len(self.holding[stem]) <= COMMON
            for j in self.holding[stem]
        }
        if wide and self.meant[i] and NEAREST < len(self.claims) <= DENSE:
            alike = self.vectors @ self.vectors[i]
            least = np.partition(alike, -NEAREST)[-NEAREST]
            found.update(np.flatnonzero(alike >= least)[:NEAREST].tolist())
        elif wide and self.meant[i] and len(self.claims) <= NEAREST:
            found.update(range(len(self.claims)))
        found.discard(i)
        return self.likeness(i, sorted(found))

    def likeness(self, i: int, others: Sequence[int]) -> dict[int, float]:
        """How alike a claim is to others, from 0 to 1."""
        if not others:
            return {}
        if self.meant[i]:
            cosines = np.maximum(self.vectors[others] @ self.vectors[i], 0.0)
            meanings = np.where(self.meant[others], cosines, UNKNOWN).tolist()
        else:
            meanings = [UNKNOWN] * len(others)
        return {
            j: (self.cosine(i, j) + meaning) / 2
            for j, meaning in zip(others, meanings, strict=True)
        }

    def cosine(self, i: int, j: int) -> float:
        weight = self.weight
        shared = sum([weight[s] for s in self.claims[i].stems & self.claims[j].stems])
        size = math.sqrt(self.size[i] * self.size[j])
        return shared / size if size else 0.0
