"""Numbers are future, synthetic or published as examples; the rest are generated (Tenor series)."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registers.core.identifiers import InvalidIdentifier
from registers.core.national_id import (
    NationalIdDescription,
    NationalIdKind,
    Synthetic,
    check_digits_of_national_id,
    describe_national_id,
    parse_national_id,
)

untimed = settings(deadline=None)  # a slow machine is no broken rule
DIGITS = "0123456789"
FNR, DNR = NationalIdKind.FODSELSNUMMER, NationalIdKind.D_NUMBER
FHN = NationalIdKind.COMMON_HELP_NUMBER

VALID = [
    pytest.param("29023650078", FNR, None, id="leap day"),
    pytest.param("17063550159", FNR, None, id="individual number 501"),
    pytest.param("31129956715", FNR, None, id="last day of 1899"),
    pytest.param("64123751181", DNR, None, id="D-number"),
    pytest.param("01013250088", FNR, None, id="rule of 2032, remainder 1"),
    pytest.param("01013250096", FNR, None, id="rule of 2032, remainder 2"),
    pytest.param("01013250185", FNR, None, id="rule of 2032, remainder 3"),
    pytest.param("01013250150", FNR, None, id="both rules"),
    pytest.param("81234567802", FHN, None, id="help number on 8"),
    pytest.param("98765432103", FHN, None, id="help number on 9"),
    pytest.param("15835090008", FNR, Synthetic.TENOR, id="Tenor, 900 series"),
    pytest.param("31929930056", FNR, Synthetic.TENOR, id="Tenor, last day of 1999"),
    pytest.param("21905297101", FNR, Synthetic.TENOR, id="Tenor, October"),
    pytest.param("45850160183", DNR, Synthetic.TENOR, id="Tenor D-number"),
    pytest.param("08687520190", FNR, Synthetic.NHN, id="NHN, March"),
    pytest.param("15720255178", FNR, Synthetic.NHN, id="NHN, July"),
    pytest.param("41758010099", DNR, Synthetic.NHN, id="NHN D-number"),
    pytest.param("20416625183", FNR, Synthetic.NAV_OR_LOCAL, id="NAV or local"),
]
INVALID = [
    pytest.param("29023650079", "check digit", id="second check digit wrong"),
    pytest.param("92023650078", "check digit", id="first two digits swapped"),
    pytest.param("05076600324", "check digit", id="both check digits wrong"),
    pytest.param("12345678999", "check digit", id="placeholder"),
    pytest.param("30023650017", "date", id="30 February"),
    pytest.param("01014550050", "date", id="individual number 500 in year 45"),
    pytest.param("01016075015", "date", id="individual number 750 in year 60"),
    pytest.param("00000000000", "date", id="zeros pass both sums"),
]
# Born from, to and the individual numbers set aside for them.
SERIES = [
    (1854, 1899, 500, 749),
    (1900, 1999, 0, 499),
    (1940, 1999, 900, 999),
    (2000, 2039, 500, 999),
]


@st.composite
def first_nine_of_tenor(draw, *, day_offset=0):
    """First nine digits of a Tenor number (month + 80), from every series."""
    first_year, last_year, least, most = draw(st.sampled_from(SERIES))
    year, month = draw(st.integers(first_year, last_year)), draw(st.integers(1, 12))
    day = draw(st.integers(1, 28))
    individual_number = draw(st.integers(least, most))
    return f"{day + day_offset:02}{month + 80}{year % 100:02}{individual_number:03}"


@st.composite
def tenor_numbers(draw):
    first_nine = draw(first_nine_of_tenor())
    check_digits = check_digits_of_national_id(first_nine, remainder=draw(st.integers(0, 3)))
    assume(check_digits is not None)
    return f"{first_nine}{check_digits}"


def synthetic_number(day, month):
    """First number of 2001 with right check digits; day and month need not exist."""
    bases = (f"{day:02}{month:02}01{individual_number}" for individual_number in range(500, 1000))
    return next(base + check for base in bases if (check := check_digits_of_national_id(base)))


def refusal_of(text, *, production=False):
    with pytest.raises(InvalidIdentifier) as refused:
        parse_national_id(text, production=production)
    return refused.value


@pytest.mark.parametrize(("text", "kind", "synthetic"), VALID)
def test_a_number_on_the_list_of_valid_ones_is_taken_and_described(text, kind, synthetic):
    assert parse_national_id(text) == text
    assert describe_national_id(parse_national_id(text)) == NationalIdDescription(kind, synthetic)


@pytest.mark.parametrize("production", [False, True])
@pytest.mark.parametrize(("text", "rule"), INVALID)
def test_a_number_on_the_list_of_invalid_ones_is_refused_everywhere(text, rule, production):
    assert refusal_of(text, production=production).rule == rule


@pytest.mark.parametrize(("text", "kind", "synthetic"), VALID)
def test_production_refuses_the_series_with_changed_months_and_takes_the_rest(text, kind, synthetic):
    if synthetic is None:
        assert parse_national_id(text, production=True) == text
    else:
        expected = "local help number" if synthetic is Synthetic.NAV_OR_LOCAL else "synthetic"
        assert refusal_of(text, production=True).rule == expected


def test_a_description_reports_neither_sex_nor_century_nor_date_of_birth():
    assert NationalIdDescription._fields == ("kind", "synthetic")


@pytest.mark.parametrize(
    ("first_nine", "remainder", "check_digits"),
    [
        ("290236500", 0, "78"),
        ("010132501", 0, "50"),
        ("010132500", 1, "88"),
        ("010132500", 2, "96"),
        ("010132501", 3, "85"),
        ("010136508", 0, None),  # the first would be ten
        ("010136507", 0, None),  # the second would be ten
    ],
)
def test_check_digits_follow_the_worked_examples(first_nine, remainder, check_digits):
    assert check_digits_of_national_id(first_nine, remainder=remainder) == check_digits


@pytest.mark.parametrize("remainder", [-1, 4])
def test_check_digits_know_no_other_remainder_than_zero_to_three(remainder):
    with pytest.raises(ValueError, match="remainder is 0 to 3"):
        check_digits_of_national_id("290236500", remainder=remainder)


@pytest.mark.parametrize(("text", "rule"), [("29023650", "length"), ("29023650x", "digits")])
def test_check_digits_are_only_computed_for_nine_digits(text, rule):
    with pytest.raises(InvalidIdentifier) as refused:
        check_digits_of_national_id(text)

    assert refused.value.rule == rule
    assert text not in str(refused.value)


def test_the_rule_of_2032_makes_four_times_as_many_numbers_of_a_day():
    bases = [f"010136{individual_number}" for individual_number in range(500, 1000)]
    usable = {
        remainder: sum(check_digits_of_national_id(base, remainder=remainder) is not None for base in bases)
        for remainder in range(4)
    }

    assert usable[0] == 413
    assert sum(usable.values()) == 1652


@untimed
@given(first_nine_of_tenor(), st.integers(0, 3))
def test_generated_tenor_numbers_are_valid_and_known_as_synthetic(first_nine, remainder):
    check_digits = check_digits_of_national_id(first_nine, remainder=remainder)
    assume(check_digits is not None)

    number = parse_national_id(f"{first_nine}{check_digits}")

    assert parse_national_id(str(number)) == number
    assert describe_national_id(number) == NationalIdDescription(FNR, Synthetic.TENOR)
    assert refusal_of(number, production=True).rule == "synthetic"


@untimed
@given(first_nine_of_tenor(day_offset=40))
def test_generated_tenor_d_numbers_are_valid_and_known_as_synthetic(first_nine):
    check_digits = check_digits_of_national_id(first_nine)
    assume(check_digits is not None)

    number = parse_national_id(f"{first_nine}{check_digits}")

    assert describe_national_id(number) == NationalIdDescription(DNR, Synthetic.TENOR)


@pytest.mark.parametrize(
    ("series", "month_offset"),
    [(Synthetic.TENOR, 80), (Synthetic.NHN, 65), (Synthetic.NAV_OR_LOCAL, 40)],
)
@pytest.mark.parametrize(("kind", "day_offset"), [(FNR, 0), (DNR, 40)], ids=["fnr", "dnr"])
def test_a_synthetic_series_covers_every_day_of_the_year_and_no_other(kind, day_offset, series, month_offset):
    taken = set()
    for day in range(33):
        for month in range(14):
            number = synthetic_number(day + day_offset, month + month_offset)
            try:
                description = describe_national_id(parse_national_id(number))
            except InvalidIdentifier as refused:
                assert refused.rule == "date"
            else:
                assert description == NationalIdDescription(kind, series)
                taken.add((month, day))

    new_year = date(2001, 1, 1)
    days = [new_year + timedelta(days=number) for number in range(365)]
    assert taken == {(day.month, day.day) for day in days}


@untimed
@given(tenor_numbers(), st.integers(0, 10), st.integers(1, 9))
def test_one_changed_digit_of_a_national_id_is_always_noticed(number, index, step):
    changed = str((int(number[index]) + step) % 10)

    mistyped = number[:index] + changed + number[index + 1 :]

    assert refusal_of(mistyped).rule == "check digit"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "digits"),
        ("158350 90008", "digits"),
        ("15835090008\n", "digits"),
        ("１５８３５０９０００８", "digits"),
        ("1583509000²", "digits"),
        ("1583509000", "length"),
        ("158350900080", "length"),
        (15835090008, "digits"),
        (None, "digits"),
    ],
    ids=range(9),
)
def test_only_eleven_ascii_digits_are_a_national_id(text, rule):
    assert refusal_of(text).rule == rule


@untimed
@given(st.text() | st.text(DIGITS) | st.text(DIGITS, min_size=11, max_size=11) | tenor_numbers())
def test_no_refusal_of_a_national_id_holds_a_digit(text):
    try:
        parse_national_id(text, production=True)
    except InvalidIdentifier as refused:
        texts = f"{refused!s} {refused!r} {refused.args} {refused.rule} {vars(refused)}"
        assert not any(character.isdigit() for character in texts)
        assert refused.__context__ is None
