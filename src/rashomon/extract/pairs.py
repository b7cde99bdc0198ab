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


def banded(known: Profiles, ones: Ints, width: int) -> Floats:
    """Features of mentions with each of the `width` before them, nearest first: [ones, width, 16].

    Places before the first mention hold the first one's.
    """
    back = np.arange(1, width + 1)
    rows = np.maximum(ones[:, None] - back[None, :], 0)
    form, pronoun = known.form[rows], (known.form[ones] == 2)[:, None]
    mine, theirs = known.content[ones], known.content[rows]
    # A word of mine is found among theirs; padding (-1) is no word.
    found = (theirs[:, :, :, None] == mine[:, None, None, :]).any(axis=2)
    real = (mine >= 0)[:, None, :]
    shared = (found & real).any(axis=2)
    within = (found | ~real).all(axis=2) & real.any(axis=2)
    names = (known.form[ones] == 1)[:, None] & (form == 1)
    same = known.head[rows] == known.head[ones][:, None]
    first, last = known.first[ones][:, None], known.last[ones][:, None]
    inside = (first >= known.first[rows]) & (last <= known.last[rows])
    holds = (known.first[rows] >= first) & (known.last[rows] <= last)
    nominal = ~pronoun
    columns = [
        pronoun & (form == 2) & same,
        nominal & same,
        nominal & (known.whole[rows] == known.whole[ones][:, None]),
        names & shared,
        names & ~shared,
        nominal & within,
        nominal & ~shared,
        inside,
        holds & ~inside,
        known.type[rows] == known.type[ones][:, None],
        pronoun & (form == 1),
        pronoun & (form == 0),
        *(np.broadcast_to(back <= apart, rows.shape) for apart in _APART),
    ]
    return np.stack(columns, axis=2).astype(np.float32)
