"""The case on disk: nothing reported as added is lost, whatever kills the program."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rashomon.extract.reader import Reader
from rashomon.model import CaseError, Extraction, Judgement
from rashomon.store import CaseStore
from tests.builders import extraction, report

NOW = "2022-09-13T10:00:00+00:00"


def fill(store: CaseStore, count: int) -> list[str]:
    ids = []
    for n in range(count):
        of = report(f"Report number {n} says that {n} people came.")
        assert store.add(of, extraction(of), of.text.encode(), extractor="x-1", seen_at=NOW).new
        ids.append(of.id)
    return ids


def test_a_fact_is_kept_once_and_comes_back_equal(tmp_path: Path) -> None:
    of = report("Five people came.")
    with CaseStore.open(tmp_path, create=True) as store:
        assert store.add(of, extraction(of), b"x", extractor="x-1", seen_at=NOW).new
        assert not store.add(of, extraction(of), b"x", extractor="x-1", seen_at=NOW).new
        assert list(store.facts("x-1")) == [(of, Extraction(report=of.id))]
        assert list(store.facts("x-2")) == []
        assert (tmp_path / "originals" / of.sha256).read_bytes() == b"x"


@pytest.mark.parametrize(
    "verb", ["UPDATE reports SET path = 'b'", "DELETE FROM reports", "DELETE FROM extractions"]
)
def test_facts_cannot_be_changed(tmp_path: Path, verb: str) -> None:
    with CaseStore.open(tmp_path, create=True) as store:
        fill(store, 1)
        with pytest.raises(sqlite3.DatabaseError, match="never changed"):
            store.connection.execute(verb)


def test_judgements_are_appended_in_order(tmp_path: Path) -> None:
    made = [
        Judgement(
            id=f"j-{n}", verb="same", subject=("A", "B"), by="editor", at=f"2022-09-13T10:00:0{n}"
        )
        for n in range(3)
    ]
    with CaseStore.open(tmp_path, create=True) as store:
        for judgement in reversed(made):
            store.judge(judgement)
        assert list(store.judgements()) == made


def test_a_folder_that_is_no_case_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="rashomon add"):
        CaseStore.open(tmp_path / "nothing")


def test_a_newer_case_is_not_touched(tmp_path: Path) -> None:
    CaseStore.open(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / "case.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CaseError, match="newer"):
        CaseStore.open(tmp_path)


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(count):
        text = (
            f"The ministry said on Monday that {n + 2} people were detained in district {n}.\n" * 3
        )
        (folder / f"{n:03}.txt").write_text(text)
    return folder


def adding(case: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "rashomon", "add", str(case), str(folder)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def reported(output: str) -> set[str]:
    """Ids of complete `added` lines."""
    return {
        line.split()[1]
        for line in output.splitlines(keepends=True)
        if line.startswith("added ") and line.endswith("\n")
    }


def held(case: Path) -> set[str]:
    reader = Reader()
    with CaseStore.open(case) as store:
        return {of.id for of, _ in store.facts(f"{reader.name}-{reader.version}")}


@pytest.mark.model
def test_kill_nine_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    folder, case = folder_of(tmp_path, 120), tmp_path / "case"
    rng = random.Random(7)
    said: set[str] = set()
    killed = 0
    for _ in range(12):
        process = adding(case, folder)
        assert process.stdout is not None
        for _ in range(rng.randint(1, 9)):
            said |= reported(process.stdout.readline())
        time.sleep(rng.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        said |= reported(rest)
        killed += process.wait() == -signal.SIGKILL
        assert said <= held(case)
        with sqlite3.connect(case / "case.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            halves = "SELECT count(*) FROM reports WHERE id NOT IN (SELECT report FROM extractions)"
            assert connection.execute(halves).fetchone() == (0,)
    assert killed >= 10
    process = adding(case, folder)
    process.communicate()
    assert process.returncode == 0
    assert len(held(case)) == 120
    with CaseStore.open(case) as store:
        for of, _ in store.facts(f"{Reader().name}-{Reader().version}"):
            assert (case / "originals" / of.sha256).read_bytes().decode() == of.text


@pytest.mark.model
def test_two_processes_adding_at_once_lose_nothing(tmp_path: Path) -> None:
    folder, case = folder_of(tmp_path, 40), tmp_path / "case"
    processes = [adding(case, folder) for _ in range(3)]
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    assert len(held(case)) == 40
