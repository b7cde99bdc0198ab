"""Words of a report: made short for a title or a line, whether they say that something is not so, and verbs that go with names."""

import re

# A name whose last word is a plural in small letters; what stands behind it tells more of them.
_SEVERAL = re.compile(
    r"(?:^|\s)(?:[a-z]{3,}(?<![siu])s|(?i:people|men|women|children|media|police|many|several|others|both|two|three))$"
)
_BEHIND_NAME = re.compile(
    r"(?:,|\s(?:who|whose|of|at|in|from|on|to|with|for|that|which|close|near)\s).*$", re.S
)
NEGATION = re.compile(r"\b(?:no|not|never|nobody|none|nothing|neither)\b|n['’]t\b", re.I)


def shortened(words: str, most: int) -> str:
    """Words in one line without the marks around them and a leading "that"; cut at a space beyond `most` characters."""
    line = " ".join(words.split()).strip('.,;:“”"«»„ ').removeprefix("that ").lstrip('“"«„ ')
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def agreeing(name: str, verb: str) -> str:
    """A verb of the third person as it goes with a name: "media reports" contest, the ministry contests."""
    several = _SEVERAL.search(_BEHIND_NAME.sub("", name))
    plural = verb[:-3] + "y" if verb.endswith("ies") else verb[:-1]
    return plural if several else verb
