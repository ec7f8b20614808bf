"""Periods of an edit: taken as they are, and all that is wrong with them is reported at once."""

from datetime import UTC, datetime, timedelta

import pytest

from registers.core.rules import Problems
from registers.core.validity import OSLO, Period
from registers.editing.periods import YEARS, validated_end, validated_period, validated_time
from registers.editing.rules import PERIOD_EMPTY, TIME_IMPLAUSIBLE

MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIRST, LAST = datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime(YEARS[-1], 12, 31, 23, tzinfo=UTC)
TOO_EARLY, TOO_LATE = FIRST - timedelta(microseconds=1), LAST + timedelta(hours=1)


@pytest.fixture
def problems() -> Problems:
    return Problems()


def found(problems: Problems) -> list[tuple[str, str]]:
    """Rule and path of every problem."""
    return [(each.rule.number, ".".join(each.path)) for each in problems.refusal().problems]


EMPTY, IMPLAUSIBLE = PERIOD_EMPTY.number, TIME_IMPLAUSIBLE.number


@pytest.mark.parametrize("end", [None, NOON, MORNING + timedelta(microseconds=1)])
def test_a_period_that_is_not_empty_is_taken_as_it_is(problems, end):
    assert validated_period(problems, MORNING, end, "input", "period") == Period(MORNING, end)
    assert found(problems) == []


@pytest.mark.parametrize("end", [MORNING, MORNING.astimezone(OSLO), MORNING - timedelta(microseconds=1)])
def test_a_period_that_ends_no_later_than_it_begins_is_wrong_at_its_end(problems, end):
    validated_period(problems, MORNING, end, "input", "period")

    assert found(problems) == [(EMPTY, "input.period.to")]
    assert problems.refusal().problems[0].value == end.isoformat()


def test_everything_wrong_with_a_period_is_reported_at_once(problems):
    validated_period(problems, TOO_LATE, TOO_EARLY, "input")

    assert found(problems) == [(IMPLAUSIBLE, "input.from"), (IMPLAUSIBLE, "input.to"), (EMPTY, "input.to")]


@pytest.mark.parametrize("moment", [FIRST, MORNING, LAST])
def test_a_moment_between_the_years_is_plausible(problems, moment):
    assert validated_time(problems, moment, "at") == moment
    assert found(problems) == []


@pytest.mark.parametrize("moment", [TOO_EARLY, TOO_LATE])
def test_a_moment_outside_the_years_is_implausible_and_named(problems, moment):
    assert validated_time(problems, moment, "input", "at") == moment

    assert found(problems) == [(IMPLAUSIBLE, "input.at")]
    assert problems.refusal().problems[0].value == moment.isoformat()


def test_an_end_after_the_start_is_taken(problems):
    assert validated_end(problems, MORNING, NOON, "to") == NOON
    assert found(problems) == []


@pytest.mark.parametrize(
    ("end", "wrong"),
    [
        (MORNING, [(EMPTY, "input.to")]),
        (MORNING - timedelta(hours=1), [(EMPTY, "input.to")]),
        (TOO_LATE, [(IMPLAUSIBLE, "input.to")]),
        (TOO_EARLY, [(IMPLAUSIBLE, "input.to"), (EMPTY, "input.to")]),
    ],
)
def test_an_end_is_wrong_at_its_own_path(problems, end, wrong):
    assert validated_end(problems, MORNING, end, "input", "to") == end
    assert found(problems) == wrong
