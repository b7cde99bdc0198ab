"""Predictions for bench/score_counts.py: python benchmarks/counts.py IN.jsonl OUT.jsonl

One value an incident from all its reports: the figure that a report's lead gives most
often, the latest report that gives any deciding; without a figure, whether the lead
says that someone was killed or hurt. Further down stand other incidents and years.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.attribution import rows
from rashomon.extract.reader import Reader
from rashomon.model import Figure, Report, digest

# What a report says without a number: "the man died", "a shooting victim in hospital".
WORDED = {
    "killed": re.compile(
        r"\b(?:killed|dead|died|dies|fatal(?:ly)?|homicide|murder(?:ed)?|death|slain|pronounced)\b",
        re.I,
    ),
    "injured": re.compile(
        r"\b(?:injur\w+|wound\w*|hospital\w*|hurt|critical condition|surviv\w+|shot|struck|stabbed|grazed|hit by)\b",
        re.I,
    ),
}
# Least score of a figure that counts: a death toll must be sure, for "shot" is mostly hurt.
# Chosen among .31 to .79 on half of dev.
LEAST = {"killed": 0.74, "injured": 0.42}
LEAD = 600  # characters; 300 to 800 were tried on half of dev
LARGEST = 100  # more than any incident has
FIELDS = {"killed": ("killed",), "injured": ("injured", "hospitalised")}


def value(reports: Sequence[tuple[Report, Sequence[Figure]]], field: str, *, worded: bool) -> int:
    """The number that the last report with one gives most often in its lead, else 1 or 0 by its words.

    Without `worded` the words do not count.
    """
    best: int | None = None
    for _, figures in reports:
        numbers = [
            int(f.number)
            for f in figures
            if f.measure in FIELDS[field]
            and f.number is not None
            and f.kind not in ("share", "subset")
            and f.score >= LEAST[field]
            and f.number <= LARGEST
            and f.span.start < LEAD
        ]
        if numbers:
            best = Counter(numbers).most_common(1)[0][0]
    if best is not None:
        return best
    return int(worded and any(WORDED[field].search(r.text[:LEAD]) for r, _ in reports))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    reader = Reader()
    with options.out.open("w", encoding="utf8") as out:
        for row in rows(options.source):
            reports = [
                Report(
                    id=digest("r", r["id"]),
                    path=r["id"],
                    sha256="",
                    text=f"{r['title']}.\n\n{r['text']}",
                    published=r["published"],
                )
                for r in row["reports"]
            ]
            found = [(r, e.figures) for r, e in zip(reports, reader.extract(reports), strict=True)]
            killed = value(found, "killed", worded=True)
            # Wounds and hospitals that a report of a death speaks of are mostly the dead one's.
            injured = value(found, "injured", worded=not killed)
            made = {"incident": row["incident"], "killed": killed, "injured": injured}
            out.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
