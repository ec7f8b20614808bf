"""A request for each rule of organisations and RESH units."""

from tests.support.edits.organisations import (
    END,
    FREE,
    MAIN,
    OTHER_MAIN,
    SUB,
    changed,
    created,
    registered,
    succession,
)
from tests.support.provoking import provokes
from tests.support.scenario import LONG_AGO, Scenario

INT32_MAX = 2**31 - 1


@provokes("R-ORG-001")
async def unknown_organisation(edit, database):
    return await changed(edit, "organisationClose", MAIN, at=END)


@provokes("R-ORG-002")
async def registered_twice(edit, database):
    await registered(edit)
    return await registered(edit)


@provokes("R-ORG-003")
async def only_pointed_at(edit, database):
    scenario = Scenario()
    scenario.add(
        "organisations",
        organisation_number=MAIN,
        check_digit_holds=True,
        reference_only=True,
        kind="unknown",
        name=MAIN,
        valid_from=LONG_AGO,
    )
    await scenario.write(database)
    return await changed(edit, "organisationChangeDetails", MAIN, input={"name": "Nytt navn"})


@provokes("R-ORG-004")
async def kind_unknown(edit, database):
    return await registered(edit, kind="UNKNOWN")


@provokes("R-ORG-005")
async def sub_unit_alone(edit, database):
    return await registered(edit, kind="SUB_UNIT")


@provokes("R-ORG-006")
async def below_a_sub_unit(edit, database):
    await registered(edit)
    await registered(edit, SUB, parent=MAIN)
    return await registered(edit, FREE[0], parent=SUB)


@provokes("R-ORG-007")
async def below_an_ended_one(edit, database):
    await registered(edit)
    await changed(edit, "organisationClose", MAIN, at="2026-01-01T00:00:00Z")
    return await registered(edit, SUB, parent=MAIN)


@provokes("R-ORG-008")
async def above_itself(edit, database):
    await registered(edit)
    await registered(edit, OTHER_MAIN, parent=MAIN, kind="MAIN_UNIT")
    return await changed(edit, "organisationMove", MAIN, parentNumber=OTHER_MAIN)


@provokes("R-ORG-009")
async def fewer_than_nobody(edit, database):
    return await registered(edit, details={"name": "Eksempel", "employees": -1})


@provokes("R-ORG-010")
async def two_postal_addresses(edit, database):
    return await registered(edit, addresses=[{"kind": "POSTAL", "city": "OSLO"}] * 2)


@provokes("R-ORG-011")
async def location_of_a_main_unit(edit, database):
    return await registered(edit, addresses=[{"kind": "LOCATION", "city": "OSLO"}])


@provokes("R-ORG-012")
async def empty_address(edit, database):
    return await registered(edit, addresses=[{"kind": "POSTAL", "country": "NO"}])


@provokes("R-ORG-013")
async def industry_twice(edit, database):
    return await registered(edit, industryCodes=["86.211", "86.211"])


@provokes("R-ORG-014")
async def closed_before_it_opens(edit, database):
    await registered(edit)
    hours = [{"opensAt": 480, "closesAt": 480}]
    return await changed(edit, "organisationChangeAdditions", MAIN, input={"openingHours": hours})


@provokes("R-ORG-015")
async def open_twice_at_once(edit, database):
    await registered(edit)
    hours = [{"opensAt": 480, "closesAt": 960}, {"opensAt": 900, "closesAt": 1000}]
    return await changed(edit, "organisationChangeAdditions", MAIN, input={"openingHours": hours})


@provokes("R-ORG-016")
async def closed_above_a_sub_unit(edit, database):
    await registered(edit)
    await registered(edit, SUB, parent=MAIN)
    return await changed(edit, "organisationClose", MAIN, at=END)


@provokes("R-ORG-017")
async def closed_with_a_party(edit, database):
    scenario = Scenario()
    office = scenario.office()
    await scenario.write(database)
    return await changed(edit, "organisationClose", office.number, at=END)


@provokes("R-ORG-018")
async def closed_with_a_list(edit, database):
    scenario = Scenario()
    office = scenario.office()
    scenario.contract(office)
    await scenario.write(database)
    return await changed(edit, "organisationClose", office.number, at=END)


@provokes("R-ORG-019")
async def merged_into_two(edit, database):
    for number in FREE[:3]:
        await registered(edit, number)
    return await changed(edit, "organisationSucceed", FREE[0], input=succession(*FREE[1:3]))


@provokes("R-ORG-020")
async def succeeded_by_itself(edit, database):
    await registered(edit)
    return await changed(edit, "organisationSucceed", MAIN, input=succession(MAIN))


@provokes("R-ORG-021")
async def succeeded_by_one_that_is_gone(edit, database):
    await registered(edit)
    await registered(edit, OTHER_MAIN)
    await changed(edit, "organisationClose", OTHER_MAIN, at="2025-01-01T00:00:00Z")
    return await changed(edit, "organisationSucceed", MAIN, input=succession(OTHER_MAIN))


@provokes("R-ORG-022")
async def succeeded_before_it_was(edit, database):
    await registered(edit)
    await registered(edit, OTHER_MAIN)
    before = succession(OTHER_MAIN, since="2019-01-01T00:00:00Z")
    return await changed(edit, "organisationSucceed", MAIN, input=before)


@provokes("R-ORG-023")
async def no_succession_to_revoke(edit, database):
    await registered(edit)
    return await changed(edit, "organisationSuccessionRevoke", MAIN)


@provokes("R-ORG-024")
async def treatment_place_of_a_main_unit(edit, database):
    await registered(edit)
    return await created(edit, details={"organisationNumber": MAIN, "treatmentFacility": True})


@provokes("R-ORG-030")
async def unknown_unit(edit, database):
    return await changed(edit, "reshUnitClose", 4, at=END)


@provokes("R-ORG-031")
async def resh_id_taken(edit, database):
    await created(edit, 7)
    return await created(edit, 7)


@provokes("R-ORG-032")
async def no_resh_id_left(edit, database):
    await created(edit, INT32_MAX)
    return await created(edit)


@provokes("R-ORG-033")
async def below_a_closed_unit(edit, database):
    await created(edit, 1)
    await changed(edit, "reshUnitClose", 1, at="2026-01-01T00:00:00Z")
    return await created(edit, 2, parent=1)


@provokes("R-ORG-034")
async def unit_above_itself(edit, database):
    await created(edit, 1)
    await created(edit, 2, parent=1)
    return await changed(edit, "reshUnitMove", 1, parentReshId=2)


@provokes("R-ORG-035")
async def closed_above_an_open_unit(edit, database):
    await created(edit, 1)
    await created(edit, 2, parent=1)
    return await changed(edit, "reshUnitClose", 1, at=END)


@provokes("R-ORG-036")
async def closed_unit_moved(edit, database):
    await created(edit, 1)
    await created(edit, 2, parent=1)
    await changed(edit, "reshUnitClose", 2, at="2026-01-01T00:00:00Z")
    return await changed(edit, "reshUnitMove", 2, parentReshId=None)


@provokes("R-ORG-037")
async def unit_succeeded_by_itself(edit, database):
    await created(edit, 1)
    await created(edit, 2)
    await changed(edit, "reshUnitSucceed", 1, input=succession(2))
    return await changed(edit, "reshUnitSucceed", 2, input=succession(1))
