"""R-DQ-014 and R-DQ-015: numbers and codes that no register has given out."""

import pytest

from tests.support.scenario import ALWAYS, ENDED, change

pytestmark = pytest.mark.anyio


async def test_an_organisation_number_that_fails_its_check_digit_is_found(registers, found, database):
    for number, valid in (("300000001", ALWAYS), ("300000002", ENDED)):
        registers.add(
            "organisations",
            organisation_number=number,
            check_digit_holds=False,
            reference_only=False,
            kind="underenhet",
            name="Legekontoret",
            **valid.columns,
        )

    assert await found("R-DQ-014") == [("300000001", "the check digit does not hold")]


async def test_an_organisation_number_that_holds_is_not(registers, found):
    registers.office()

    assert await found("R-DQ-014") == []


async def test_a_code_that_came_with_a_file_is_found_until_it_is_confirmed(registers, found, database):
    registers.add("codes", key="8660/X99", system="8660", value="X99", display="Ukjent", active=True, confirmed=False)
    entry = await registers.write(database)

    [(key, text)] = await found("R-DQ-015")
    assert key == "8660/X99"
    assert text.startswith(f"came with entry {entry} at 20")
    await change(database, "codes", {"key": "8660/X99"}, confirmed=True)
    assert await found("R-DQ-015") == []


async def test_the_codes_that_come_with_the_service_are_not(found):
    assert await found("R-DQ-015") == []
