"""A request for each rule of GP contracts, their doctors, places, offices and teams."""

from tests.code_systems.edits import retired
from tests.gp_lists.builders import World
from tests.gp_lists.edits import JANUARY, change_ceiling, ground, opened
from tests.provoking import provokes


@provokes("R-LOG-009")
async def contract_that_ends_as_it_begins(edit, database):
    return await opened(edit, await ground(database), period={"from": JANUARY, "to": JANUARY})


@provokes("R-LOG-010")
async def contract_of_the_middle_ages(edit, database):
    return await opened(edit, await ground(database), period={"from": "1066-10-14T00:00:00Z"})


@provokes("R-LOG-011")
async def ceiling_that_is_the_ceiling(edit, database):
    await opened(edit, await ground(database), 70001)
    return await change_ceiling(edit, 70001, maxPatients=1000)


@provokes("R-CODE-007")
async def retired_status(edit, database):
    await retired(edit, "LAAST", 10**9, system="7751")
    return await opened(edit, await ground(database), status="LAAST")


@provokes("R-FLR-001")
async def unknown_contract(edit, database):
    return await change_ceiling(edit, 70001, maxPatients=5)


@provokes("R-FLR-002")
async def contract_opened_twice(edit, database):
    laid = await ground(database)
    await opened(edit, laid, 70001)
    return await opened(edit, laid, 70001)


@provokes("R-FLR-003")
async def contract_numbered_like_a_national_id(edit, database):
    return await opened(edit, await ground(database), 10**10)


@provokes("R-FLR-004")
async def contract_known_by_reference(edit, database):
    world = World()
    contract = world.contract(None, reference_only=True, status=None)
    await world.write(database)
    return await change_ceiling(edit, contract, maxPatients=5)


@provokes("R-FLR-005")
async def office_that_is_no_organisation(edit, database):
    return await opened(edit, await ground(database), officeNumber="999977774")


@provokes("R-FLR-008")
async def unknown_team(edit, database):
    return await opened(edit, await ground(database), teamId="7")


@provokes("R-FLR-009")
async def ceiling_below_zero(edit, database):
    return await opened(edit, await ground(database), maxPatients=-1)


@provokes("R-FLR-010")
async def waiting_list_below_zero(edit, database):
    return await opened(edit, await ground(database), patientsOnWaitingList=-1)


@provokes("R-FLR-011")
async def status_of_another_kind(edit, database):
    return await opened(edit, await ground(database), status="HALV")


@provokes("R-FLR-012")
async def municipality_named_twice(edit, database):
    return await opened(edit, await ground(database), coopMunicipalities=["4601", "4601"])


@provokes("R-FLR-013")
async def own_municipality_among_the_others(edit, database):
    return await opened(edit, await ground(database), coopMunicipalities=["0301"])
