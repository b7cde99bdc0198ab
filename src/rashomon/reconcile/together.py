"""Which figures answer one question, as learnt from cases read by hand: a forest over named features of a pair.

The rules of `howmany` say what two figures must share to be about one thing: measure,
group, place, episode. Reports do not always say all of it, and the reader errs: a bare
"19" names nobody, a crowd of the third day no square. Here every two figures that the rules
put together are held against each other, and where they are unlikely to be of one question they are
parted. It never joins what the rules keep apart: that was tried and cost more than it gave.
`training/together.py` grows the forest on cases of our own.
"""

import json
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rashomon.model import FIGURE_KINDS, MEASURES, telling
from rashomon.reconcile.items import Case, Item, stems
from rashomon.reconcile.lines import CHANGED, TAKING_BACK, ends, figure_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FOREST = Path(__file__).parent / "together.json"
MANY = 700  # figures of a group up to which it is parted: all are held against all
LEAST = 0.35  # mean likelihood from which two parts of a group stay one (docs/quality.md)
FAR = 60.0  # days beyond which it does not matter how far two as-ofs lie apart
ELSEWHERE = 3000.0  # characters that two figures of different reports count as apart
CHUNK = 50_000  # pairs looked at at once


def parted(
    case: Case, groups: Mapping[tuple[str, ...], Sequence[Item]], kinds: Callable[[Item], str]
) -> dict[tuple[str, ...], list[Item]]:
    """The groups of the rules, parted where the forest finds it unlikely that figures answer one question.

    `kinds` gives the noun for whom a figure counts, "" for a word that tells nobody apart.
    The figures of a copy go with those of its original and have no say. The largest part
    keeps its group's key. Groups of more than MANY figures stay whole.
    """
    out: dict[tuple[str, ...], list[Item]] = {}
    for key in sorted(groups):
        own = sorted((i for i in groups[key] if i.original == i.report.id), key=place)
        # Of one candidate's shares of a vote the rules know more than the forest has seen.
        if not 1 < len(own) <= MANY or (key[0] == "vote_share" and key[3] in case.parties):
            out[key] = list(groups[key])
            continue
        pairs = Pairs(case, own, [key] * len(own), [kinds(i) for i in own])
        parts = clusters(likely(pairs))
        home: dict[tuple[object, ...], tuple[str, ...]] = {}
        for members in sorted(parts, key=lambda part: (-len(part), part)):
            part = _free(key, out)
            out[part] = [own[n] for n in members]
            for n in members:
                home.setdefault((own[n].report.id, *_value(own[n])), part)
        for item in groups[key]:
            if item.original != item.report.id:
                out[home.get((item.original, *_value(item)), key)].append(item)
    return out


def place(item: Item) -> tuple[object, ...]:
    """What figures are put in order by: as-of, then report, then where they stand in it."""
    return item.until, item.report.published or "", item.report.path, figure_of(item).span, item.id


def _value(item: Item) -> tuple[object, ...]:
    figure = figure_of(item)
    return figure.number, figure.low, figure.high


def _free(key: tuple[str, ...], taken: Mapping[tuple[str, ...], object]) -> tuple[str, ...]:
    """The key, with as many spaces behind what it is about as make it another: no title shows them."""
    while key in taken:
        key = (*key[:3], f"{key[3]} ", *key[4:])
    return key


def clusters(likely: NDArray[np.float64]) -> list[list[int]]:
    """Indices in groups: the two likeliest on average are joined as long as that is LEAST or more."""
    members = {n: [n] for n in range(len(likely))}
    mean = likely.copy()
    np.fill_diagonal(mean, -1.0)
    while len(members) > 1:
        one, other = sorted(map(int, np.unravel_index(int(mean.argmax()), mean.shape)))
        if mean[one, other] < LEAST:
            break
        a, b = len(members[one]), len(members[other])
        both = (a * mean[one] + b * mean[other]) / (a + b)
        members[one] += members.pop(other)
        mean[one], mean[:, one] = both, both
        mean[one, one] = -1.0
        mean[other], mean[:, other] = -1.0, -1.0
    return [sorted(members[n]) for n in sorted(members)]


class Pairs:
    """What is known of the pairs of figures of a case, put together from what is known of each figure."""

    def __init__(
        self,
        case: Case,
        items: Sequence[Item],
        scopes: Sequence[tuple[str, ...]],
        kinds: Sequence[str],
    ) -> None:
        figures = [figure_of(i) for i in items]
        self.count = len(items)
        self.measure = np.array([MEASURES.index(f.measure) for f in figures])
        self.kind = np.array([FIGURE_KINDS.index(f.kind) for f in figures])
        self.score = np.array([f.score for f in figures], dtype=np.float32)
        number = [float(f.low or 0 if f.number is None else f.number) for f in figures]
        self.number = np.array(number)
        self.log = np.log1p(np.maximum(self.number, 0.0))
        self.telling = np.array([telling(f.number) for f in figures])
        self.low, self.high = np.array([ends(f) for f in figures]).T
        self.exact = np.array([f.bound == "exact" for f in figures])
        self.vague = np.array([f.bound == "vague" for f in figures])
        self.scope = [_codes([s[n] for s in scopes]) for n in range(len(scopes[0]))]
        self.people = _codes(kinds, blank="")
        who, told = [stems(f.who) for f in figures], [i.told for i in items]
        words = {w: n for n, w in enumerate(sorted({w for s in (*who, *told) for w in s}))}
        self.who, self.told = _table(who, words), _table(told, words)
        in_how_many = np.maximum(1.0, self.who.sum(0) + self.told.sum(0))
        self.weighed = self.told * np.sqrt(np.log(1 + len(items) / in_how_many))
        self.length = np.maximum(1e-6, np.sqrt((self.weighed**2).sum(1)))
        self.whos, self.tolds = self.who.sum(1), self.told.sum(1)
        self.report = _codes([i.report.id for i in items])
        self.sentence = _codes([(i.report.id, i.sentence) for i in items])
        self.start = np.array([f.span.start for f in figures])
        self.until = _codes([i.until for i in items], blank="")
        self.day = _codes([i.day for i in items], blank="")
        self.ordinal = np.array([i.ordinal for i in items])
        self.where = _codes([f.where.lower() for f in figures], blank="")
        self.city = _codes([case.city(i) for i in items], blank="")
        self.voucher = _codes([case.voucher(i) for i in items])
        self.party = _codes([i.party or "" for i in items], blank="")
        self.back = _matching(TAKING_BACK, items)
        self.changed = _matching(CHANGED, items)
        # Whose number stands in whose sentence: [sentence of a figure, number].
        self.value = _codes(number)
        self.stands = np.zeros((len(items), len(items)), dtype=bool)
        for own, sentence in zip(self.value, self.sentence, strict=True):
            self.stands[self.sentence == sentence, own] = True

    def rows(self, one: Ints, other: Ints) -> Floats:
        """One row for each pair, [pairs, features]; of each pair the figure of the earlier as-of is `one`.

        First how the two compare, then who counts, the measures of both, and the kinds.
        """
        same = [code[one] == code[other] for code in self.scope]
        fewer = np.minimum(self.whos[one], self.whos[other])
        shared_who = (self.who[one] * self.who[other]).sum(1)
        shared = (self.told[one] * self.told[other]).sum(1)
        weighed = (self.weighed[one] * self.weighed[other]).sum(1)
        together = self.report[one] == self.report[other]
        apart = np.where(together, np.abs(self.start[one] - self.start[other]), ELSEWHERE)
        dated = (self.ordinal[one] > 0) & (self.ordinal[other] > 0)
        gap = np.where(dated, np.clip(self.ordinal[other] - self.ordinal[one], -FAR, FAR), -1.0)
        columns = [
            self.measure[one] == self.measure[other],
            np.minimum(self.score[one], self.score[other]),
            np.maximum(self.score[one], self.score[other]),
            *same,
            np.logical_and.reduce(same),
            self.number[one] == self.number[other],
            self.telling[one] & (self.number[one] == self.number[other]),
            np.abs(self.log[one] - self.log[other]),
            np.minimum(self.log[one], self.log[other]),
            np.maximum(self.log[one], self.log[other]),
            self.number[one] > self.number[other],
            (self.low[one] <= self.high[other]) & (self.low[other] <= self.high[one]),
            self.exact[one],
            self.exact[other],
            self.vague[one] | self.vague[other],
            shared_who > 0,
            self.whos[one] > 0,
            self.whos[other] > 0,
            shared_who / np.maximum(1.0, fewer),
            _equal(self.people, one, other),
            self.people[one] >= 0,
            self.people[other] >= 0,
            _differ(self.people, one, other),
            shared,
            shared / np.maximum(1.0, np.minimum(self.tolds[one], self.tolds[other])),
            weighed / (self.length[one] * self.length[other]),
            (self.who[one] * self.told[other] + self.who[other] * self.told[one]).sum(1),
            together,
            self.sentence[one] == self.sentence[other],
            np.log1p(apart),
            _equal(self.until, one, other),
            _equal(self.day, one, other),
            np.abs(gap),
            gap,
            self.where[one] >= 0,
            self.where[other] >= 0,
            _equal(self.where, one, other),
            _differ(self.city, one, other),
            _equal(self.party, one, other),
            self.voucher[one] == self.voucher[other],
            self.party[one] < 0,
            self.party[other] < 0,
            self.back[one],
            self.back[other],
            self.changed[one],
            self.changed[other],
            self.stands[other, self.value[one]],
            self.stands[one, self.value[other]],
        ]
        row = np.arange(len(one))
        measures = np.zeros((len(one), len(MEASURES)), dtype=np.float32)
        measures[row, self.measure[one]] = measures[row, self.measure[other]] = 1
        alike = columns[0][:, None] * measures
        kinds = np.zeros((len(one), 2 * len(FIGURE_KINDS)), dtype=np.float32)
        kinds[row, self.kind[one]] = kinds[row, len(FIGURE_KINDS) + self.kind[other]] = 1
        compared = np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1)
        return np.concatenate([compared, measures, alike, kinds], axis=1, dtype=np.float32)


def _codes(values: Sequence[Hashable], blank: Hashable = None) -> Ints:
    """A number for each value, equal for equal ones; -1 for `blank`."""
    seen: dict[Hashable, int] = {}
    return np.array([-1 if v == blank else seen.setdefault(v, len(seen)) for v in values])


def _equal(code: Ints, one: Ints, other: Ints) -> NDArray[np.bool_]:
    return np.asarray((code[one] == code[other]) & (code[one] >= 0))


def _differ(code: Ints, one: Ints, other: Ints) -> NDArray[np.bool_]:
    known = np.minimum(code[one], code[other]) >= 0
    return np.asarray((code[one] != code[other]) & known)


def _table(sets: Sequence[frozenset[str]], words: Mapping[str, int]) -> Floats:
    table = np.zeros((len(sets), len(words)), dtype=np.float32)
    for n, own in enumerate(sets):
        table[n, [words[w] for w in own]] = 1
    return table


def _matching(pattern: re.Pattern[str], items: Sequence[Item]) -> NDArray[np.bool_]:
    return np.array([bool(pattern.search(i.sentence)) for i in items])


@dataclass(frozen=True)
class Tree:
    """A tree as columns by node: go left where the feature is `threshold` or less; a leaf is its own child."""

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    depth: int


@cache
def _forest() -> tuple[float, tuple[Tree, ...]]:
    """The log odds to start from, and the trees that add to them."""
    held = json.loads(FOREST.read_text("utf8"))
    trees = tuple(
        Tree(
            np.array(t["feature"]),
            np.array(t["threshold"], dtype=np.float32),
            np.array(t["left"]),
            np.array(t["right"]),
            np.array(t["value"], dtype=np.float32),
            t["depth"],
        )
        for t in held["trees"]
    )
    return float(held["start"]), trees


def likely(pairs: Pairs) -> NDArray[np.float64]:
    """How likely each two figures answer one question, [figures, figures], 0 on the diagonal."""
    one, other = np.triu_indices(pairs.count, 1)
    out = np.zeros((pairs.count, pairs.count))
    for first in range(0, len(one), CHUNK):
        i, j = one[first : first + CHUNK], other[first : first + CHUNK]
        out[i, j] = out[j, i] = probabilities(pairs.rows(i, j))
    return out


def probabilities(features: Floats) -> NDArray[np.float64]:
    """The forest's probability for each row of features."""
    start, trees = _forest()
    odds = np.full(len(features), start)
    row = np.arange(len(features))
    for tree in trees:
        at = np.zeros(len(features), dtype=np.int64)
        for _ in range(tree.depth):
            below = features[row, tree.feature[at]] <= tree.threshold[at]
            at = np.where(below, tree.left[at], tree.right[at])
        odds += tree.value[at]
    return np.asarray(1 / (1 + np.exp(-odds)))
