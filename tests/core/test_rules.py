"""Numbered rules, and the problems that name them."""

import pytest

from registers.core.rules import SHOWN_MAX, Problem, Problems, Refused, Rule, shown
from registers.published_rules import RULE_OF_CONSTRAINT, RULES

TAKEN = Rule("R-TEST-001", "{value} is taken", "{value} er tatt")
ENDED = Rule("R-TEST-002", "It has ended", "Den er avsluttet", code="STALE")
PUBLISHED = [rule for of_register in RULES.values() for rule in of_register]


def test_a_rule_has_its_text_in_both_languages():
    assert (ENDED.text("en"), ENDED.text("nb")) == ("It has ended", "Den er avsluttet")


def test_a_problem_names_the_value_in_both_languages():
    problem = Problem(TAKEN, ("input", "name"), "Bø {value}")

    assert problem.message("en") == "Bø {value} is taken"
    assert problem.message("nb") == "Bø {value} er tatt"


def test_a_text_without_a_value_leaves_its_room_empty():
    assert Problem(TAKEN).message("en") == " is taken"
    assert Problem(ENDED, value="unseen").message("en") == "It has ended"


def test_a_rule_breaks_as_a_broken_rule_unless_it_says_otherwise():
    assert (TAKEN.code, ENDED.code) == ("RULE_BROKEN", "STALE")


def test_nothing_is_refused_while_there_is_no_problem():
    problems = Problems()

    problems.refuse()

    assert problems.refusal().problems == ()


def test_all_problems_are_refused_at_once_in_their_order():
    problems = Problems()
    problems.add(TAKEN, "input", "name", value=7)
    problems.add(ENDED)

    with pytest.raises(Refused) as refused:
        problems.refuse()

    assert refused.value.problems == (Problem(TAKEN, ("input", "name"), "7"), Problem(ENDED))
    assert refused.value.message == "R-TEST-001 at input.name; R-TEST-002 at the edit"


def test_a_refusal_repeats_no_value_in_its_own_message():
    problems = Problems()
    problems.add(TAKEN, "input", value="secret")

    assert "secret" not in str(problems.refusal())


@pytest.mark.parametrize(
    ("value", "repeated"),
    [
        ("Bø", "Bø"),
        ("a\x00b\ud800", "a�b�"),
        ("born 010190 12345.", "born (eleven digits)."),
        ("x" * SHOWN_MAX, "x" * SHOWN_MAX),
        ("x" * (SHOWN_MAX + 1), "x" * (SHOWN_MAX - 1) + "…"),
    ],
)
def test_a_refused_value_is_repeated_short_printable_and_without_a_national_id(value, repeated):
    assert shown(value) == repeated


def test_no_national_id_shows_because_a_value_was_cut():
    for before in range(SHOWN_MAX + 1):
        assert "01019012345" not in shown("x" * before + " 01019012345 " + "x" * SHOWN_MAX)


def test_a_rule_is_found_by_its_constraint():
    with_constraint = {rule.constraint: rule for rule in PUBLISHED if rule.constraint is not None}

    assert with_constraint == RULE_OF_CONSTRAINT != {}


@pytest.mark.parametrize("field", ["number", "constraint"])
def test_no_number_and_no_constraint_stands_for_two_rules(field):
    values = [value for rule in PUBLISHED if (value := getattr(rule, field)) is not None]

    assert len(values) > 9
    assert sorted(values) == sorted(set(values))
