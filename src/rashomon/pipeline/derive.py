"""From facts to the dossier: parties, questions, relations, timeline. Pure and repeatable."""

from collections.abc import Iterable, Sequence

import msgspec

from rashomon import reconcile, resolve
from rashomon.dossier.build import build
from rashomon.model import Dossier, Extraction, Judgement, Rejected, Report
from rashomon.pipeline.agreement import agreed
from rashomon.pipeline.redaction import Redaction, labels, protected
from rashomon.pipeline.review import reviewed
from rashomon.pipeline.runs import Run
from rashomon.sources import copies


def derive(
    facts: Iterable[tuple[Report, Extraction]],
    *,
    judgements: Sequence[Judgement] = (),
    rejected: Sequence[Rejected] = (),
    redaction: Redaction | None = None,
    whole: bool = True,
    run: Run | None = None,
) -> Dossier:
    """The dossier of reports and their extractions; the order they come in does not matter.

    `judgements` are applied; what `redaction` withholds is withheld everywhere. Where the
    facts are the `whole` case, a decision on something that is not there is said to be one.
    """
    run = run or Run()
    if redaction is not None:
        facts = [redaction.report(report, found) for report, found in facts]
        judgements = [redaction.judgement(j) for j in judgements if j.verb != "protect"]
        rejected = [redaction.rejection(r) for r in rejected]
    decided = reviewed(facts, judgements, whole=whole)
    ordered: list[tuple[Report, Extraction]] = []
    seen: dict[str, str] = {}
    again: list[Rejected] = []
    for report, extraction in sorted(
        decided.facts,
        key=lambda f: (f[0].published or "", f[0].path, f[0].id),
    ):
        if report.id in seen:
            reason = f"the same report as {seen[report.id]}"
            again.append(Rejected(stage="pipeline", reason=reason, path=report.path))
        else:
            seen[report.id] = report.path
            ordered.append((report, extraction))
    with run.timed("copies"):
        copied = copies([report for report, _ in ordered])
    reports, extractions = _columns(agreed(ordered, copied=copied, settled=decided.marks))
    with run.timed("parties"):
        parties = resolve.parties(reports, extractions, judgements=judgements)
    with run.timed("questions"):
        outcome = reconcile.reconcile(reports, extractions, parties, copied, judgements=judgements)
    with run.timed("dossier"):
        left_out = [*rejected, *again, *decided.rejected]
        made = build(reports, extractions, copied, parties, outcome, left_out, decided.marks)
        return msgspec.structs.replace(made, judgements=tuple(judgements))


def withheld(
    facts: Iterable[tuple[Report, Extraction]],
    judgements: Sequence[Judgement],
    names: Sequence[str] = (),
) -> Redaction | None:
    """What withholds `names` and the protected ones; None where there are none.

    `facts` and `judgements` must be those of the whole case, whatever part of it is then
    shown: a name's other spellings may stand in a report that is not.
    """
    wanted = [*names, *protected(judgements)]
    if not wanted:
        return None
    cast = resolve.parties(*_columns(list(facts)), judgements=judgements)
    return Redaction(labels(wanted, cast))


def _columns(
    facts: Sequence[tuple[Report, Extraction]],
) -> tuple[tuple[Report, ...], tuple[Extraction, ...]]:
    return tuple(r for r, _ in facts), tuple(e for _, e in facts)
