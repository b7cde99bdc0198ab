"""What the documents say is what the code does."""

import json
import re
from pathlib import Path

from rashomon.extract.numbers import VAGUE

DOCS = Path("docs")


def test_the_published_table_of_vague_words_is_the_one_in_use() -> None:
    published: dict[str, int] = {}
    for line in (DOCS / "rules/vague-figures.md").read_text("utf8").splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if len(cells) == 3 and re.fullmatch(r"[\d,]+", cells[1]):
            published |= dict.fromkeys(cells[0].split(", "), int(cells[1].replace(",", "")))
    doubled = {"dozens upon dozens", "hundreds upon hundreds", "thousands upon thousands"}
    in_use = {word: low for word, low in VAGUE.items() if word not in doubled and low is not None}
    assert published == in_use


def test_every_local_link_in_a_document_arrives() -> None:
    for path in (Path("README.md"), *DOCS.rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf8")):
            assert (path.parent / target).exists(), (path, target)


def test_every_floor_names_its_corpus() -> None:
    floors = json.loads(Path("benchmarks/floors.json").read_text())
    for name, entry in floors.items():
        assert entry["corpus"].startswith("sha256:"), name
        assert all(0 < floor <= 1 for floor in entry["floors"].values()), name
