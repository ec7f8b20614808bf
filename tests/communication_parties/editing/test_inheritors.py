"""Who inherits a change above: compared with looking up, hour by hour, what is in effect before and after it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from registers.communication_parties.editing.inheritors import DatedValue, differs, ended, replaced
from registers.core.validity import Dated, current_at
from tests.conftest import NOW

HOURS = [NOW + timedelta(hours=each) for each in range(12)]


@st.composite
def slots(draw: st.DrawFn) -> list[DatedValue]:
    """Values none of which overlaps another, the last perhaps open."""
    bounds = draw(st.lists(st.sampled_from(HOURS), unique=True, max_size=6).map(sorted))
    ends = [*bounds[1:], None]
    values: list[DatedValue] = [
        Dated(draw(st.sampled_from([("a",), ("b",), None])), start, end)
        for start, end in zip(bounds, ends, strict=False)
    ]
    return [each for each in values if draw(st.booleans())]


def at_each_hour(slot: list[DatedValue]) -> list[object]:
    return [current.value if (current := current_at(slot, hour)) else None for hour in HOURS]


@given(before=slots(), after=slots(), own=slots())
def test_a_party_inherits_a_change_just_when_something_else_is_in_effect_for_it(
    before: list[DatedValue], after: list[DatedValue], own: list[DatedValue]
):
    hidden_at = [any(each.period.holds(hour) for each in own) for hour in HOURS]
    pairs = zip(at_each_hour(before), at_each_hour(after), hidden_at, strict=True)

    changes = any(old != new and not hidden for old, new, hidden in pairs)

    assert differs(before, after, [each.period for each in own]) == changes


@given(before=slots(), start=st.sampled_from(HOURS))
def test_a_value_holds_from_its_start_until_the_next_that_is_planned(before: list[DatedValue], start):
    planned = min((each.start for each in before if each.start > start), default=None)
    stored = at_each_hour(before)

    after = at_each_hour(replaced(before, start, ("new",)))

    in_between = [start <= hour and (planned is None or hour < planned) for hour in HOURS]
    assert after == [("new",) if new else old for new, old in zip(in_between, stored, strict=True)]


@given(before=slots(), moment=st.sampled_from(HOURS))
def test_what_ends_is_gone_until_it_would_have_ended(before: list[DatedValue], moment):
    [former] = [each for each in before if each.period.holds(moment)] or [None]
    stored = at_each_hour(before)

    after = at_each_hour(ended(before, moment))

    gone = [bool(former and former.period.holds(hour) and hour >= moment) for hour in HOURS]
    assert after == [None if ends else old for ends, old in zip(gone, stored, strict=True)]
