"""Mentions to parties across reports, spellings and titles."""

from rashomon.resolve.parties import SAME_PERSON, Suggestion, parties, suggestions
from rashomon.resolve.verdicts import Verdict, compare

__all__ = ["SAME_PERSON", "Suggestion", "Verdict", "compare", "parties", "suggestions"]
