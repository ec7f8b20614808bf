"""Free text from callers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.core.errors import BadInput
from registers.core.text import TEXT_MAX, plain_text

LONE_SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff", "Bø\ud83d", "\ude00rn"]
CONTROL_CHARACTERS = ["a\x00b", "a\nb", "a\tb", "a\x7fb", "a\x85b", "\x1b[31m"]


def test_text_is_trimmed_and_composed():
    assert plain_text("  Bo\u0308rge A\u030as \u00a0", "name") == "Börge Ås"


@pytest.mark.parametrize("text", ["", "   ", "Nordre Øy", "😀", "a\u200db", "\ufffd", "\ue000", "'; --", "١٢"])
def test_what_a_name_may_hold_is_left_as_it_is(text):
    assert plain_text(text, "name") == text.strip()


@pytest.mark.parametrize("text", LONE_SURROGATES)
def test_half_a_character_is_refused(text):
    with pytest.raises(BadInput, match=r"^name: holds a control character$"):
        plain_text(text, "name")


@pytest.mark.parametrize("text", CONTROL_CHARACTERS)
def test_a_control_character_inside_is_refused(text):
    with pytest.raises(BadInput, match=r"^name: holds a control character$"):
        plain_text(text, "name")


def test_control_characters_around_it_count_as_blanks():
    assert plain_text("\n Bø \t", "name") == "Bø"


def test_length_is_counted_when_trimmed_and_composed():
    assert plain_text(" " + "o\u0308" * TEXT_MAX + " ", "name") == "ö" * TEXT_MAX

    with pytest.raises(BadInput, match=f"longer than {TEXT_MAX} characters"):
        plain_text("a" * (TEXT_MAX + 1), "filter.name")
    with pytest.raises(BadInput, match=r"^name: longer than 3 characters$"):
        plain_text("abcd", "name", most=3)


@given(st.text(st.characters(categories=("L", "N", "P", "Z", "M", "Cc", "Cs")), max_size=9))
def test_what_comes_through_can_be_stored_and_holds_no_control_character(text):
    try:
        plain = plain_text(text, "name")
    except BadInput:
        return

    assert plain.encode("utf-8").decode() == plain
    assert not {unicodedata.category(each) for each in plain} & {"Cc", "Cs"}
    assert plain_text(plain, "name") == plain
