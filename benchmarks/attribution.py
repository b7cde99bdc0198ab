"""Predictions for bench/score_attributions.py: python benchmarks/attribution.py IN.jsonl OUT.jsonl

IN has `doc` and `text` a line, as data/attribution/*.jsonl.
"""

import argparse
import json
from pathlib import Path

from rashomon.extract.reader import Reader
from rashomon.model import Report, Span, digest


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def report_of(row: dict) -> Report:
    """A bare report with a document's text, its name as external id."""
    return Report(
        id=digest("r", row["doc"]), external_id=row["doc"], path=row["doc"], sha256="", text=row["text"],
        published=row.get("published") or None, title=row.get("title") or None,
    )  # fmt: skip


def pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    found = rows(options.source)
    with options.out.open("w", encoding="utf8") as out:
        for row, extraction in zip(found, Reader().extract(map(report_of, found)), strict=True):
            made = [
                {"source": pairs(c.source), "cue": pairs(c.cue), "content": pairs(c.content)}
                for c in extraction.claims
            ]
            out.write(json.dumps({"doc": row["doc"], "attributions": made}) + "\n")


if __name__ == "__main__":
    main()
