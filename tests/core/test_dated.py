"""Values with a period: which one holds at a moment, and which comes next."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from registers.core.validity import Dated, Period, current_at, next_start

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
HOURS = range(12)


def at(hour: int) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


@st.composite
def values(draw: st.DrawFn) -> list[Dated[int]]:
    """Values that do not overlap, each the hour at which it begins, with gaps between them and in any order."""
    starts = draw(st.lists(st.sampled_from(HOURS), unique=True, max_size=5).map(sorted))
    ends = [*(at(start) for start in starts[1:]), draw(st.sampled_from([None, at(len(HOURS))]))]
    dated = [Dated(start, at(start), end) for start, end in zip(starts, ends, strict=False)]
    return draw(st.permutations([each for each in dated if draw(st.booleans())]))


def test_a_dated_value_holds_for_its_period():
    assert Dated("a", at(1), at(2)).period == Period(at(1), at(2))
    assert Dated("a", at(1)).period == Period(at(1), None)


def test_a_value_that_is_stored_is_not_the_same_as_one_that_is_not():
    assert Dated("a", at(1)).id is None
    assert Dated("a", at(1), id=7) != Dated("a", at(1))


@given(values(), st.sampled_from(HOURS))
def test_the_current_value_is_the_only_one_whose_period_holds_the_moment(dated: list[Dated[int]], hour: int):
    holding = [each for each in dated if each.start <= at(hour) and (each.end is None or at(hour) < each.end)]

    assert [each for each in [current_at(dated, at(hour))] if each] == holding


@given(values(), st.sampled_from(HOURS))
def test_the_next_start_is_the_earliest_that_lies_ahead(dated: list[Dated[int]], hour: int):
    ahead = sorted(each.value for each in dated if each.value > hour)

    assert next_start(dated, at(hour)) == (at(ahead[0]) if ahead else None)


def test_where_nothing_is_dated_nothing_holds_and_nothing_comes():
    assert (current_at([], MIDNIGHT), next_start([], MIDNIGHT)) == (None, None)
