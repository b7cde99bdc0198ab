"""Mentions to parties across reports, spellings and titles."""

from rashomon.resolve.parties import parties
from rashomon.resolve.verdicts import Verdict, compare

__all__ = ["Verdict", "compare", "parties"]
