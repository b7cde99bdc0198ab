"""The schema of a case, as numbered steps that are never edited once released."""

import sqlite3

from rashomon.model import CaseError

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE reports (
            id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, path TEXT NOT NULL, seen_at TEXT NOT NULL, body BLOB NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE extractions (
            report TEXT NOT NULL REFERENCES reports (id), extractor TEXT NOT NULL, seen_at TEXT NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (report, extractor)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE judgements (
            id TEXT PRIMARY KEY, at TEXT NOT NULL, body BLOB NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE rejections (
            id TEXT PRIMARY KEY, seen_at TEXT NOT NULL, body BLOB NOT NULL
        ) STRICT, WITHOUT ROWID""",
        *(
            f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'facts are appended, never changed'); END"
            for table in ("reports", "extractions", "judgements", "rejections")
            for verb in ("UPDATE", "DELETE")
        ),
    ),
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the newest schema; each step is one transaction with its number."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise CaseError("the case was made by a newer Rashomon; update Rashomon to open it")
    for number, statements in enumerate(STEPS[version:], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
            connection.execute("COMMIT")
            continue
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
