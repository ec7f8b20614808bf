"""A request for each rule of GP contracts, doctors' cycles, out-of-office locations, offices and teams."""

from registers.database.database import Database
from tests.conftest import Ask
from tests.support.edits.codes import retired
from tests.support.edits.gp_contracts import (
    JANUARY,
    JULY,
    MARCH,
    MAY,
    Given,
    add_doctor,
    add_location,
    change_ceiling,
    change_location,
    doctor,
    end_doctor,
    given_records,
    move_contracts,
    opened,
    remove_doctor,
    remove_team,
    set_team,
    substitute,
)
from tests.support.provoking import provokes
from tests.support.requests import ANY
from tests.support.scenario import Scenario


async def staffed(edit: Ask, database: Database, *more: dict) -> Given:
    """List 70001 with a GP, and a second doctor free to join it."""
    given = await given_records(database)
    await opened(edit, given, 70001, doctorCycles=[doctor(given.doctors[0], cycleId="1"), *more])
    return given


@provokes("R-LOG-009")
async def contract_that_ends_as_it_begins(edit, database):
    return await opened(edit, await given_records(database), period={"from": JANUARY, "to": JANUARY})


@provokes("R-LOG-010")
async def contract_of_the_middle_ages(edit, database):
    return await opened(edit, await given_records(database), period={"from": "1066-10-14T00:00:00Z"})


@provokes("R-LOG-011")
async def ceiling_that_is_the_ceiling(edit, database):
    await opened(edit, await given_records(database), 70001)
    return await change_ceiling(edit, 70001, maxPatients=1000)


@provokes("R-CODE-007")
async def retired_status(edit, database):
    await retired(edit, "LAAST", 10**9, system="7751")
    return await opened(edit, await given_records(database), status="LAAST")


@provokes("R-FLR-001")
async def unknown_contract(edit, database):
    return await change_ceiling(edit, 70001, maxPatients=5)


@provokes("R-FLR-002")
async def contract_opened_twice(edit, database):
    given = await given_records(database)
    await opened(edit, given, 70001)
    return await opened(edit, given, 70001)


@provokes("R-FLR-003")
async def contract_numbered_like_a_national_id(edit, database):
    return await opened(edit, await given_records(database), 10**10)


@provokes("R-FLR-004")
async def contract_known_by_reference(edit, database):
    scenario = Scenario()
    contract = scenario.contract(None, reference_only=True, status=None)
    await scenario.write(database)
    return await change_ceiling(edit, contract, maxPatients=5)


@provokes("R-FLR-005")
async def office_that_is_no_organisation(edit, database):
    return await opened(edit, await given_records(database), officeNumber="999977774")


@provokes("R-FLR-008")
async def unknown_team(edit, database):
    return await opened(edit, await given_records(database), teamId="7")


@provokes("R-FLR-009")
async def ceiling_below_zero(edit, database):
    return await opened(edit, await given_records(database), maxPatients=-1)


@provokes("R-FLR-010")
async def waiting_list_below_zero(edit, database):
    return await opened(edit, await given_records(database), patientsOnWaitingList=-1)


@provokes("R-FLR-011")
async def status_of_another_kind(edit, database):
    return await opened(edit, await given_records(database), status="HALV")


@provokes("R-FLR-012")
async def municipality_named_twice(edit, database):
    return await opened(edit, await given_records(database), coopMunicipalities=["4601", "4601"])


@provokes("R-FLR-013")
async def own_municipality_among_the_others(edit, database):
    return await opened(edit, await given_records(database), coopMunicipalities=["0301"])


@provokes("R-FLR-006")
async def doctor_whom_nobody_knows(edit, database):
    await staffed(edit, database)
    return await add_doctor(edit, 70001, input=doctor(999999, "LPDL"))


@provokes("R-FLR-007")
async def doctor_by_a_replaced_number(edit, database):
    given, scenario = await staffed(edit, database), Scenario(start=901)
    scenario.add("health_professionals", hpr_number=900, reference_only=False, replaced_by=given.doctors[1])
    await scenario.write(database)
    return await add_doctor(edit, 70001, input=doctor(900, "LPDL"))


@provokes("R-FLR-014")
async def doctor_who_has_left_already(edit, database):
    await staffed(edit, database)
    await end_doctor(edit, 70001, cycleId="1", at=MAY)
    return await end_doctor(edit, 70001, cycleId="1", at=JULY)


@provokes("R-FLR-015")
async def contract_that_ends_before_its_patients_leave(edit, database):
    given, scenario = await given_records(database), Scenario(start=901)
    contract = scenario.contract(None, reference_only=True, status=None)
    scenario.on_list(scenario.person(), contract)
    await scenario.write(database)
    return await opened(edit, given, contract, period={"from": JANUARY, "to": MARCH})


@provokes("R-FLR-016")
async def unknown_cycle(edit, database):
    await staffed(edit, database)
    return await remove_doctor(edit, 70001, cycleId="2")


@provokes("R-FLR-017")
async def relationship_of_another_kind(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=doctor(given.doctors[1], "LPXX"))


@provokes("R-FLR-018")
async def more_than_a_full_position(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=doctor(given.doctors[1], "LPDL", workingPercentage=101))


@provokes("R-FLR-019")
async def day_named_twice(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=doctor(given.doctors[1], "LPDL", workingOnDays=["MONDAY", "MONDAY"]))


@provokes("R-FLR-020")
async def second_gp(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=doctor(given.doctors[1], since=MARCH))


@provokes("R-FLR-021")
async def substitute_for_nobody(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=substitute(given.doctors[1]))


@provokes("R-FLR-022")
async def substitute_for_a_stranger(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=substitute(given.doctors[1], given.doctors[2]))


@provokes("R-FLR-023")
async def substitute_for_oneself(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=substitute(given.doctors[0], given.doctors[0]))


@provokes("R-FLR-024")
async def part_list_doctor_who_stands_in_for_somebody(edit, database):
    given = await staffed(edit, database)
    return await add_doctor(edit, 70001, input=doctor(given.doctors[1], "LPDL", substituteFor=given.doctors[0]))


@provokes("R-FLR-025")
async def gp_who_leaves_a_substitute_behind(edit, database):
    given = await staffed(edit, database)
    await add_doctor(edit, 70001, input=substitute(given.doctors[1], given.doctors[0], since=MAY))
    return await end_doctor(edit, 70001, cycleId="1", at=MARCH)


@provokes("R-FLR-026")
async def location_of_another_list(edit, database):
    given = await staffed(edit, database)
    await opened(edit, given, 70002)
    await add_location(edit, 70002, input={"locationId": "5", "period": {"from": JANUARY}})
    return await change_location(edit, 70001, locationId="5", input={"period": {"from": MARCH}})


@provokes("R-FLR-027")
async def office_without_contracts(edit, database):
    given = await given_records(database)
    return await move_contracts(edit, oldOfficeNumber=given.office, newOfficeNumber=given.other_office, contracts=[])


@provokes("R-FLR-028")
async def contract_of_another_office_moved(edit, database):
    given = await staffed(edit, database)
    contracts = [{"contractId": each, "expectedEntry": ANY} for each in ("70001", "70002")]
    return await move_contracts(
        edit, oldOfficeNumber=given.office, newOfficeNumber=given.other_office, contracts=contracts
    )


@provokes("R-FLR-029")
async def contract_left_behind(edit, database):
    given = await staffed(edit, database)
    return await move_contracts(edit, oldOfficeNumber=given.office, newOfficeNumber=given.other_office, contracts=[])


@provokes("R-FLR-030")
async def team_of_a_list(edit, database):
    given = await given_records(database)
    await set_team(edit, teamId="7", expectedEntry=0, input={})
    await opened(edit, given, 70001, teamId="7")
    return await remove_team(edit, teamId="7", expectedEntry=ANY)
