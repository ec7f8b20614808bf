"""The own values of one slot: whatever is reported in whatever order, no two of them overlap and history stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from registers.communication_parties.intake.timeline import (
    INHERITS,
    IntakeContext,
    Reported,
    inserted,
    merged,
    unless_repeated,
)
from registers.core.validity import Dated, current_at

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
START = datetime(2020, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    """Days from now."""
    return NOW + timedelta(days=number)


def at(number: int = 0, **changes: object) -> IntakeContext:
    fields = {"valid_from": START, "changed_at": None, "first_report": False, "reports_plans": True} | changes
    return IntakeContext(now=day(number), **fields)  # pyright: ignore[reportArgumentType]


days = st.integers(-40, 40).map(day)
values = st.sampled_from(["a", "b", "c", INHERITS])
reported = st.lists(st.builds(Reported, values, st.none() | days), max_size=4)
reports = st.tuples(reported, st.none() | days, st.booleans(), st.booleans(), st.integers(-30, 30))
sequences = st.lists(reports, max_size=6)


def as_stored(values: list[Dated[str]]) -> list[Dated[str]]:
    """The values as they are read again: every row has an id."""
    return [
        Dated(each.value, each.start, each.end, each.id if each.id is not None else 100 + index)
        for index, each in enumerate(values)
    ]


def after(former: list[Any]) -> list[Dated[str]]:
    """The stored values of a slot after the reports, one by one."""
    slot: list[Dated[str]] = []
    for reported, changed_at, first_report, reports_plans, _ in former:
        context = at(changed_at=changed_at, first_report=first_report, reports_plans=reports_plans)
        slot = as_stored(merged(slot, reported, context))
    return slot


@given(sequences)
def test_periods_of_a_slot_never_overlap_and_are_never_empty(former):
    slot: list[Dated[str]] = []
    for number, (reported, changed_at, first_report, reports_plans, begins) in enumerate(former):
        context = at(
            number,
            changed_at=changed_at,
            first_report=first_report,
            reports_plans=reports_plans,
            valid_from=day(begins),
        )
        slot = sorted(merged(slot, reported, context), key=lambda each: each.start)
        ends = [each.end for each in slot]
        assert all(each.end is None or each.start < each.end for each in slot)
        assert all(end is not None and end <= next_.start for end, next_ in zip(ends, slot[1:], strict=False))
        slot = as_stored(slot)


@given(sequences, reported)
def test_what_is_reported_for_now_holds_now(former, last):
    slot = merged(after(former), last, at())

    dated = sorted((each for each in last if each.start and each.start <= NOW), key=lambda each: each.start or NOW)
    undated = [each for each in last if each.start is None]
    expected = dated[-1] if dated else undated[-1] if undated else Reported(INHERITS)
    same_start = [each.value for each in last if each.start == expected.start]
    today = current_at(slot, NOW)
    assert (today.value if today else INHERITS) in (same_start or [INHERITS])


@given(sequences, reported)
def test_the_same_report_again_changes_nothing(former, last):
    slot = as_stored(merged(after(former), last, at()))

    assert merged(slot, last, at()) == slot


def test_a_change_dated_before_the_value_it_changes_happens_today_or_replaces_it():
    stored = [Dated("a", day(-5), None, 1)]

    assert merged(stored, [Reported("b", day(-10))], at(changed_at=day(-7))) == [
        Dated("a", day(-5), day(0), 1),
        Dated("b", day(0)),
    ]
    assert merged(stored, [Reported("b")], at(-5)) == [Dated("b", day(-5), None, 1)]


def test_a_value_of_a_party_to_come_begins_with_it():
    slot = merged([], [Reported("a")], at(valid_from=day(10), first_report=True))

    assert slot == [Dated("a", day(10))]


def test_what_an_interface_reports_first_holds_since_the_party_began_and_later_since_the_change():
    assert merged([], [Reported("a")], at(first_report=True)) == [Dated("a", START)]
    assert merged([], [Reported("a")], at(changed_at=day(-3))) == [Dated("a", day(-3))]


def test_certificates_of_a_history_can_be_inserted_in_any_order():
    new = inserted([], "new", start=day(-10), until=day(300), is_current=True)
    assert new is not None

    assert inserted(new, "old", start=day(-300), until=day(0), is_current=False) == [
        Dated("old", day(-300), day(-10)),
        Dated("new", day(-10)),
    ]
    assert inserted(new, "same day", start=day(-10), until=day(300), is_current=None) is None


def test_a_value_repeated_by_the_parent_ends_where_the_parents_begins():
    own, above = [Dated("a", day(-20), None, 1)], [Dated("a", day(-10))]

    assert unless_repeated(own, above, NOW, wholly=False) == [Dated("a", day(-20), day(-10), 1)]
    assert unless_repeated(own, above, NOW, wholly=True) == []
    assert unless_repeated(own, [Dated("b", day(-10))], NOW, wholly=True) == own
