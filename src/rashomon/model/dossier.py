"""The dossier: everything derived from the facts of a case, as the contract lays it out."""

import msgspec

from rashomon.model.claims import Claim, Mention, Time
from rashomon.model.figures import Figure, Number
from rashomon.model.judgements import Judgement
from rashomon.model.reports import Rejected, Report

SCHEMA = "rashomon.dossier/1"


class DossierReport(Report, frozen=True, kw_only=True):
    """A report, and the report whose text it copies."""

    copy_of: str | None = None
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who claims or is claimed about, with every form of the name in the reports.

    `speaks_for` (JSON `for`) is the party a spokesman or an office speaks for; `within` the
    country that a city lies in, where a gazetteer knows it.
    """

    id: str
    name: str
    kind: str
    party_class: str = msgspec.field(name="class")
    aliases: tuple[str, ...] = ()
    speaks_for: str | None = msgspec.field(name="for", default=None)
    within: str | None = None


class DossierClaim(Claim, frozen=True, kw_only=True):
    """A claim with its report; `speaker` is a party's id, `review` what a person made of it."""

    report: str
    review: str | None = None


class DossierFigure(Figure, frozen=True, kw_only=True):
    """A figure with its report; `speaker` is a party's id, None in the report's own voice."""

    report: str
    speaker: str | None = None  # type: ignore[assignment]
    review: str | None = None


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to a question, who holds it and how many sources do so independently."""

    summary: str
    parties: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    low: Number | None = None
    high: Number | None = None
    independent_sources: int = 0
    standing: str = "live"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What several claims or figures are about, and how their answers stand to each other.

    `likelihood` is that of the relation on which the status rests, where the machine reads it
    from claims as a whole; None where words or numbers say it.
    """

    id: str
    title: str
    measure: str | None = None
    status: str
    low: Number | None = None
    high: Number | None = None
    why: str = ""
    independent_sources: int = 0
    likelihood: float | None = None
    positions: tuple[Position, ...] = ()


class Relation(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How one claim or figure stands to another, and the reason.

    `likelihood` is given where the machine reads it from claims as a whole, or words only suggest
    it, None where words or numbers say it.
    """

    type: str
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    because: str = ""
    likelihood: float | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline: when (EDTF), what, and the claims and figures that say so."""

    when: str
    what: str
    refs: tuple[str, ...] = ()
    kind: str = "event"


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """The whole record of a case; `judgements` are the decisions that it was made under."""

    schema: str = SCHEMA
    reports: tuple[DossierReport, ...] = ()
    parties: tuple[Party, ...] = ()
    claims: tuple[DossierClaim, ...] = ()
    figures: tuple[DossierFigure, ...] = ()
    questions: tuple[Question, ...] = ()
    relations: tuple[Relation, ...] = ()
    timeline: tuple[Entry, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    judgements: tuple[Judgement, ...] = ()
