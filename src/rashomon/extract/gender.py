"""Which of he, she, it and they a mention can be: from pronouns, titles, nouns and given names."""

from collections.abc import Sequence, Set
from functools import cache
from pathlib import Path

from rashomon.model import TITLES

_PRONOUNS = {
    **dict.fromkeys(["he", "him", "his", "himself"], "m"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "f"),
    **dict.fromkeys(["it", "its", "itself"], "n"),
    **dict.fromkeys(["they", "them", "their", "theirs", "themselves"], "p"),
}
_WOMEN = frozenset(
    (
        "mrs ms miss madam lady queen princess woman girl mother wife sister daughter aunt niece grandmother"
        " widow bride nun chairwoman spokeswoman congresswoman policewoman actress waitress heroine"
        " headmistress businesswoman housewife"
    ).split()
)
_MEN = frozenset(
    (
        "mr sir lord king prince man boy father husband son brother uncle nephew grandfather widower monk"
        " priest imam chairman spokesman congressman policeman fireman businessman serviceman gunman"
    ).split()
)
_SHE_ENDINGS = (
    "ova",
    "eva",
    "skaya",
    "skaia",
    "kaya",
    "ayeva",
    "ovna",
    "evna",
    "enkova",
    "ouskaya",
    "ouskaia",
)
_SHE_ALONE = ("skaya", "skaia", "kaya", "ouskaya", "ouskaia")

_GIVEN = Path(__file__).parent / "given_names.txt"


@cache
def _given() -> dict[str, str]:
    """The sex of those who bear a given name, where nearly all are of one (training/given_names.py)."""
    women, men = _GIVEN.read_text("utf8").splitlines()
    return dict.fromkeys(women.split(), "f") | dict.fromkeys(men.split(), "m")


def gender(
    forms: Sequence[str], *, pronoun: bool, person: bool, surnames: Set[str] = frozenset()
) -> str:
    """m, f, n or p (several), "" where nothing tells; `forms` are the mention's words.

    A given name that stands alone tells only where it is none of the text's `surnames`
    (lower case): "Clinton" alone is a surname.
    """
    words = [form.lower() for form in forms]
    if pronoun:
        return _PRONOUNS.get(words[0], "")
    if not person:
        return ""
    for word in words:
        if word in _WOMEN:
            return "f"
        if word in _MEN:
            return "m"
    names = [form.lower() for form in forms if form[:1].isupper() and form.lower() not in TITLES]
    if len(names) == 1 and names[0].endswith(_SHE_ALONE):
        return "f"
    if len(names) == 1 and names[0] not in surnames:
        return _given().get(names[0], "")
    if len(names) > 1:
        if sex := _given().get(names[0], ""):
            return sex
        if names[-1].endswith(_SHE_ENDINGS):
            return "f"
    return ""
