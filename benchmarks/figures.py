"""Predictions for bench/score_figures.py: python benchmarks/figures.py IN.jsonl OUT.jsonl"""

import argparse
from pathlib import Path

from benchmarks.attribution import report_of, rows
from rashomon.dossier import extraction_line
from rashomon.extract.reader import Reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    reports = [report_of(row) for row in rows(options.source)]
    with options.out.open("wb") as out:
        for report, extraction in zip(reports, Reader().extract(reports), strict=True):
            out.write(extraction_line(report, extraction))


if __name__ == "__main__":
    main()
