"""People killed, hurt and abducted, as the scorer of MUC's templates reads them: python -m benchmarks.epistemic IN.jsonl OUT.jsonl

Every figure of such a measure with the words for whom it counts, but of those who fight:
the keys hold terrorism against civilians alone. The culprits and how sure the report is
of them are not answered.
"""

import argparse
import json
import re
from pathlib import Path

from benchmarks.attribution import report_of, rows
from rashomon.extract.reader import Reader
from rashomon.model import Figure

EFFECTS = {"killed": "DEATH", "injured": "INJURY", "abducted": None}
# Soldiers, police and whoever attacks; chosen on the first 300 training documents (F1 .29 to .36).
FIGHTING = re.compile(
    r"\b(?:guerrillas?|rebels?|subversives?|terrorists?|insurgents?|extremists?|delinquents?|criminals?|hitmen|gunmen|assailants|attackers"
    r"|contras?|combatants|militants|fighters|soldiers?|troops|marines?|military|army|officers|policem[ae]n|police|guards?|corporals?"
    r"|sergeants?|lieutenants?|members of the (?:army|security|armed|police)|units?|battalion|patrol)\b",
    re.I,
)


def number(figure: Figure) -> str:
    """A figure in the keys' notation: 6, ~100 about, 30- at least, -15 at most, PLURAL."""
    if figure.number is None:
        return "PLURAL"
    plain = f"{figure.number:g}"
    if figure.bound in ("at_least", "above"):
        return f"{plain}-"
    if figure.bound in ("at_most", "below"):
        return f"-{plain}"
    return f"~{plain}" if figure.bound == "about" else plain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    found = rows(options.data)
    with options.out.open("w", encoding="utf8") as out:
        for row, made in zip(found, Reader().extract(map(report_of, found)), strict=True):
            targets = [
                {"name": f.who, "number": number(f), "effect": EFFECTS[f.measure]}
                for f in made.figures
                if f.measure in EFFECTS
                and f.kind != "share"
                and f.who
                and f.number != 0
                and not FIGHTING.search(f.who)
            ]
            out.write(json.dumps({"doc": row["doc"], "targets": targets}) + "\n")


if __name__ == "__main__":
    main()
