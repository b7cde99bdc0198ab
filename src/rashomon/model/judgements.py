"""A person's decision: appended, never changed; undoing one is another."""

from collections.abc import Iterable

import msgspec

VERBS = {
    "same": "one party",
    "different": "two parties",
    "unsure": "cannot tell",
    "accept": "read rightly",
    "reject": "read wrongly",
    "correct": "corrected",
    "apart": "not the same matter",
    "together": "the same matter",
    "protect": "a name to be withheld",
    "note": "a note",
    "undo": "taken back",
}


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided what about which things, when and why.

    `verb` is one of VERBS: `same`, `different` and `unsure` are of two names; `accept`,
    `reject` and `correct` of a claim's or figure's id, the correction in `value` as a JSON
    object of fields; `apart` and `together` of the ids of two claims or figures; `protect` of
    a name; `note` of anything; `undo` of a judgement's id.
    """

    id: str
    verb: str
    subject: tuple[str, ...]
    by: str
    at: str
    because: str = ""
    value: str | None = None


def not_undone(judgements: Iterable[Judgement]) -> frozenset[str]:
    """The ids of the judgements, undos among them, that no undo in force takes back."""
    undone: set[str] = set()
    standing: set[str] = set()
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id), reverse=True):
        if judgement.id not in undone:
            standing.add(judgement.id)
            if judgement.verb == "undo":
                undone.add(judgement.subject[0])
    return frozenset(standing)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that nobody took back, newest first; an undo may itself be undone."""
    found = list(judgements)
    standing = not_undone(found)
    kept = [j for j in found if j.id in standing and j.verb != "undo"]
    return sorted(kept, key=lambda j: (j.at, j.id), reverse=True)
