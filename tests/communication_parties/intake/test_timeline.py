"""Periods of one lane: whatever is said in whatever order, no two of them overlap and history stays."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from registers.communication_parties.intake.timeline import (
    INHERITS,
    IntakeContext,
    Reported,
    Spell,
    current,
    follow,
    inserted,
    unless_repeated,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
START = datetime(2020, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    """Days from now."""
    return NOW + timedelta(days=number)


def at(number: int = 0, **changes: object) -> IntakeContext:
    fields = {"valid_from": START, "changed_at": None, "first_word": False, "reports_plans": True} | changes
    return IntakeContext(now=day(number), **fields)  # pyright: ignore[reportArgumentType]


days = st.integers(-40, 40).map(day)
values = st.sampled_from(["a", "b", "c", INHERITS])
reported = st.lists(st.builds(Reported, values, st.none() | days), max_size=4)
words = st.lists(st.tuples(reported, st.none() | days, st.booleans(), st.booleans(), st.integers(-30, 30)), max_size=6)


def as_stored(slot: list[Spell[str]]) -> list[Spell[str]]:
    """The lane as it is read again: every row has an id."""
    return [
        Spell(each.value, each.start, each.end, each.id if each.id is not None else 100 + place)
        for place, each in enumerate(slot)
    ]


@given(words)
def test_periods_of_a_slot_never_overlap_and_are_never_empty(words):
    slot: list[Spell[str]] = []
    for place, (reported, changed_at, first_word, reports_plans, begins) in enumerate(words):
        moment = at(
            place,
            changed_at=changed_at,
            first_word=first_word,
            reports_plans=reports_plans,
            valid_from=day(begins),
        )
        slot = sorted(follow(slot, reported, moment), key=lambda each: each.start)
        ends = [each.end for each in slot]
        assert all(each.end is None or each.start < each.end for each in slot)
        assert all(end is not None and end <= after.start for end, after in zip(ends, slot[1:], strict=False))
        slot = as_stored(slot)


@given(words, reported)
def test_what_is_reported_for_now_holds_now(words, last):
    slot: list[Spell[str]] = []
    for reported, changed_at, first_word, reports_plans, _ in words:
        slot = as_stored(
            follow(slot, reported, at(changed_at=changed_at, first_word=first_word, reports_plans=reports_plans))
        )

    slot = follow(slot, last, at())

    dated = sorted((each for each in last if each.start and each.start <= NOW), key=lambda each: each.start or NOW)
    undated = [each for each in last if each.start is None]
    reported = dated[-1] if dated else undated[-1] if undated else Reported(INHERITS)
    stored = current(slot, NOW)
    same_start = [each.value for each in last if each.start == reported.start]
    assert (stored.value if stored else INHERITS) in (same_start or [INHERITS])


@given(words, reported)
def test_saying_the_same_again_changes_nothing(words, last):
    slot: list[Spell[str]] = []
    for reported, changed_at, first_word, reports_plans, _ in words:
        slot = as_stored(
            follow(slot, reported, at(changed_at=changed_at, first_word=first_word, reports_plans=reports_plans))
        )
    slot = as_stored(follow(slot, last, at()))

    assert follow(slot, last, at()) == slot


def test_a_change_dated_before_the_value_it_changes_takes_its_place():
    stored = [Spell("a", day(-5), None, 1)]

    assert follow(stored, [Reported("b", day(-10))], at(changed_at=day(-7))) == [
        Spell("a", day(-5), day(0), 1),
        Spell("b", day(0)),
    ]
    assert follow(stored, [Reported("b")], at(-5)) == [Spell("b", day(-5), None, 1)]


def test_a_value_of_a_party_to_come_begins_with_it():
    reported = follow([], [Reported("a")], at(valid_from=day(10), first_word=True))

    assert reported == [Spell("a", day(10))]


def test_what_an_interface_says_first_holds_since_the_party_began_and_later_since_the_change():
    assert follow([], [Reported("a")], at(first_word=True)) == [Spell("a", START)]
    assert follow([], [Reported("a")], at(changed_at=day(-3))) == [Spell("a", day(-3))]


def test_certificates_of_a_history_find_their_place_in_any_order():
    new = inserted([], "new", start=day(-10), until=day(300), is_current=True)
    assert new is not None

    assert inserted(new, "old", start=day(-300), until=day(0), is_current=False) == [
        Spell("old", day(-300), day(-10)),
        Spell("new", day(-10)),
    ]
    assert inserted(new, "same day", start=day(-10), until=day(300), is_current=None) is None


def test_a_value_repeated_by_the_parent_ends_where_the_parents_begins():
    own, above = [Spell("a", day(-20), None, 1)], [Spell("a", day(-10))]

    assert unless_repeated(own, above, NOW, wholly=False) == [Spell("a", day(-20), day(-10), 1)]
    assert unless_repeated(own, above, NOW, wholly=True) == []
    assert unless_repeated(own, [Spell("b", day(-10))], NOW, wholly=True) == own
