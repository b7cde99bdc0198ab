"""A run of characters in a report's text."""

import msgspec

from rashomon.model.errors import UnsupportedSpan


class Span(msgspec.Struct, frozen=True, gc=False, array_like=True, order=True):
    """Code points start … end of a text, half open; `[start, end]` in JSON."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words in the span; UnsupportedSpan if it is empty or leaves the text."""
        if not 0 <= self.start < self.end <= len(text):
            raise UnsupportedSpan(f"span {self.start}-{self.end} is not within the text")
        return text[self.start : self.end]

    def check(self, text: str, quote: str) -> "Span":
        """The span itself if it slices to `quote`, else UnsupportedSpan."""
        if self.of(text) != quote:
            raise UnsupportedSpan(f"span {self.start}-{self.end} does not hold the words quoted")
        return self

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end
