"""What people decided about claims and figures, applied before anything is derived."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from rashomon.model import (
    FIGURE_KINDS,
    MEASURES,
    Claim,
    Extraction,
    Figure,
    Judgement,
    RashomonError,
    Rejected,
    Report,
    Stance,
    in_force,
)

ACCEPTED, CORRECTED = "accepted", "corrected"
# The fields that a person may correct; words are never changed, only how they were read.
CLAIM_FIELDS = ("speaker", "stance", "channel", "said_at")
FIGURE_FIELDS = ("measure", "kind", "low", "high", "who", "where", "when")
_NUMBERS = frozenset({"low", "high"})

T = TypeVar("T", Claim, Figure)


class Reviewed(msgspec.Struct, frozen=True):
    """Facts as people left them: what was rejected is out, with its reason; `marks` are by id."""

    facts: list[tuple[Report, Extraction]]
    rejected: list[Rejected]
    marks: dict[str, str]


def correction(field: str, value: str) -> dict[str, Any]:
    """A checked correction of one field; RashomonError says what is wrong with it."""
    allowed = {"stance": [s.value for s in Stance], "measure": MEASURES, "kind": FIGURE_KINDS}
    if field in allowed and value not in allowed[field]:
        raise RashomonError(f"{value!r} is no {field}")
    if field in _NUMBERS:
        try:
            return {field: int(value.replace(",", "")) if value.strip() else None}
        except ValueError:
            raise RashomonError(f"{value!r} is no whole number") from None
    if field not in CLAIM_FIELDS + FIGURE_FIELDS:
        raise RashomonError(f"{field!r} cannot be corrected")
    return {field: value.strip() or (None if field in CLAIM_FIELDS else "")}


def reviewed(
    facts: Iterable[tuple[Report, Extraction]], judgements: Sequence[Judgement]
) -> Reviewed:
    """The facts under the decisions in force: the newest on a thing wins, corrections add up by field."""
    verdict: dict[str, Judgement] = {}
    corrected: dict[str, dict[str, Any]] = {}
    for judgement in in_force(judgements):
        for subject in judgement.subject:
            if judgement.verb in ("accept", "reject"):
                verdict.setdefault(subject, judgement)
            elif judgement.verb == "correct" and judgement.value:
                corrected[subject] = msgspec.json.decode(judgement.value) | corrected.get(
                    subject, {}
                )
    marks = {id: ACCEPTED for id, j in verdict.items() if j.verb == "accept"}
    marks |= dict.fromkeys(corrected, CORRECTED)
    rejected: list[Rejected] = []

    def kept(report: Report, items: Sequence[T]) -> tuple[T, ...]:
        out = []
        for item in items:
            decision = verdict.get(item.id)
            if decision is not None and decision.verb == "reject":
                reason = f"rejected by {decision.by}" + (
                    f": {decision.because}" if decision.because else ""
                )
                span = item.span if isinstance(item, Figure) else item.content[0]
                rejected.append(
                    Rejected(
                        stage="review", reason=reason, path=report.path, report=report.id, span=span
                    )
                )
            else:
                out.append(_corrected(item, corrected.get(item.id, {})))
        return tuple(out)

    changed = []
    for report, found in facts:
        ids = {c.id for c in found.claims} | {f.id for f in found.figures}
        if ids & {*verdict, *corrected}:
            claims, figures = kept(report, found.claims), kept(report, found.figures)
            changed.append((report, msgspec.structs.replace(found, claims=claims, figures=figures)))
        else:
            changed.append((report, found))
    return Reviewed(changed, rejected, marks)


def _corrected(item: T, fields: dict[str, Any]) -> T:
    known = {k: v for k, v in fields.items() if k in item.__struct_fields__}
    if not known:
        return item
    if isinstance(item, Claim):
        if "stance" in known:
            known["stance"] = Stance(known["stance"])
        if "speaker" in known:
            known["source"] = ()  # the words once taken for the source no longer name the speaker
    elif known.keys() & _NUMBERS:
        known["bound"] = (
            "exact" if known.get("low", item.low) == known.get("high", item.high) else "range"
        )
    return msgspec.structs.replace(item, **known)
