"""Text as words with offsets, in the form the encoder reads.

The same functions serve training and reading, so that what the weights saw is
what they get.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

WORD = re.compile(r"\w+|[^\w\s]")

# Each replacement is as long as what it replaces, so offsets hold. The reader sees
# one kind of double quotation mark whatever the house style or the damage.
_SAME_LENGTH = (
    ("â€œ", '"  '),
    ("â€\x9d", '"  '),
    ("â€™", "'  "),
    ("â€˜", "'  "),
    ("â€“", "-  "),
    ("â€”", "-  "),
    ("''", '" '),
    ("``", '" '),
)
_ONE_FOR_ONE = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"') | dict.fromkeys("‘’‚‛`´‹›", "'"))

NUMBER_WORDS = frozenset(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
        " thousand million billion lakh crore hundreds thousands millions lakhs dozen dozens scores several"
        " few couple many no nobody none half third thirds quarter quarters handful tens pair number numbers"
        " nil some various lots any single"
    ).split()
)

VAGUE_WORDS = frozenset(
    (
        "several few couple many no number numbers some various lots any handful single pair nil"
    ).split()
)

SHAPES = ("lower", "title", "upper", "digit", "other")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: each is a run of letters and digits, or one other mark.

    `starts` and `ends` are code point offsets into the text; `forms` are what the
    encoder reads (quotation marks normalised); `shapes` index `SHAPES`.
    """

    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    shapes: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.forms)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The first word that begins at `start` or later, and the first at `end` or later."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def normalise(text: str) -> str:
    """The text with one style of quotation mark, every character in its old place."""
    for old, new in _SAME_LENGTH:
        if old in text:
            text = text.replace(old, new)
    return text.translate(_ONE_FOR_ONE)


def split(text: str) -> Words:
    """The words of `text`; offsets are into `text` itself."""
    found = list(WORD.finditer(normalise(text)))
    forms = tuple(m.group() for m in found)
    return Words(
        forms=forms,
        starts=tuple(m.start() for m in found),
        ends=tuple(m.end() for m in found),
        shapes=tuple(map(shape, forms)),
    )


def shape(form: str) -> int:
    """Which of `SHAPES` a word has: the encoder's vocabulary is lower case only."""
    first = form[0]
    if first.isdigit():
        return 3
    if not first.isalpha():
        return 4
    if first.islower():
        return 0
    return 2 if len(form) > 1 and form.isupper() else 1


def is_number(form: str) -> bool:
    """Whether a word can be the number of a figure: digits, a numeral or a vague amount."""
    return form[0].isdigit() or form.lower() in NUMBER_WORDS


def number_anchor(forms: Sequence[str]) -> int | None:
    """Index of the word that stands for a number phrase.

    The first exact number ("six" in "as many as six"), else the first vague one.
    """
    exact = (
        i for i, form in enumerate(forms) if is_number(form) and form.lower() not in VAGUE_WORDS
    )
    vague = (i for i, form in enumerate(forms) if is_number(form))
    return next(exact, next(vague, None))
