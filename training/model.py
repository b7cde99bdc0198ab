"""The reader's network: a small BERT read once, and light heads on its word vectors.

Heads that pair words (a word with the cue of its attribution, a mention's head with
its first and last word, a pronoun with its antecedent) export one vector a side; the
reader multiplies them only where it needs to. A learned bias by distance joins each
pair's score.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertModel

from rashomon.extract.pairs import COUNT
from rashomon.extract.scores import EDGES, PAIRS
from training.data import FIGURE_KINDS, FORMS, MEASURES, MENTION_TYPES, ROLES, STANCES

LINK, POINT, MEANING = 64, 32, 64
# Every head's outputs in their order in the exported tensor: name and width.
HEADS: dict[str, tuple[int, dict[str, int]]] = {
    "attribution": (
        256,
        {
            "role": len(ROLES), "anchor": 1, "link_q": LINK, "link_k": LINK,
            "source_q1": POINT, "source_k1": POINT, "source_q2": POINT, "source_k2": POINT, "stance": len(STANCES),
        },
    ),
    "mention": (
        256,
        {
            "type": len(MENTION_TYPES), "form": len(FORMS), "coref_q": LINK, "coref_k": LINK,
            "mention_q1": POINT, "mention_k1": POINT, "mention_q2": POINT, "mention_k2": POINT,
        },
    ),
    "meaning": (192, {"meaning": MEANING}),
    "figure": (
        192,
        {
            "measure": len(MEASURES), "kind": len(FIGURE_KINDS),
            "who_q1": POINT, "who_k1": POINT, "who_q2": POINT, "who_k2": POINT,
        },
    ),
}  # fmt: skip


def buckets(width: int) -> Tensor:
    """Signed distance class of every pair of words: 0 … 2·len(EDGES)."""
    at = torch.arange(width)
    gap = at[None, :] - at[:, None]
    size = torch.bucketize(gap.abs(), torch.from_numpy(EDGES), right=True)
    return torch.where(gap < 0, size, torch.where(gap > 0, size + len(EDGES), 0))


class Head(nn.Module):
    def __init__(self, hidden: int, inner: int, outputs: int) -> None:
        super().__init__()
        self.inner = nn.Linear(hidden, inner)
        self.outer = nn.Linear(inner, outputs)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor) -> Tensor:
        return self.outer(self.drop(F.gelu(self.inner(x))))


class Network(nn.Module):
    """Subword ids to one row of head outputs a word."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.config.hidden_size
        self.shape = nn.Embedding(5, hidden)
        nn.init.zeros_(self.shape.weight)
        self.heads = nn.ModuleDict(
            {
                name: Head(hidden, inner, sum(parts.values()))
                for name, (inner, parts) in HEADS.items()
            }
        )
        self.bias = nn.Embedding(2 * len(EDGES) + 1, len(PAIRS))
        nn.init.zeros_(self.bias.weight)
        self.pair = nn.Linear(COUNT, 1)

    def forward(
        self, ids: Tensor, shapes: Tensor, starts: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """All heads' outputs, [batch, words, outputs].

        ids, shapes and mask are [batch, subwords]; starts [batch, words] is the place
        of each word's first subword. Without a mask nothing is padding.
        """
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        states = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        index = starts[:, :, None].expand(-1, -1, states.shape[-1])
        words = states.gather(1, index)
        return torch.cat([head(words) for head in self.heads.values()], dim=-1)


def named(outputs: Tensor) -> dict[str, Tensor]:
    """The exported tensor taken apart by head output."""
    out, at = {}, 0
    for _, parts in HEADS.values():
        for name, width in parts.items():
            out[name] = outputs[..., at : at + width]
            at += width
    return out


def pair_scores(queries: Tensor, keys: Tensor, bias: Tensor) -> Tensor:
    """Scores of every query with every key, [batch, words, words]."""
    return queries @ keys.transpose(1, 2) / queries.shape[-1] ** 0.5 + bias
