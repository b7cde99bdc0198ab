"""The vocabulary: frozen values that every stage speaks in."""

from rashomon.model.claims import Claim, Directness, Extraction, Form, Mention, Stance, Time
from rashomon.model.derived import Cast, Outcome
from rashomon.model.dossier import (
    Dossier,
    DossierClaim,
    DossierFigure,
    DossierReport,
    Entry,
    Party,
    Position,
    Question,
    Relation,
)
from rashomon.model.errors import CaseError, RashomonError, Unreadable, UnsupportedSpan
from rashomon.model.figures import BOUNDS, FIGURE_KINDS, MEASURES, VOTED, Figure, telling
from rashomon.model.ids import digest
from rashomon.model.judgements import VERBS, Judgement, in_force, not_undone
from rashomon.model.reports import Rejected, Report, Segment, SegmentKind
from rashomon.model.spans import Span
from rashomon.model.titles import DESCENT, TITLES
from rashomon.model.words import NEGATION, agreeing, shortened

__all__ = [
    "BOUNDS",
    "DESCENT",
    "FIGURE_KINDS",
    "MEASURES",
    "NEGATION",
    "TITLES",
    "VERBS",
    "VOTED",
    "CaseError",
    "Cast",
    "Claim",
    "Directness",
    "Dossier",
    "DossierClaim",
    "DossierFigure",
    "DossierReport",
    "Entry",
    "Extraction",
    "Figure",
    "Form",
    "Judgement",
    "Mention",
    "Outcome",
    "Party",
    "Position",
    "Question",
    "RashomonError",
    "Rejected",
    "Relation",
    "Report",
    "Segment",
    "SegmentKind",
    "Span",
    "Stance",
    "Time",
    "Unreadable",
    "UnsupportedSpan",
    "agreeing",
    "digest",
    "in_force",
    "not_undone",
    "shortened",
    "telling",
]
