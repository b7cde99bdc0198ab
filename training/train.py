"""Train the reader's network from the visible corpora, in two courses; resumable, seeded.

python -m training.train --data ../shared/data --base DIR --out DIR

The first course takes every corpus as often as it is large. The second starts from the
first one's averaged weights and takes more of what is rare: our own reports, which have
claims, figures and mentions in one text, our own cases, in which the claims about one
matter are to mean alike, GUM, and a different third of PolNeAR each epoch.
"""

import argparse
import copy
import hashlib
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F
from transformers import BertModel

from rashomon.extract import pairs
from training import data, synthetic
from training.data import Sample
from training.model import MEANING, Network, buckets, named, pair_scores

SEED = 20201108
LENGTH = 384
BATCH_TOKENS = 3072
SYNTHETIC = 500
# What each loss weighs. Pointer losses start large and would drown the roles; the anchor's
# is a mean over words of which one in forty is an anchor.
WEIGHTS = {
    "role": 2.0, "anchor": 8.0, "link": 1.0, "source1": 0.5, "source2": 0.5, "type": 1.5, "form": 0.5,
    "mention1": 0.25, "mention2": 0.25, "coref": 1.0, "stance": 0.5, "meaning": 1.0, "matter": 0.3, "measure": 1.0, "kind": 0.3, "who1": 0.15, "who2": 0.15,
}  # fmt: skip
HELD_OUT = 40  # PolNeAR training documents kept for tuning the decoder
HELD_OUT_REPORTS = 7  # one of so many of our own reports, and cases, is kept for measuring
NEARNESS = 0.07  # cosine by which a claim of the same matter is e times likelier
IGNORE = -100
# Pairs of quotation marks that a text's own may be replaced with; an empty one becomes a full stop.
QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("“", ""))
MARKS = frozenset('"“”«»„')


@dataclass(frozen=True)
class Course:
    """So many epochs at a rate (that of the encoder; the heads learn five times as fast), over
    corpora taken so many times each; below 1, another part of the corpus every epoch.

    Its result lies `share` of the way from the weights it started from to its own averaged
    ones: half-way keeps more of what the first course knew (docs/model-card.md).
    """

    epochs: int
    rate: float
    times: dict[str, float]
    share: float = 1.0


COURSES = (
    Course(9, 2e-4, {"attribution": 1, "entities": 1, "figures": 2, "own": 2, "synthetic": 1}),
    Course(
        4,
        1e-4,
        {
            "attribution": 1 / 3,
            "entities": 2,
            "figures": 2,
            "own": 1,
            "reports": 2,
            "cases": 2,
            "synthetic": 0.5,
        },
        share=0.5,
    ),
)


class Pieces:
    """Subword ids of words, each looked up once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer, self.known = tokenizer, {}
        self.cls, self.sep, self.mask = (
            tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[MASK]")
        )

    def __call__(self, form: str) -> list[int]:
        if form not in self.known:
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids
            self.known[form] = ids[:12] or [self.mask]
        return self.known[form]


@dataclass
class Window:
    """Words first … last (exclusive) of a sample."""

    sample: Sample
    first: int
    last: int
    tokens: int


def windows(samples: list[Sample], pieces: Pieces, rng: random.Random) -> Iterator[Window]:
    """Each sample cut into windows of LENGTH subwords, at a random shift."""
    for sample in samples:
        sizes = [len(pieces(form)) for form in sample.words.forms]
        limit = LENGTH - 2
        room = rng.randint(limit // 3, limit) if sum(sizes) > limit else limit
        first = used = 0
        for i, size in enumerate(sizes):
            if used + size > room:
                yield Window(sample, first, i, used + 2)
                first, used, room = i, 0, limit
            used += size
        if used:
            yield Window(sample, first, len(sizes), used + 2)


def batches(found: list[Window], rng: random.Random) -> list[list[Window]]:
    """Windows of like length together, about BATCH_TOKENS a batch, in random order; those of a case always together."""
    out = [list(of) for case, of in groupby(found, lambda w: w.sample.case) if case]
    found = [w for w in found if not w.sample.case]
    rng.shuffle(found)
    for at in range(0, len(found), 128):
        chunk = sorted(found[at : at + 128], key=lambda w: w.tokens)
        batch: list[Window] = []
        for window in chunk:
            if batch and window.tokens * (len(batch) + 1) > BATCH_TOKENS:
                out.append(batch)
                batch = []
            batch.append(window)
        out.append(batch)
    rng.shuffle(out)
    return out


def inputs(batch: list[Window], pieces: Pieces, rng: random.Random | None) -> tuple[Tensor, ...]:
    """ids, shapes, starts, mask; `rng` turns augmentation on (letter case, quotation marks, masked words)."""
    width = max(w.tokens for w in batch)
    count = max(w.last - w.first for w in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    shapes = torch.full((len(batch), width), 4)
    starts = torch.zeros(len(batch), count, dtype=torch.long)
    for b, window in enumerate(batch):
        words = window.sample.words
        case = rng.random() if rng else 1.0
        marks = rng.choice(QUOTES) if rng and rng.random() < 0.2 else None
        opening = True
        row, cases = [pieces.cls], [4]
        for k, i in enumerate(range(window.first, window.last)):
            starts[b, k] = len(row)
            form = words.forms[i]
            if marks and form in MARKS:
                opening = form in "“«„" or (form == '"' and opening)
                form = marks[0] if opening else marks[1] or "."
                opening = not opening
            part = pieces(form)
            if rng and rng.random() < 0.06:
                part = [pieces.mask] * len(part)
            seen = words.shapes[i]
            if case < 0.12 and seen < 3:
                seen = 0
            elif case < 0.24 and seen < 3:
                seen = 2
            row += part
            cases += [seen] * len(part)
        row.append(pieces.sep)
        cases.append(4)
        ids[b, : len(row)] = torch.tensor(row)
        shapes[b, : len(row)] = torch.tensor(cases)
        mask[b, : len(row)] = 1
    return ids, shapes, starts, mask


class Losses:
    """Mean loss of each task over a batch."""

    def __init__(self, network: Network, out: dict[str, Tensor], batch: list[Window]) -> None:
        self.out, self.batch, self.network = out, batch, network
        self.width = out["role"].shape[1]
        self.bias = network.bias(buckets(self.width)).permute(2, 0, 1)
        real = torch.tensor([w.last - w.first for w in batch])
        self.beyond = torch.arange(self.width)[None, None, :] >= real[:, None, None]

    def scores(self, name: str, query: str, key: str, pair: int) -> Tensor:
        scores = pair_scores(self.out[query], self.out[key], self.bias[pair])
        return scores.masked_fill(self.beyond, -1e4)

    def all(self) -> dict[str, Tensor]:
        losses: dict[str, Tensor] = {}
        for task in (self.attribution, self.mention, self.coreference, self.figure):
            losses.update(task())
        return losses

    def targets(self) -> Tensor:
        return torch.full((len(self.batch), self.width), IGNORE)

    def pointer(self, name: str, pair: int, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        found = {}
        for n, target in ((1, first), (2, last)):
            if (target >= 0).any():
                scores = self.scores(name, f"{name}_q{n}", f"{name}_k{n}", pair + n - 1)
                rows = target >= 0
                found[f"{name}{n}"] = F.cross_entropy(scores[rows], target[rows])
        return found

    def attribution(self) -> dict[str, Tensor]:
        role, anchor, link = self.targets(), self.targets(), self.targets()
        first, last, stance = self.targets(), self.targets(), self.targets()
        meant, wanted = [], []
        told, matters = [], []
        for b, window in enumerate(self.batch):
            if window.sample.attributions is None:
                continue
            size = window.last - window.first
            role[b, :size] = 0
            anchor[b, :size] = 0
            inside = lambda i, w=window: w.first <= i < w.last
            for one in window.sample.attributions:
                held = inside(one.anchor)
                at = one.anchor - window.first
                for value, indices in ((1, one.content), (2, one.cue)):
                    for i in filter(inside, indices):
                        role[b, i - window.first] = value
                        link[b, i - window.first] = at if held else IGNORE
                if held and one.meaning is not None and all(map(inside, one.content)):
                    own = torch.tensor(one.content) - window.first
                    meant.append(self.out["meaning"][b, own].mean(0))
                    wanted.append(one.meaning)
                if one.matters and any(map(inside, one.content)):
                    own = torch.tensor([i for i in one.content if inside(i)]) - window.first
                    told.append(self.out["meaning"][b, own].mean(0))
                    matters.append(one.matters)
                if held:
                    anchor[b, at] = 1
                    stance[b, at] = IGNORE if one.stance is None else one.stance
                    if one.source is None:
                        first[b, at] = last[b, at] = at
                    elif inside(one.source[0]) and inside(one.source[1]):
                        first[b, at] = one.source[0] - window.first
                        last[b, at] = one.source[1] - window.first
        rows = role >= 0
        if not rows.any():
            return {}
        losses = {
            "role": F.cross_entropy(self.out["role"][rows], role[rows]),
            "anchor": F.binary_cross_entropy_with_logits(
                self.out["anchor"][..., 0][rows], anchor[rows].float()
            ),
        }
        linked = link >= 0
        if linked.any():
            scores = self.scores("link", "link_q", "link_k", 0)
            losses["link"] = F.cross_entropy(scores[linked], link[linked])
        if meant:
            alike = F.cosine_similarity(torch.stack(meant), torch.stack(wanted))
            losses["meaning"] = (1 - alike).mean()
        if (nearness := _nearness(told, matters)) is not None:
            losses["matter"] = nearness
        noted = stance >= 0
        if noted.any():
            losses["stance"] = F.cross_entropy(self.out["stance"][noted], stance[noted])
        return losses | self.pointer("source", 1, first, last)

    def mention(self) -> dict[str, Tensor]:
        kind, form = self.targets(), self.targets()
        first, last = self.targets(), self.targets()
        for b, window in enumerate(self.batch):
            if window.sample.mentions is None:
                continue
            kind[b, : window.last - window.first] = 0
            for one in window.sample.mentions:
                if not window.first <= one.head < window.last:
                    continue
                at = one.head - window.first
                kind[b, at], form[b, at] = one.type, one.form
                if window.first <= one.first and one.last < window.last:
                    first[b, at], last[b, at] = one.first - window.first, one.last - window.first
        rows, heads = kind >= 0, form >= 0
        if not heads.any():
            return {}
        return {
            "type": F.cross_entropy(self.out["type"][rows], kind[rows]),
            "form": F.cross_entropy(self.out["form"][heads], form[heads]),
        } | self.pointer("mention", 3, first, last)

    def coreference(self) -> dict[str, Tensor]:
        total, count = torch.zeros(()), 0
        for b, window in enumerate(self.batch):
            inside = [
                m for m in window.sample.mentions or ()
                if window.first <= m.first and m.last < window.last
            ]  # fmt: skip
            if len(inside) < 2:
                continue
            at = torch.tensor([m.head - window.first for m in inside])
            scores = self.out["coref_q"][b, at] @ self.out["coref_k"][b, at].T / 8
            scores = scores + self.network.pair(pair_features(window.sample, inside))[..., 0]
            cluster = torch.tensor([hash_of(m.cluster) for m in inside])
            earlier = torch.tril(torch.ones(len(inside), len(inside), dtype=torch.bool), -1)
            same = (cluster[:, None] == cluster[None, :]) & earlier
            scores = scores.masked_fill(~earlier, -1e4)
            everything = torch.cat([torch.zeros(len(inside), 1), scores], 1)
            right = torch.cat([~same.any(1, keepdim=True), same], 1)
            gain = everything.masked_fill(~right, -1e4).logsumexp(1) - everything.logsumexp(1)
            total, count = total - gain.sum(), count + len(inside)
        return {"coref": total / count} if count else {}

    def figure(self) -> dict[str, Tensor]:
        measure, kind = self.targets(), self.targets()
        first, last = self.targets(), self.targets()
        for b, window in enumerate(self.batch):
            for one in window.sample.figures or ():
                if not window.first <= one.anchor < window.last:
                    continue
                at = one.anchor - window.first
                measure[b, at] = one.measure
                if not one.measure:
                    continue
                kind[b, at] = one.kind
                if one.who is None:
                    first[b, at] = last[b, at] = at
                elif window.first <= one.who[0] and one.who[1] < window.last:
                    first[b, at], last[b, at] = one.who[0] - window.first, one.who[1] - window.first
        rows, real = measure >= 0, kind >= 0
        losses = {}
        if rows.any():
            losses["measure"] = F.cross_entropy(self.out["measure"][rows], measure[rows])
        if real.any():
            losses["kind"] = F.cross_entropy(self.out["kind"][real], kind[real])
        return losses | self.pointer("who", 5, first, last)


def _nearness(told: list[Tensor], matters: list[frozenset[str]]) -> Tensor | None:
    """How unlikely each claim's fellows are among all claims of its case, by the cosine of their meanings."""
    alike = torch.tensor([[bool(a & b) and a is not b for b in matters] for a in matters])
    if not len(alike) or not alike.any():
        return None
    vectors = F.normalize(torch.stack(told), dim=1)
    scores = (vectors @ vectors.T / NEARNESS).masked_fill(torch.eye(len(told)).bool(), -1e4)
    rows = alike.any(1)
    likely, alike = F.log_softmax(scores[rows], 1), alike[rows]
    return -((likely * alike).sum(1) / alike.sum(1)).mean()


def hash_of(cluster: str) -> int:
    return int.from_bytes(hashlib.blake2b(str(cluster).encode(), digest_size=6).digest(), "big")


def pair_features(sample: Sample, inside: list[data.Mention]) -> Tensor:
    known = pairs.profiles(
        sample.words.forms,
        [(m.head, m.first, m.last) for m in inside],
        [m.type for m in inside],
        [m.form for m in inside],
    )
    at = np.arange(len(inside))
    banded = pairs.banded(known, at, len(inside))
    # Column n of row i is the mention n + 1 before it; the table's columns are the mentions themselves.
    back = np.maximum(at[:, None] - at[None, :] - 1, 0)
    return torch.from_numpy(banded[at[:, None], back])


def samples(folder: Path, notes: Path) -> dict[str, list[Sample]]:
    """Training samples by corpus; the last HELD_OUT PolNeAR documents are left out."""
    attributed = list(
        data.attributions(folder / "attribution/train.jsonl", notes / "stances.jsonl")
    )
    held = held_out(attributed)
    marked = list(data.figures(folder / "figures/train.jsonl"))
    marked += data.standoff(notes / "figures.jsonl", folder)
    return {
        "attribution": [s for s in attributed if s.doc not in held],
        "entities": list(data.mentions(folder / "entities/train.jsonl")),
        "figures": marked,
        "own": list(data.passages(notes / "passages.jsonl")),
        "reports": [
            s for n, s in enumerate(data.reports(notes / "reports.jsonl")) if n % HELD_OUT_REPORTS
        ],
        "cases": [
            s for n, case in enumerate(data.cases(notes)) if n % HELD_OUT_REPORTS for s in case
        ],
        "synthetic": list(synthetic.passages(SYNTHETIC, SEED)),
    }


def held_out(attributed: list[Sample]) -> set[str]:
    docs = sorted({s.doc for s in attributed}, key=lambda d: hashlib.sha256(d.encode()).hexdigest())
    return set(docs[:HELD_OUT])


def digests(folder: Path, notes: Path) -> dict[str, str]:
    files = [folder / f"{name}/train.jsonl" for name in ("attribution", "entities", "figures")]
    files += [
        notes / f"{name}.jsonl"
        for name in ("cases", "figures", "passages", "relations-read", "reports", "stances")
    ]
    return {
        "/".join(path.parts[-2:]): "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--notes", type=Path, default=Path(__file__).parent / "annotations")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    pieces = Pieces(Tokenizer.from_file(str(options.base / "tokenizer.json")))
    pieces.tokenizer.no_truncation()
    pieces.tokenizer.no_padding()
    encoder = BertModel.from_pretrained(
        str(options.base), attn_implementation="sdpa", add_pooling_layer=False,
        hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    corpora = samples(options.data, options.notes)
    axes = set_meanings([*corpora["attribution"], *corpora["own"]], encoder, pieces.tokenizer)
    set_meanings(corpora["reports"], encoder, pieces.tokenizer, axes)
    network = Network(encoder)
    for name, found in corpora.items():
        print(name, len(found), "samples", flush=True)
    for number, course in enumerate(COURSES):
        run(course, number, network, corpora, pieces, options.out / "state.pt")
    (options.out / "run.json").write_text(
        json.dumps(
            {
                "seed": SEED,
                "courses": [asdict(course) for course in COURSES],
                "data": digests(options.data, options.notes),
            },
            indent=1,
        )
    )


def plan(course: Course, corpora: dict[str, list[Sample]], epoch: int) -> list[Sample]:
    """The samples of one epoch; of a corpus that is taken in part, another part each time."""
    out: list[Sample] = []
    for name, times in course.times.items():
        found = corpora[name]
        if times < 1:
            parts = round(1 / times)
            out += found[epoch % parts :: parts]
        else:
            out += found * int(times)
    return out


def run(
    course: Course,
    number: int,
    network: Network,
    corpora: dict[str, list[Sample]],
    pieces: Pieces,
    saved: Path,
) -> None:
    """Train one course from where the saved state stands; leave its result in the network."""
    rng = random.Random(SEED + number)
    first = plan(course, corpora, 0)
    steps = len(batches(list(windows(first, pieces, random.Random(0))), random.Random(0)))
    total = steps * course.epochs
    groups = [
        {
            "params": [p for n, p in network.named_parameters() if n.startswith("encoder")],
            "lr": course.rate,
        },
        {
            "params": [p for n, p in network.named_parameters() if not n.startswith("encoder")],
            "lr": course.rate * 5,
        },
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(s / (0.06 * total), max(0.02, (total - s) / (0.94 * total)))
    )
    start, averaged = copy.deepcopy(network), copy.deepcopy(network)
    epoch = 0
    if saved.exists():
        state = torch.load(saved, weights_only=False)
        if state["course"] > number:
            if "result" in state:
                network.load_state_dict(state["result"])
            return
        if "network" in state:
            network.load_state_dict(state["network"])
            start.load_state_dict(state["start"])
            averaged.load_state_dict(state["averaged"])
            optimiser.load_state_dict(state["optimiser"])
            schedule.load_state_dict(state["schedule"])
            epoch = state["epoch"]
            rng.setstate(state["rng"])
    began, step = time.time(), epoch * steps
    while epoch < course.epochs:
        network.train()
        sums: dict[str, float] = {}
        work = batches(list(windows(plan(course, corpora, epoch), pieces, rng)), rng)
        for n, batch in enumerate(work):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = network(*inputs(batch, pieces, rng))
            losses = Losses(network, named(outputs.float()), batch).all()
            sum(WEIGHTS[name] * loss for name, loss in losses.items()).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            if step < total:
                schedule.step()
            step += 1
            average(averaged, network, min(0.998, step / (step + 50)))
            for name, loss in losses.items():
                sums[name] = 0.98 * sums.get(name, loss.item()) + 0.02 * loss.item()
            if n % 50 == 0:
                shown = " ".join(f"{k} {v:.3f}" for k, v in sums.items())
                print(
                    f"course {number} epoch {epoch} step {n}/{len(work)}"
                    f" {time.time() - began:.0f}s {shown}",
                    flush=True,
                )
        epoch += 1
        state = {
            "network": network.state_dict(), "start": start.state_dict(), "averaged": averaged.state_dict(), "course": number, "epoch": epoch,
            "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "rng": rng.getstate(),
        }  # fmt: skip
        torch.save(state, saved.with_suffix(".tmp"))
        saved.with_suffix(".tmp").replace(saved)
    average(start, averaged, 1 - course.share)
    network.load_state_dict(start.state_dict())
    torch.save({"course": number + 1, "result": network.state_dict()}, saved.with_suffix(".tmp"))
    saved.with_suffix(".tmp").replace(saved)


@torch.no_grad()
def set_meanings(
    samples: list[Sample], encoder: BertModel, tokenizer: Tokenizer, axes: Tensor | None = None
) -> Tensor:
    """Give every attribution the sentence vector of its content, as the base encoder has it.

    The vectors are turned onto `axes`, by default their own MEANING first principal axes
    once centred; returned are the axes.
    """
    found = [(s, one) for s in samples for one in s.attributions or ()]
    texts = [" ".join(s.words.forms[i] for i in one.content) for s, one in found]
    ids = [tokenizer.encode(text).ids[:128] for text in texts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    encoder.eval()
    vectors = torch.zeros(len(ids), encoder.config.hidden_size)
    for at in range(0, len(order), 64):
        rows = order[at : at + 64]
        width = max(len(ids[i]) for i in rows)
        padded = torch.tensor([ids[i] + [0] * (width - len(ids[i])) for i in rows])
        mask = (padded != 0).long()
        states = encoder(padded, attention_mask=mask).last_hidden_state
        mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        vectors[torch.tensor(rows)] = F.normalize(mean, dim=1)
    if axes is None:
        _, _, own = torch.linalg.svd((vectors - vectors.mean(0))[::5], full_matrices=False)
        axes = own[:MEANING]
    turned = F.normalize(vectors @ axes.T, dim=1)
    for (_, one), vector in zip(found, turned, strict=True):
        one.meaning = vector
    return axes


@torch.no_grad()
def average(into: Network, network: Network, keep: float) -> None:
    """Move the running average of the weights towards the current ones."""
    for old, new in zip(into.parameters(), network.parameters(), strict=True):
        old.lerp_(new, 1 - keep)


if __name__ == "__main__":
    main()
