"""What changed between two dossiers of one case: statuses, ranges, positions, denials."""

from collections.abc import Iterator

import msgspec

from rashomon.dossier.views import View
from rashomon.model import Dossier, Question

_AGAINST = {
    "denies": "a denial",
    "disputes": "a dispute",
    "retracts": "a retraction",
    "revises": "a revision",
}


class Change(msgspec.Struct, frozen=True):
    """One difference: `kind` names it, `ref` is the question, claim or figure it is about."""

    kind: str
    ref: str
    what: str


def changes(before: Dossier, after: Dossier) -> list[Change]:
    """The differences, reports first; claims and figures are matched by id, questions by shared members."""
    old, new = View(before), View(after)
    return [*_reports(old, new), *_questions(old, new), *_relations(old, new)]


def _reports(old: View, new: View) -> Iterator[Change]:
    for report in new.dossier.reports:
        if report.id not in old.reports:
            what = f"{new.outlet(report)}: {report.title or report.path}"
            yield Change("new report", report.id, what)
    for report in old.dossier.reports:
        if report.id not in new.reports:
            yield Change(
                "report gone", report.id, f"{old.outlet(report)}: {report.title or report.path}"
            )


def _members(question: Question) -> frozenset[str]:
    return frozenset(i for p in question.positions for i in (*p.figures, *p.claims))


def _questions(old: View, new: View) -> Iterator[Change]:
    of_member = {i: q for q in old.dossier.questions for i in _members(q)}
    for question in new.dossier.questions:
        shared = [of_member[i] for i in sorted(_members(question)) if i in of_member]
        if not shared:
            status = question.status.replace("_", " ")
            yield Change("new question", question.id, f"{question.title} ({status})")
            continue
        known = max(dict.fromkeys(q.id for q in shared), key=[q.id for q in shared].count)
        was = next(q for q in shared if q.id == known)
        yield from _moved(old, new, was, question)


def _moved(old: View, new: View, was: Question, now: Question) -> Iterator[Change]:
    if was.status != now.status:
        what = f"{now.title}: {was.status.replace('_', ' ')} → {now.status.replace('_', ' ')}: {now.why}"
        yield Change("status", now.id, what)
    if now.measure and (was.low, was.high) != (now.low, now.high):
        what = f"{now.title}: {old.interval(was.low, was.high)} → {new.interval(now.low, now.high)}"
        yield Change("figure moved", now.id, what)
    known = _members(was)
    for position in now.positions:
        if not {*position.figures, *position.claims} & known:
            yield Change("new position", now.id, f"{now.title}: {position.summary}")


def _relations(old: View, new: View) -> Iterator[Change]:
    known = {(r.type, r.source, r.target) for r in old.dossier.relations}
    for r in new.dossier.relations:
        if r.type in _AGAINST and (r.type, r.source, r.target) not in known:
            yield Change(_AGAINST[r.type], r.source, r.because)
