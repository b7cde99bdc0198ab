"""From facts to the dossier: parties, questions, relations, timeline. Pure and repeatable."""

from collections.abc import Iterable, Sequence

from rashomon import reconcile, resolve
from rashomon.dossier.build import build
from rashomon.model import Dossier, Extraction, Judgement, Rejected, Report
from rashomon.pipeline.runs import Run
from rashomon.sources import copies


def derive(
    facts: Iterable[tuple[Report, Extraction]],
    *,
    judgements: Sequence[Judgement] = (),
    rejected: Sequence[Rejected] = (),
    run: Run | None = None,
) -> Dossier:
    """The dossier of reports and their extractions; the order they come in does not matter."""
    run = run or Run()
    ordered: list[tuple[Report, Extraction]] = []
    seen: dict[str, str] = {}
    again: list[Rejected] = []
    for report, extraction in sorted(
        facts, key=lambda f: (f[0].published or "", f[0].path, f[0].id)
    ):
        if report.id in seen:
            reason = f"the same report as {seen[report.id]}"
            again.append(Rejected(stage="pipeline", reason=reason, path=report.path))
        else:
            seen[report.id] = report.path
            ordered.append((report, extraction))
    reports = tuple(report for report, _ in ordered)
    extractions = tuple(extraction for _, extraction in ordered)
    with run.timed("copies"):
        copied = copies(reports)
    with run.timed("parties"):
        parties = resolve.parties(reports, extractions, judgements=judgements)
    with run.timed("questions"):
        outcome = reconcile.reconcile(reports, extractions, parties, copied)
    with run.timed("dossier"):
        return build(reports, extractions, copied, parties, outcome, [*rejected, *again])
