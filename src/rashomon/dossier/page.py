"""The dossier as one HTML file: no script, nothing loaded, every statement linked to its words."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from rashomon.dossier.charts import Chart, chart
from rashomon.dossier.marks import Piece, pieces
from rashomon.dossier.views import View
from rashomon.model import Dossier, DossierFigure, DossierReport

EVERYTHING = 10_000  # members of a position shown on the static page


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


def measures(view: View) -> list[tuple[str, list[DossierFigure], Chart | None]]:
    """Each measure with its figures in time and their chart."""
    return [(name, found, chart(view, name, found)) for name, found in view.by_measure()]


def page(dossier: Dossier) -> str:
    """One self-contained HTML page. All text of reports is escaped; it can never become markup."""
    view = View(dossier)
    return (
        environment()
        .get_template("page.html")
        .render(
            view=view,
            dossier=dossier,
            style=style(),
            sections=view.sections(),
            measures=measures(view),
            most=EVERYTHING,
            marked=lambda report: marked(view, report),
            reviewing=False,
            keep="",
        )
    )
