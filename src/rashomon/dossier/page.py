"""The dossier as one HTML file: no script, nothing loaded, every statement linked to its words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from rashomon.dossier.charts import Chart, chart
from rashomon.dossier.marks import Piece, pieces
from rashomon.dossier.views import View
from rashomon.model import Dossier, DossierFigure, DossierReport

WHOLE = 4_000  # claims and figures up to which a dossier is one file, of 10 MB at most
BRIEF = 20  # members of a position shown in a dossier of several files
ROWS = 3_000  # figures of a measure and entries of the timeline in it; the JSON holds all
CARDS = 500  # questions of a status in it
ALL = ("questions", "figures", "matrix", "timeline", "parties", "reports", "left-out")


@cache
def environment() -> Environment:
    """The templates; everything from a report is escaped, charts alone are markup of our own."""
    return Environment(
        loader=PackageLoader("rashomon.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    return files("rashomon.dossier").joinpath("templates/page.css").read_text("utf8")


def marked(view: View, report: DossierReport) -> Iterator[Piece]:
    """A report's text cut at its marks."""
    return pieces(report, view.claims_of[report.id], view.figures_of[report.id])


def measures(view: View, rows: int | None) -> list[tuple[str, list[DossierFigure], Chart | None]]:
    """Each measure with its figures in time, `rows` at most, and the chart of them all."""
    return [(name, found[:rows], chart(view, name, found)) for name, found in view.by_measure()]


def page(dossier: Dossier) -> str:
    """One self-contained HTML page. All text of reports is escaped; it can never become markup."""
    return _render(View(dossier), ALL, dossier.reports, WHOLE, {})


def pages(dossier: Dossier, stem: str) -> Iterator[tuple[str, str]]:
    """The dossier as HTML files, names and contents: one file, or several if it is large.

    A browser takes many seconds over tens of megabytes; a large dossier is therefore
    split by section, its reports by WHOLE claims and figures. The files link to each
    other by name and belong in one folder.
    """
    size = Counter(c.report for c in dossier.claims)
    size.update(f.report for f in dossier.figures)
    if size.total() <= WHOLE:
        yield f"{stem}.html", page(dossier)
        return
    parts: list[list[DossierReport]] = [[]]
    for report in dossier.reports:
        if parts[-1] and sum(size[r.id] for r in (*parts[-1], report)) > WHOLE:
            parts.append([])
        parts[-1].append(report)
    names = [f"{stem}-reports-{n}.html" for n in range(1, len(parts) + 1)]
    place = {r.id: name for name, part in zip(names, parts, strict=True) for r in part}
    elsewhere = {
        "questions": f"{stem}.html", "matrix": f"{stem}.html", "parties": f"{stem}.html", "left-out": f"{stem}.html",
        "figures": f"{stem}-figures.html", "timeline": f"{stem}-timeline.html", "reports": names[0],
    }  # fmt: skip

    def href(view: View, id: str) -> str:
        report = view.report_of(id)
        return f"{place[report] if report else elsewhere['questions']}#{id}"

    view = View(dossier, href)
    for name in dict.fromkeys(elsewhere.values()):
        shown = [section for section in ALL if elsewhere[section] == name]
        if shown != ["reports"]:
            yield name, _render(view, shown, (), BRIEF, elsewhere)
    for n, (name, part) in enumerate(zip(names, parts, strict=True)):
        follows = {"next": names[n + 1]} if n + 1 < len(names) else {}
        yield name, _render(view, ["reports"], part, BRIEF, elsewhere | follows)


def _render(
    view: View,
    shown: Sequence[str],
    reports: Sequence[DossierReport],
    most: int,
    elsewhere: Mapping[str, str],
) -> str:
    """The page of some sections; `elsewhere` are the files of the others, of which there are many only if it is large."""
    rows, cards = (ROWS, CARDS) if elsewhere else (None, None)
    sections = [(status, found[:cards]) for status, found in view.sections()]
    return (
        environment()
        .get_template("page.html")
        .render(
            view=view,
            dossier=view.dossier,
            style=style(),
            shown=shown,
            elsewhere=elsewhere,
            sections=sections if "questions" in shown else [],
            unshown={status: view.counts[status] - len(found) for status, found in sections},
            measures=measures(view, rows) if "figures" in shown else [],
            timeline=view.dossier.timeline[:rows],
            reports=reports,
            most=most,
            marked=lambda report: marked(view, report),
            reviewing=False,
            keep="",
        )
    )
