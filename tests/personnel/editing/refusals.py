"""A request for each rule of health personnel."""

from tests.support.edits.personnel import (
    END,
    LATER,
    MIDDLE,
    NUMBER,
    authorised,
    changed,
    doctor,
    granted,
    merged,
    registered,
)
from tests.support.professionals import add
from tests.support.provoking import provokes

OTHER, THIRD = NUMBER + 1, NUMBER + 2
NATIONAL_ID = "01815633349"  # of a synthetic person


@provokes("R-HPR-001")
async def unknown_professional(edit, database):
    return await changed(edit, "ChangePerson", input={"firstName": "Ola"})


@provokes("R-HPR-002")
async def professional_known_by_reference(edit, database):
    await add(database, {"hpr_number": NUMBER, "reference_only": True})
    return await authorised(edit)


@provokes("R-HPR-003")
async def professional_that_was_merged(edit, database):
    await registered(edit)
    await registered(edit, OTHER)
    await merged(edit, NUMBER, OTHER)
    return await authorised(edit)


@provokes("R-HPR-004")
async def number_in_use(edit, database):
    await registered(edit)
    return await registered(edit)


@provokes("R-HPR-005")
async def number_above_all_numbers(edit, database):
    await registered(edit, 999_999_999)
    return await registered(edit, None)


@provokes("R-HPR-006")
async def born_tomorrow(edit, database):
    return await registered(edit, bornOn="2026-11-24")


@provokes("R-HPR-007")
async def died_before_birth(edit, database):
    await registered(edit)
    return await changed(edit, "ChangePerson", input={"diedOn": "1980-05-16"})


@provokes("R-HPR-008")
async def no_last_name(edit, database):
    await registered(edit)
    return await changed(edit, "ChangePerson", input={"lastName": None})


@provokes("R-HPR-009")
async def national_id_of_somebody_else(edit, database):
    await registered(edit, nationalId=NATIONAL_ID)
    return await registered(edit, OTHER, nationalId=NATIONAL_ID)


@provokes("R-HPR-010")
async def authorisation_of_somebody_else(edit, database):
    part = await doctor(edit)
    await registered(edit, OTHER)
    return await granted(edit, part, number=OTHER)


@provokes("R-HPR-011")
async def right_on_a_withdrawn_authorisation(edit, database):
    part = await doctor(edit)
    await changed(edit, "EndAuthorisation", authorisation=part, input={"endedStatus": "1"})
    return await granted(edit, part)


@provokes("R-HPR-012")
async def right_that_outlasts_the_authorisation(edit, database):
    part = await doctor(edit, end=LATER)
    return await granted(edit, part, period={"from": MIDDLE, "to": END})


@provokes("R-HPR-013")
async def second_authorisation_at_once(edit, database):
    await doctor(edit, end=LATER)
    return await authorised(edit, period={"from": MIDDLE})


@provokes("R-HPR-014")
async def end_later_than_the_end(edit, database):
    part = await doctor(edit, end=LATER)
    return await changed(edit, "EndAuthorisation", authorisation=part, input={"to": END})


@provokes("R-HPR-015")
async def end_without_saying_how(edit, database):
    return await changed(edit, "EndAuthorisation", authorisation=await doctor(edit), input={})


@provokes("R-HPR-016")
async def authorisation_after_death(edit, database):
    await registered(edit, diedOn="2009-12-31")
    return await authorised(edit)


@provokes("R-HPR-017")
async def authorisation_at_eighty(edit, database):
    await registered(edit, bornOn="1930-01-01")
    return await authorised(edit)


@provokes("R-HPR-018")
async def ending_lifted_that_there_is_not(edit, database):
    part = await doctor(edit)
    return await changed(edit, "ChangeAuthorisation", authorisation=part, input={"liftEnding": True})


@provokes("R-HPR-019")
async def authorisation_removed_with_a_right_on_it(edit, database):
    part = await doctor(edit)
    await granted(edit, part)
    return await changed(edit, "RemovePart", part=part)


@provokes("R-HPR-020")
async def merged_into_itself(edit, database):
    await registered(edit)
    return await merged(edit, NUMBER, NUMBER)


@provokes("R-HPR-021")
async def merged_in_a_circle(edit, database):
    for number in (NUMBER, OTHER, THIRD):
        await registered(edit, number)
    await merged(edit, NUMBER, OTHER)
    await merged(edit, OTHER, THIRD)
    return await merged(edit, THIRD, NUMBER)


@provokes("R-HPR-022")
async def merged_with_somebody_of_another_age(edit, database):
    await registered(edit)
    await registered(edit, OTHER, bornOn="1981-05-17")
    return await merged(edit, NUMBER, OTHER)
