"""Claims and figures as CSV that a spreadsheet cannot take for a formula."""

import csv
import io
from collections.abc import Iterable

from rashomon.dossier.views import View

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """A value as text; what a spreadsheet would compute gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _table(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()  # without the mark Excel misreads "Vaščenko"


def claims(view: View) -> str:
    """One row a claim, with its report and its place in the text."""
    head = ("id", "speaker", "class", "stance", "directness", "words", "channel", "said_at", "outlet", "published", "path", "start", "end", "score", "review")  # fmt: skip
    rows = (
        (c.id, view.speaker(c), view.party_class(c), c.stance.value, c.directness.value, view.words(c), c.channel, c.said_at,
         view.outlet(view.reports[c.report]), view.reports[c.report].published, view.reports[c.report].path, c.content[0].start, c.content[-1].end, c.score, c.review)
        for c in view.dossier.claims
    )  # fmt: skip
    return _table([head, *rows])


def figures(view: View) -> str:
    """One row a figure, with its interval, its report and its place in the text."""
    head = ("id", "said", "number", "low", "high", "bound", "measure", "kind", "who", "where", "when", "speaker", "class", "outlet", "published", "path", "start", "end", "score", "review")  # fmt: skip
    rows = (
        (f.id, f.said, f.number, f.low, f.high, f.bound, f.measure, f.kind, f.who, f.where, f.when, view.speaker(f), view.party_class(f),
         view.outlet(view.reports[f.report]), view.reports[f.report].published, view.reports[f.report].path, f.span.start, f.span.end, f.score, f.review)
        for f in view.dossier.figures
    )  # fmt: skip
    return _table([head, *rows])
