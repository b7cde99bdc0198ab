"""Predictions for bench/score_names.py.

python benchmarks/names.py pairs IN.tsv OUT.tsv
python benchmarks/names.py translit IN.tsv OUT.jsonl
"""

import argparse
import csv
import json
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from rashomon.resolve.spelling import folded
from rashomon.resolve.verdicts import compare, similarity

NEAREST = 100  # candidates by folded spelling that are ranked by likelihood


def rough_similarity(one: str, other: str) -> float:
    return JaroWinkler.similarity(folded(one), folded(other))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def pairs(source: Path, out: Path) -> None:
    with out.open("w", encoding="utf8") as written:
        for row in rows(source):
            verdict = compare(row["name1"], row["name2"], person=row["schema"] == "Person")
            written.write(f"{row['id']}\t{verdict.score}\n")


def translit(source: Path, out: Path) -> None:
    blocks: dict[str, list[str]] = {}
    found = rows(source)
    for row in found:
        blocks.setdefault(row["block"], []).append(row["cyrillic"])
    with out.open("w", encoding="utf8") as written:
        for row in found:
            latin, known = row["latin"], blocks[row["block"]]
            rough = sorted(known, key=lambda c: (-rough_similarity(latin, c), c))[:NEAREST]
            ranked = sorted(rough, key=lambda c: (-similarity(latin, c), c))
            written.write(
                json.dumps({"latin": row["latin"], "ranked": ranked[:50]}, ensure_ascii=False)
                + "\n"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("pairs", "translit"))
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    {"pairs": pairs, "translit": translit}[options.task](options.source, options.out)


if __name__ == "__main__":
    main()
