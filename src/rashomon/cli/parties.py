"""`rashomon parties`: list, merge, split, why, undo."""

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from rashomon.model import CaseError, Cast, Dossier, Judgement, digest
from rashomon.pipeline import derive, reader_name
from rashomon.resolve import compare, suggestions
from rashomon.store import CaseStore

app = typer.Typer(
    no_args_is_help=True,
    help="Who is who: list the parties of a case, merge or split names, ask why.",
)

Case = Annotated[Path, typer.Argument(help="A case folder.")]
Name = Annotated[str, typer.Argument(help="A name as `rashomon parties list` shows it.")]
Because = Annotated[str, typer.Option("--because", help="The reason, kept with the decision.")]


def _dossier(store: CaseStore) -> Dossier:
    return derive(store.facts(reader_name()), judgements=store.judgements())


@app.command("list")
def list_parties(case: Case) -> None:
    """The parties, what they are, for whom they speak, and every form of their names."""
    with CaseStore.open(case) as store:
        made = _dossier(store)
    names = {p.id: p.name for p in made.parties}
    for party in made.parties:
        speaks = f" for {names[party.speaks_for]}" if party.speaks_for in names else ""
        also = f" — also {', '.join(party.aliases)}" if party.aliases else ""
        typer.echo(f"{party.name} ({party.kind}, {party.party_class}{speaks}){also}")


@app.command("suggest")
def suggest(case: Case) -> None:
    """Names that may be one party, for a person to judge with `merge` or `split`."""
    with CaseStore.open(case) as store:
        judgements = store.judgements()
        made = _dossier(store)
    for s in suggestions(Cast(parties=made.parties), judgements):
        typer.echo(f"{s.score:.2f}  {s.one} / {s.other}: {s.because}")


def _known(made: Dossier, names: tuple[str, ...]) -> None:
    """CaseError for a name that no party of the case bears."""
    forms = {f.lower() for p in made.parties for f in (p.name, *p.aliases)}
    for name in names:
        if name.lower() not in forms:
            raise CaseError(
                f"nobody here is called {name!r}; `rashomon parties list` shows all names"
            )


def _judge(case: Path, verb: str, subject: tuple[str, ...], because: str) -> None:
    at = datetime.now(UTC).isoformat()
    by = getpass.getuser()
    judgement = Judgement(
        id=digest("j", verb, subject, by, at),
        verb=verb,
        subject=subject,
        by=by,
        at=at,
        because=because,
    )
    with CaseStore.open(case) as store:
        if verb != "undo":
            _known(_dossier(store), subject)
        if verb == "undo" and subject[0] not in {j.id for j in store.judgements()}:
            raise CaseError(
                f"no decision {subject[0]}; `rashomon parties decisions {case}` lists them"
            )
        store.judge(judgement)
    typer.echo(f"{judgement.id}: {verb} {' / '.join(subject)}")


@app.command()
def merge(case: Case, one: Name, other: Name, because: Because = "") -> None:
    """Decide that two names are one party. Undo it with `undo`."""
    _judge(case, "same", (one, other), because)


@app.command()
def split(case: Case, one: Name, other: Name, because: Because = "") -> None:
    """Decide that two names are two parties."""
    _judge(case, "different", (one, other), because)


@app.command()
def undo(
    case: Case,
    decision: Annotated[str, typer.Argument(help="The id of a decision.")],
    because: Because = "",
) -> None:
    """Take a decision back; it stays in the record."""
    _judge(case, "undo", (decision,), because)


@app.command()
def decisions(case: Case) -> None:
    """Every decision, who took it, when and why."""
    with CaseStore.open(case) as store:
        for j in store.judgements():
            typer.echo(
                f"{j.id}  {j.at[:19]}  {j.by}: {j.verb} {' / '.join(j.subject)}{f' — {j.because}' if j.because else ''}"
            )


@app.command()
def why(case: Case, one: Name, other: Name) -> None:
    """What speaks for and against two names being one party."""
    with CaseStore.open(case) as store:
        made = _dossier(store)
        _known(made, (one, other))
        decided = [j for j in store.judgements() if set(j.subject) == {one, other}]
    kinds = {p.kind for p in made.parties if {one, other} & {p.name, *p.aliases}}
    verdict = compare(one, other, person=kinds <= {"person"})
    typer.echo(f"likeness {verdict.score:.2f}: {verdict.because}")
    for j in decided:
        typer.echo(
            f"{j.by} decided on {j.at[:10]}: {j.verb}{f' — {j.because}' if j.because else ''}"
        )
