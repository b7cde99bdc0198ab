"""The encoder run once over a text, in overlapping windows of its words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

from rashomon.extract.words import Words

WEIGHTS = Path(__file__).parent / "weights"
LENGTH = 384  # subwords in a window, as in training
MARGIN = 32  # subwords of context on each side that another window is the core of; 48 and 20 were no better
PIECES = 12  # subwords kept of one word
REMEMBERED = 200_000  # words whose subwords are remembered

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """Words first … last of a text; those core_first … core_last are its own (all half open)."""

    first: int
    last: int
    core_first: int
    core_last: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A window with the head outputs of each of its words."""

    window: Window
    outputs: Floats
    layout: dict[str, slice]

    def __getitem__(self, head: str) -> Floats:
        return self.outputs[:, self.layout[head]]


def windows(sizes: list[int]) -> Iterator[Window]:
    """Windows over words of the given subword counts; each word is in one core.

    A text that fits is one window. Otherwise each window keeps MARGIN subwords of
    context on either side of its core.
    """
    room = LENGTH - 2
    ends = np.cumsum([0, *sizes])
    total = len(sizes)
    core = 0
    while core < total:
        first = int(np.searchsorted(ends, max(0, ends[core] - MARGIN), side="left"))
        last = int(np.searchsorted(ends, ends[first] + room, side="right")) - 1
        if last >= total:
            yield Window(first, total, core, total)
            return
        core_last = int(np.searchsorted(ends, ends[last] - MARGIN, side="right")) - 1
        core_last = max(core_last, core + 1)
        yield Window(first, last, core, core_last)
        core = core_last


class Encoder:
    """The shipped network: words in, rows of head outputs out.

    One thread and one window a call, so that a text's numbers do not depend on what
    else is being read.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.folder = folder
        self.pieces: dict[str, tuple[int, ...]] = {}

    @cached_property
    def card(self) -> dict[str, Any]:
        """Layout of the outputs, distance biases and pair weights (reader.json)."""
        card: dict[str, Any] = json.loads((self.folder / "reader.json").read_text("utf8"))
        return card

    @cached_property
    def layout(self) -> dict[str, slice]:
        return {name: slice(*at) for name, at in self.card["layout"].items()}

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return Tokenizer.from_file(str(self.folder / "tokenizer.json"))

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        # The decoders' small products lose by threads, and one thread sums in one order.
        threadpool_limits(limits=1, user_api="blas")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # onnxruntime's fused SkipLayerNormalization takes four times as long as its two parts.
        return onnxruntime.InferenceSession(
            str(self.folder / "reader.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    @cached_property
    def bias(self) -> Floats:
        """Learned bias by signed distance class and kind of pair: [classes, pairs]."""
        return np.array(self.card["bias"], dtype=np.float32)

    def subwords(self, form: str) -> tuple[int, ...]:
        known = self.pieces.get(form)
        if known is None:
            if len(self.pieces) > REMEMBERED:
                self.pieces.clear()
            ids = self.tokenizer.encode(form[:100], add_special_tokens=False).ids
            known = tuple(ids[:PIECES]) or (self.card["mask"],)
            self.pieces[form] = known
        return known

    def read(self, words: Words) -> Iterator[Seen]:
        """The text's windows in order, each with its outputs."""
        pieces = [self.subwords(form) for form in words.forms]
        for window in windows([len(p) for p in pieces]):
            yield Seen(window, self._run(words, pieces, window), self.layout)

    def within(self, words: Words, first: int, last: int) -> Seen:
        """Words first … last (exclusive) read by themselves, as if they were the whole text; LENGTH subwords at the most."""
        pieces = [self.subwords(form) for form in words.forms[first:last]]
        room, end = LENGTH - 2, first
        for part in pieces:
            room -= len(part)
            if room < 0:
                break
            end += 1
        window = Window(first, end, first, end)
        padded = [()] * first + pieces
        return Seen(window, self._run(words, padded, window), self.layout)

    def _run(self, words: Words, pieces: list[tuple[int, ...]], window: Window) -> Floats:
        ids, shapes, starts = [self.card["cls"]], [4], []
        for i in range(window.first, window.last):
            starts.append(len(ids))
            ids.extend(pieces[i])
            shapes.extend([words.shapes[i]] * len(pieces[i]))
        ids.append(self.card["sep"])
        shapes.append(4)
        feed = {
            "ids": np.array([ids]),
            "shapes": np.array([shapes]),
            "starts": np.array([starts]),
        }
        outputs: Floats = self.session.run(None, feed)[0][0]
        return outputs
