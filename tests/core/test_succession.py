"""Chains of successors, held against what can be reached step by step."""

from hypothesis import given
from hypothesis import strategies as st

from registers.core.identifiers import EntryNumber
from registers.core.succession import Step, SuccessionKind, chain, surviving


def step(before: str, after: str, kind: SuccessionKind = SuccessionKind.MERGED) -> Step[str]:
    return Step(kind, before, after, None, EntryNumber(1))


def steps(*pairs: str) -> list[Step[str]]:
    """From "ab": a was succeeded by b."""
    return [step(before, after) for before, after in pairs]


def followed(start: str, among: list[Step[str]]) -> list[str]:
    return [each.before + each.after for each in chain(start, among)]


def test_a_chain_is_followed_to_its_end():
    line = steps("cd", "ab", "xy", "bc")

    assert followed("a", line) == ["ab", "bc", "cd"]
    assert surviving("a", chain("a", line)) == ["d"]


def test_what_has_no_successor_survives_itself():
    assert chain("b", steps("ab")) == []
    assert surviving("b", []) == ["b"]


def test_a_split_leads_to_each_part_and_the_nearest_steps_come_first():
    split = steps("ab", "bd", "ac", "ce")

    assert followed("a", split) == ["ab", "ac", "bd", "ce"]
    assert surviving("a", chain("a", split)) == ["d", "e"]


def test_those_that_merged_lead_to_one_and_name_it_once():
    merged = steps("ab", "ac", "bd", "cd", "de")

    assert followed("a", merged) == ["ab", "ac", "bd", "cd", "de"]
    assert surviving("a", chain("a", merged)) == ["e"]
    assert followed("c", merged) == ["cd", "de"]


def test_a_circle_ends_where_it_began_and_leaves_the_start():
    circle = steps("ab", "bc", "ca")

    assert followed("a", circle) == ["ab", "bc", "ca"]
    assert surviving("a", chain("a", circle)) == ["a"]


def test_a_circle_that_is_reached_is_gone_round_once():
    assert followed("a", steps("ab", "bc", "cb", "cd")) == ["ab", "bc", "cb", "cd"]


def test_a_turned_step_leads_back_and_says_the_same_otherwise():
    moved = Step(SuccessionKind.MOVED, "a", "b", None, EntryNumber(7))

    assert moved.reversed() == Step(SuccessionKind.MOVED, "b", "a", None, EntryNumber(7))
    assert moved.reversed().reversed() == moved


ANY_STEPS = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), unique=True, max_size=14)


@given(ANY_STEPS)
def test_every_step_that_can_be_reached_is_passed_once_the_nearest_first(pairs):
    given_steps = [step(*pair) for pair in pairs]
    distances = {"a": 0}
    for _ in pairs:  # as many rounds as there are steps reach everything
        for before, after in pairs:
            if before in distances:
                distances[after] = min(distances.get(after, len(pairs) + 1), distances[before] + 1)

    passed = chain("a", given_steps)

    assert sorted(passed, key=given_steps.index) == [each for each in given_steps if each.before in distances]
    assert [distances[each.before] for each in passed] == sorted(distances[each.before] for each in passed)


@given(ANY_STEPS)
def test_what_survives_is_what_was_reached_and_has_no_successor(pairs):
    passed = chain("a", [step(*pair) for pair in pairs])

    ends = {each.after for each in passed} - {each.before for each in passed}
    found = surviving("a", passed)
    assert set(found) == (ends or {"a"})
    assert len(found) == len(set(found))
