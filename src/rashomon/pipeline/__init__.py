"""The order of the stages: the one place that knows it."""

from rashomon.pipeline.derive import derive, withheld
from rashomon.pipeline.history import known_by
from rashomon.pipeline.local import extract, reader_name
from rashomon.pipeline.redaction import Redaction, protected
from rashomon.pipeline.review import CLAIM_FIELDS, FIGURE_FIELDS, correction
from rashomon.pipeline.runs import Run, Stage

__all__ = [
    "CLAIM_FIELDS",
    "FIGURE_FIELDS",
    "Redaction",
    "Run",
    "Stage",
    "correction",
    "derive",
    "extract",
    "known_by",
    "protected",
    "reader_name",
    "withheld",
]
