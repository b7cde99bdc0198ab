"""A number that a report gives, kept as an interval beside the words."""

import msgspec

from rashomon.model.spans import Span

MEASURES = (
    "killed", "injured", "missing", "detained", "abducted", "released", "charged", "sentenced",
    "hospitalised", "displaced", "attending", "on_strike", "deployed", "suspects", "votes",
    "vote_share", "turnout", "damaged", "attacks", "seized", "other",
)  # fmt: skip
BOUNDS = ("exact", "about", "above", "at_least", "below", "at_most", "range", "vague")
FIGURE_KINDS = ("total", "increment", "subset", "share")

Number = int | float


class Figure(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How many of whom, as worded and as an interval.

    `low` and `high` are inclusive, None where the wording leaves that end open;
    `number` is the number named, None for a vague word. `who`, `where` and `speaker`
    are as worded, "" where the report is silent; `when` is EDTF.
    """

    id: str
    claim: str | None = None
    span: Span
    said: str
    number: Number | None = None
    low: Number | None = None
    high: Number | None = None
    bound: str = "exact"
    measure: str
    who: str = ""
    where: str = ""
    when: str = ""
    kind: str = "total"
    speaker: str = ""
    score: float = 0.0


VOTED = frozenset({"vote_share", "votes", "turnout"})  # the measures that count a vote

TELLING = 21  # least number that is taken for the same count wherever it comes in a case


def telling(number: float | None, least: int = TELLING) -> bool:
    """Whether a number is so particular that it is seldom given twice for two things: `least` or more, and not round.

    139 and 5,200 are, 1,000 and 60 are not.
    """
    return number is not None and number >= least and len(f"{number:f}".strip("0.")) > 1
