"""Reports from files, folders and streams."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

import msgspec

from rashomon.model import Rejected, Report, Unreadable
from rashomon.sources import html, jsonl, text
from rashomon.sources.draft import Draft, report_of


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How large one input may be; beyond it is rejected, not cut."""

    # A book of 200,000 words is 1.3 MB; HTML carries some ten times its text.
    file_bytes: int = 12 * 2**20
    text_characters: int = 4 * 10**6
    line_bytes: int = 5 * 2**20


Reader = Callable[[bytes], Iterator[Draft | Rejected]]


def _kinds(limits: Limits) -> dict[str, Reader]:
    return {
        ".txt": text.drafts,
        ".md": text.drafts,
        ".html": html.drafts,
        ".htm": html.drafts,
    }


def read(paths: Iterable[Path], *, limits: Limits | None = None) -> Iterator[Report | Rejected]:
    """The reports in files and folders, in sorted order; what cannot be read comes as Rejected.

    A folder gives all supported files below it; links are followed, a file or folder
    reached twice is read once. A report's path is as it was reached.
    """
    limits = limits or Limits()
    seen: set[tuple[int, int]] = set()
    ids: dict[str, str] = {}
    for path in paths:
        for found in _files(Path(path), seen):
            if isinstance(found, Rejected):
                yield found
                continue
            for item in _one(found, limits):
                yield _unique(item, ids)


def read_stream(
    handle: IO[bytes], *, name: str = "-", limits: Limits | None = None
) -> Iterator[Report | Rejected]:
    """The reports in a stream such as standard input: JSON Lines, HTML or text by their look."""
    limits = limits or Limits()
    first = handle.readline(limits.line_bytes + 1)
    if first.lstrip().startswith(b"{"):
        lines = chain([first], jsonl.lines(handle, limits.line_bytes))
        ids: dict[str, str] = {}
        for item in _finish(jsonl.drafts(lines, limits.line_bytes), name, limits):
            yield _unique(item, ids)
        return
    data = first + handle.read(limits.file_bytes + 1 - len(first))
    if len(data) > limits.file_bytes:
        yield _rejected(
            f"larger than {limits.file_bytes // 2**20} MB; split it into its reports", name
        )
        return
    page = data[:2000].lstrip().lower().startswith((b"<!doctype html", b"<html"))
    yield from _finish(html.drafts(data) if page else text.drafts(data), name, limits)


def shown(path: Path) -> str:
    """A path as text, also where its bytes are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _rejected(reason: str, path: str) -> Rejected:
    return Rejected(stage="sources", reason=reason, path=path)


def _unique(item: Report | Rejected, ids: dict[str, str]) -> Report | Rejected:
    """Refuse a second report under an external id that another text already has."""
    if isinstance(item, Rejected) or item.external_id is None:
        return item
    other = ids.setdefault(item.external_id, item.id)
    if other == item.id:
        return item
    reason = f"the id {item.external_id!r} was already used for another text"
    return _rejected(reason, item.path)


def _files(path: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Rejected]:
    try:
        status = path.stat()
    except OSError as error:
        yield _rejected(f"cannot be opened: {error.strerror}", shown(path))
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    if not path.is_dir():
        yield path
        return
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        yield _rejected(f"cannot be listed: {error.strerror}", shown(path))
        return
    for name in names:
        below = path / name
        if not name.startswith(".") and (below.is_dir() or _supported(below)):
            yield from _files(below, seen)


def _supported(path: Path) -> bool:
    return path.suffix.lower() in {".txt", ".md", ".html", ".htm", ".jsonl"}


def _one(path: Path, limits: Limits) -> Iterator[Report | Rejected]:
    suffix = path.suffix.lower()
    if not _supported(path):
        reason = f"unknown kind of file {suffix or '(no ending)'}; known: .txt .md .html .jsonl"
        yield _rejected(reason, shown(path))
        return
    try:
        with path.open("rb") as handle:
            if suffix == ".jsonl":
                yield from _finish(
                    jsonl.drafts(jsonl.lines(handle, limits.line_bytes), limits.line_bytes),
                    shown(path),
                    limits,
                )
                return
            data = handle.read(limits.file_bytes + 1)
    except OSError as error:
        yield _rejected(f"cannot be read: {error.strerror}", shown(path))
        return
    if len(data) > limits.file_bytes:
        reason = f"larger than {limits.file_bytes // 2**20} MB; split it into its reports"
        yield _rejected(reason, shown(path))
        return
    yield from _finish(_kinds(limits)[suffix](data), shown(path), limits)


def _finish(
    drafts: Iterator[Draft | Rejected], path: str, limits: Limits
) -> Iterator[Report | Rejected]:
    while True:
        try:
            draft = next(drafts)
        except StopIteration:
            return
        except Unreadable as error:
            yield _rejected(str(error), path)
            return
        if isinstance(draft, Rejected):
            yield msgspec.structs.replace(draft, path=path)
        elif len(draft.text) > limits.text_characters:
            reason = f"text longer than {limits.text_characters:,} characters"
            yield _rejected(reason, path)
        elif not draft.text.strip():
            yield _rejected("no text", path)
        else:
            yield report_of(draft, path)
