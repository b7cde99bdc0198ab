"""A person's decision: appended, never changed; undoing one is another."""

import msgspec


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided what about which things, when and why.

    `verb` is `same`, `different` or `unsure` for two names; `accept`, `reject` or
    `correct` for a claim, figure or membership; `note`; `undo` names a judgement.
    """

    id: str
    verb: str
    subject: tuple[str, ...]
    by: str
    at: str
    because: str = ""
    value: str | None = None
