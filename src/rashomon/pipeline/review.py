"""What people decided about claims and figures, applied before anything is derived."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
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
FIGURE_FIELDS = ("measure", "kind", "number", "low", "high", "who", "where", "when")
_NUMBERS = frozenset({"number", "low", "high"})
_LARGEST = 1e12
_EDTF = re.compile(
    r"(?:\.\.|\d{4}(?:-\d\d(?:-\d\d)?)?[~?]?)(?:/(?:\.\.|\d{4}(?:-\d\d(?:-\d\d)?)?[~?]?))?"
)

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
        return {field: _number(value)}
    if field not in CLAIM_FIELDS + FIGURE_FIELDS:
        raise RashomonError(f"{field!r} cannot be corrected")
    if field in ("when", "said_at") and value.strip():
        _check_day(value.strip())
    return {field: value.strip() or (None if field in CLAIM_FIELDS else "")}


def _number(value: str) -> int | float | None:
    plain = value.replace(",", "").strip()
    if not plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        raise RashomonError(f"{value!r} is no number") from None
    if not 0 <= number <= _LARGEST:
        raise RashomonError(f"{value!r} is not between 0 and {_LARGEST:.0f}")
    return int(number) if number.is_integer() else number


def _check_day(value: str) -> None:
    """RashomonError unless a value is a date or an interval in EDTF."""
    if not _EDTF.fullmatch(value):
        raise RashomonError(
            f"{value!r} is no date; write 2020-08-14, 2020-08 or 2020-08-09/2020-08-14"
        )
    for day in re.findall(r"\d{4}-\d\d-\d\d|\d{4}-\d\d", value):
        try:
            date.fromisoformat(day if len(day) == 10 else f"{day}-01")
        except ValueError:
            raise RashomonError(f"there is no {day}") from None


def reviewed(
    facts: Iterable[tuple[Report, Extraction]],
    judgements: Sequence[Judgement],
    *,
    whole: bool = True,
) -> Reviewed:
    """The facts under the decisions in force: the newest on a thing wins, corrections add up by field.

    Where the facts are the `whole` case, decisions on what the reader no longer finds are
    among `rejected`.
    """
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
    found_ids: set[str] = set()
    for report, found in facts:
        ids = {c.id for c in found.claims} | {f.id for f in found.figures}
        found_ids |= ids
        if ids & {*verdict, *corrected}:
            claims, figures = kept(report, found.claims), kept(report, found.figures)
            changed.append((report, msgspec.structs.replace(found, claims=claims, figures=figures)))
        else:
            changed.append((report, found))
    if whole:
        known = {x.id for _, e in changed for x in e.claims} | {
            x.id for _, e in changed for x in e.figures
        }
        known |= {id for id, j in verdict.items() if j.verb == "reject" and id in found_ids}
        for id in sorted({*verdict, *corrected} - known):
            by = verdict[id].by if id in verdict else "somebody"
            reason = f"a decision by {by} on {id}, which the reader no longer finds"
            rejected.append(Rejected(stage="review", reason=reason))
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
        if known.get("number") is not None:
            known |= {"low": known["number"], "high": known["number"]}
        low, high = known.get("low", item.low), known.get("high", item.high)
        if low is not None and high is not None and low > high:
            low, high = high, low
        known |= {"low": low, "high": high, "number": low if low == high else None}
        known["bound"] = (
            "exact" if low == high is not None else "vague" if low == high else "at_most" if low is None else "at_least" if high is None else "range"
        )  # fmt: skip
    return msgspec.structs.replace(item, **known)
