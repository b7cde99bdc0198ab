"""Bytes to reports: one file a kind of input, layout and copies beside them."""

from rashomon.sources.copies import copies
from rashomon.sources.files import Limits, read, read_stream

__all__ = ["Limits", "copies", "read", "read_stream"]
