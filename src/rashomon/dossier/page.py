"""The dossier as one HTML file: no script, nothing loaded, every statement linked to its words."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from rashomon.dossier.marks import Piece, pieces
from rashomon.dossier.views import View
from rashomon.model import Dossier, DossierReport


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("rashomon.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(dossier: Dossier) -> str:
    """One self-contained HTML page. All text of reports is escaped; it can never become markup."""
    view = View(dossier)
    style = files("rashomon.dossier").joinpath("templates/page.css").read_text("utf8")

    def marked(report: DossierReport) -> Iterator[Piece]:
        return pieces(report, view.claims_of[report.id], view.figures_of[report.id])

    return (
        _environment()
        .get_template("page.html")
        .render(view=view, dossier=dossier, style=style, marked=marked)
    )
