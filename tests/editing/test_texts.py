"""Free text of an edit: trimmed and composed, and all that is wrong with it is reported at once."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.core.rules import SHOWN_MAX, Problems
from registers.core.text import TEXT_MAX
from registers.editing.rules import TEXT_EMPTY, TEXT_HOLDS_NATIONAL_ID, TEXT_NOT_PLAIN, TEXT_TOO_LONG
from registers.editing.texts import validated_text_or_none

EMPTY, TOO_LONG, NOT_PLAIN, HOLDS_NATIONAL_ID = (
    rule.number for rule in (TEXT_EMPTY, TEXT_TOO_LONG, TEXT_NOT_PLAIN, TEXT_HOLDS_NATIONAL_ID)
)


@pytest.fixture
def problems() -> Problems:
    return Problems()


def found(problems: Problems) -> list[str]:
    refused = problems.refusal().problems
    assert {each.path for each in refused} <= {("input", "name")}
    return [each.rule.number for each in refused]


@pytest.mark.parametrize(
    ("text", "taken"),
    [(" Bø\t", "Bø"), ("A\u030as", "Ås"), ("12345 678901", "12345 678901"), ("1234567890", "1234567890"), ("😀", "😀")],
)
def test_a_plain_text_is_taken_trimmed_and_composed(problems, text, taken):
    assert validated_text_or_none(problems, text, "input", "name") == taken
    assert found(problems) == []


@pytest.mark.parametrize(
    ("text", "wrong", "taken"),
    [
        ("", [EMPTY], ""),
        (" \n ", [EMPTY], ""),
        ("x" * (TEXT_MAX + 1), [TOO_LONG], "x" * (TEXT_MAX + 1)),
        ("a\x00b", [NOT_PLAIN], "ab"),
        ("a\nb", [NOT_PLAIN], "ab"),
        ("B\ud83d", [NOT_PLAIN], "B"),
        ("born 01019012345", [HOLDS_NATIONAL_ID], "born 01019012345"),
        ("born 010190 12345.", [HOLDS_NATIONAL_ID], "born 010190 12345."),
        ("\ud800" * (TEXT_MAX + 1), [TOO_LONG, NOT_PLAIN], ""),
    ],
)
def test_everything_wrong_with_a_text_is_reported_and_the_rest_can_be_looked_at(problems, text, wrong, taken):
    assert validated_text_or_none(problems, text, "input", "name") == taken
    assert found(problems) == wrong


def test_the_length_allowed_is_the_fields_own(problems):
    assert validated_text_or_none(problems, "abc", "input", "name", most=3) == "abc"
    assert validated_text_or_none(problems, "abcd", "input", "name", most=3) == "abcd"
    assert found(problems) == [TOO_LONG]


def test_a_text_that_is_not_given_is_none(problems):
    assert validated_text_or_none(problems, None, "input", "name") is None
    assert found(problems) == []


def test_no_refusal_repeats_a_national_id_or_a_character_that_cannot_be_stored(problems):
    validated_text_or_none(problems, "\x00 01019012345 \ud800", "input", "name")
    validated_text_or_none(problems, "01019012345 " * TEXT_MAX, "input", "name")

    for each in problems.refusal().problems:
        value = each.value or ""
        assert value.isprintable()
        assert len(value) <= SHOWN_MAX
        assert "01019012345" not in each.message("en") + each.message("nb")


@given(st.text(st.characters(categories=("L", "Nd", "Zs", "M", "Cc", "Cs")), max_size=12))
def test_what_is_taken_can_be_stored_whatever_was_given(text):
    taken = validated_text_or_none(Problems(), text, "input", "name")

    assert taken is not None
    assert taken.encode("utf-8").decode() == taken
    assert not {unicodedata.category(each) for each in taken} & {"Cc", "Cs"}
