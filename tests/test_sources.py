import io
import time
from pathlib import Path

import pytest

from rashomon.extract.numbers import phrases
from rashomon.extract.sentences import Sentences
from rashomon.model import Rejected, Report, Unreadable
from rashomon.resolve.candidates import proper_name
from rashomon.resolve.parties import _ACRONYM
from rashomon.sources import copies, read, read_stream
from rashomon.sources.draft import edtf
from rashomon.sources.html import deepest
from rashomon.sources.language import guess
from rashomon.sources.text import decode
from tests.builders import report

EXAMPLE = Path("examples/sarnica")


def kinds(text: str, **fields: object) -> list[tuple[str, str]]:
    made = report(text, **fields)
    return [(s.kind.value, s.span.of(text)) for s in made.segments]


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("READ ALSO  What the minister ate for lunch", "promo"),
        ("Read more: Ten plums", "promo"),
        ("By Ada Lindqvist", "byline"),
        ("Continental Press writers Jonas Brandt and Ada Lindqvist contributed.", "credit"),
        ("Via Continental Press", "credit"),
        ("The minister read a statement and left the hall without a word.", "body"),
    ],
)
def test_paragraphs_are_typed(paragraph: str, kind: str) -> None:
    text = f"The council met on Monday and came to no decision.\n\n{paragraph}"
    assert kinds(text)[-1][0] == kind


def test_a_caption_and_the_credit_glued_to_it_are_told_apart() -> None:
    text = "It rained.\n\nWomen wait at the gate in Karsk, Tuesday, Sept. 13, 2022. (Continental Press/Ilan Moreau) Credit: Ilan Moreau"
    assert [k for k, _ in kinds(text)] == ["body", "caption", "credit"]
    assert kinds(text)[2][1].startswith("(Continental Press")


def test_a_dateline_names_the_origin() -> None:
    made = next(iter(read([EXAMPLE / "02_continental-press.txt"])))
    assert isinstance(made, Report)
    assert made.segments[0].kind == "dateline"
    assert made.origin == "Continental Press"


def test_the_text_of_a_file_is_unchanged_after_its_front_matter(tmp_path: Path) -> None:
    body = "  First line.\r\n\r\n“Zweite” žena \t \n"
    (tmp_path / "a.txt").write_bytes(f"---\ntitle: T\npublished: 2022-09-13\n---\n{body}".encode())
    (made,) = read([tmp_path])
    assert isinstance(made, Report)
    assert made.text == body
    assert (made.title, made.published) == ("T", "2022-09-13")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            "žluťoučký kůň úpěl ďábelské ódy a čtyři sta lidí přišlo na náměstí".encode("cp1250"),
            "žluťoučký",
        ),
        ("п’ять тисяч людей вийшли на площу у столиці".encode("utf-16"), "п’ять"),
        ("﻿naïve".encode(), "naïve"),
    ],
)
def test_encodings_are_detected(data: bytes, text: str) -> None:
    assert text in decode(data)


def test_html_gives_main_text_and_metadata() -> None:
    (made,) = read([EXAMPLE / "05_radio-meridian.html"])
    assert isinstance(made, Report)
    assert made.outlet == "Radio Meridian"
    assert made.published == "2022-09-14"
    assert "walk slowly" in made.text
    assert "Privacy" not in made.text


def test_standard_input_is_told_by_its_look() -> None:
    (line,) = read_stream(io.BytesIO(b'{"text": "Five people came.", "id": "x1"}\n'))
    assert isinstance(line, Report)
    assert line.external_id == "x1"
    (plain,) = read_stream(io.BytesIO(b"---\noutlet: O\n---\nFive people came."))
    assert isinstance(plain, Report)
    assert plain.outlet == "O"


def test_copies_are_found_and_others_are_not() -> None:
    found = [r for r in read([EXAMPLE]) if isinstance(r, Report)]
    names = {r.id: Path(r.path).name for r in found}
    assert {names[a]: names[b] for a, b in copies(found).items()} == {
        "03_karsk-courier.txt": "02_continental-press.txt"
    }
    assert copies(found) == copies(found[::-1])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-09-13", "2022-09-13"),
        ("13 September 2022", "2022-09-13"),
        ("Sept. 13, 2022", "2022-09-13"),
        ("2022", "2022"),
        ("soon", None),
        (None, None),
    ],
)
def test_dates_become_edtf(value: str | None, expected: str | None) -> None:
    assert edtf(value) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said that the people were released from the jail on Friday.", "en"),
        ("Le ministre a dit que les manifestants ont été libérés de la prison vendredi.", "fr"),
        (
            "Der Minister sagte, dass die Demonstranten am Freitag aus dem Gefängnis entlassen und nicht verletzt wurden.",
            "de",
        ),
        (
            "Министр сказал, что все задержанные на улице будут освобождены и это не первый случай",
            "ru",
        ),
        ("أعلنت الوزارة أن جميع المعتقلين سيفرج عنهم", "ar"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert guess(text) == language


def test_deep_html_is_measured_without_a_tree() -> None:
    assert deepest(b"<div>" * 10_000 + b"x") == 10_000
    assert deepest(b"<p>a<br><img src=x></p>" * 500) < 5


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 100, bytes(range(1, 32)) * 50])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(data)


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Five people came to the square on Monday.")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(read([tmp_path]))) == 1


def test_an_id_used_for_two_texts_is_refused_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id":"1","text":"One."}\n{"id":"1","text":"Two."}\n{"id":"1","text":"One."}\n'
    )
    found = list(read([tmp_path]))
    assert sum(isinstance(f, Report) for f in found) == 2
    (refused,) = (f for f in found if isinstance(f, Rejected))
    assert "already used" in refused.reason


@pytest.mark.parametrize("blank", ["   ", "\u00a0", "\t \u2003"])
def test_a_paragraph_of_nothing_but_space_is_passed_over(tmp_path: Path, blank: str) -> None:
    (tmp_path / "a.txt").write_text(f"{blank}\n\nGood text stands here.\n\n{blank}\n\nMore text.")
    (made,) = read([tmp_path])
    assert isinstance(made, Report)
    assert all(s.span.of(made.text).strip() for s in made.segments)


@pytest.mark.parametrize(
    "line",
    [
        "id: !!bool foo",
        "title: !!timestamp foo",
        "id: !!int ''",
        "published: 9999-99-99",
        "id: 0x" + "f" * 9000,
    ],
)
def test_no_front_matter_stops_the_rest(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text(f"---\n{line}\n---\nFive people came.")
    (tmp_path / "b.txt").write_text("Six people came.")
    assert any(isinstance(f, Report) and "Six" in f.text for f in read([tmp_path]))


def test_one_text_in_two_outlets_is_two_reports_and_one_origin(tmp_path: Path) -> None:
    body = " ".join(
        f"Sentence number {n} of the wire tells of the square and the {n} people there."
        for n in range(12)
    )
    for outlet in ("One", "Two"):
        (tmp_path / f"{outlet}.txt").write_text(f"---\noutlet: {outlet}\n---\n{body}")
    found = [r for r in read([tmp_path]) if isinstance(r, Report)]
    assert len({r.id for r in found}) == 2
    assert len(copies(found)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<" + "a" * 200_000,
        "." * 100_000,
        "-".join(["Ab"] * 3000),
        "twenty one " * 3000,
        "Iranian " * 3000,
    ],
)
def test_hostile_runs_take_no_time(text: str) -> None:
    began = time.process_time()
    deepest(text.encode())
    Sentences(text)
    list(phrases(text))
    list(_ACRONYM.finditer(text))
    proper_name(text)
    assert time.process_time() - began < 2
