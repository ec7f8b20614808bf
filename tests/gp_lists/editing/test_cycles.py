"""Doctors' cycles added to lists, changed, ended and removed."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registers.changelog.append import Register, append
from registers.database.database import Database
from registers.editing.transaction import MARK_AS_EDIT
from tests.conftest import Ask
from tests.support.edits.gp_contracts import (
    JANUARY,
    JULY,
    MARCH,
    MAY,
    Given,
    add_doctor,
    change_doctor,
    doctor,
    end_doctor,
    opened,
    remove_doctor,
    substitute,
)
from tests.support.requests import ANY, entries, refused
from tests.support.scenario import Scenario

pytestmark = pytest.mark.anyio


async def staffed(edit: Ask, given: Given, *more: dict[str, Any], **changes: Any) -> int:
    """List 70001 with a GP, whose cycle is 1; its entry."""
    cycles = [doctor(given.doctors[0], cycleId="1"), *more]
    return (await opened(edit, given, 70001, doctorCycles=cycles, **changes))["entry"]


def cycles_of(payload: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(doctor, relationship, from, to) of each cycle, latest start first."""
    cycles = payload["gpContract"]["doctorCycles"]
    return [(each["hprNumber"], each["relationship"]["value"], *each["valid"].values()) for each in cycles]


async def test_a_doctor_put_on_a_list_is_on_it_and_in_the_log(edit, given: Given):
    gp, other, *_ = given.doctors
    entry = await staffed(edit, given)
    terms = substitute(other, gp, since=MARCH, until=MAY, workingPercentage=60, workingOnDays=["FRIDAY", "SUNDAY"])

    rehearsed = await add_doctor(edit, 70001, entry, input=terms, dryRun=True)
    payload = await add_doctor(edit, 70001, entry, input=terms)

    assert entries(rehearsed) == [("70001", "GpOnContractCreated")]
    assert rehearsed["gpContract"] == payload["gpContract"]
    assert payload["gpContract"]["lastEntry"] == payload["entry"]
    assert payload["gpContract"]["doctorCycles"][0] == {
        "cycleId": "-1",
        "hprNumber": other,
        "relationship": {"value": "LPVI"},
        "substituteForHprNumber": gp,
        "workingPercentage": 60,
        "workingOnDays": ["SUNDAY", "FRIDAY"],
        "valid": {"from": MARCH, "to": MAY},
    }


async def test_numbers_of_our_own_count_down_and_are_never_given_again(edit, given: Given):
    _, other, third, fourth = given.doctors
    await staffed(edit, given)
    await add_doctor(edit, 70001, input=doctor(other, "LPDL"))
    await add_doctor(edit, 70001, input=doctor(third, "LPDL"))
    await remove_doctor(edit, 70001, cycleId="-2")

    payload = await add_doctor(edit, 70001, input=doctor(fourth, "LPDL"))

    assert [each["cycleId"] for each in payload["gpContract"]["doctorCycles"]] == ["1", "-1", "-3"]
    assert refused(await add_doctor(edit, 70001, input=doctor(third, "LPDL", cycleId="1"))) == [
        ("R-FLR-002", "input.cycleId")
    ]


async def test_a_changed_cycle_is_replaced_as_a_whole(edit, given: Given):
    other = given.doctors[1]
    await staffed(edit, given, doctor(other, "LPDL", cycleId="2", workingPercentage=50, workingOnDays=["MONDAY"]))

    payload = await change_doctor(edit, 70001, cycleId="2", input=doctor(other, "LPDL", since=MARCH))

    assert payload["gpContract"]["doctorCycles"][0] | {"cycleId": "2"} == {
        "cycleId": "2",
        "hprNumber": other,
        "relationship": {"value": "LPDL"},
        "substituteForHprNumber": None,
        "workingPercentage": None,
        "workingOnDays": [],
        "valid": {"from": MARCH, "to": None},
    }
    again = await change_doctor(edit, 70001, cycleId="2", input=doctor(other, "LPDL", since=MARCH))
    assert refused(again) == [("R-LOG-011", "input")]


async def test_a_gp_follows_another_without_a_gap(edit, given: Given):
    gp, other, *_ = given.doctors
    await staffed(edit, given)

    await end_doctor(edit, 70001, cycleId="1", at=MARCH)
    payload = await add_doctor(edit, 70001, input=doctor(other, since=MARCH))

    assert cycles_of(payload) == [(other, "LPFL", MARCH, None), (gp, "LPFL", JANUARY, MARCH)]
    too_long = await change_doctor(edit, 70001, cycleId="1", input=doctor(gp, until=MAY))
    assert refused(too_long) == [("R-FLR-020", "input")]


async def test_an_end_is_after_the_beginning_and_before_the_former_end(edit, given: Given):
    await staffed(edit, given)

    assert refused(await end_doctor(edit, 70001, cycleId="1", at=JANUARY)) == [("R-LOG-009", "at")]
    await end_doctor(edit, 70001, cycleId="1", at=MAY)
    assert refused(await end_doctor(edit, 70001, cycleId="1", at=MAY)) == [("R-FLR-014", "at")]


async def test_a8_a_substitute_stands_in_for_a_gp_of_the_list_or_for_its_vacancy(edit, given: Given):
    gp, other, stand_in, _ = given.doctors
    await opened(edit, given, 70001, doctorCycles=[doctor(gp, until=MAY), doctor(other, "LPDL")])
    cases = {
        "the GP": ((gp, JANUARY, None), []),
        "the GP, who leaves before the substitute does": ((gp, MARCH, JULY), []),
        "a GP who has left": ((gp, MAY, None), ["R-FLR-022"]),
        "somebody who is no GP of the list": ((other, JANUARY, None), ["R-FLR-022"]),
        "nobody, while there is a GP": ((None, JANUARY, MAY), ["R-FLR-021"]),
        "nobody, while there is a GP for a part of the time": ((None, MARCH, None), ["R-FLR-021"]),
        "nobody, the list being vacant": ((None, MAY, None), []),
    }

    async def rules(whom: int | None, since: str, until: str | None) -> list[str]:
        input_ = substitute(stand_in, whom, since=since, until=until)
        return [rule for rule, _ in refused(await add_doctor(edit, 70001, input=input_, dryRun=True))]

    assert {name: await rules(*asked) for name, (asked, _) in cases.items()} == {
        name: expected for name, (_, expected) in cases.items()
    }


async def test_a8_no_change_of_others_leaves_a_substitute_standing_in_for_nobody(edit, given: Given):
    gp, other, third, fourth = given.doctors
    await staffed(edit, given, substitute(other, gp, cycleId="2", since=MAY))
    await opened(edit, given, 70002, doctorCycles=[substitute(third, since=MAY)])

    ended = await end_doctor(edit, 70001, cycleId="1", at=MARCH)
    removed = await remove_doctor(edit, 70001, cycleId="1")
    came = await add_doctor(edit, 70002, input=doctor(fourth, since=JULY))
    in_time = await end_doctor(edit, 70001, cycleId="1", at=JULY)

    assert [refused(each) for each in (ended, removed, came, in_time)] == [*[[("R-FLR-025", "")]] * 3, []]


async def test_what_files_have_broken_is_mended_step_by_step(
    edit, given: Given, scenario: Scenario, database: Database
):
    gp, other, third, _ = given.doctors
    contract = scenario.contract(None)
    first, second = scenario.cycle(contract, gp), scenario.cycle(contract, other)
    scenario.cycle(contract, third, "LPVI")
    await scenario.write(database)

    stays_two = await end_doctor(edit, contract, cycleId=str(first), at=JULY)
    worse = await change_doctor(edit, contract, cycleId=str(first), input=doctor(gp))
    mended = await remove_doctor(edit, contract, cycleId=str(second))

    assert [refused(each) for each in (stays_two, worse, mended)] == [[], [("R-FLR-020", "input")], []]


INSERT = text("""
    INSERT INTO doctor_cycles (id, contract_id, hpr_number, relationship, substitute_for, working_on_days, valid_from)
    VALUES (99, 70001, :doctor, :relationship, :substitute_for, '{}', '2026-05-01')
""")


@pytest.mark.parametrize(
    ("relationship", "whom", "constraint"),
    [
        ("7750/LPFL", None, "doctor_cycles_one_gp_at_a_time"),
        ("7750/LPVI", None, "doctor_cycles_substitute_says_for_whom"),
        ("7750/LPVI", 2, "doctor_cycles_substitute_for_a_gp"),
    ],
)
async def test_a8_the_database_refuses_edits_that_clash_and_takes_files_that_do(
    edit, given: Given, database: Database, relationship: str, whom: int | None, constraint: str
):
    await staffed(edit, given)
    values = {
        "doctor": given.doctors[1],
        "relationship": relationship,
        "substitute_for": None if whom is None else given.doctors[whom],
    }

    async def insert(*, as_edit: bool) -> None:
        async with database.writing() as session:
            if as_edit:
                await session.execute(MARK_AS_EDIT)
            await append(session, register=Register.GP_LISTS, key="70001", action="GpOnContractCreated", caller="test")
            await session.execute(INSERT, values)

    with pytest.raises(IntegrityError, match=constraint):
        await insert(as_edit=True)
    await insert(as_edit=False)


async def test_a_cycle_of_another_list_is_unknown(edit, given: Given):
    await staffed(edit, given)
    await opened(edit, given, 70002)

    payload = await remove_doctor(edit, 70002, ANY, cycleId="1")

    assert refused(payload) == [("R-FLR-016", "cycleId")]
