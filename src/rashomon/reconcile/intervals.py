"""Quantities as intervals: what the laws between them leave possible, and which statements cannot all hold.

Bounds are passed along the laws until none moves (E. Davis, “Constraint propagation with
interval labels”, Artificial Intelligence 32, 1987). That is sound for any laws, finds all
there is to find where no two quantities are tied by more than one chain of laws, and, what
a general solver does not, knows for every bound which statements it rests on.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isclose

ROUNDS = 50  # passes over the laws after which bounds are taken as they are
GRAIN = (
    1e-9  # share of a bound that it must move by, and that two must miss each other by, to count
)


@dataclass(frozen=True)
class Statement:
    """That a quantity is at least `low` and at most `high`, both inclusive."""

    id: str
    quantity: str
    low: float = 0.0
    high: float = inf


@dataclass(frozen=True)
class Sum:
    """That parts which share nothing are together no more than the whole or, if `exact`, just as many."""

    whole: str
    parts: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True)
class Percentage:
    """That one quantity is `percent` of a hundred of the whole."""

    part: str
    percent: str
    whole: str


Law = Sum | Percentage


@dataclass(frozen=True)
class Bound:
    """A number that a quantity cannot pass, and the ids of the statements that it follows from."""

    value: float
    by: frozenset[str] = frozenset()


class Contradiction(Exception):
    """Some statements cannot all hold; `by` are their ids."""

    def __init__(self, by: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(by)))
        self.by = by


def allowed(statements: Sequence[Statement], laws: Sequence[Law]) -> dict[str, tuple[Bound, Bound]]:
    """The least and the greatest number that each quantity can be, if all statements hold.

    Raises:
        Contradiction: they cannot all hold.

    """
    bounds: dict[str, tuple[Bound, Bound]] = defaultdict(lambda: (Bound(0.0), Bound(inf)))
    for s in statements:
        _narrow(bounds, s.quantity, Bound(s.low, frozenset({s.id})), least=True)
        _narrow(bounds, s.quantity, Bound(s.high, frozenset({s.id})), least=False)
    for _ in range(ROUNDS):
        moved = [
            _narrow(bounds, quantity, bound, least=least)
            for law in laws
            for quantity, bound, least in (
                _by_sum(bounds, law) if isinstance(law, Sum) else _by_percentage(bounds, law)
            )
        ]
        if not any(moved):
            break
    return dict(bounds)


def contradictions(
    statements: Sequence[Statement], laws: Sequence[Law]
) -> Iterator[tuple[Statement, ...]]:
    """Sets of statements of which each cannot hold as a whole and would, were any one of them not made.

    No two of the sets have a statement in common.
    """
    left = list(statements)
    while True:
        try:
            allowed(left, laws)
        except Contradiction as found:
            least = [s for s in left if s.id in found.by]
            for s in tuple(least):
                without = [t for t in least if t is not s]
                if not _holds(without, laws):
                    least = without
            yield tuple(least)
            left = [s for s in left if s not in least]
        else:
            return


def _holds(statements: Sequence[Statement], laws: Sequence[Law]) -> bool:
    try:
        allowed(statements, laws)
    except Contradiction:
        return False
    return True


def _narrow(
    bounds: dict[str, tuple[Bound, Bound]], quantity: str, bound: Bound, *, least: bool
) -> bool:
    """Whether a bound says more than what is known; it is then known."""
    low, high = bounds[quantity]
    if not (_more(bound.value, low.value) if least else _more(high.value, bound.value)):
        return False
    low, high = (bound, high) if least else (low, bound)
    if _more(low.value, high.value):
        raise Contradiction(low.by | high.by)
    bounds[quantity] = low, high
    return True


def _more(one: float, other: float) -> bool:
    """Whether a number is more than another by more than what rounding does."""
    return one > other and not isclose(one, other, rel_tol=GRAIN, abs_tol=GRAIN)


def _by_sum(bounds: dict[str, tuple[Bound, Bound]], law: Sum) -> Iterator[tuple[str, Bound, bool]]:
    """What a sum says of its whole and of each part."""
    yield law.whole, _added([bounds[p][0] for p in law.parts]), True
    if law.exact:
        yield law.whole, _added([bounds[p][1] for p in law.parts]), False
    for n, part in enumerate(law.parts):
        others = [bounds[p] for p in law.parts[:n] + law.parts[n + 1 :]]
        low, high = bounds[law.whole]
        yield part, _less(high, _added([least for least, _ in others])), False
        if law.exact:
            yield part, _less(low, _added([most for _, most in others])), True


def _by_percentage(
    bounds: dict[str, tuple[Bound, Bound]], law: Percentage
) -> Iterator[tuple[str, Bound, bool]]:
    """What a percentage says of the part, of the whole and of itself."""
    for least in (True, False):
        end, other = (0, 1) if least else (1, 0)
        percent, whole, part = (bounds[q][end] for q in (law.percent, law.whole, law.part))
        of = 0.0 if 0 in (percent.value, whole.value) else percent.value * whole.value / 100
        yield law.part, Bound(of, percent.by | whole.by), least
        for quantity, by in ((law.whole, law.percent), (law.percent, law.whole)):
            divisor = bounds[by][other]
            if 0 < divisor.value < inf:
                yield quantity, Bound(100 * part.value / divisor.value, part.by | divisor.by), least


def _added(bounds: Sequence[Bound]) -> Bound:
    return Bound(sum(b.value for b in bounds), frozenset().union(*(b.by for b in bounds)))


def _less(bound: Bound, taken: Bound) -> Bound:
    left = -inf if taken.value == inf else bound.value - taken.value
    return Bound(left, bound.by | taken.by)
