"""Half-open periods, held against sets of whole hours."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.core.identifiers import EntryNumber
from registers.core.validity import OSLO, Instant, Period

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
HOURS = 12  # in which every period begins and every closed one ends
ENDLESS = 20  # hours that an open period is followed for: longer than any closed one


def at(hour: int) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


@st.composite
def periods(draw) -> tuple[Period, set[int]]:
    """A period that is not empty, with the hours in it."""
    start = draw(st.integers(0, HOURS - 1))
    end = draw(st.none() | st.integers(start + 1, HOURS))
    hours = range(start, ENDLESS if end is None else end)
    return Period(at(start), None if end is None else at(end)), set(hours)


@given(periods(), st.integers(-1, ENDLESS - 1))
def test_a_period_holds_the_moments_from_its_start_to_before_its_end(given_period, hour):
    period, hours = given_period

    assert period.holds(at(hour)) == (hour in hours)


@given(periods(), periods())
def test_periods_overlap_when_some_moment_is_in_both(one, other):
    (period, hours), (other_period, other_hours) = one, other

    assert period.overlaps(other_period) == bool(hours & other_hours)


@given(periods(), periods())
def test_a_period_contains_another_when_every_moment_of_it_is_in_the_first(one, other):
    (period, hours), (other_period, other_hours) = one, other

    assert period.contains(other_period) == (hours >= other_hours)


def test_a_period_that_begins_where_another_ends_does_not_overlap_it():
    morning, afternoon = Period(at(6), at(12)), Period(at(12), at(18))

    assert not morning.overlaps(afternoon)
    assert not afternoon.overlaps(morning)
    assert (morning.holds(at(12)), afternoon.holds(at(12))) == (False, True)


@pytest.mark.parametrize("zone", [OSLO, timezone(timedelta(hours=-5))])
def test_an_end_is_the_same_moment_in_every_time_zone(zone):
    period = Period(at(6), at(12).astimezone(zone))

    assert period == Period(at(6), at(12))
    assert period.holds(at(11).astimezone(zone))
    assert not period.holds(at(12).astimezone(zone))


def test_what_is_known_today_of_an_instant_keeps_its_moment():
    assert Instant(at(3), EntryNumber(7)).known_today == Instant(at(3))
    assert Instant(at(3)).known_today == Instant(at(3))
