"""Extraction on this machine, in one process or several, in the order of the reports."""

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from rashomon.extract.reader import Reader
from rashomon.model import Extraction, Rejected, Report
from rashomon.pipeline.grounding import grounded

_reader: Reader | None = None


def reader_name() -> str:
    """The name and version under which a case keeps what this reader finds."""
    reader = Reader()
    return f"{reader.name}-{reader.version}"


def _start() -> None:
    global _reader  # noqa: PLW0603  one reader a worker process, made once
    _reader = Reader()


def _extract(report: Report) -> Extraction:
    if _reader is None:
        _start()
    assert _reader is not None  # noqa: S101  set by _start
    try:
        found = next(iter(_reader.extract([report])))
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        # A report that the reader stumbles over must not cost the others.
        reason = f"the reader failed on it ({type(error).__name__}: {error})"
        rejected = Rejected(stage="extract", reason=reason, path=report.path, report=report.id)
        return Extraction(report=report.id, rejected=(rejected,))
    return grounded(report, found)


def extract(reports: Iterable[Report], *, jobs: int = 1) -> Iterator[tuple[Report, Extraction]]:
    """Each report with its extraction, in order and streaming; `jobs` processes read ahead."""
    if jobs <= 1:
        for report in reports:
            yield report, _extract(report)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start) as pool:
        pending: list[tuple[Report, Future[Extraction]]] = []
        coming = iter(reports)
        pending.extend((r, pool.submit(_extract, r)) for r in islice(coming, 4 * jobs))
        while pending:
            report, future = pending.pop(0)
            yield report, future.result()
            pending.extend((r, pool.submit(_extract, r)) for r in islice(coming, 1))
