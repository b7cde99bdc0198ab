"""What `resolve` and `reconcile` hand on: parties with who speaks, questions with relations."""

import msgspec

from rashomon.model.dossier import Entry, Party, Question, Relation


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """The parties of a case, and which of them each claim and figure has as speaker.

    `speakers` maps a claim's or figure's id to a party's id; an id that is not there
    has no speaker, or is the report's own voice.
    """

    parties: tuple[Party, ...] = ()
    speakers: dict[str, str] = {}


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What agrees and disagrees."""

    questions: tuple[Question, ...] = ()
    relations: tuple[Relation, ...] = ()
    timeline: tuple[Entry, ...] = ()
