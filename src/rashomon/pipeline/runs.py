"""What a run did: how much was read, what was left out and why, seconds a stage."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rashomon.model import Rejected

Stage = str


class Run:
    """Counts and times of one run, filled as it goes."""

    def __init__(self) -> None:
        self.read = 0
        self.rejected: list[Rejected] = []
        self.seconds: dict[Stage, float] = {}

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        """Add the seconds of the block to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began

    @property
    def exit_status(self) -> int:
        """0 when all was read, 3 when something was rejected."""
        return 3 if any(r.stage in ("sources", "extract") for r in self.rejected) else 0

    def lines(self) -> Iterator[str]:
        """The run report, a line each."""
        yield f"{self.read} reports read, {len(self.rejected)} rejected"
        reasons = Counter(f"{r.stage}: {r.reason}" for r in self.rejected)
        for reason, count in sorted(reasons.items()):
            yield f"  {count} × {reason}"
        stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in self.seconds.items())
        yield f"seconds: {stages or 'none'}"
