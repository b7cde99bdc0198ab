"""JSON Lines: an object a line with `text` and metadata."""

import hashlib
from collections.abc import Iterator
from typing import IO

import msgspec

from rashomon.model import Rejected
from rashomon.sources.draft import Draft, metadata


def lines(handle: IO[bytes], most: int) -> Iterator[bytes]:
    """Lines of a file, each cut just above `most` bytes, so that memory stays bounded."""
    while line := handle.readline(most + 1):
        kept = line
        while len(line) > most and not line.endswith(b"\n"):
            line = handle.readline(most + 1)
        yield kept


def drafts(found: Iterator[bytes], most: int) -> Iterator[Draft | Rejected]:
    """A report a line; a broken, textless or overlong line is Rejected and the rest goes on."""
    for number, line in enumerate(found, 1):
        if not line.strip():
            continue
        if len(line) > most:
            yield _rejected(number, f"longer than {most // 2**20} MB")
            continue
        try:
            row = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield _rejected(number, "not valid JSON")
            continue
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            yield _rejected(number, "no `text`")
            continue
        content = row["text"].encode("utf-8", "surrogatepass")
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            yield _rejected(number, "text with broken characters")
            continue
        yield Draft(
            text=row["text"],
            sha256=hashlib.sha256(line.rstrip(b"\r\n")).hexdigest(),
            **metadata(row),
        )


def _rejected(number: int, reason: str) -> Rejected:
    return Rejected(stage="sources", reason=f"line {number}: {reason}")
