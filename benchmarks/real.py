"""What the program says of real reports, held against a reader's judgement: python -m benchmarks.real NOTES DATA [--json OUT]

NOTES are cases of real reports of one event (corpus and document; their texts lie below
DATA) with relations that an earlier release stated between claims and figures, each
judged by a reader to be right, half right or wrong. Counted is what is still told plainly,
that is without a likelihood: `wrong_gone` is the share of the wrong relations that no
longer are, `right_kept` that of the right and the half right that still are. What is told
now and was not then is `unjudged`.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from rashomon.dossier import dossier_json
from rashomon.pipeline import derive, extract
from training.data import as_read, overlap, real

ENDS = tuple[list[int], list[int]]


def told(row: dict) -> list[tuple[str, list[int], list[int]]]:
    """The relations that the dossier of a case tells plainly, repetitions left out: type and both places."""
    texts = as_read(row)
    dossier = json.loads(dossier_json(derive(extract(texts))))
    place = {report.id: n for n, report in enumerate(texts)}
    at: dict[str, list[int]] = {}
    for claim in dossier["claims"]:
        spans = claim["content"]
        at[claim["id"]] = [place[claim["report"]], spans[0][0], spans[-1][1]]
    for figure in dossier["figures"]:
        at[figure["id"]] = [place[figure["report"]], *figure["span"]]
    return [
        (r["type"], at[r["from"]], at[r["to"]])
        for r in dossier["relations"]
        if r["type"] != "repeats" and r["likelihood"] is None
    ]


def same(one: ENDS, other: ENDS) -> bool:
    """Whether two relations are between the same places, in whatever direction."""
    return any(overlap(one[0], a) and overlap(one[1], b) for a, b in (other, other[::-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    before: Counter[str] = Counter()
    now: Counter[str] = Counter()
    for row in real(options.notes, options.data):
        left = told(row)
        for _, kind, one, other, right, _ in row["judged"]:
            before[right] += 1
            found = next((r for r in left if r[0] == kind and same((one, other), r[1:])), None)
            if found is not None:
                left.remove(found)
                now[right] += 1
        now["unjudged"] += len(left)
    fair = before["yes"] + before["half"]
    scores = {
        "wrong_gone": 1 - now["no"] / before["no"],
        "right_kept": (now["yes"] + now["half"]) / fair,
        "told": {name: now[name] for name in ("yes", "half", "no", "unjudged")},
    }
    print(json.dumps(scores, indent=1))
    if options.json:
        options.json.write_text(json.dumps(scores))


if __name__ == "__main__":
    main()
