"""Sums and shares of intervals: what they allow, and what cannot hold."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.reconcile.intervals import (
    Contradiction,
    Percentage,
    Statement,
    Sum,
    allowed,
    contradictions,
)


def ends(found: dict, quantity: str) -> tuple[float, float]:
    low, high = found[quantity]
    return low.value, high.value


def test_what_is_left_is_the_whole_less_the_part() -> None:
    statements = [
        Statement("a", "detained", low=6001),
        Statement("b", "detained", high=6999),
        Statement("c", "released", 2000, 2000),
    ]
    found = allowed(statements, [Sum("detained", ("released", "held"), exact=True)])
    assert ends(found, "held") == (4001, 4999)
    assert found["held"][0].by == {"a", "c"}
    assert found["held"][1].by == {"b", "c"}


def test_an_open_sum_bounds_its_parts_from_above_alone() -> None:
    found = allowed(
        [Statement("a", "all", 40, 50), Statement("b", "women", low=12)],
        [Sum("all", ("women", "men"))],
    )
    assert ends(found, "men") == (0, 38)
    assert ends(found, "women") == (12, 50)


@pytest.mark.parametrize(
    ("known", "asked", "expected"),
    [
        ({"percent": (50, 50), "whole": (200, 220)}, "part", (100, 110)),
        ({"percent": (50, 50), "part": (100, 100)}, "whole", (200, 200)),
        ({"part": (100, 100), "whole": (200, 400)}, "percent", (25, 50)),
        ({"percent": (0, 0)}, "part", (0, 0)),
    ],
)
def test_a_percentage_tells_the_third_from_two(known: dict, asked: str, expected: tuple) -> None:
    statements = [Statement(q, q, *between) for q, between in known.items()]
    found = allowed(statements, [Percentage("part", "percent", "whole")])
    assert ends(found, asked) == pytest.approx(expected)


def test_a_contradiction_names_no_statement_that_it_does_not_need() -> None:
    statements = [
        Statement("whole", "all", high=10),
        Statement("lower", "all", low=2),
        Statement("one", "women", low=7),
        Statement("two", "men", low=6),
        Statement("other", "children", low=1),
    ]
    laws = [Sum("all", ("women", "men", "children"))]
    with pytest.raises(Contradiction):
        allowed(statements, laws)
    found = [{s.id for s in those} for those in contradictions(statements, laws)]
    assert found == [{"whole", "one", "two"}]


def test_contradictions_share_no_statement() -> None:
    statements = [
        Statement("a", "x", low=5),
        Statement("b", "x", high=4),
        Statement("c", "y", low=9),
        Statement("d", "y", high=1),
    ]
    assert [{s.id for s in those} for those in contradictions(statements, [])] == [
        {"a", "b"},
        {"c", "d"},
    ]


@given(st.lists(st.integers(0, 50), min_size=2, max_size=5), st.integers(0, 60), st.data())
def test_what_is_true_is_never_ruled_out(parts: list[int], rest: int, data: st.DataObject) -> None:
    """Statements that one world fulfils hold together, and every bound allows that world."""
    world = {f"p{n}": part for n, part in enumerate(parts)}
    world |= {"whole": sum(parts), "more": sum(parts) + rest}
    laws = [
        Sum("whole", tuple(f"p{n}" for n in range(len(parts))), exact=True),
        Sum("more", ("whole",)),
    ]
    statements = [
        Statement(
            q,
            q,
            value - data.draw(st.integers(0, 5)),
            value + data.draw(st.sampled_from([0, 3, inf])),
        )
        for q, value in world.items()
        if data.draw(st.booleans())
    ]
    assert list(contradictions(statements, laws)) == []
    for quantity, (low, high) in allowed(statements, laws).items():
        assert low.value <= world[quantity] <= high.value


@given(st.integers(1, 10**9), st.integers(1, 1000))
def test_rounding_contradicts_nobody(whole: int, tenths: int) -> None:
    """Exact counts of millions and the share that they make hold together, however it is worked out."""
    percent = tenths / 10
    part = whole * percent / 100
    statements = [
        Statement("whole", "whole", whole, whole),
        Statement("percent", "percent", percent, percent),
        Statement("part", "part", part, part),
    ]
    laws = [Percentage("part", "percent", "whole"), Sum("whole", ("part",))]
    assert list(contradictions(statements, laws)) == []
