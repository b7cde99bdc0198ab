from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.extract.calendar import edtf
from rashomon.extract.times import expressions

FRIDAY = date(2020, 8, 14)
TABLE = [
    ("said late on Thursday that", "Thursday", "DATE", "2020-08-13"),
    ("nine had been found by late Thursday.", "Thursday", "DATE", "2020-08-13"),
    ("they must leave by Thursday.", "Thursday", "DATE", "2020-08-20"),
    ("he was given until Thursday to pay", "Thursday", "DATE", "2020-08-20"),
    ("since Sunday they", "Sunday", "DATE", "2020-08-09"),
    ("will meet on Monday", "Monday", "DATE", "2020-08-17"),
    ("met yesterday in", "yesterday", "DATE", "2020-08-13"),
    ("two days ago", "two days ago", "DATE", "2020-08-12"),
    ("in 2005 police", "2005", "DATE", "2005"),
    ("on Aug. 9, 2020, the", "Aug. 9, 2020", "DATE", "2020-08-09"),
    ("on 9 August the vote", "9 August", "DATE", "2020-08-09"),
    ("last week they", "last week", "DATE", "2020-W32"),
    ("this year so", "this year", "DATE", "2020"),
    ("for three days they", "three days", "DURATION", "P3D"),
    ("every day they", "every day", "SET", "P1D"),
    ("on Friday morning", "Friday morning", "TIME", "2020-08-14TMO"),
    ("it is now clear", "now", "DATE", "PRESENT_REF"),
    ("10 months earlier", "10 months earlier", "DATE", "2019-10"),
]


@pytest.mark.parametrize(("text", "said", "kind", "value"), TABLE)
def test_expressions_resolve_from_the_day_of_publication(text, said, kind, value) -> None:
    found = next(t for t in expressions(text, FRIDAY) if said in text[t.start : t.end])
    assert (found.type, found.value) == (kind, value)


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    assert [t.value for t in expressions("It happened on Friday.", None)] == ["XXXX-WXX-5"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-08-13TNI", "2020-08-13"),
        ("2020-W32", "2020-08-03/2020-08-09"),
        ("2020-08", "2020-08"),
        ("198", "198X"),
        ("PAST_REF", None),
    ],
)
def test_half_known_dates_stay_half_known(value, expected) -> None:
    assert edtf(value) == expected


@given(st.text(max_size=200), st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_expressions_lie_in_the_text_and_never_overlap(text: str, day: date) -> None:
    end = 0
    for found in expressions(text, day):
        assert end <= found.start < found.end <= len(text)
        end = found.end


WORDS = (
    "the end beginning start middle of in by since early late mid last next this previous following past coming"
    " year month week decade century quarter day night weekend hour minute 1988 2020 March May Friday 12 3 two a"
    " several ago earlier later before after noon midnight morning fiscal first spring twenties '90s and to on"
).split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), st.booleans())
@settings(max_examples=1500, deadline=None)
def test_whatever_is_said_of_time_is_read_or_left(words: list[str], dated: bool) -> None:
    text = " ".join(words) + "."
    for found in expressions(text, date(2020, 2, 29) if dated else None):
        assert found.value
        assert 0 <= found.start < found.end <= len(text)


def test_the_end_of_a_year_needs_no_day_of_publication() -> None:
    assert [e.value for e in expressions("It fell by the end of 1990.", None)] == ["1990"]
