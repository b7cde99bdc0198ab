"""Things along a text, found by where they begin in constant time."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Along(Generic[T]):
    """Items in the order of their starts."""

    def __init__(self, items: Iterable[T], start: Callable[[T], int]) -> None:
        self.items = sorted(items, key=start)
        self.starts = [start(item) for item in self.items]

    def within(self, start: int, end: int) -> list[T]:
        """Items that begin at start … end (half open)."""
        return self.items[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, at: int) -> T | None:
        """The last item that begins at or before a place."""
        n = bisect_left(self.starts, at + 1) - 1
        return self.items[n] if n >= 0 else None
