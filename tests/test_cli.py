"""The commands as a person runs them."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from rashomon.cli.main import app
from rashomon.store import CaseStore
from tests.builders import extraction, report

pytestmark = pytest.mark.model
EXAMPLE = "examples/sarnica"


def rashomon(*words: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "rashomon", *map(str, words)]
    return subprocess.run(command, input=data, capture_output=True, check=False)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict:
    out = tmp_path_factory.mktemp("example") / "a.json"
    assert rashomon("dossier", EXAMPLE, "--json", out).returncode == 0
    return json.loads(out.read_bytes())


def test_the_same_input_gives_the_same_bytes_whatever_the_jobs(tmp_path: Path) -> None:
    made = []
    for n, jobs in enumerate(("1", "1", "2")):
        out = tmp_path / f"{n}.json"
        assert rashomon("dossier", EXAMPLE, "--json", out, "--jobs", jobs).returncode == 0
        made.append(out.read_bytes())
    assert made[0] == made[1] == made[2]


def test_the_dossier_has_every_section_and_every_span_slices(example: dict) -> None:
    assert set(example) == {
        "schema",
        "reports",
        "parties",
        "claims",
        "figures",
        "questions",
        "relations",
        "timeline",
        "rejected",
        "judgements",
    }
    texts = {r["id"]: r["text"] for r in example["reports"]}
    parties = {p["id"] for p in example["parties"]}
    ids = {x["id"] for x in example["claims"] + example["figures"]}
    assert len(ids) == len(example["claims"]) + len(example["figures"])
    for claim in example["claims"]:
        assert claim["speaker"] is None or claim["speaker"] in parties
        for role in ("content", "cue", "source"):
            for start, end in claim[role]:
                assert texts[claim["report"]][start:end].strip()
    for figure in example["figures"]:
        assert texts[figure["report"]][slice(*figure["span"])] == figure["said"]
    for relation in example["relations"]:
        assert {relation["from"], relation["to"]} <= ids
    for question in example["questions"]:
        for position in question["positions"]:
            assert set(position["claims"]) | set(position["figures"]) <= ids


def test_the_example_holds_what_a_reader_would_look_for(example: dict) -> None:
    said = {(f["said"], f["measure"]) for f in example["figures"]}
    assert ("3,412", "detained") in said
    names = {p["name"]: p for p in example["parties"]}
    assert "Marta Oziel" in names
    assert any("apologis" in c["stance"] for c in example["claims"])
    assert {q["status"] for q in example["questions"]} >= {"disputed", "denied"}


def test_extract_writes_a_line_a_report() -> None:
    made = rashomon("extract", EXAMPLE)
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    assert made.returncode == 0
    assert len(rows) == 8
    assert set(rows[0]) == {"report", "mentions", "times", "claims", "figures", "rejected"}


def test_standard_input_is_a_report_too() -> None:
    made = rashomon("extract", "-", data=b"Police said that 14 people were arrested on Monday.")
    (row,) = map(json.loads, made.stdout.splitlines())
    assert [f["number"] for f in row["figures"]] == [14]


def test_bad_input_is_refused_with_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = "Police said on Monday that 14 people were arrested in the capital."
    (tmp_path / "good.txt").write_text(good)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "invalid.txt").write_bytes(
        b"Caf\xe9 owners said 12 people came to the square. " * 5
    )
    (tmp_path / "huge.txt").write_bytes(b"All quiet here today. " * (50 * 2**20 // 22))
    (tmp_path / "long-line.jsonl").write_bytes(
        b'{"text": "'
        + b"a " * (5 * 2**20)
        + b'"}\n'
        + json.dumps({"text": good, "id": "after"}).encode()
    )
    (tmp_path / "deep.html").write_text(
        "<html><body>" + "<div>" * 10_000 + good + "</div>" * 10_000
    )
    (tmp_path / "not-yaml.txt").write_text("---\ntitle: [unclosed\n---\n" + good)
    (tmp_path / "tags.txt").write_text(
        "---\ntitle: !!python/object/apply:os.system ['touch /tmp/rashomon-owned']\n---\n" + good
    )
    (tmp_path / "broken.jsonl").write_text(
        '{"text": "'
        + good
        + '", "id": "a"}\n{broken\n{"id": "b"}\n{"text": "Other words.", "id": "a"}\n'
    )
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    out = tmp_path / "out.json"
    made = rashomon("dossier", tmp_path, "--json", out)
    assert made.returncode == 3
    found = json.loads(out.read_bytes())
    reasons = {(Path(r["path"]).name, r["reason"]) for r in found["rejected"]}
    expected = {
        ("empty.txt", "no text"),
        ("binary.txt", "binary data, not text"),
        ("huge.txt", "larger than 12 MB; split it into its reports"),
        ("long-line.jsonl", "line 1: longer than 5 MB"),
        ("deep.html", "HTML nested more than 250 deep"),
        ("not-yaml.txt", "the front matter is not plain YAML (line 2)"),
        ("tags.txt", "the front matter uses YAML tags; write plain `key: value` lines"),
        ("broken.jsonl", "line 2: not valid JSON"),
        ("broken.jsonl", "line 3: no `text`"),
        ("broken.jsonl", "the id 'a' was already used for another text"),
        ("gone.txt", "cannot be opened: No such file or directory"),
    }
    assert expected <= reasons
    assert not Path("/tmp/rashomon-owned").exists()  # noqa: S108  what the hostile front matter would make
    names = {Path(r["path"]).name for r in found["reports"]}
    assert names == {"good.txt", "invalid.txt", "broken.jsonl", "long-line.jsonl"}
    for name, reason in expected:
        assert f"{name}: {reason}" in made.stderr.decode()
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 900 * 1024  # KB


def test_a_report_in_another_language_is_flagged_and_not_misread(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text(
        "Le ministre a dit que 14 manifestants ont été arrêtés dans la capitale et que les autres sont libres."
    )
    made = rashomon("dossier", tmp_path)
    found = json.loads(made.stdout)
    assert made.returncode == 3
    assert found["claims"] == found["figures"] == []
    assert "another language (fr)" in found["rejected"][0]["reason"]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["dossier"], 2, "name the reports"),
        (["dossier", "--no-such-option"], 2, "No such option"),
        (["show", "/no/such/case"], 2, "rashomon add"),
        (["dossier", "/no/such/file.txt"], 3, "cannot be opened"),
        (["dossier", "pyproject.toml"], 3, "unknown kind of file .toml"),
    ],
)
def test_errors_say_what_to_do(words: list[str], status: int, says: str) -> None:
    made = rashomon(*words)
    assert made.returncode == status
    assert says in made.stderr.decode()
    assert b"Traceback" not in made.stderr


def test_a_case_is_added_to_shown_and_judged(tmp_path: Path) -> None:
    case = tmp_path / "case"
    first = rashomon("add", case, EXAMPLE)
    assert first.stdout.count(b"added ") == 8
    assert rashomon("add", case, EXAMPLE).stdout == b""
    direct, kept = rashomon("dossier", EXAMPLE).stdout, rashomon("dossier", "--case", case).stdout
    assert direct == kept
    assert b"8 reports" in rashomon("show", case).stdout
    listed = rashomon("parties", "list", case).stdout.decode()
    assert "Marta Oziel" in listed
    assert (
        rashomon(
            "parties", "merge", case, "Marta Oziel", "Goran Maslic", "--because", "test"
        ).returncode
        == 0
    )
    decision = rashomon("parties", "decisions", case).stdout.decode().split()[0]
    merged = rashomon("parties", "list", case).stdout.decode()
    assert not {"Marta Oziel", "Goran Maslic"} <= {
        line.split(" (")[0] for line in merged.splitlines()
    }
    assert rashomon("parties", "undo", case, decision).returncode == 0
    assert rashomon("parties", "list", case).stdout.decode() == listed
    why = rashomon("parties", "why", case, "Marta Oziel", "Goran Maslic").stdout.decode()
    assert "likeness" in why
    assert "decided" in why


def test_every_command_explains_itself() -> None:
    root = get_command(app)
    names = []
    for name, command in root.commands.items():
        below = getattr(command, "commands", {name: command})
        names += below
        assert all(c.help for c in below.values())
    readme = Path("docs/commands.md").read_text("utf8")
    assert [name for name in names if f"`{name}`" not in readme and f" {name}" not in readme] == []


def test_a_case_read_by_an_older_version_is_read_again(tmp_path: Path) -> None:
    of = report("Police said on Monday that 14 people were arrested in the capital.")
    with CaseStore.open(tmp_path, create=True) as store:
        store.add(of, extraction(of), None, extractor="older-0", seen_at="2022-09-13")
    for _ in range(2):
        assert b"1 reports, 1 claims, 1 figures" in rashomon("show", tmp_path).stdout
