"""The app over HTTP: what it shows, who may write, and what never leaves it."""

import csv
import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rashomon.model import Judgement, Stance
from rashomon.store import CaseStore
from rashomon.web import create_app, known
from tests.builders import claim, extraction, figure, mention, report

TOKEN = "t0ken"  # noqa: S105  of a server that lives as long as a test
FIRST = (
    "Interior Minister Pavel Drozd said 640 people were held on Sunday.\n\n"
    "Zofia Marlen, who lives by the jail, said guards beat her brother."
)
SECOND = "Open Ledger counted 3,412 people in custody.\n\n=HYPERLINK(1) said Colonel Anton Reyl, <b>denies</b> beatings."


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    one = report(FIRST, path="one.txt", outlet="VelTA", published="2022-09-11")
    other = report(SECOND, path="two.txt", outlet="Courier", published="2022-09-14")
    told = claim(one, "640 people were held on Sunday", "Pavel Drozd")
    beaten = claim(one, "guards beat her brother", "Zofia Marlen", stance=Stance.ACCUSES)
    listed = claim(other, "3,412 people in custody", "Open Ledger")
    denied = claim(other, "=HYPERLINK(1)", "Anton Reyl", stance=Stance.DENIES)
    facts = [
        (one, extraction(one, claims=(told, beaten), figures=(figure(one, "640", "detained", claim=told, when="2022-09-11", who="people"),),
                         mentions=(mention(one, "Pavel Drozd", "person", 0), mention(one, "Zofia Marlen", "person", 1)))),
        (other, extraction(other, claims=(listed, denied), figures=(figure(other, "3,412", "detained", claim=listed, when="2022-09-14", who="people"),),
                           mentions=(mention(other, "Anton Reyl", "person", 0), mention(other, "Open Ledger", "organisation", 1)))),
    ]  # fmt: skip
    with CaseStore.open(folder, create=True) as store:
        for made, found in facts:
            store.add(made, found, None, extractor="x", seen_at=f"{made.published}T00:00:00+00:00")
    return folder


def client(case: Path, **options: object) -> TestClient:
    app = create_app(case, "x", token=TOKEN, hosts=["testserver"], **options)
    return TestClient(app, follow_redirects=True)


@pytest.fixture
def reader(case: Path) -> TestClient:
    return client(case)


@pytest.fixture
def reviewer(case: Path) -> TestClient:
    made = client(case)
    made.get("/", params={"token": TOKEN})
    made.headers["origin"] = "http://testserver"
    return made


def ids(case: Path) -> Iterator[tuple[str, str]]:
    with CaseStore.open(case) as store:
        for _, found in store.facts("x"):
            yield from ((c.id, c.speaker or "") for c in found.claims)
            yield from ((f.id, f.said) for f in found.figures)


def id_of(case: Path, what: str) -> str:
    return next(id for id, said in ids(case) if said == what)


def decide(reviewer: TestClient, verb: str, *subject: str, **fields: str) -> int:
    data = {"verb": verb, "subject": list(subject), "by": "Ida", **fields}
    return reviewer.post("/decisions", data=data).status_code


VIEWS = ("/", "/figures", "/who", "/timeline", "/parties", "/reports", "/search?q=custody", "/changes?since=2022-09-12", "/decisions", "/left-out")  # fmt: skip


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_answers_under_a_strict_policy(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script" not in answer.text
    assert "<b>denies</b>" not in answer.text


@pytest.mark.parametrize("path", VIEWS)
def test_no_link_of_a_view_is_broken(reader: TestClient, path: str) -> None:
    for link in set(re.findall(r'href="(/[^"#]*)', reader.get(path).text)):
        assert reader.get(link.replace("&amp;", "&")).status_code == 200, link


def test_only_our_own_host_origin_and_token_may_write(case: Path, reader: TestClient) -> None:
    data = {"verb": "note", "subject": "x", "by": "Ida"}
    assert reader.get("/", headers={"host": "evil.example"}).status_code == 421
    own = {"origin": "http://testserver"}
    assert reader.post("/decisions", data=data, headers=own).status_code == 403
    reader.get("/", params={"token": "wrong"})
    assert reader.post("/decisions", data=data, headers=own).status_code == 403
    reader.get("/", params={"token": TOKEN})
    assert reader.post("/decisions", data=data).status_code == 403
    foreign = {"origin": "http://evil.example"}
    assert reader.post("/decisions", data=data, headers=foreign).status_code == 403
    assert reader.delete("/decisions", headers=own).status_code == 405
    long = data | {"because": "x" * 100_000}
    assert reader.post("/decisions", data=long, headers=own).status_code == 413
    with CaseStore.open(case) as store:
        assert list(store.judgements()) == []
    assert reader.post("/decisions", data=data, headers=own).status_code == 200


def test_off_this_machine_reading_needs_the_token_too(case: Path) -> None:
    private = client(case, private=True)
    assert private.get("/").status_code == 403
    assert private.get("/claims.csv").status_code == 403
    assert private.get("/", params={"token": TOKEN}).status_code == 200
    assert private.get("/claims.csv").status_code == 200


def test_a_rejected_figure_leaves_and_undo_brings_it_back(case: Path, reviewer: TestClient) -> None:
    figure = id_of(case, "640")
    assert "<strong>640</strong>" in reviewer.get("/").text
    assert decide(reviewer, "reject", figure, because="a guess") == 200
    assert "<strong>640</strong>" not in reviewer.get("/").text
    assert "rejected by Ida: a guess" in reviewer.get("/left-out").text
    assert "<strong>640</strong>" in reviewer.get("/?decisions=off").text
    with CaseStore.open(case) as store:
        judgement = store.judgements()[0]
    assert decide(reviewer, "undo", judgement.id) == 200
    assert "<strong>640</strong>" in reviewer.get("/").text
    with CaseStore.open(case) as store:
        assert len(store.judgements()) == 2


def test_a_correction_changes_the_reading_and_is_marked_as_a_persons(
    case: Path, reviewer: TestClient
) -> None:
    figure, told = id_of(case, "640"), id_of(case, "Pavel Drozd")
    assert decide(reviewer, "correct", figure, field="measure", value="injured") == 200
    assert decide(reviewer, "correct", told, field="speaker", value="Anton Reyl") == 200
    shown = reviewer.get("/dossier.json").json()
    fixed = next(f for f in shown["figures"] if f["id"] == figure)
    assert (fixed["measure"], fixed["review"]) == ("injured", "corrected")
    names = {p["id"]: p["name"] for p in shown["parties"]}
    assert names[next(c["speaker"] for c in shown["claims"] if c["id"] == told)] == "Anton Reyl"
    assert "corrected by hand" in reviewer.get("/").text
    assert decide(reviewer, "correct", figure, field="measure", value="nonsense") == 400
    assert decide(reviewer, "correct", figure, field="said", value="9") == 400
    assert decide(reviewer, "accept", "f-nothing") == 400
    assert decide(reviewer, "accept", figure, by=" ") == 400


def test_figures_are_parted_and_joined_by_hand(case: Path, reviewer: TestClient) -> None:
    pair = id_of(case, "640"), id_of(case, "3,412")

    def questions() -> list[set[str]]:
        return [
            {f for p in q["positions"] for f in p["figures"]}
            for q in reviewer.get("/dossier.json").json()["questions"]
        ]

    assert any(set(pair) <= q for q in questions())
    decide(reviewer, "apart", *pair)
    assert not any(set(pair) <= q for q in questions())
    decide(reviewer, "together", *reversed(pair))
    assert any(set(pair) <= q for q in questions())


def test_names_are_merged_and_split_by_hand(case: Path, reviewer: TestClient) -> None:
    def names() -> set[str]:
        return {p["name"] for p in reviewer.get("/dossier.json").json()["parties"]}

    before = names()
    assert {"Pavel Drozd", "Anton Reyl"} <= before
    decide(reviewer, "same", "Pavel Drozd", "Anton Reyl")
    assert len(names()) == len(before) - 1
    decide(reviewer, "different", "Pavel Drozd", "Anton Reyl")
    assert names() == before
    assert decide(reviewer, "same", "Pavel Drozd", "Nobody Known") == 400


def test_the_case_as_it_was_known(reader: TestClient) -> None:
    then = reader.get("/dossier.json", params={"as_of": "2022-09-12"}).json()
    assert [r["path"] for r in then["reports"]] == ["one.txt"]
    assert "As it was known at the end of 2022-09-12" in reader.get("/?as_of=2022-09-12").text
    changed = reader.get("/changes?since=2022-09-12").text
    assert "new report" in changed
    assert "Courier" in changed
    assert "Nothing changed." in reader.get("/changes?since=2022-09-14").text


@pytest.mark.parametrize(
    ("query", "held", "left"),
    [
        ("q=custody", "3,412", "brother"),
        ("outlet=VelTA&status=single_source", "brother", "HYPERLINK"),
        ("status=retracted", "No questions", "640"),
        ("since=2023-01-01", "No questions", "640"),
        ("place=nowhere", "No questions", "640"),
    ],
)
def test_filters(reader: TestClient, query: str, held: str, left: str) -> None:
    main = reader.get(f"/?{query}").text.split('id="main"')[1]
    if query.startswith("outlet"):
        assert left not in main
    else:
        assert held in main
        assert left not in main


def test_a_spreadsheet_takes_nothing_for_a_formula(reader: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(reader.get("/claims.csv").content.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert not [c for c in cells if c.lstrip().startswith(("=", "+", "@"))]
    assert "'=HYPERLINK(1)" in cells


@pytest.mark.parametrize("how", ["option", "decision"])
def test_a_withheld_name_is_nowhere(case: Path, reviewer: TestClient, how: str) -> None:
    if how == "decision":
        assert "Zofia" in reviewer.get("/search?q=jail").text
        decide(reviewer, "note", "Zofia Marlen", because="Zofia Marlen is at risk")
        decide(reviewer, "protect", "Zofia Marlen")
        shown = reviewer
    else:
        shown = client(case, redact=["zofia marlen"])
    if how == "decision":
        assert "Zofia Marlen" in reviewer.get("/decisions").text  # whoever may decide can undo it
        shown = client(case)
    report = shown.get("/dossier.json").json()["reports"][0]["id"]
    for path in (*VIEWS, f"/reports/{report}", "/dossier.json", "/dossier.html", "/claims.csv", "/figures.csv"):  # fmt: skip
        text = shown.get(path).text
        assert not re.search("zofia|marlen", text, re.I), path
    dossier = shown.get("/dossier.json").json()
    for one in dossier["claims"]:
        text = next(r["text"] for r in dossier["reports"] if r["id"] == one["report"])
        assert all(0 <= s < e <= len(text) for s, e in one["content"])
    assert any("guards beat her brother" in r["text"] for r in dossier["reports"])


def test_two_reviewers_at_once_lose_nothing(case: Path) -> None:
    people = []
    for name in ("Ida", "Oto"):
        made = client(case)
        made.get("/", params={"token": TOKEN})
        made.headers["origin"] = "http://testserver"
        people.append((name, made))

    def notes(name: str, made: TestClient) -> None:
        for n in range(12):
            data = {"verb": "note", "subject": f"about {n}", "by": name}
            assert made.post("/decisions", data=data).status_code == 200

    threads = [threading.Thread(target=notes, args=one) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with CaseStore.open(case) as store:
        assert sorted(j.by for j in store.judgements()) == ["Ida"] * 12 + ["Oto"] * 12


def test_what_is_not_there_is_said_plainly(reader: TestClient) -> None:
    for path in ("/reports/r-0", "/questions/q-0", "/parties/p-0", "/review/c-0"):
        answer = reader.get(path)
        assert answer.status_code == 404
        assert "That did not work" in answer.text
    assert reader.get("/?as_of=never").status_code == 200
    assert reader.get("/?page=0").status_code == 422


def test_a_name_stays_withheld_whatever_part_of_the_case_is_shown(
    case: Path, reviewer: TestClient
) -> None:
    other = report("Sofia Marlen was seen. Zofia’s house, ZOFIA_MARLEN.", path="zofia_marlen.txt", url="https://x/zofia%20marlen", outlet="Late", published="2022-09-20")  # fmt: skip
    with CaseStore.open(case) as store:
        store.add(other, extraction(other, mentions=(mention(other, "Sofia Marlen", "person", 0),)), None, extractor="x", seen_at="2022-09-20")  # fmt: skip
    decide(reviewer, "same", "Zofia Marlen", "Sofia Marlen")
    decide(reviewer, "protect", "Sofia Marlen")
    anybody = client(case)
    for query in ("", "?as_of=2022-09-12", "?decisions=off"):
        for path in ("/dossier.json", "/", "/parties", "/timeline"):
            assert not re.search("zofia|marlen", anybody.get(path + query).text, re.I), path + query


def test_two_withheld_people_stay_two(case: Path) -> None:
    shown = client(case, redact=["Zofia Marlen", "Pavel Drozd"]).get("/dossier.json").json()
    names = {p["name"] for p in shown["parties"]}
    assert {"[name withheld 1]", "[name withheld 2]"} <= names
    assert "The" not in {r["text"][:3] for r in shown["reports"] if r["text"].startswith("[name")}


@pytest.mark.parametrize(
    ("verb", "subjects"),
    [("together", 1), ("same", 3), ("apart", 1), ("accept", 2)],
)
def test_an_odd_decision_is_refused(
    case: Path, reviewer: TestClient, verb: str, subjects: int
) -> None:
    known = ["Pavel Drozd", "Anton Reyl", "Open Ledger"] if verb == "same" else [id_of(case, "640"), id_of(case, "3,412")]  # fmt: skip
    chosen = known[:subjects] if verb != "together" else known[:1] * 2
    assert decide(reviewer, verb, *chosen) == 400
    assert reviewer.get("/").status_code == 200


def test_numbers_and_days_are_corrected_only_to_what_can_be(
    case: Path, reviewer: TestClient
) -> None:
    figure = id_of(case, "640")
    for field, value in (("number", "nan"), ("number", "9" * 30), ("when", "yesterday"), ("when", "2022-99-99"), ("low", "-4")):  # fmt: skip
        assert decide(reviewer, "correct", figure, field=field, value=value) == 400, value
    assert decide(reviewer, "correct", figure, field="low", value="700") == 200
    fixed = next(f for f in reviewer.get("/dossier.json").json()["figures"] if f["id"] == figure)
    assert (fixed["low"], fixed["high"], fixed["number"], fixed["bound"]) == (640, 700, None, "range")  # fmt: skip
    assert decide(reviewer, "correct", figure, field="number", value="71.2") == 200
    fixed = next(f for f in reviewer.get("/dossier.json").json()["figures"] if f["id"] == figure)
    assert (fixed["low"], fixed["high"], fixed["bound"]) == (71.2, 71.2, "exact")


def test_a_reviewer_of_any_name_and_an_undo_of_an_undo(case: Path, reviewer: TestClient) -> None:
    figure = id_of(case, "640")
    assert decide(reviewer, "reject", figure, by="Олена") == 200
    assert "Олена" in reviewer.get("/decisions").text
    with CaseStore.open(case) as store:
        first = store.judgements()[0].id
    assert decide(reviewer, "undo", first) == 200
    with CaseStore.open(case) as store:
        second = next(j.id for j in store.judgements() if j.verb == "undo")
    assert decide(reviewer, "undo", second) == 200
    assert "<strong>640</strong>" not in reviewer.get("/").text


def test_a_decision_on_what_is_no_longer_read_is_said(case: Path, reviewer: TestClient) -> None:
    with CaseStore.open(case) as store:
        store.judge(Judgement(id="j-old", verb="reject", subject=("c-gone",), by="Ida", at="2022"))
    assert "c-gone, which the reader no longer finds" in reviewer.get("/left-out").text


def test_a_case_that_takes_long_to_derive_is_shown_as_it_was(
    case: Path, reviewer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewer.get("/")
    done, derive = threading.Event(), known.derive

    def slowly(*facts: object, **options: object) -> object:
        assert done.wait(20)
        return derive(*facts, **options)

    monkeypatch.setattr(known, "derive", slowly)
    monkeypatch.setattr(known, "PATIENCE", 0.05)
    figure_id = next(id for id, said in ids(case) if said == "640")
    decide(reviewer, "reject", figure_id)
    behind = reviewer.get("/")
    assert "as it was before" in behind.text
    assert "640" in behind.text
    done.set()
    assert "640" not in reviewer.get("/figures.csv").text
    assert "as it was before" not in reviewer.get("/").text


def test_a_name_just_withheld_is_never_shown_as_it_was(
    case: Path, reviewer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Zofia" in reviewer.get("/parties").text
    monkeypatch.setattr(known, "PATIENCE", 0.0)
    decide(reviewer, "protect", "Zofia Marlen")
    assert "Zofia" not in reviewer.get("/parties").text


def test_a_decision_does_not_derive_the_undecided_case_again(
    case: Path, reviewer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived: list[int] = []
    derive = known.derive

    def counted(*facts: object, **options: object) -> object:
        derived.append(len(options["judgements"]))
        return derive(*facts, **options)

    monkeypatch.setattr(known, "derive", counted)
    decide(reviewer, "note", "one")  # the case without any was derived when the fixture looked
    decide(reviewer, "note", "two")
    reviewer.get("/?decisions=off")
    assert derived == [1, 2]
