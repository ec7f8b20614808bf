"""A request for each rule of communication parties themselves."""

from datetime import timedelta

from tests.conftest import NOW
from tests.support.edits.parties import (
    GENERAL,
    VACANT,
    change_coverage,
    change_details,
    create_organisation,
    create_person,
    create_service,
    deactivate,
    end,
    given_records,
    her_id_of,
    person,
    reactivate,
    service,
)
from tests.support.provoking import provokes
from tests.support.scenario import ENDED, Scenario, change, synthetic_organisation_number


@provokes("R-AR-002")
async def her_id_of_another(edit, database):
    given = await given_records(database)
    general = {"parentHerId": given.office, "serviceType": GENERAL}
    return await create_service(edit, herId=given.other_office, input=general)


@provokes("R-AR-003")
async def unknown_organisation(edit, database):
    return await create_organisation(edit, input={"organisationNumber": synthetic_organisation_number(9)})


@provokes("R-AR-004")
async def organisation_that_has_ended(edit, database):
    given = await given_records(database)
    await change(database, "organisations", {"organisation_number": given.number}, valid_to=ENDED.until)
    return await create_organisation(edit, input={"organisationNumber": given.number})


@provokes("R-AR-005")
async def service_below_a_service(edit, database):
    return await service(edit, her_id_of(await service(edit, (await given_records(database)).office)))


@provokes("R-AR-006")
async def service_below_a_party_switched_off(edit, database):
    given = await given_records(database)
    await deactivate(edit, given.office)
    return await service(edit, given.office)


@provokes("R-AR-007")
async def unknown_professional(edit, database):
    return await person(edit, (await given_records(database)).office, 999_999)


@provokes("R-AR-008")
async def replaced_professional(edit, database):
    given, scenario = await given_records(database), Scenario(start=401)
    replaced, by = scenario.doctor(), scenario.doctor()
    await scenario.write(database)
    await change(database, "health_professionals", {"hpr_number": replaced}, replaced_by=by)
    return await create_person(edit, input={"parentHerId": given.office, "hprNumber": replaced})


@provokes("R-AR-009")
async def second_party_of_a_doctor(edit, database):
    given = await given_records(database)
    await person(edit, given.office, given.doctor)
    return await person(edit, given.office, given.doctor)


@provokes("R-AR-010")
async def second_service_for_vacant_lists(edit, database):
    given = await given_records(database)
    await service(edit, given.office, VACANT)
    return await service(edit, given.office, VACANT)


@provokes("R-AR-011")
async def profession_as_service_type(edit, database):
    return await service(edit, (await given_records(database)).office, {"system": "9060", "value": "LE"})


@provokes("R-AR-012")
async def coverage_of_an_organisation(edit, database):
    given = await given_records(database)
    return await change_coverage(edit, given.office, coverageAreas=[given.other_office])


@provokes("R-AR-013")
async def coverage_of_a_service(edit, database):
    of_office = her_id_of(await service(edit, (await given_records(database)).office))
    return await change_coverage(edit, of_office, coverageAreas=[of_office])


@provokes("R-AR-014")
async def covered_twice(edit, database):
    given = await given_records(database)
    of_office = her_id_of(await service(edit, given.office))
    return await change_coverage(edit, of_office, coverageAreas=[given.office, given.office])


@provokes("R-AR-015")
async def end_of_an_organisation_with_services(edit, database):
    given = await given_records(database)
    await service(edit, given.office)
    return await end(edit, given.office)


@provokes("R-AR-016")
async def ended_party_switched_on(edit, database):
    given = await given_records(database)
    her_id = her_id_of(await service(edit, given.office, period={"from": (NOW - timedelta(days=9)).isoformat()}))
    await end(edit, her_id)
    await deactivate(edit, her_id)
    return await reactivate(edit, her_id)


@provokes("R-AR-017")
async def title_of_an_organisation(edit, database):
    given = await given_records(database)
    return await change_details(edit, given.office, input={"messagingValid": True, "title": "Fastlege"})
