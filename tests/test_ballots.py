"""Whose a share of the vote is, with the shipped weights on sentences of our own."""

import pytest

from rashomon.extract.reader import Reader
from rashomon.model import Figure
from tests.builders import report

pytestmark = pytest.mark.model
READER = Reader()


def shares(text: str) -> dict[str, Figure]:
    """The shares of a vote in a text by their words."""
    extraction = next(iter(READER.extract([report(text)])))
    return {f.said: f for f in extraction.figures if f.measure in ("vote_share", "votes")}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (
            "President Marek Sollin won the run-off with 52.3% of the vote against 47.7% for his challenger, Ada Brenk, the board said.",
            {"52.3%": "Sollin", "47.7%": "Brenk"},
        ),
        (
            "By the copies kept at the gates Ada Brenk took 55.2% and Marek Sollin 41.3%, the league said.",
            {"55.2%": "Brenk", "41.3%": "Sollin"},
        ),
        (
            "Brenk leads Sollin 47 percent to 39 percent in the provisional count.",
            {"47 percent": "Brenk", "39 percent": "Sollin"},
        ),
        (
            "Marek Sollin of the Harvest Party took 8,131 votes and Ada Brenk of the Coast List 7,917, the registrar said.",
            {"8,131": "Sollin", "7,917": "Brenk"},
        ),
        (
            "Marek Sollin was declared the winner with 50.6 percent of the vote to Ada Brenk's 48.7.",
            {"50.6 percent": "Sollin"},
        ),
        (
            "Ada Brenk insists that she got 57.3% of the vote and will not go home.",
            {"57.3%": "Brenk"},
        ),
        (
            "Ada Brenk, his only challenger, was given 17.9 percent of the vote.",
            {"17.9 percent": "Brenk"},
        ),
    ],
)
def test_a_share_is_of_whom_its_words_give_it(text: str, whose: dict[str, str]) -> None:
    found = shares(text)
    assert {said: found[said].who.split()[-1] for said in whose} == whose


def test_the_answers_of_a_referendum_have_shares() -> None:
    found = shares('"Yes" took 71 per cent of the vote in Sunday\'s referendum, the board said.')
    assert found["71 per cent"].who == "Yes"


def test_the_first_of_two_shares_that_one_unit_serves_is_a_share() -> None:
    text = "Turnout fell from 63.8 to 63.1 per cent after the recount, the board said."
    extraction = next(iter(READER.extract([report(text)])))
    assert [(f.number, f.measure, f.kind) for f in extraction.figures] == [
        (63.8, "turnout", "share"),
        (63.1, "turnout", "share"),
    ]


def test_a_name_set_off_at_the_end_of_a_source_speaks() -> None:
    text = (
        "The ballots were counted twice at the wish of the former treasurer, Ada Brenk, the board's chairwoman, "
        "Vera Stolz, told listeners of the local radio on Monday."
    )
    extraction = next(iter(READER.extract([report(text)])))
    assert {c.speaker for c in extraction.claims} == {"Vera Stolz"}


def test_a_figure_holds_for_the_place_told_right_behind_it() -> None:
    text = "Turnout was 38.2% in the port and 91.6% in Upper Tarn, the board said."
    extraction = next(iter(READER.extract([report(text)])))
    assert [f.where for f in extraction.figures] == ["port", "Upper Tarn"]


def test_a_count_of_votes_is_as_of_its_telling() -> None:
    text = "Marek Sollin carried Sunday's run-off with 51.8% of the vote, the board said."
    of = report(text, published="2022-09-13")
    extraction = next(iter(READER.extract([of])))
    assert [f.when for f in extraction.figures] == ["2022-09-13"]
