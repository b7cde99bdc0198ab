"""One family of errors: whatever Rashomon raises on purpose is a RashomonError."""


class RashomonError(Exception):
    """Something a person can act on; its text says what to do."""


class Unreadable(RashomonError):
    """An input that cannot become a report; the text is the reason."""


class UnsupportedSpan(RashomonError):
    """A span that does not slice to the words it is said to hold."""


class CaseError(RashomonError):
    """A case folder that is missing, damaged or of a newer version."""
