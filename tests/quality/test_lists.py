"""R-DQ-009 to R-DQ-013: doctors, their parties and their lists."""

import pytest

from tests.support.scenario import ALWAYS, COMING, ENDED, change

pytestmark = pytest.mark.anyio


async def test_a12_two_parties_of_one_doctor_at_one_office_are_reported(registers, found):
    office, doctor = registers.office(), registers.doctor()
    first, second = (registers.party_of_doctor(office, doctor) for _ in range(2))

    assert await found("R-DQ-009") == [(str(doctor), f"HER-ids {first}, {second} are in use at office {office.number}")]


async def test_one_party_at_each_of_two_offices_is_as_it_should_be(registers, found):
    office, doctor = registers.office(), registers.doctor()
    registers.party_of_doctor(office, doctor)
    registers.party_of_doctor(office, doctor, active=False)
    registers.party_of_doctor(office, doctor, valid=ENDED)
    registers.party_of_doctor(registers.office(), doctor)

    assert await found("R-DQ-009") == []


async def test_two_parties_are_no_longer_reported_once_one_is_switched_off_but_stay_so_as_then_known(
    registers, found, database
):
    office, doctor = registers.office(), registers.doctor()
    registers.party_of_doctor(office, doctor)
    second = registers.party_of_doctor(office, doctor)
    entry = await registers.write(database)
    await change(database, "communication_parties", {"her_id": second}, active=False)

    assert await found("R-DQ-009") == []
    assert [key for key, _ in await found("R-DQ-009", entry=entry)] == [str(doctor)]


async def test_a_vacant_list_without_a_service_at_its_office_is_found(registers, found):
    office = registers.office()
    registers.vacant_list_service(office, active=False)
    registers.vacant_list_service(registers.office())
    with_nobody, with_substitute, without_office = (
        registers.contract(office),
        registers.contract(office),
        registers.contract(None),
    )
    registers.cycle(with_nobody, registers.doctor(), valid=ENDED)
    registers.cycle(with_substitute, registers.doctor(), "LPVI")

    assert await found("R-DQ-010") == [
        (str(with_nobody), f"no GP, and office {office.number} has no service for it"),
        (str(with_substitute), f"no GP, and office {office.number} has no service for it"),
        (str(without_office), "no GP, and the list names no office"),
    ]


@pytest.mark.parametrize("system", ["8666", "8655"])
async def test_a_list_with_a_gp_or_with_the_service_or_ended_is_not(registers, found, system):
    office, bare = registers.office(), registers.office()
    registers.vacant_list_service(office, system=system)
    registers.contract(office)
    registers.cycle(registers.contract(bare), registers.doctor())
    registers.contract(bare, valid=ENDED)

    assert await found("R-DQ-010") == []


async def test_a11_two_services_for_vacant_lists_at_one_office_are_found(registers, found):
    office = registers.office()
    first, second = (registers.vacant_list_service(office) for _ in range(2))

    assert await found("R-DQ-011") == [(office.number, f"HER-ids {first}, {second} are all in use")]


async def test_one_service_in_use_at_each_office_is_as_it_should_be(registers, found):
    office = registers.office()
    registers.vacant_list_service(office)
    registers.vacant_list_service(office, valid=ENDED)
    registers.vacant_list_service(registers.office())

    assert await found("R-DQ-011") == []


async def test_a_gp_whose_party_at_the_office_is_missing_or_has_ended_is_found(registers, found):
    office, elsewhere = registers.office(), registers.office()
    doctor, gone = registers.doctor(), registers.doctor()
    first, second = registers.contract(office), registers.contract(office)
    registers.cycle(first, doctor)
    registers.cycle(second, gone)
    registers.party_of_doctor(elsewhere, doctor)
    registers.party_of_doctor(office, gone, valid=ENDED)

    assert await found("R-DQ-012") == [
        (str(first), f"HPR number {doctor} has no party in use at office {office.number}"),
        (str(second), f"HPR number {gone} has no party in use at office {office.number}"),
    ]


async def test_a_gp_with_a_party_at_the_office_is_not_and_a_substitute_needs_none(registers, found):
    office, doctor = registers.office(), registers.doctor()
    contract = registers.contract(office)
    registers.cycle(contract, doctor)
    registers.cycle(contract, registers.doctor(), "LPVI", substitute_for=doctor)
    registers.cycle(contract, registers.doctor(), valid=COMING)
    registers.party_of_doctor(office, doctor)

    assert await found("R-DQ-012") == []


async def test_w22_the_party_of_a_doctor_who_has_left_the_offices_lists_is_found(registers, found):
    office, doctor, other = registers.office(), registers.doctor(), registers.doctor()
    registers.cycle(registers.contract(office), doctor, valid=ENDED)
    registers.cycle(registers.contract(office, valid=ENDED), other)  # the list ended under the doctor
    parties = [registers.party_of_doctor(office, each) for each in (doctor, other)]

    assert await found("R-DQ-013") == [
        (str(her_id), f"HPR number {each} left the lists of office {office.number} at 2026-06-01 00:00 UTC")
        for her_id, each in zip(parties, (doctor, other), strict=True)
    ]


@pytest.mark.parametrize("valid", [ALWAYS, COMING])
async def test_a_doctor_who_has_another_list_there_or_will_have_or_never_had_one_is_not(registers, found, valid):
    office, doctor = registers.office(), registers.doctor()
    registers.cycle(registers.contract(office), doctor, valid=ENDED)
    registers.cycle(registers.contract(office), doctor, valid=valid)
    registers.party_of_doctor(office, doctor)
    registers.party_of_doctor(office, registers.doctor())
    gone = registers.doctor()
    registers.cycle(registers.contract(office), gone, valid=ENDED)
    registers.party_of_doctor(office, gone, active=False)

    assert await found("R-DQ-013") == []
