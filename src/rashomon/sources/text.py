"""Plain text and Markdown, with an optional YAML front matter."""

import codecs
import hashlib
import re
from collections.abc import Iterator

import charset_normalizer
import yaml

from rashomon.model import Rejected, Unreadable
from rashomon.sources.draft import Draft, metadata

FRONT_MATTER = re.compile(r"\A﻿?---[ \t]*\r?\n(.*?)(?:\r?\n)?^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_TAG = re.compile(r"(?:^|[\s:,\[{-])!+[<\w]", re.M)
FRONT_MATTER_MOST = 20_000  # characters
SAMPLE = 200_000  # bytes that the encoding is guessed from
CONTROL_MOST = 0.02  # share of control characters above which bytes are no text


def drafts(data: bytes) -> Iterator[Draft | Rejected]:
    """The one report of a text file; Unreadable if it is binary or its front matter broken."""
    content = decode(data)
    sha256 = hashlib.sha256(data).hexdigest()
    head = FRONT_MATTER.match(content[: FRONT_MATTER_MOST + 200])
    if head is None:
        yield Draft(text=content.removeprefix("\ufeff"), sha256=sha256)
        return
    yield Draft(text=content[head.end() :], sha256=sha256, **front_matter(head[1]))


def front_matter(block: str) -> dict[str, str | None]:
    """The metadata in a YAML block; Unreadable unless it is a plain mapping.

    The loader makes strings, lists and mappings alone: a tag constructs nothing.
    """
    if _TAG.search(block):
        raise Unreadable("the front matter uses YAML tags; write plain `key: value` lines")
    try:
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes no objects
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" (line {line + 2})"
        raise Unreadable(f"the front matter is not plain YAML{where}") from error
    if found is None:
        return metadata({})
    if not isinstance(found, dict):
        raise Unreadable("the front matter is not a list of `key: value` lines")
    return metadata(found)


def decode(data: bytes) -> str:
    """Bytes as text in the encoding they are in; Unreadable if they are no text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data[:SAMPLE]:
        raise Unreadable("binary data, not text")
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(data[:SAMPLE]).best()
        if best is None:
            raise Unreadable("not text in any known encoding") from None
        content = _decoded(data, best.encoding)
    sample = content[:SAMPLE]
    control = sum(c < " " and c not in "\t\n\r\f" for c in sample)
    if control > CONTROL_MOST * len(sample):
        raise Unreadable("binary data, not text")
    return content


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(f"not valid {encoding} text") from error
