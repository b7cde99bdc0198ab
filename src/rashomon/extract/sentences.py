"""Where sentences end, for rules that look no further."""

import re
from bisect import bisect_right

FARTHEST = 1500  # characters a sentence reaches from any of its own, however it is punctuated

_END = re.compile(
    r"(?=[.!?…\n])(?:(?<![A-Z])(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bGen)(?<!\bCol)(?<!\bSgt)(?<!\bLt)(?<!\bCapt)(?<!\bGov)(?<!\bSen)"
    r"(?<!\bRep)(?<!\bSt)(?<!\bNo)(?<!\bJan)(?<!\bFeb)(?<!\bAug)(?<!\bSept)(?<!\bOct)(?<!\bNov)(?<!\bDec)(?<!\bvs)(?<!\bInc)(?<!\bCorp)"
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s+[^a-z\s])|(?<=[A-Z]{2})[.!?]++[\"”’]*+(?=\s+[A-Z])|\n\s*\n|\n(?=\s*[-•*–]))"
)


class Sentences:
    """Sentence boundaries of a text, looked up by character."""

    def __init__(self, text: str) -> None:
        self.ends = [m.end() for m in _END.finditer(text)]
        if not self.ends or self.ends[-1] < len(text):
            self.ends.append(len(text))

    def around(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a character."""
        n = bisect_right(self.ends, at)
        n = min(n, len(self.ends) - 1)
        start, end = (self.ends[n - 1] if n else 0), self.ends[n]
        return max(start, at - FARTHEST), min(end, at + FARTHEST)
