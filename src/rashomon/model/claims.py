"""What the extractor finds in one report."""

from enum import StrEnum

import msgspec

from rashomon.model.figures import Figure
from rashomon.model.reports import Rejected
from rashomon.model.spans import Span


class Stance(StrEnum):
    """What a claimant does with the content."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DISPUTES = "disputes"
    ACCUSES = "accuses"
    WARNS = "warns"
    THREATENS = "threatens"
    PROMISES = "promises"
    DEMANDS = "demands"
    APOLOGISES = "apologises"
    ANNOUNCES = "announces"
    ESTIMATES = "estimates"
    RETRACTS = "retracts"
    ASKS = "asks"


class Directness(StrEnum):
    """Whether the words are the claimant's own."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Form(StrEnum):
    """How a mention refers."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class Mention(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A person, organisation or place at a span; one `cluster` within a report is one party."""

    span: Span
    kind: str
    cluster: int
    form: Form = Form.NAME


class Time(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A time expression: TIMEX3 type and value."""

    span: Span
    type: str
    value: str


class Claim(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One attribution: who says what, in which words. Spans may be several where the text splits them.

    `speaker` is the best name that the report gives the source; None where it names
    none. `score` is the extractor's confidence, 0 to 1.
    """

    id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    parent: str | None = None
    channel: str | None = None
    stance: Stance = Stance.ASSERTS
    directness: Directness = Directness.INDIRECT
    said_at: str | None = None
    score: float = 0.0


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """All that one extractor found in one report, and what it had to leave out.

    `meanings` has, by a claim's id, what its content says as a vector of signed bytes: the
    nearer the directions of two, the nearer what they say. An extractor may leave it out.
    """

    report: str
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    meanings: dict[str, bytes] = {}
