"""Words of a report: made short for a title or a line, and whether they say that something is not so."""

import re

NEGATION = re.compile(r"\b(?:no|not|never|nobody|none|nothing|neither)\b|n['’]t\b", re.I)


def shortened(words: str, most: int) -> str:
    """Words in one line without the marks around them and a leading "that"; cut at a space beyond `most` characters."""
    line = " ".join(words.split()).strip('.,;:“”"«»„ ').removeprefix("that ").lstrip('“"«„ ')
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
