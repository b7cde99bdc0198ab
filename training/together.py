"""Grow the forest that says which figures of a case answer one question.

python -m training.together --data ../shared/data [--notes DIR] [--out FILE]

Every two figures of a case that the shipped reader finds and that stand in some question
of the case as noted are a row, labelled by whether they stand in one; so are, with the
weight of REAL, those of real reports of which a reader judged whether they are about one matter. What the forest
does to the rules' groups is printed, cross-validated over whole cases; half a minute.
"""

import argparse
import json
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from rashomon import resolve
from rashomon.extract.reader import Reader
from rashomon.model import Span
from rashomon.pipeline.agreement import agreed
from rashomon.reconcile import howmany, together
from rashomon.reconcile.items import Case, Item
from rashomon.reconcile.lines import figure_of
from rashomon.sources import copies
from training.data import as_read, overlap, real, related

SEED = 20201108
FOLDS = 6
REAL = 3.0  # between 3 and 6 it parts half of what real reports do not ask of one thing, and our cases lose nothing
FOREST = {"max_iter": 80, "learning_rate": 0.1, "max_leaf_nodes": 8, "min_samples_leaf": 30, "l2_regularization": 3.0, "max_features": 0.3}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--notes", type=Path, default=Path(__file__).parent / "annotations")
    parser.add_argument("--out", type=Path, default=together.FOREST)
    options = parser.parse_args()
    reader = Reader()
    table = [paired(row, reader) for row in related(options.notes)]
    groups = np.repeat(np.arange(len(table)), [len(t[1]) for t in table])
    x, y, ruled = (np.concatenate([t[n] for t in table]) for n in range(3))
    told = [judged(row, reader) for row in real(options.notes / "real.jsonl", options.data)]
    real_x, real_y = (np.concatenate([t[n] for t in told]) for n in range(2))
    likely = np.zeros(len(y))
    for fold in range(FOLDS):
        test = groups % FOLDS == fold
        likely[test] = grown(x[~test], y[~test], real_x, real_y).predict_proba(x[test])[:, 1]
    print(f"{len(y)} pairs of {len(table)} cases, {y.sum()} in one question; average precision {average_precision_score(y, likely):.3f}")  # fmt: skip
    for name, joined in (("rules", ruled), ("both", ruled & (likely >= together.LEAST))):
        both = (joined & y).sum()
        print(f"{name}: precision {both / joined.sum():.3f} recall {both / y.sum():.3f} F1 {2 * both / (joined.sum() + y.sum()):.3f}")  # fmt: skip
    forest = grown(x, y, real_x, real_y)
    written = {**written_out(forest), "rows": len(y), "cases": len(table), "real": len(real_y)}
    options.out.write_text(json.dumps(written) + "\n", "utf8")


def paired(row: dict, reader: Reader) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of the pairs of figures of a case, whether each is of one question, and whether the rules say so."""
    texts = as_read(row)
    copied = copies(texts)
    facts = agreed(list(zip(texts, reader.extract(texts), strict=True)), copied=copied)
    found = [extraction for _, extraction in facts]
    case = Case(texts, found, resolve.parties(texts, found), copied)
    questions: dict[str, set[int]] = {}
    for n, question in enumerate(row["questions"]):
        for item in (i for position in question["positions"] for i in position):
            questions.setdefault(item, set()).add(n)
    place = {report.id: row["reports"][n]["figures"] for n, report in enumerate(texts)}
    pairs, items, key_of = compared(case)
    asked = [_asked(place[i.report.id], figure_of(i).span, questions) for i in items]
    known = [n for n, own in enumerate(asked) if own]
    at = np.array(list(combinations(known, 2)), dtype=np.int64).reshape(-1, 2)
    one = np.array([bool(asked[i] & asked[j]) for i, j in at], dtype=bool)
    ruled = np.array([key_of[items[i].id] == key_of[items[j].id] for i, j in at], dtype=bool)
    return pairs.rows(*at.T), one, ruled


def _asked(noted: list[dict], span: Span, questions: dict[str, set[int]]) -> set[int]:
    """The questions in which a figure stands as noted."""
    same = [f["id"] for f in noted if f["span"][0] < span.end and span.start < f["span"][1]]
    return set().union(*(questions.get(id, ()) for id in same))


def judged(row: dict, reader: Reader) -> tuple[np.ndarray, np.ndarray]:
    """Features of the pairs of figures of real reports that a reader judged, and whether each is about one thing."""
    texts = as_read(row)
    found = list(reader.extract(texts))
    case = Case(texts, found, resolve.parties(texts, found), copies(texts))
    pairs, items, _ = compared(case)
    place = {report.id: n for n, report in enumerate(texts)}
    at = [(place[i.report.id], figure_of(i).span.start, figure_of(i).span.end) for i in items]
    known = {}
    for what, _, one, other, _, same in row["judged"]:
        if what == "figure" and same != "half":
            ends = [[n for n, own in enumerate(at) if overlap(own, end)] for end in (one, other)]
            known |= {(min(i, j), max(i, j)): same == "yes" for i in ends[0] for j in ends[1] if i != j}  # fmt: skip
    found_at = np.array(sorted(known), dtype=np.int64).reshape(-1, 2)
    return pairs.rows(*found_at.T), np.array([known[pair] for pair in sorted(known)], dtype=bool)


def compared(case: Case) -> tuple[together.Pairs, list[Item], dict[str, tuple[str, ...]]]:
    """What is known of the pairs of a case's figures, the figures in order, and of each the group of the rules."""
    groups = howmany.ruled(case)
    key_of = {item.id: key for key, items in groups.items() for item in items}
    items = sorted(case.figures, key=together.place)
    kinds = [howmany.kind_of_people(i) for i in items]
    return together.Pairs(case, items, [key_of[i.id] for i in items], kinds), items, key_of


def grown(
    x: np.ndarray, y: np.ndarray, real_x: np.ndarray, real_y: np.ndarray
) -> HistGradientBoostingClassifier:
    """The forest on pairs of our cases and, with the weight of REAL, on those of real reports."""
    weight = np.concatenate([np.ones(len(y)), np.full(len(real_y), REAL)])
    forest = HistGradientBoostingClassifier(**FOREST, random_state=SEED)
    return forest.fit(np.concatenate([x, real_x]), np.concatenate([y, real_y]), sample_weight=weight)  # fmt: skip


def written_out(forest: HistGradientBoostingClassifier) -> dict:
    """The trees as columns by node, in the form that `rashomon.reconcile.together` reads."""
    trees = []
    for (predictor,) in forest._predictors:
        nodes = predictor.nodes
        own, leaf = np.arange(len(nodes)), nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": np.where(leaf, 0, nodes["feature_idx"]).tolist(),
                "threshold": [float(np.float32(t)) for t in np.where(leaf, 0.0, nodes["num_threshold"])],
                "left": np.where(leaf, own, nodes["left"]).tolist(),
                "right": np.where(leaf, own, nodes["right"]).tolist(),
                "value": np.round(np.where(leaf, nodes["value"], 0.0), 5).tolist(),
                "depth": int(nodes["depth"].max()),
            }
        )  # fmt: skip
    return {"start": round(float(forest._baseline_prediction.item()), 5), "trees": trees}


if __name__ == "__main__":
    main()
