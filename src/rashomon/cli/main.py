"""`rashomon`: dossier, extract, add, show, changes, serve, parties."""

import hashlib
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from rashomon.cli import parties
from rashomon.cli.output import fail, report_run, write
from rashomon.dossier import changes, dossier_json, extraction_line, pages
from rashomon.model import Dossier, Extraction, Judgement, RashomonError, Rejected, Report
from rashomon.pipeline import Run, derive, extract, known_by, reader_name, withheld
from rashomon.sources import read, read_stream
from rashomon.store import CaseStore

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reads many reports of one contested event and keeps one record in which every statement has an owner."
    " Nothing leaves this machine.",
)
app.add_typer(parties.app, name="parties")

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Reports: .txt, .md, .html or .jsonl files, folders of them, or - for standard input."
    ),
]
Redact = Annotated[
    list[str] | None,
    typer.Option("--redact", help="Withhold this name, in all its forms, everywhere. Repeatable."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="Processes to read with; the result is the same.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rashomon {version('rashomon')}")
        raise typer.Exit


@app.callback()
def options(
    show: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Options before a command; `--version` has done its work when this is reached."""


@app.command()
def dossier(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Reports: files, folders, or - for standard input. None with --case."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the dossier as JSON to this file.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the dossier as one HTML page to this file.")
    ] = None,
    case: Annotated[
        Path | None, typer.Option("--case", help="Use the reports of this case folder.")
    ] = None,
    redact: Redact = None,
    decisions: Annotated[
        bool, typer.Option(help="Whether people's decisions count; a withheld name always is.")
    ] = True,
    jobs: Jobs = 1,
) -> None:
    """Who claims what, what agrees and what does not: one dossier of many reports.

    Without --json or --html the JSON goes to standard output.
    """
    if not paths and case is None:
        fail("name the reports to read, or a case with --case", status=2)
    run = Run()
    facts, judgements = _held(case, run) if case else ([], ())
    if paths:
        with run.timed("read and extract"):
            facts += list(extract(_progress(_readable(paths, run), "reading"), jobs=jobs))
    run.read = len(facts)
    redaction = withheld(facts, judgements, redact or ())
    if redaction is not None:
        for missed in redaction.unseen(facts, redact or ()):
            typer.echo(f"no report holds the name {missed!r}: nothing withheld for it", err=True)
    made = derive(
        facts, judgements=judgements if decisions else (), rejected=run.rejected, redaction=redaction, run=run
    )  # fmt: skip
    run.rejected = list(made.rejected)
    _write_dossier(made, json, html)
    report_run(run)
    raise typer.Exit(run.exit_status)


@app.command("extract")
def extract_command(
    paths: Paths,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write JSON Lines to this file instead of standard output."),
    ] = None,
    jobs: Jobs = 1,
) -> None:
    """What each report says: claims, figures, names and times, a JSON line a report."""
    run = Run()

    def lines() -> Iterator[bytes]:
        for report, found in extract(_progress(_readable(paths, run), "reading"), jobs=jobs):
            run.read += 1
            run.rejected.extend(found.rejected)
            yield extraction_line(report, found)

    with run.timed("read and extract"):
        write(lines(), out)
    report_run(run)
    raise typer.Exit(run.exit_status)


@app.command()
def add(
    case: Annotated[Path, typer.Argument(help="The case folder; made if it is not there.")],
    paths: Paths,
    jobs: Jobs = 1,
) -> None:
    """Add reports to a case. What the case already has is passed over; it can be stopped and run again."""
    run = Run()
    version = reader_name()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with CaseStore.open(case, create=True) as store, run.timed("add"):
        fresh = (r for r in _readable(paths, run) if not store.has(r.id, version))
        for report, found in extract(_progress(fresh, "adding"), jobs=jobs):
            store.add(report, found, _original(report), extractor=version, seen_at=now)
            run.read += 1
            run.rejected.extend(found.rejected)
            typer.echo(f"added {report.id} {report.path}")
        for rejected in run.rejected:
            if rejected.stage == "sources":
                store.reject(rejected, seen_at=now)
    report_run(run)
    raise typer.Exit(run.exit_status)


@app.command()
def serve(
    case: Annotated[Path, typer.Argument(help="A case folder.")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8765,
    name: Annotated[
        str, typer.Option(help="The host name by which browsers reach it, if not the address.")
    ] = "",
    redact: Redact = None,
) -> None:
    """The case in a browser on this machine: read, filter, look back, and review.

    The address printed carries a token; whoever has it may decide. On any other address
    than this machine's own, the token is needed to read as well.
    """
    # The web stack takes half a second to load, which no other command should wait for.
    import uvicorn  # noqa: PLC0415

    from rashomon.web import create_app  # noqa: PLC0415

    run = Run()
    _held(case, run)
    own = host in ("127.0.0.1", "localhost", "::1")
    token = secrets.token_urlsafe(24)
    shown = name or (f"[{host}]" if ":" in host else host)
    names = sorted({shown, *(("127.0.0.1", "localhost", "[::1]") if own else ())})
    hosts = [f"{n}:{port}" for n in names] + (names if port == 80 else [])
    made = create_app(
        case, reader_name(), token=token, hosts=hosts, private=not own, redact=redact or ()
    )  # fmt: skip
    typer.echo(f"http://{shown}:{port}/?token={token}")
    Thread(target=made.state.ready, daemon=True).start()
    uvicorn.run(
        made, host=host, port=port, log_level="error", access_log=False, server_header=False
    )


@app.command("changes")
def changes_command(
    case: Annotated[Path, typer.Argument(help="A case folder.")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day.")],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A later day; now without it.")
    ] = None,
) -> None:
    """What the reports of some days changed: new positions, moved figures, denials, revisions."""
    run = Run()
    _held(case, run)
    with CaseStore.open(case) as store:
        facts, judgements = list(store.dated_facts(reader_name())), store.judgements()
    redaction = withheld(known_by(facts, ""), judgements)
    before, after = (
        derive(
            known_by(facts, day.date().isoformat() if day else ""), judgements=judgements, redaction=redaction, whole=False
        )
        for day in (since, until)
    )  # fmt: skip
    for one in changes(before, after):
        typer.echo(f"{one.kind}: {one.what}")


@app.command()
def show(
    case: Annotated[Path, typer.Argument(help="A case folder.")],
) -> None:
    """What a case holds: its reports, and what is disputed, denied and revised."""
    run = Run()
    facts, judgements = _held(case, run)
    redaction = withheld(facts, judgements)
    made = derive(facts, judgements=judgements, rejected=run.rejected, redaction=redaction, run=run)
    typer.echo(
        f"{len(made.reports)} reports, {len(made.claims)} claims, {len(made.figures)} figures, {len(made.parties)} parties"
    )
    for report in made.reports:
        copied = "  (a copy)" if report.copy_of else ""
        typer.echo(
            f"  {report.published or 'no date'}  {report.outlet or report.origin or report.path}: {report.title or ''}{copied}"
        )
    for question in made.questions:
        if question.status not in ("single_source", "agreed"):
            typer.echo(f"{question.status}: {question.title}\n    {question.why}")


def _held(case: Path, run: Run) -> tuple[list[tuple[Report, Extraction]], Sequence[Judgement]]:
    """What a case holds as this version of the reader reads it; what an older one read is read again."""
    name = reader_name()
    with CaseStore.open(case) as store:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for report, found in extract(_progress(store.unread(name), "reading again")):
            store.add(report, found, None, extractor=name, seen_at=now)
        facts = list(store.facts(name))
        read_by_now = {report.path for report, _ in facts}
        run.rejected.extend(r for r in store.rejected() if r.path not in read_by_now)
        return facts, store.judgements()


def _readable(paths: Iterable[Path], run: Run) -> Iterator[Report]:
    """The reports in paths; rejections go to the run."""
    paths = list(paths)
    found = read(path for path in paths if str(path) != "-")
    if any(str(path) == "-" for path in paths):
        found = chain(found, read_stream(sys.stdin.buffer))
    for item in found:
        if isinstance(item, Rejected):
            run.rejected.append(item)
        else:
            yield item


def _original(report: Report) -> bytes | None:
    """The bytes that a report was read from, where they are a file of their own."""
    path = Path(report.path)
    if not path.is_file() or path.suffix.lower() == ".jsonl":
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == report.sha256 else None


def _progress(items: Iterable[T], what: str) -> Iterable[T]:
    """A progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    return track(items, what, console=console, transient=True) if console.is_terminal else items


def _write_dossier(made: Dossier, json: Path | None, html: Path | None) -> None:
    if html is not None:
        for name, content in pages(made, html.stem):
            write([content.encode()], html if name == f"{html.stem}.html" else html.with_name(name))
    if json is not None or html is None:
        write([dossier_json(made)], json)


def run() -> None:
    """The program: Rashomon's own errors say what to do and exit with 2."""
    try:
        app()
    except RashomonError as error:
        fail(str(error), status=2)
