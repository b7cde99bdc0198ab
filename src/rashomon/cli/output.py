"""Where results and the run report go."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import typer

from rashomon.model import RashomonError
from rashomon.pipeline import Run


def write(parts: Iterable[bytes], path: Path | None) -> None:
    """Bytes to a file, written whole before it takes its name, or to standard output."""
    if path is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as out:
            for part in parts:
                out.write(part)
        partial.replace(path)
    except OSError as error:
        raise RashomonError(f"cannot write {path}: {error.strerror}") from error


def report_run(run: Run) -> None:
    """What was left out and why, and the run report, on standard error."""
    for rejected in run.rejected:
        where = rejected.path or rejected.report or ""
        typer.echo(f"rejected {where}: {rejected.reason}", err=True)
    for line in run.lines():
        typer.echo(line, err=True)


def fail(message: str, *, status: int) -> NoReturn:
    typer.echo(f"rashomon: {message}", err=True)
    raise SystemExit(status)
