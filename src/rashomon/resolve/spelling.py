"""Names folded so that spellings and transliterations of one name look alike."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# From general to particular, applied in order on lower-case Latin letters. They undo the
# choices by which romanisations of one Cyrillic name differ: BGN/PCGN, ISO 9, Belarusian
# Łacinka, French and German newspaper spellings.
_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[^a-z]", ""),
        (r"^(?:ye|ie|je|yi)", "e"),
        (r"shch|schtsch|stsch|chtch|sch|sh|sz|ch(?=ou|tch)", "s"),
        (r"tsch|tch|tsh|cz|ch", "c"),
        (r"dzh|dsch|dj|zh|zs|j(?=[aeou])(?<=zj)", "z"),
        (r"kh|gh|g", "h"),
        (r"ph", "f"),
        (r"ff?$", "v"),
        (r"th", "t"),
        (r"tz|ts", "c"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"ie|ye|je|iy|ij|ey|ei|ai|ay|yi|ii", "i"),
        (r"ya|ja|ia", "a"),
        (r"yu|ju|iu", "u"),
        (r"yo|jo|io", "o"),
        (r"[yj]", "i"),
        (r"(?<!c)c(?=[aou]|$)", "k"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=200_000)
def latin(name: str) -> str:
    """A name in plain lower-case Latin letters, spaces kept."""
    plain = unicodedata.normalize("NFKC", name)
    return re.sub(r"\s+", " ", anyascii(plain)).strip().lower()


@lru_cache(maxsize=200_000)
def plain_latin(word: str) -> str:
    """The letters a–z of a word, diacritics taken off, nothing else."""
    return re.sub(r"[^a-z]", "", latin(word))


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """A word with the differences of transliteration taken out."""
    out = latin(word)
    for pattern, replacement in _FOLDS:
        out = pattern.sub(replacement, out)
    return out


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word, for blocking: words of one name mostly share it."""
    plain = folded(word)
    return plain[:1] + re.sub(r"[aeiou]", "", plain[1:])
