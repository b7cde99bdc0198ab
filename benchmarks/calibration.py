"""What a threshold on `score` costs: python -m benchmarks.calibration ATTRIBUTION.jsonl FIGURES.jsonl [--json OUT]

For thresholds from 0 to 0.95 the share of what is found that is right, and the share of
what is right that stays. A claim is right when its content's words overlap a gold
claim's by half or more (intersection over union) and the sources overlap or are both
missing; a figure when span, measure and number agree. Last, for ten bins of score, how
many were right: a calibrated score says so itself.
"""

import argparse
import json
import re
from pathlib import Path

from benchmarks.attribution import report_of, rows
from rashomon.extract.reader import Reader

THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_WORD = re.compile(r"\w+|[^\w\s]")

Judged = list[tuple[float, bool]]


def claims(path: Path) -> tuple[Judged, int]:
    """Every claim's score and whether it is right, and how many gold has."""
    found = rows(path)
    judged: Judged = []
    wanted = 0
    for row, made in zip(found, Reader().extract(map(report_of, found)), strict=True):
        at = [(m.start(), m.end()) for m in _WORD.finditer(row["text"])]

        def words(spans: list, at: list = at) -> set[int]:
            return {n for n, (s, e) in enumerate(at) for a, b in spans if s < b and a < e}

        gold = [(words(a["content"]), words(a["source"])) for a in row["attributions"] if a["content"]]  # fmt: skip
        wanted += len(gold)
        for claim in made.claims:
            content = words([(s.start, s.end) for s in claim.content])
            source = words([(s.start, s.end) for s in claim.source])
            right = any(
                len(content & c) * 2 >= len(content | c) and (bool(source & s) or not (source or s))
                for c, s in gold
            )
            judged.append((claim.score, right))
    return judged, wanted


def figures(path: Path) -> tuple[Judged, int]:
    """Every figure's score and whether its measure and number are right, and how many gold has."""
    found = rows(path)
    judged: Judged = []
    for row, made in zip(found, Reader().extract(map(report_of, found)), strict=True):
        for figure in made.figures:
            near = [
                g
                for g in row["figures"]
                if g["span"][0] < figure.span.end and figure.span.start < g["span"][1]
            ]
            right = any(g["measure"] == figure.measure and g["number"] == figure.number for g in near)  # fmt: skip
            judged.append((figure.score, right))
    return judged, sum(len(r["figures"]) for r in found)


def table(name: str, judged: Judged, wanted: int) -> dict[str, object]:
    print(f"{name}: {len(judged)} found, {wanted} in gold")
    out: dict[str, object] = {"found": len(judged), "gold": wanted}
    for least in THRESHOLDS:
        kept = [right for score, right in judged if score >= least]
        precision = sum(kept) / max(1, len(kept))
        print(f"  from {least:.2f}: {len(kept):5} found, right {precision:.3f}, recall {sum(kept) / wanted:.3f}")  # fmt: skip
        out[f"{least:.2f}"] = [len(kept), round(precision, 4), round(sum(kept) / wanted, 4)]
    gap = 0.0
    for low in range(10):
        bin_ = [(s, r) for s, r in judged if low / 10 <= s < (low + 1) / 10 + (low == 9)]
        if bin_:
            said, was = (sum(x) / len(bin_) for x in zip(*bin_, strict=True))
            gap += abs(said - was) * len(bin_) / len(judged)
            print(f"  score {low / 10:.1f}–{(low + 1) / 10:.1f}: {len(bin_):5}, says {said:.2f}, is {was:.2f}")  # fmt: skip
    print(f"  mean gap {gap:.3f}")
    return out | {"gap": round(gap, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("attribution", type=Path)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    out = {
        "claims": table("claims", *claims(options.attribution)),
        "figures": table("figures", *figures(options.figures)),
    }
    if options.json:
        options.json.write_text(json.dumps(out))


if __name__ == "__main__":
    main()
