"""The order of the stages: the one place that knows it."""

from rashomon.pipeline.derive import derive
from rashomon.pipeline.local import extract
from rashomon.pipeline.runs import Run, Stage

__all__ = ["Run", "Stage", "derive", "extract"]
