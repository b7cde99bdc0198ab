import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.extract import counts, numbers, times
from rashomon.extract.numbers import interval, phrases, value
from rashomon.extract.words import split

TABLE = [
    ("more than 6,000 people", "more than 6,000", 6000, 6001, None, "above"),
    ("at least 40 dead", "at least 40", 40, 40, None, "at_least"),
    ("nearly 7,000 arrests", "nearly 7,000", 7000, None, 6999, "below"),
    ("up to 50 men", "up to 50", 50, None, 50, "at_most"),
    ("about 1,000 workers", "about 1,000", 1000, 1000, 1000, "about"),
    ("60% to 70% of votes", "60% to 70%", 60, 60, 70, "range"),
    ("13 or 14 dead", "13 or 14", 13, 13, 14, "range"),
    ("between 4 and 6 men", "between 4 and 6", 4, 4, 6, "range"),
    ("dozens of people", "dozens", None, 24, None, "vague"),
    ("several hundred people", "several hundred", None, 300, None, "vague"),
    ("tens of thousands marched", "tens of thousands", None, 20000, None, "vague"),
    ("no fewer than a dozen", "no fewer than a dozen", 12, 12, None, "at_least"),
    ("half a dozen men", "half a dozen", 6, 6, 6, "exact"),
    ("two-thirds of them", "two-thirds", 66.7, 66.7, 66.7, "exact"),
    ("six in 10 voters", "six in 10", 60, 60, 60, "exact"),
    ("forty-six percent of", "forty-six percent", 46, 46, 46, "exact"),
    ("three hundred and fifty men", "three hundred and fifty", 350, 350, 350, "exact"),
    ("more than two and a half million", "more than two and a half million", 2500000, 2500001, None, "above"),
    ("no one was injured", "no one", 0, 0, 0, "exact"),
    ("6 to 7 million people", "6 to 7 million", 6_000_000, 6_000_000, 7_000_000, "range"),
    ("close to 49 per cent of the vote", "close to 49 per cent", 49, None, 49, "below"),
    ("1 500 people", "1 500", 1500, 1500, 1500, "exact"),
    ("50 or more people", "50 or more", 50, 50, None, "at_least"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "number", "low", "high", "bound"), TABLE)
def test_wording_becomes_an_interval(text, said, number, low, high, bound) -> None:
    found = next(p for p in phrases(text))
    assert text[found.start : found.end] == said
    assert (found.number, found.low, found.high, found.bound) == (number, low, high, bound)


def test_two_shares_that_fall_are_two_figures() -> None:
    assert [p.number for p in phrases("won 50 percent to 44 percent")] == [50, 44]


def test_a_telephone_number_counts_nothing() -> None:
    text = "Families can call 407-555-0142, (800) 555-0199, +44 20 7946 0018 or, in town, dial 555-0133."
    assert not list(phrases(text))
    assert [p.number for p in phrases("A crowd of 500-1000 met 49 officers.")] == [500, 49]


@pytest.mark.parametrize("text", ["$300", "A4", "no-man", "3rd", "v2.1b"])
def test_what_is_no_number_phrase(text: str) -> None:
    assert not list(phrases(text))


@given(st.integers(0, 10**12))
def test_digits_with_commas_name_their_number(number: int) -> None:
    assert value(f"{number:,}") == number


@given(
    st.integers(0, 10**6),
    st.sampled_from(["exact", "about", "above", "at_least", "below", "at_most"]),
)
def test_an_interval_is_never_empty(number: int, bound: str) -> None:
    low, high = interval(number, bound, share=False)
    assert low is None or high is None or low <= high


@given(st.text(alphabet="0123456789,. -%abcdefghijklmnopqrstuvwxyz\n", max_size=80))
def test_every_phrase_slices_out_of_its_text(text: str) -> None:
    for found in phrases(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(("word", "number"), [*numbers.UNITS.items(), *numbers.TENS.items()])
def test_every_numeral_is_read(word: str, number: int) -> None:
    for text in (f"{word} people", f"{word.capitalize()} people", f"from {word} men"):
        assert [p.number for p in phrases(text)] == [number]


@pytest.mark.parametrize("ten", list(numbers.TENS))
def test_every_compound_is_read(ten: str) -> None:
    for n, unit in enumerate(list(numbers.UNITS)[1:10], 1):
        for joint in ("-", " "):
            found = [p.number for p in phrases(f"{ten}{joint}{unit} people")]
            assert found == [numbers.TENS[ten] + n]


def test_decimals_in_words() -> None:
    assert [p.number for p in phrases("I wrote seventy-eight point seven, in ink")] == [78.7]


@pytest.mark.parametrize(
    "text",
    [
        "a boy of thirteen told her so",
        "bodies had been logged by six in the evening",
        "The gate opened at ten to seven on Thursday",
        "Everybody would be released by six on Friday morning",
        "Every single one of these families has a roof",
        "Join 40,000 readers who get our letter",
    ],
)
def test_ages_hours_and_turns_of_phrase_are_no_counts(text: str) -> None:
    found = counts.Phrases(text, split(text), list(times.expressions(text, None)))
    assert not found.by_anchor


def test_a_figures_score_is_the_share_of_its_like_that_are_right() -> None:
    """Surer is likelier, nothing is certain, and a coin's toss of a raw score is mostly wrong."""
    likely = [counts.calibrated(p / 1000) for p in range(1001)]
    assert likely == sorted(likely)
    assert 0 < likely[0] < likely[-1] < 0.97
    assert 0.3 < counts.calibrated(0.5) < 0.4
