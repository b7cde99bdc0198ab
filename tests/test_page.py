"""The static page: complete, linked, and safe whatever the reports hold."""

import re
import sys
from html.parser import HTMLParser

import pytest

from rashomon.dossier import page, pages
from rashomon.dossier.charts import chart
from rashomon.dossier.marks import pieces
from rashomon.dossier.views import View
from rashomon.model import Dossier, Stance
from rashomon.pipeline import derive
from tests.builders import claim, extraction, figure, report

HOSTILE = (
    "Olga <script>alert(1)</script> said “<img src=x onerror=alert(2)> 14 people” were held in </style></div>"
    ' "javascript:alert(3)" & {{ 7 * 7 }} {% raw %} on the day.'
)


def dossier(text: str = HOSTILE) -> Dossier:
    of = report(text, title="<b>Bold</b>", outlet='"><svg onload=alert(4)>', path="<i>.txt")
    made = claim(of, "14 people” were held", "Olga <script>alert(1)</script>", stance=Stance.DENIES)
    counted = figure(of, "14", "detained", claim=made, who="<u>people</u>")
    return derive([(of, extraction(of, claims=(made,), figures=(counted,)))])


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_text_from_reports_never_becomes_markup() -> None:
    found = Tags(page(dossier()))
    assert not found.tags & {"script", "img", "svg", "i", "u", "iframe"}
    assert not any(name.startswith("on") for name in found.attributes)
    assert "{{ 7 * 7 }}" in page(dossier())
    assert "<b>Bold</b>" not in page(dossier())
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page(dossier())


def test_the_page_loads_nothing_and_every_link_arrives() -> None:
    html = page(dossier())
    found = Tags(html)
    assert all(link.startswith("#") for link in found.links)
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert "default-src 'none'" in html


def test_at_a_glance_shows_both_sides_of_what_is_disputed() -> None:
    facts = []
    for n, (who, number) in enumerate((("Ada Bell", "31"), ("Bo Crane", "44"))):
        of = report(f"{who} said {number} people died.", path=f"{n}.txt", outlet=f"O{n}")
        made = claim(of, f"{number} people died", who)
        facts.append(
            (
                of,
                extraction(of, claims=(made,), figures=(figure(of, number, "killed", claim=made),)),
            )
        )
    made_of = derive(facts)
    view = View(made_of)
    rows = view.glance(view.sections())
    assert [q.status for q in rows] == ["disputed"]
    assert [(s.who, s.words) for s in view.sides(rows[0])] == [
        ("Ada Bell:", "31"),
        ("Bo Crane:", "44"),
    ]
    assert f'href="#{rows[0].id}"' in page(made_of)
    assert 'class="glance"' not in page(derive(facts[:1]))


def told(*claims: tuple[str, str, Stance]) -> View:
    """The view of reports in which somebody says something each."""
    facts = []
    for n, (who, words, stance) in enumerate(claims):
        of = report(f"{who} said {words}.", outlet=f"O{n}", path=f"{n}.txt")
        facts.append((of, extraction(of, claims=(claim(of, words, who, stance=stance),))))
    return View(derive(facts))


def test_at_a_glance_nobodys_words_stand_under_anothers_name() -> None:
    beaten = "guards beat people with batons in the yard of the prison"
    view = told(
        ("Olga Marsh", beaten, Stance.ACCUSES),
        ("Ivan Petrel", f"{beaten} at night", Stance.ACCUSES),
        ("Bo Crane", f"no {beaten}", Stance.DENIES),
        ("Ada Bell", "she was sorry for whoever was beaten", Stance.APOLOGISES),
    )
    (question,) = view.glance(view.sections())
    accused, denied, conceded = view.sides(question)
    assert (accused.who, accused.also) == ("Olga Marsh:", "Ivan Petrel")
    assert denied.who == "Bo Crane denies, saying:"
    assert conceded.concedes
    assert conceded.who == "Ada Bell apologises:"
    assert "guards" in view.topic(question)


def test_quotation_marks_stand_around_quoted_words_alone() -> None:
    half = "“nobody will be let out of the yard” until the gates are locked"
    whole = "“guards were at the gates of the yard”"
    view = told(("Bo Crane", half, Stance.DISPUTES), ("Ada Bell", whole, Stance.ASSERTS))
    sides = {s.words for q in view.dossier.questions for s in view.sides(q)}
    assert {half, whole} <= sides


def test_a_rumour_is_told_as_one() -> None:
    view = told(("Bo Crane", "rumours that the minister had left the country", Stance.DENIES))
    (question,) = view.glance(view.sections())
    rumour, denial = view.sides(question)
    assert rumour.words == "rumours by nobody named: only the denial tells of it"
    assert denial.who == "Bo Crane denies:"


def test_marks_give_the_text_back_unchanged() -> None:
    made = dossier()
    parts = list(pieces(made.reports[0], made.claims, made.figures))
    assert "".join(p.text for p in parts) == HOSTILE
    assert "".join(p.text for p in parts if p.figures) == "14"
    assert re.sub(r"\s", "", "".join(p.text for p in parts if p.claims)) == "14people”wereheld"


def test_a_large_dossier_is_several_files_that_hold_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules["rashomon.dossier.page"], "WHOLE", 2)
    facts = []
    for n in range(4):
        of = report(f"Olga said {n + 3} people were held.", path=f"{n}.txt", outlet=f"Outlet {n}")
        told = claim(of, f"{n + 3} people were held", "Olga")
        counted = figure(of, str(n + 3), "detained", claim=told)
        facts.append((of, extraction(of, claims=(told,), figures=(counted,))))
    made = derive(facts)
    files = {name: Tags(html) for name, html in pages(made, "x")}
    assert next(iter(files)) == "x.html"
    assert sum(name.startswith("x-reports-") for name in files) == 4
    for found in files.values():
        for link in found.links:
            name, _, id = link.partition("#")
            assert not name or name in files
            assert not name or id in files[name].ids
    shown = {id for found in files.values() for id in found.ids}
    assert {f.id for f in made.figures} | {c.id for c in made.claims} <= shown


def test_a_chart_draws_open_ends_and_links_each_mark() -> None:
    of = report("More than 40 were held. Then 60 were held. In 2010, 9 were held.")
    figures = (
        figure(of, "More than 40", "detained", when="2022-09-12"),
        figure(of, "60", "detained", when="2022-09-13"),
        figure(of, "9", "detained", when="2010"),
    )
    made = View(derive([(of, extraction(of, figures=figures))]))
    drawn = chart(made, "detained", list(made.dossier.figures))
    assert drawn is not None
    assert drawn.shown == 2
    assert [f.said for f in drawn.background] == ["9"]
    assert drawn.svg.count(f'href="#{figures[0].id}"') >= 2
    assert "words.invalid" not in drawn.svg
    assert "more than 40, as of 2022-09-12" in drawn.svg.lower()
    assert chart(made, "detained", list(made.dossier.figures)[:1]) is None


def test_an_empty_case_is_a_page_too() -> None:
    assert "No questions." in page(Dossier())


def test_at_a_glance_a_dispute_is_between_answers_that_still_stand() -> None:
    told_ = [("Olga Marsh", 1550, "A", 13), ("Ivan Petrel", 2900, "B", 14), ("Olga Marsh", 1310, "C", 14), ("Ada Bell", 2200, "D", 14)]  # fmt: skip
    facts = []
    for who, number, outlet, day in told_:
        words = f"{number:,} people were detained"
        of = report(
            f"{who} said {words}.", outlet=outlet, published=f"2022-09-{day}", path=f"{outlet}.txt"
        )
        made = claim(of, words, who)
        counted = figure(
            of, f"{number:,}", "detained", claim=made, when=f"2022-09-{day}", who="people"
        )
        facts.append((of, extraction(of, claims=(made,), figures=(counted,))))
    view = View(derive(facts))
    (question,) = view.glance(view.sections())
    assert [(s.who, s.words) for s in view.sides(question)] == [
        ("Ivan Petrel:", "2,900"),
        ("Olga Marsh:", "1,310"),
        ("Ada Bell:", "2,200"),
    ]
