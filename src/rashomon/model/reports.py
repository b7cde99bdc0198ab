"""A report as it was received, and what could not become one."""

from enum import StrEnum

import msgspec

from rashomon.model.spans import Span


class SegmentKind(StrEnum):
    """What a part of a page is for."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    PROMO = "promo"


class Segment(msgspec.Struct, frozen=True):
    """A part of the text and its kind."""

    span: Span
    kind: SegmentKind


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One text as an outlet carried it. `text` is unchanged; offsets are code points into it.

    `published` is EDTF; `origin` is the agency or outlet whose text it is, `outlet` the
    one that carried it; `sha256` is of the original bytes. None means unknown.
    """

    id: str
    external_id: str | None = None
    path: str
    title: str | None = None
    outlet: str | None = None
    origin: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    sha256: str
    text: str
    segments: tuple[Segment, ...] = ()


class Rejected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something left out, at which stage and why; nothing is dropped in silence."""

    stage: str
    reason: str
    path: str | None = None
    report: str | None = None
    span: Span | None = None
