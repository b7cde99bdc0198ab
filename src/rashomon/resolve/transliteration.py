"""How likely a word in Latin letters is a given word in Cyrillic ones, whoever romanised it."""

import json
from functools import cache, lru_cache
from pathlib import Path

from rashomon.resolve.spelling import plain_latin

_TABLE = Path(__file__).parent / "cyrillic.json"
ODD = -4.0  # log probability of a letter lost, added or changed; -6 and -8 were no better
_BAND = 4  # letters that an alignment may stray from the diagonal
_LOST = float("-inf")


@cache
def _runs() -> dict[str, dict[str, float]]:
    """Log probabilities of Latin runs for each Cyrillic one (training/transliteration.py)."""
    table: dict[str, dict[str, float]] = json.loads(_TABLE.read_text("utf8"))["runs"]
    return table


@lru_cache(maxsize=200_000)
def likelihood(latin: str, cyrillic: str) -> float:
    """Log probability of the best way to write the Cyrillic word so, by letter of the longer word."""
    runs = _runs()
    source, target = f"^{cyrillic.lower()}$", f"^{plain_latin(latin)}$"
    n, m = len(source), len(target)
    best = [[_LOST] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i in range(n + 1):
        rows = [(a, runs.get(source[i : i + a], {})) for a in (1, 2) if i + a <= n]
        middle = i * m // n
        for j in range(max(0, middle - _BAND), min(m, middle + _BAND) + 1):
            value = best[i][j]
            if value == _LOST:
                continue
            for a, row in rows:
                for b in range(min(3, m - j) + 1):
                    chance = row.get(target[j : j + b])
                    if chance is not None and value + chance > best[i + a][j + b]:
                        best[i + a][j + b] = value + chance
            odd = value + ODD
            for down, right in ((1, 0), (1, 1), (0, 1)):
                if i + down <= n and j + right <= m and odd > best[i + down][j + right]:
                    best[i + down][j + right] = odd
    return best[n][m] / max(n, m)
