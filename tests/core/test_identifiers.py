"""Numbers are those of the published test sets, or generated."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registers.core.identifiers import (
    InvalidIdentifier,
    municipality_number_from_source,
    organisation_check_digit,
    organisation_number_from_source,
    parse_entry_number,
    parse_gp_contract_id,
    parse_her_id,
    parse_hpr_number,
    parse_municipality_number,
    parse_organisation_number,
    parse_postal_code,
    parse_resh_id,
    parse_thumbprint,
    postal_code_from_source,
)

untimed = settings(deadline=None)  # a slow machine is no broken rule
DIGITS = "0123456789"
FOREIGN_DIGITS = st.characters(categories=["Nd"], exclude_characters=DIGITS)

VALID_ORGANISATION_NUMBERS = [
    *("994598759", "983544622", "974760673", "889640782", "985821585", "999977774", "888333444"),
    *("958935420", "912660680"),  # check digit 0
    "123456785",  # no Norwegian series begins with 1, but the check digit holds
]
WRONG_CHECK_DIGIT = [
    *("994598758", "123456784", "987654321", "910070918"),
    *("999988891", "999944999", "999944614"),  # used as test data all the same
]
NUMERIC = [
    pytest.param(parse_her_id, 1, 2_147_483_647, id="HER-id"),
    pytest.param(parse_hpr_number, 1, 999_999_999, id="HPR number"),
    pytest.param(parse_resh_id, 1, 2_147_483_647, id="RESH-id"),
    pytest.param(parse_entry_number, 0, 9_007_199_254_740_991, id="entry number"),
    pytest.param(parse_gp_contract_id, 1, 9_223_372_036_854_775_807, id="GP contract id"),
]
NO_NUMBERS = [
    *(
        "",
        " 1",
        "1 ",
        "+1",
        "-1",
        "1_0",
        "1.0",
        "1e3",
        "0x1",
        "١",
        "１",
        "²",
        "1\n",
        "\x00",
        "\ud800",
    ),
    *(True, False, 1.0, None, b"1", [1]),
]


@st.composite
def organisation_numbers(draw):
    first_eight = draw(st.text(DIGITS, min_size=8, max_size=8))
    check = organisation_check_digit(first_eight)
    assume(check is not None)
    return f"{first_eight}{check}"


def rule_broken_by(parse, value):
    with pytest.raises(InvalidIdentifier) as refused:
        parse(value)
    return refused.value.rule


@pytest.mark.parametrize(("parse", "least", "most"), NUMERIC)
def test_a_number_is_taken_at_both_ends_of_its_range_and_not_beyond(parse, least, most):
    assert [parse(least), parse(most), parse(str(most))] == [least, most, most]
    assert rule_broken_by(parse, least - 1) == "range"
    assert rule_broken_by(parse, most + 1) == "range"
    assert rule_broken_by(parse, str(most + 1)) == "range"
    assert rule_broken_by(parse, 10**5000) == "range"
    assert rule_broken_by(parse, "9" * 5000) == "range"


@pytest.mark.parametrize(("parse", "least", "most"), NUMERIC)
@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_nothing_but_ascii_digits_is_a_number(parse, least, most, value):
    assert rule_broken_by(parse, value) == "digits"


@untimed
@pytest.mark.parametrize(("parse", "least", "most"), NUMERIC)
@given(data=st.data())
def test_a_number_and_its_digits_are_the_same_identifier(parse, least, most, data):
    number = data.draw(st.integers(least, most))

    assert parse(number) == parse(str(number)) == parse(str(parse(number))) == number
    assert type(parse(str(number))) is int


@pytest.mark.parametrize(
    ("parse", "numbers"),
    [
        (parse_hpr_number, [9144889, 9144900, 7437869, 8346208, 181000001]),
        (parse_her_id, [91462, 115522, 4657988, 8141705]),
    ],
)
def test_the_numbers_of_the_published_test_sets_are_taken(parse, numbers):
    assert [parse(number) for number in numbers] == numbers
    assert [parse(str(number)) for number in numbers] == numbers


@pytest.mark.parametrize(
    ("parse", "rule"),
    [(parse_her_id, "range"), (organisation_number_from_source, "historic business")],
)
def test_the_sign_for_no_parent_is_no_identifier(parse, rule):
    assert rule_broken_by(parse, -1) == rule


@pytest.mark.parametrize("text", VALID_ORGANISATION_NUMBERS)
def test_an_organisation_number_whose_check_digit_holds_is_taken(text):
    assert parse_organisation_number(text) == text
    assert organisation_number_from_source(text) == (text, True)
    assert organisation_number_from_source(int(text)) == (text, True)


@pytest.mark.parametrize("text", WRONG_CHECK_DIGIT)
def test_a_wrong_check_digit_is_refused_from_a_caller_and_flagged_from_a_source(text):
    assert rule_broken_by(parse_organisation_number, text) == "check digit"
    assert organisation_number_from_source(text) == (text, False)
    assert organisation_number_from_source(int(text)) == (text, False)


@pytest.mark.parametrize(("first_eight", "check"), [("99459875", "9"), ("95893542", "0"), ("91000008", None)])
def test_the_check_digit_follows_the_worked_examples(first_eight, check):
    assert organisation_check_digit(first_eight) == check


@pytest.mark.parametrize("last", DIGITS)
def test_no_organisation_number_begins_with_digits_whose_check_would_be_ten(last):
    assert rule_broken_by(parse_organisation_number, f"91000008{last}") == "check digit"


@pytest.mark.parametrize(("text", "rule"), [("9945987", "length"), ("9945987x", "digits")])
def test_a_check_digit_is_only_computed_for_eight_digits(text, rule):
    assert rule_broken_by(organisation_check_digit, text) == rule


@untimed
@given(organisation_numbers(), st.integers(0, 8), st.integers(1, 9))
def test_one_changed_digit_of_an_organisation_number_is_always_noticed(number, index, step):
    changed = str((int(number[index]) + step) % 10)

    mistyped = number[:index] + changed + number[index + 1 :]

    assert parse_organisation_number(number) == number
    assert rule_broken_by(parse_organisation_number, mistyped) == "check digit"


@untimed
@given(st.text() | st.text(DIGITS) | st.text(FOREIGN_DIGITS, min_size=9, max_size=9))
def test_only_nine_ascii_digits_are_an_organisation_number(text):
    assume(not re.fullmatch("[0-9]{9}", text))

    assert rule_broken_by(parse_organisation_number, text) in {"digits", "length"}


DECORATED = [
    *("994 598 759", " 994598759\n", "994\u00a0598759"),
    *("NO 994 598 759 MVA", "no994598759mva"),
]


@pytest.mark.parametrize("written", DECORATED)
def test_a_decorated_organisation_number_is_read_from_a_source_but_not_from_a_caller(written):
    assert organisation_number_from_source(written) == ("994598759", True)
    assert rule_broken_by(parse_organisation_number, written) == "digits"


def test_a_number_short_of_nine_digits_is_padded_but_text_is_not():
    assert organisation_number_from_source(12345678)[0] == "012345678"
    assert rule_broken_by(organisation_number_from_source, "12345678") == "length"


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (-42, "historic business"),
        ("-42", "historic business"),
        *((text, "digits") for text in ("", "-", "--42", "99459875x", "٩٩٤٥٩٨٧٥٩")),
        *((value, "digits") for value in (True, 994598759.0, None)),
        ("9945987590", "length"),
        (9945987590, "range"),
        (10**5000, "range"),
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) else "number",
)
def test_a_source_is_refused_what_cannot_be_an_organisation_number(value, rule):
    assert rule_broken_by(organisation_number_from_source, value) == rule


FOUR_DIGITS = [
    pytest.param(parse_postal_code, postal_code_from_source, id="postal code"),
    pytest.param(parse_municipality_number, municipality_number_from_source, id="municipality"),
]


@pytest.mark.parametrize(("parse", "from_source"), FOUR_DIGITS)
@pytest.mark.parametrize("value", [301, "301", "0301", " 301\n"])
def test_a_source_gets_its_lost_zeros_back(parse, from_source, value):
    assert from_source(value) == parse("0301") == "0301"


@pytest.mark.parametrize(("parse", "from_source"), FOUR_DIGITS)
@pytest.mark.parametrize(
    ("value", "rule"),
    [("301", "length"), ("03010", "length"), (" 301", "digits"), ("٠٣٠١", "digits")],
)
def test_a_caller_must_write_four_digits(parse, from_source, value, rule):
    assert rule_broken_by(parse, value) == rule


@pytest.mark.parametrize(("parse", "from_source"), FOUR_DIGITS)
@pytest.mark.parametrize(
    ("value", "rule"),
    [("", "digits"), (-1, "range"), (10000, "range"), ("03010", "range"), ("N-0301", "digits")],
)
def test_a_source_cannot_stretch_four_digits(parse, from_source, value, rule):
    assert rule_broken_by(from_source, value) == rule


@untimed
@given(st.text("0123456789abcdefABCDEF", min_size=40, max_size=40))
def test_a_thumbprint_is_the_same_in_either_case(text):
    assert parse_thumbprint(text) == parse_thumbprint(text.lower()) == text.upper()
    assert parse_thumbprint(parse_thumbprint(text)) == parse_thumbprint(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        *((text, "length") for text in ("", "a" * 39, "a" * 41)),
        *((text, "hexadecimal") for text in ("g" * 40, "a" * 39 + "１", "a" * 40 + "\n", None)),
    ],
)
def test_a_thumbprint_is_forty_hexadecimal_digits(text, rule):
    assert rule_broken_by(parse_thumbprint, text) == rule


ONLY_DIGITS = "may hold nothing but the ASCII digits (rule: digits)"
REFUSALS = [
    (
        parse_organisation_number,
        "994598758",
        "organisation number '994598758' has a wrong check digit (rule: check digit)",
    ),
    (parse_her_id, 0, "HER-id 0 lies outside the range of this identifier (rule: range)"),
    (parse_her_id, [1], f"HER-id of type list {ONLY_DIGITS}"),
    (parse_postal_code, "x" * 1000, f"postal code '{'x' * 38}… {ONLY_DIGITS}"),
]


@pytest.mark.parametrize(("parse", "value", "message"), REFUSALS)
def test_a_refusal_names_the_kind_the_value_and_the_rule(parse, value, message):
    with pytest.raises(InvalidIdentifier) as refused:
        parse(value)

    assert str(refused.value) == message


@pytest.mark.parametrize("written", ["15835090008", "158350 90008", "158350-90008", "id 15835090008", 15835090008])
@pytest.mark.parametrize("parse", [parse_her_id, parse_organisation_number, organisation_number_from_source])
def test_a_national_id_typed_into_the_wrong_field_is_not_repeated(parse, written):
    with pytest.raises(InvalidIdentifier) as refused:
        parse(written)

    assert not re.search("158350|90008", str(refused.value))
