"""What a mention has in common with earlier ones, as numbers the coreference score weighs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COUNT = 16
WINDOW = 120  # antecedents looked at for one mention
_KEPT = 6  # content words of a mention that are compared
_SMALL = frozenset(("the a an of and 's ' s , . - his her their its this that").split())
_APART = np.array([1, 4, 15, 50])

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Profiles:
    """A document's mentions in order, as columns; words are numbered by form.

    `content` is [mentions, 6], padded with -1; `first` and `last` are word indices,
    inclusive; `form` is 0 common, 1 proper, 2 pronoun.
    """

    head: Ints
    whole: Ints
    content: Ints
    first: Ints
    last: Ints
    type: Ints
    form: Ints

    def __len__(self) -> int:
        return len(self.head)


def profiles(
    forms: Sequence[str],
    spans: Sequence[tuple[int, int, int]],
    types: Sequence[int],
    kinds: Sequence[int],
) -> Profiles:
    """Profiles of mentions given as (head, first, last) word indices, last inclusive."""
    numbers: dict[str, int] = {}
    wholes: dict[tuple[str, ...], int] = {}
    content = np.full((len(spans), _KEPT), -1, dtype=np.int64)
    head, whole = [], []
    for n, (at, first, last) in enumerate(spans):
        words = tuple(form.lower() for form in forms[first : last + 1])
        kept = [numbers.setdefault(w, len(numbers)) for w in words if w not in _SMALL][-_KEPT:]
        content[n, : len(kept)] = kept
        head.append(numbers.setdefault(forms[at].lower(), len(numbers)))
        whole.append(wholes.setdefault(words, len(wholes)))
    column = np.array(spans, dtype=np.int64).reshape(-1, 3)
    return Profiles(
        head=np.array(head, dtype=np.int64),
        whole=np.array(whole, dtype=np.int64),
        content=content,
        first=column[:, 1],
        last=column[:, 2],
        type=np.array(types, dtype=np.int64),
        form=np.array(kinds, dtype=np.int64),
    )


def features(known: Profiles, one: int, since: int) -> Floats:
    """Features of mention `one` with each of mentions since … one-1: [count, 16]."""
    rows = slice(since, one)
    form, pronoun = known.form[rows], known.form[one] == 2
    mine, theirs = known.content[one], known.content[rows]
    mine = mine[mine >= 0]
    found = (theirs[:, :, None] == mine[None, None, :]).any(axis=1)
    shared = found.any(axis=1)
    within = found.all(axis=1) & (len(mine) > 0)
    names = (known.form[one] == 1) & (form == 1)
    same = known.head[rows] == known.head[one]
    inside = (known.first[one] >= known.first[rows]) & (known.last[one] <= known.last[rows])
    holds = (known.first[rows] >= known.first[one]) & (known.last[rows] <= known.last[one])
    apart = np.arange(one - since, 0, -1)
    nominal = np.full(one - since, not pronoun)
    columns = [
        pronoun & (form == 2) & same,
        nominal & same,
        nominal & (known.whole[rows] == known.whole[one]),
        names & shared,
        names & ~shared,
        nominal & within,
        nominal & ~shared,
        inside,
        holds & ~inside,
        known.type[rows] == known.type[one],
        pronoun & (form == 1),
        pronoun & (form == 0),
        *(apart[None, :] <= _APART[:, None]),
    ]
    return np.stack(columns, axis=1).astype(np.float32)
