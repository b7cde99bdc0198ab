"""Learn how two claims stand to each other from cases of our own, most of which the reader was not trained on.

python -m training.relations --data ../shared/data [--notes DIR] [--out FILE]

Every claim pair that `rashomon.reconcile.relate` would hold against each other is a row;
its label is the relation that the case's reader noted between the two, or none. Claims
are taken twice: as noted, and as the shipped reader finds them, so that the network also
learns from its errors. Our cases are all quarrel; what calm looks like is learnt from the PolNeAR
documents that the reader's training held out, four together as if they were a case, with
no relation between any of their claims, and from real reports of one event, of which a
reader judged what the program said of them: nearly all of it wrong, so that hardly any two
claims are related there. The least probability of each type is set by cross-validation over
whole cases; the figures are printed. Seeded; some four minutes.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from rashomon import resolve
from rashomon.extract.reader import Reader, Reading
from rashomon.extract.words import split
from rashomon.model import (
    Claim,
    Extraction,
    Form,
    Mention,
    Report,
    Span,
    Stance,
    digest,
)
from rashomon.reconcile import relate
from rashomon.reconcile.items import Case
from rashomon.reconcile.likeness import Likeness
from rashomon.reconcile.relate import TYPES
from rashomon.sources import copies
from training import train
from training.data import PRONOUNS, Sample, as_read, overlap, real, related, rows

SEED = 20201108
HIDDEN = 32
EPOCHS = 60
NETWORKS = 3  # trained with a seed each; their average is surer than any
FOLDS = 6
NEVER = 2.0  # a probability that nothing reaches
ENOUGH = 10  # right ones below which nothing can be said of half
TOGETHER = 4  # calm reports taken for a case
SHARED = 0.5  # share of the words of either claim that a found claim and a noted one have in common


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--notes", type=Path, default=Path(__file__).parent / "annotations")
    parser.add_argument("--out", type=Path, default=relate.WEIGHTS)
    options = parser.parse_args()
    table = related(options.notes)
    reader = Reader()
    features, labels, groups = [], [], []
    for number, row in enumerate(table):
        for found, label in (noted(row, reader), read(row, reader)):
            features.append(found)
            labels.append(label)
            groups += [number] * len(label)
    for number, row in enumerate(calm(options.data), len(table)):
        found, label = read(row, reader)
        features.append(found)
        labels.append(label)
        groups += [number] * len(label)
    for number, row in enumerate(real(options.notes / "real.jsonl", options.data), groups[-1] + 1):
        found, label = judged(row, reader)
        features.append(found)
        labels.append(label)
        groups += [number] * len(label)
    x, y = np.concatenate(features), np.concatenate(labels)
    held = held_out(x, y, np.array(groups))
    least, sure = thresholds(held, y)
    mean, scale, networks = fitted(x, y)
    written = {
        "mean": rounded(mean),
        "scale": rounded(scale),
        "networks": [[[rounded(w), rounded(b)] for w, b in layers] for layers in networks],
        "least": least,
        "sure": sure,
        "rows": len(y),
        "cases": len(table),
    }
    options.out.write_text(json.dumps(written) + "\n", "utf8")


def calm(folder: Path) -> Iterator[dict]:
    """Real reports in fours, in the form of our cases and without relations."""
    path = folder / "attribution/train.jsonl"
    held = train.held_out([Sample(row["doc"], split("")) for row in rows(path)])
    kept = [row for row in rows(path) if row["doc"] in held]
    for n in range(0, len(kept), TOGETHER):
        reports_ = [
            {"outlet": f"O{k}", "published": f"2016-09-{k + 1:02}", "text": row["text"], "claims": [], "figures": []}
            for k, row in enumerate(kept[n : n + TOGETHER])
        ]  # fmt: skip
        yield {"case": f"calm-{n}", "reports": reports_, "relations": []}


def rounded(values: np.ndarray) -> list:
    return np.round(values.astype(float), 4).tolist()


def read(row: dict, reader: Reader) -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of the pairs of claims that the reader finds."""
    found = list(reader.extract(as_read(row)))
    return paired(row, found)


def noted(row: dict, reader: Reader) -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of the pairs of claims as they were noted; figures are those read."""
    made = []
    for report, one, extraction in zip(
        as_read(row), row["reports"], reader.extract(as_read(row)), strict=True
    ):
        names = _names(one)
        claims = tuple(_claim(report, claim, one["mentions"], names) for claim in one["claims"])
        reading = Reading(report, reader.encoder)
        seen = list(reader.encoder.read(reading.words))
        made.append(
            msgspec.structs.replace(
                extraction,
                claims=claims,
                mentions=tuple(_mentions(one)),
                meanings={c.id: reading.meaning(c.content, seen) for c in claims},
            )
        )
    return paired(row, made)


def _names(one: dict) -> dict[int, str]:
    """The fullest form of each party of a report."""
    forms: dict[int, list[str]] = {}
    for start, end, _, cluster, _ in one["mentions"]:
        words = one["text"][start:end]
        if words.lower() not in PRONOUNS:
            forms.setdefault(cluster, []).append(words)
    return {
        cluster: max(found, key=lambda f: (f[:1].isupper(), min(3, len(f.split())), -len(f)))
        for cluster, found in forms.items()
    }


def _claim(report: Report, one: dict, mentions: list, names: dict[int, str]) -> Claim:
    content = tuple(Span(*s) for s in one["content"])
    source = tuple(Span(*s) for s in one["source"])
    speaker = None
    if source:
        inside = [m for m in mentions if m[0] < source[0].end and source[0].start < m[1]]
        widest = max(
            inside,
            key=lambda m: (min(m[1], source[0].end) - max(m[0], source[0].start), m[0] - m[1]),
            default=None,
        )
        speaker = names.get(widest[3]) if widest else source[0].of(report.text)
    return Claim(
        id=digest("c", report.id, content, one["id"]),
        content=content,
        cue=tuple(Span(*s) for s in one["cue"]),
        source=source,
        speaker=speaker,
        stance=Stance(one["stance"]),
        score=1.0,
    )


def _mentions(one: dict) -> Iterator[Mention]:
    for start, end, kind, cluster, head in one["mentions"]:
        words = one["text"][start:end].lower()
        form = Form.NAME if one["text"][head : head + 1].isupper() else Form.DESCRIPTION
        if words in PRONOUNS:
            form = Form.PRONOUN
        yield Mention(span=Span(start, end), kind=kind, cluster=cluster, form=form)


def paired(row: dict, found: list[Extraction]) -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of the candidate pairs of a case."""
    texts = as_read(row)
    case = Case(texts, found, resolve.parties(texts, found), copies(texts))
    claims = case.told()
    likeness = Likeness(case, claims)
    near = [likeness.near(i, wide=True) for i in range(len(claims))]
    pairs = relate.candidates(case, claims, near)
    meant = _meant(row, texts, [c.claim for c in claims if c.claim], [c.report.id for c in claims])
    counted = {f["id"] for one in row["reports"] for f in one["figures"]}
    labels, kept = [], []
    for n, (i, j) in enumerate(pairs):
        kinds = {
            (kind, one in counted)
            for kind, one, other in row["relations"]
            if (one in meant[i] and other in meant[j])
            or (one in meant[j] and other in meant[i] and kind in _EITHER_WAY)
        }
        if any(of_figures for _, of_figures in kinds):
            continue  # the rules for figures relate these
        kept.append(n)
        labels.append(max((TYPES.index(kind) for kind, _ in kinds), default=0))
    features = relate.Features(case, claims, likeness, pairs).rows(0, len(pairs))
    return features[kept], np.array(labels, dtype=np.int64)


def judged(row: dict, reader: Reader) -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of the pairs of claims of real reports: related are those judged so, the half right are left out."""
    texts = as_read(row)
    found = list(reader.extract(texts))
    case = Case(texts, found, resolve.parties(texts, found), copies(texts))
    claims = case.told()
    likeness = Likeness(case, claims)
    pairs = relate.candidates(case, claims, [likeness.near(i, wide=True) for i in range(len(claims))])  # fmt: skip
    place = {report.id: n for n, report in enumerate(texts)}
    at = [(place[c.report.id], c.claim.content[0].start, c.claim_end) for c in claims if c.claim]
    known = {}
    for what, kind, one, other, right, _ in row["judged"]:
        if what == "claim":
            ends = [[n for n, own in enumerate(at) if overlap(own, end)] for end in (one, other)]
            known |= {(max(i, j), min(i, j)): (kind, right) for i in ends[0] for j in ends[1]}
    kept, labels = [], []
    for n, pair in enumerate(pairs):
        kind, right = known.get(pair, ("", "no"))
        if right != "half":
            kept.append(n)
            labels.append(TYPES.index(kind) if right == "yes" else 0)
    features = relate.Features(case, claims, likeness, pairs).rows(0, len(pairs))
    return features[kept], np.array(labels, dtype=np.int64)


_EITHER_WAY = frozenset({"repeats", "corroborates", "disputes"})


def _meant(row: dict, texts: list[Report], claims: list[Claim], where: list[str]) -> list[set[str]]:
    """For each claim the noted claims and figures that it is, or holds."""
    place = {report.id: n for n, report in enumerate(texts)}
    out = []
    for claim, report in zip(claims, where, strict=True):
        one = row["reports"][place[report]]
        own = {i for s in claim.content for i in range(s.start, s.end)}
        held = set()
        for other in one["claims"]:
            theirs = {i for s, e in other["content"] for i in range(s, e)}
            both = len(own & theirs)
            if both >= SHARED * len(own) and both >= SHARED * len(theirs):
                held.add(other["id"])
        held |= {f["id"] for f in one["figures"] if f["span"][0] in own}
        out.append(held)
    return out


def held_out(x: np.ndarray, y: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The probabilities of each row from networks that saw no row of its case."""
    out = np.zeros((len(y), len(TYPES)), dtype=np.float32)
    for fold in range(FOLDS):
        test = groups % FOLDS == fold
        out[test] = relate.forward(x[test], *fitted(x[~test], y[~test]))
    return out


def thresholds(likely: np.ndarray, y: np.ndarray) -> tuple[dict[str, float], dict[str, float]]:
    """For each type two least probabilities: with the best F1, and from which half or more are right.

    Both are printed with precision and recall; a type that is never right half the time has NEVER.
    """
    least, sure = {}, {}
    for n, name in enumerate(TYPES[1:], 1):
        found = []
        for at in np.arange(0.1, 0.95, 0.02):
            said, right = likely[:, n] >= at, y == n
            both = int((said & right).sum())
            if both:
                precision, recall = both / said.sum(), both / right.sum()
                found.append((2 * precision * recall / (precision + recall), float(at), precision, recall))  # fmt: skip
        best = max(found, default=(0.0, NEVER, 0.0, 0.0))
        half = next((f for f in found if f[2] >= 0.5 and f[3] * (y == n).sum() >= ENOUGH), (0.0, NEVER, 0.0, 0.0))  # fmt: skip
        for what, (f1, at, precision, recall) in (("best F1", best), ("half right", half)):
            print(f"{name}, of {int((y == n).sum())}, {what}: F1 {f1:.3f} precision {precision:.3f} recall {recall:.3f} from {at:.2f}")  # fmt: skip
        least[name], sure[name] = round(best[1], 2), round(half[1], 2)
    return least, sure


Layers = list[tuple[np.ndarray, np.ndarray]]
Fitted = tuple[np.ndarray, np.ndarray, list[Layers]]


def fitted(x: np.ndarray, y: np.ndarray) -> Fitted:
    """Means and scales of the features, and the layers of NETWORKS networks trained on rows."""
    mean, scale = x.mean(0), x.std(0) + 1e-3
    inputs, wanted = torch.tensor((x - mean) / scale), torch.tensor(y)
    return mean, scale, [_trained(inputs, wanted, SEED + n) for n in range(NETWORKS)]


def _trained(inputs: torch.Tensor, wanted: torch.Tensor, seed: int) -> Layers:
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Dropout(0.1), nn.Linear(inputs.shape[1], HIDDEN), nn.ReLU(), nn.Dropout(0.4), nn.Linear(HIDDEN, len(TYPES))
    )  # fmt: skip
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=0.3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    for _ in range(EPOCHS):
        network.train()
        for rows_ in torch.randperm(len(wanted)).split(256):
            optimiser.zero_grad()
            F.cross_entropy(network(inputs[rows_]), wanted[rows_]).backward()
            optimiser.step()
        schedule.step()
    linear = [layer for layer in network if isinstance(layer, nn.Linear)]
    return [(m.weight.detach().numpy().T, m.bias.detach().numpy()) for m in linear]


if __name__ == "__main__":
    main()
