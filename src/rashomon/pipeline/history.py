"""The case as it was known on a day."""

from collections.abc import Iterable

from rashomon.model import Extraction, Report


def known_by(
    facts: Iterable[tuple[str, Report, Extraction]], day: str
) -> list[tuple[Report, Extraction]]:
    """The reports that were out by the end of a day (ISO; "" takes all), with what was found in them.

    `facts` come with the moment they were added. A report is known from its day of
    publication; from the day it was added where that is not known.
    """
    return [
        (report, found)
        for added, report, found in facts
        if not day or _last_day(report.published or added) <= day
    ]


def _last_day(when: str) -> str:
    """The last day that a date can mean: a month counts from its end."""
    start = when.rsplit("/", maxsplit=1)[-1][:10].rstrip("~?")
    return start + "-12-31"[len(start) - 4 :] if 4 <= len(start) < 10 else start
