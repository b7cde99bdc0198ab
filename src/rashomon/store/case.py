"""The store of one case: a folder with `originals/` and `case.sqlite`."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, Self

import msgspec

from rashomon.model import CaseError, Extraction, Judgement, Rejected, Report, digest
from rashomon.store.migrations import migrate

WAIT = 60.0  # seconds to wait for another process that is writing


class Added(msgspec.Struct, frozen=True):
    """Whether a report was new to the case."""

    report: Report
    new: bool


class Store(Protocol):
    """Where facts are kept: appended, never changed, the same fact once."""

    def has(self, report: str, extractor: str) -> bool: ...

    def add(
        self,
        report: Report,
        extraction: Extraction,
        original: bytes | None,
        *,
        extractor: str,
        seen_at: str,
    ) -> Added: ...

    def facts(self, extractor: str) -> Iterator[tuple[Report, Extraction]]: ...

    def dated_facts(self, extractor: str) -> Iterator[tuple[str, Report, Extraction]]: ...

    def size(self) -> tuple[int, ...]: ...

    def unread(self, extractor: str) -> list[Report]: ...

    def reject(self, rejected: Rejected, *, seen_at: str) -> None: ...

    def rejected(self) -> Sequence[Rejected]: ...

    def judge(self, judgement: Judgement) -> None: ...

    def judgements(self) -> Sequence[Judgement]: ...


class CaseStore:
    """A case folder. Every write is one transaction: a killed process leaves all of it or nothing.

    Several processes may write; they wait for each other.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder, self.connection = folder, connection

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Self:
        """The case in a folder; CaseError if it is none, unless it is to be made."""
        file = folder / "case.sqlite"
        if not file.exists() and not create:
            raise CaseError(f"{folder} is no case; make one with: rashomon add {folder} PATH…")
        try:
            (folder / "originals").mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=WAIT, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection)
        except (OSError, sqlite3.DatabaseError) as error:
            raise CaseError(f"{folder} cannot be opened as a case: {error}") from error
        return cls(folder, connection)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def has(self, report: str, extractor: str) -> bool:
        """Whether the case holds a report as read by this extractor."""
        query = "SELECT 1 FROM extractions WHERE report = ? AND extractor = ?"
        return self.connection.execute(query, (report, extractor)).fetchone() is not None

    def add(
        self,
        report: Report,
        extraction: Extraction,
        original: bytes | None,
        *,
        extractor: str,
        seen_at: str,
    ) -> Added:
        """Append a report with what was found in it; both are on disk when this returns."""
        if original is not None:
            self._keep(report.sha256, original)
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            cursor = self.connection.execute(
                "INSERT OR IGNORE INTO reports VALUES (?, ?, ?, ?, ?)",
                (report.id, report.sha256, report.path, seen_at, msgspec.json.encode(report)),
            )
            self.connection.execute(
                "INSERT OR IGNORE INTO extractions VALUES (?, ?, ?, ?)",
                (report.id, extractor, seen_at, msgspec.json.encode(extraction)),
            )
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        return Added(report, cursor.rowcount > 0)

    def _keep(self, sha256: str, original: bytes) -> None:
        """The original bytes under their hash, whole or not at all."""
        target = self.folder / "originals" / sha256
        if target.exists():
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        with os.fdopen(handle, "wb") as part:
            part.write(original)
            part.flush()
            os.fsync(part.fileno())
        Path(name).replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name, too, is on disk
        finally:
            os.close(folder)

    def facts(self, extractor: str) -> Iterator[tuple[Report, Extraction]]:
        """All reports with what the extractor found, by id."""
        for _, report, extraction in self.dated_facts(extractor):
            yield report, extraction

    def dated_facts(self, extractor: str) -> Iterator[tuple[str, Report, Extraction]]:
        """The facts with the moment that each report was added (ISO)."""
        query = (
            "SELECT r.seen_at, r.body, e.body FROM reports r JOIN extractions e ON e.report = r.id"
            " WHERE e.extractor = ? ORDER BY r.id"
        )
        for seen_at, report, extraction in self.connection.execute(query, (extractor,)):
            yield (
                seen_at,
                msgspec.json.decode(report, type=Report),
                msgspec.json.decode(extraction, type=Extraction),
            )

    def size(self) -> tuple[int, ...]:
        """How many facts of each kind there are; as facts are only appended, it tells one state from another."""
        query = (
            "SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM extractions),"
            " (SELECT count(*) FROM judgements), (SELECT count(*) FROM rejections)"
        )
        return tuple(self.connection.execute(query).fetchone())

    def unread(self, extractor: str) -> list[Report]:
        """The reports that this extractor has not read yet."""
        query = (
            "SELECT body FROM reports WHERE id NOT IN"
            " (SELECT report FROM extractions WHERE extractor = ?) ORDER BY id"
        )
        return [
            msgspec.json.decode(body, type=Report)
            for (body,) in self.connection.execute(query, (extractor,))
        ]

    def reject(self, rejected: Rejected, *, seen_at: str) -> None:
        """Append a rejection, once."""
        body = msgspec.json.encode(rejected)
        self.connection.execute(
            "INSERT OR IGNORE INTO rejections VALUES (?, ?, ?)",
            (digest("x", body.decode()), seen_at, body),
        )

    def rejected(self) -> Sequence[Rejected]:
        rows = self.connection.execute("SELECT body FROM rejections ORDER BY id")
        return [msgspec.json.decode(body, type=Rejected) for (body,) in rows]

    def judge(self, judgement: Judgement) -> None:
        """Append a person's decision."""
        self.connection.execute(
            "INSERT OR IGNORE INTO judgements VALUES (?, ?, ?)",
            (judgement.id, judgement.at, msgspec.json.encode(judgement)),
        )

    def judgements(self) -> Sequence[Judgement]:
        rows = self.connection.execute("SELECT body FROM judgements ORDER BY at, id")
        return [msgspec.json.decode(body, type=Judgement) for (body,) in rows]
