"""A case on disk: originals by hash, and one SQLite file of appended facts."""

from rashomon.store.case import Added, CaseStore, Store

__all__ = ["Added", "CaseStore", "Store"]
