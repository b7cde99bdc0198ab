"""Read models of a case, and the forms they are shown in: JSON and one HTML file."""

from rashomon.dossier.build import build
from rashomon.dossier.changes import Change, changes
from rashomon.dossier.json import dossier_json, extraction_line
from rashomon.dossier.page import page, pages

__all__ = ["Change", "build", "changes", "dossier_json", "extraction_line", "page", "pages"]
