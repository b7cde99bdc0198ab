"""Predictions for bench/score_times.py: python benchmarks/times.py IN.jsonl OUT.jsonl"""

import argparse
import json
from pathlib import Path

from rashomon.extract.calendar import parse
from rashomon.extract.times import expressions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "data", type=Path, nargs="+", help="data/times/*.jsonl, then the file to write"
    )
    *data, out = parser.parse_args().data
    with out.open("w", encoding="utf8") as written:
        for path in data:
            for line in path.read_text("utf8").splitlines():
                row = json.loads(line)
                times = [
                    {"span": [t.start, t.end], "type": t.type, "value": t.value}
                    for t in expressions(row["text"], parse(row["dct"]))
                ]
                written.write(json.dumps({"doc": row["doc"], "times": times}) + "\n")


if __name__ == "__main__":
    main()
