"""Learn how Cyrillic names are written in Latin letters: python -m training.transliteration DATA.tsv OUT.json

A joint model of letter runs (Jiampojamarn, Kondrak and Sherif, "Applying Many-to-Many
Alignments and Hidden Markov Models to Letter-to-Phoneme Conversion", 2007): one or two
Cyrillic letters give none to three Latin ones, each with a probability learnt by
expectation and maximisation. Blocks whose hash is divisible by HELD_OUT are left for
measuring.
"""

import csv
import hashlib
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

from rashomon.resolve.spelling import plain_latin

ROUNDS = 12
HELD_OUT = 5
CYRILLIC, LATIN = 2, 3  # letters of a run at the most
RARE = 1e-4  # a run's probability below which it is dropped
DISCOUNT = 0.3  # taken from each run's count a round, so that few runs explain much

Table = dict[str, dict[str, float]]


def held_out(block: str) -> bool:
    return int(hashlib.sha256(block.encode()).hexdigest(), 16) % HELD_OUT == 0


def counts(source: str, target: str, table: Table, into: dict[str, dict[str, float]]) -> float:
    """Add the expected use of each run in a pair; returns the pair's log probability."""
    n, m = len(source), len(target)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = backward[n][m] = 1.0
    arcs = [
        (i, j, i + a, j + b, p)
        for i in range(n)
        for a in range(1, min(CYRILLIC, n - i) + 1)
        if (row := table.get(source[i : i + a]))
        for j in range(m + 1)
        for b in range(min(LATIN, m - j) + 1)
        if (p := row.get(target[j : j + b]))
    ]
    for i, j, up, on, p in arcs:
        forward[up][on] += forward[i][j] * p
    for i, j, up, on, p in reversed(arcs):
        backward[i][j] += p * backward[up][on]
    total = forward[n][m]
    if not total:
        return -50.0
    for i, j, up, on, p in arcs:
        share = forward[i][j] * p * backward[up][on] / total
        if share:
            into[source[i:up]][target[j:on]] += share
    return math.log(total)


def main() -> None:
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    with source.open(encoding="utf8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = [
        (f"^{r['cyrillic']}$", f"^{plain_latin(r['latin'])}$")
        for r in rows
        if not held_out(r["block"])
    ]
    table: Table = defaultdict(lambda: defaultdict(float))
    for cyrillic, latin in pairs:  # all runs near the diagonal, to begin with
        for i in range(len(cyrillic)):
            for a in (1, 2):
                at = i * len(latin) / len(cyrillic)
                for j in range(max(0, int(at) - 2), min(len(latin), int(at) + 3) + 1):
                    for b in range(LATIN + 1):
                        if i + a <= len(cyrillic) and j + b <= len(latin):
                            table[cyrillic[i : i + a]][latin[j : j + b]] += 0.1 ** abs(a - b) / a
    for number in range(ROUNDS):
        total = sum(sum(row.values()) for row in table.values())
        scaled = {s: {t: c / total for t, c in row.items()} for s, row in table.items()}
        used: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        fit = sum(counts(one, other, scaled, used) for one, other in pairs)
        table = {
            s: {t: c - DISCOUNT for t, c in row.items() if c > DISCOUNT} for s, row in used.items()
        }
        print(number, round(fit / len(pairs), 3), sum(map(len, table.values())), flush=True)
    shipped = {}
    for s, row in sorted(table.items()):
        total = sum(row.values())
        kept = {
            t: round(math.log(c / total), 2) for t, c in sorted(row.items()) if c / total > RARE
        }
        if kept:
            shipped[s] = kept
    digest = "sha256:" + hashlib.sha256(source.read_bytes()).hexdigest()
    out.write_text(json.dumps({"data": digest, "runs": shipped}, ensure_ascii=False), "utf8")


if __name__ == "__main__":
    main()
