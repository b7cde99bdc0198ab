import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.model import Span, UnsupportedSpan, agreeing, digest


def test_a_span_slices_to_its_quote_or_fails() -> None:
    assert Span(2, 5).check("abcdef", "cde") == Span(2, 5)
    with pytest.raises(UnsupportedSpan, match="does not hold"):
        Span(2, 5).check("abcdef", "xyz")


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 2), (0, 7)])
def test_a_span_outside_the_text_fails(start: int, end: int) -> None:
    with pytest.raises(UnsupportedSpan):
        Span(start, end).of("abcdef")


def test_a_span_is_a_pair_in_json() -> None:
    assert msgspec.json.encode(Span(1, 4)) == b"[1,4]"


@given(st.lists(st.text()), st.lists(st.text()))
def test_ids_are_equal_exactly_for_equal_content(one: list[str], other: list[str]) -> None:
    assert (digest("c", one) == digest("c", other)) == (one == other)


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Span(1, 2).start = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("Others", "deny"),
        ("Police", "deny"),
        ("Two officials of the ambulance service", "deny"),
        ("the ministry", "denies"),
        ("Ann Bell", "denies"),
        ("United Nations", "denies"),
    ],
)
def test_a_verb_goes_with_the_name(name: str, verb: str) -> None:
    assert agreeing(name, "denies") == verb
