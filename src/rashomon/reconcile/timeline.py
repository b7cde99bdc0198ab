"""What happened and what was said, when: the two kept apart."""

from collections import defaultdict

from rashomon.model import Entry
from rashomon.reconcile.items import Case, Item

_LONGEST = 160


def timeline(case: Case) -> tuple[Entry, ...]:
    """Figures by their as-of (`event`) and claims by the day of saying (`statement`), in order.

    Copies of one text make one entry; approximate times keep their EDTF.
    """
    grouped: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    for item in case.figures:
        if item.day and item.figure and item.segment != "headline":
            grouped[item.day, "event", item.sentence[:_LONGEST]].append(item)
    for item in case.claims:
        if item.day:
            text = " ".join(item.text.split())[:_LONGEST]
            grouped[item.day, "statement", f"{case.name(item)}: {text}"].append(item)
    return tuple(
        Entry(when=when, what=what, kind=kind, refs=tuple(sorted({i.id for i in items})))
        for (when, kind, what), items in sorted(grouped.items())
    )
