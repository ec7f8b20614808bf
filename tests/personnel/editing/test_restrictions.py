"""Suspending health personnel, reactions and conditions; educations, other ids, and what was entered by mistake."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registers.changelog import append
from tests.conftest import NOW
from tests.support.edits.personnel import (
    END,
    LATER,
    MIDDLE,
    NUMBER,
    START,
    authorised,
    changed,
    doctor,
    granted,
    newest,
    suspended,
)
from tests.support.professionals import add
from tests.support.requests import refused

pytestmark = pytest.mark.anyio


async def test_a22_an_authorisation_is_not_valid_while_it_is_suspended_and_valid_when_that_has_ended(edit):
    part = await doctor(edit)
    above = newest(await suspended(edit, part))
    [suspension] = above["suspensions"]

    lifted = newest(await changed(edit, "EndSuspension", suspension=suspension["partId"]))

    assert (above["valid"], suspension["period"]) == (False, {"from": MIDDLE, "to": None})
    assert (lifted["valid"], lifted["suspensions"][0]["period"]["to"]) == (True, NOW.isoformat())


async def test_a23_a_right_is_suspended_alone_and_its_authorisation_stays_valid(edit):
    part = await doctor(edit, end=END)
    right = newest(await granted(edit, part), "requisitionRights")["partId"]

    above = newest(await suspended(edit, right))

    assert (above["valid"], above["requisitionRights"][0]["valid"]) == (True, False)


async def test_a_suspension_begins_while_what_it_suspends_is_in_force_and_there_is_one_at_a_time(edit):
    part = await doctor(edit, end=END)
    competence = newest(await granted(edit, part, kind="AdditionalCompetence"), "additionalCompetences")["partId"]
    [suspension] = newest(await suspended(edit, part, MIDDLE, LATER))["suspensions"]

    answers = [
        await suspended(edit, part, END),
        await suspended(edit, part, START),
        await suspended(edit, competence),
        await changed(edit, "EndSuspension", suspension=suspension["partId"], to=MIDDLE),
        await changed(edit, "EndSuspension", suspension=suspension["partId"], to=LATER),
    ]
    prolonged = newest(await changed(edit, "EndSuspension", suspension=suspension["partId"], to=END))

    assert [refused(each) for each in answers] == [
        [("R-HPR-012", "input.period")],
        [("R-HPR-013", "input.period")],
        [("R-HPR-010", "subject")],
        [("R-LOG-009", "to")],
        [("R-LOG-011", "to")],
    ]
    assert prolonged["suspensions"][0]["period"] == {"from": MIDDLE, "to": END}


async def test_a22_a_suspending_reaction_against_the_person_stops_every_authorisation_until_it_ends(edit):
    part = await doctor(edit)
    reaction = {"type": "5", "period": {"from": MIDDLE}}

    person = (await changed(edit, "AddAdministrativeReaction", input=reaction))["healthProfessional"]
    [entered] = person["administrativeReactions"]
    twice = await changed(edit, "AddAdministrativeReaction", input=reaction)
    ended = await changed(edit, "EndAdministrativeReaction", administrativeReaction=entered["partId"], to=LATER)
    against = newest(await changed(edit, "AddAdministrativeReaction", subject=part, input=reaction | {"type": "8"}))

    assert (person["authorisations"][0]["valid"], entered["type"]) == (False, {"value": "5"})
    assert refused(twice) == [("R-HPR-013", "input.period")]
    assert newest(ended)["valid"]
    assert (against["valid"], len(against["administrativeReactions"])) == (False, 1)


async def test_a_condition_is_set_changed_and_removed(edit):
    part = await doctor(edit)
    [condition] = newest(await changed(edit, "SetCondition", authorisation=part, input={"text": "Under veiledning"}))[
        "conditions"
    ]

    arguments = {"authorisation": part, "condition": condition["partId"]}
    other = newest(await changed(edit, "SetCondition", **arguments, input={"text": "Bare på sykehus"}))["conditions"]
    nothing = await changed(edit, "SetCondition", **arguments, input={})
    without = newest(await changed(edit, "RemovePart", part=condition["partId"]))["conditions"]

    assert other == [{**condition, "text": "Bare på sykehus"}]
    assert refused(nothing) == [("R-HPR-015", "input")]
    assert without == []


async def test_an_education_and_another_id_are_added_and_removed(edit):
    part = await doctor(edit)
    education = {"authorisation": part, "country": "NO", "institution": "Universitetet i Tåkeheim"}
    added = await changed(edit, "AddEducation", input=education | {"diplomaOn": "2009-06-01"})
    other_id = {"type": "SEF", "value": "SYNTETISK-0018"}
    person = (await changed(edit, "AddAlternativeId", input=other_id))["healthProfessional"]
    twice = await changed(edit, "AddAlternativeId", input=other_id)
    national_id = await changed(edit, "AddAlternativeId", input={"type": "FNR", "value": "01815633349"})

    assert newest(added)["educations"] == [{"institution": "Universitetet i Tåkeheim"}]
    assert [(each["type"]["value"], each["value"]) for each in person["alternativeIds"]] == [("SEF", "SYNTETISK-0018")]
    assert (refused(twice), refused(national_id)) == ([("R-LOG-011", "input")], [("R-LOG-008", "input.value")])
    for each in (person["educations"][0], person["alternativeIds"][0]):
        left = (await changed(edit, "RemovePart", part=each["partId"]))["healthProfessional"]
    assert (left["educations"], left["alternativeIds"]) == ([], [])


async def test_an_authorisation_is_removed_after_all_that_hangs_on_it_and_stays_in_the_log(edit):
    part = await doctor(edit)
    right = newest(await granted(edit, part), "requisitionRights")["partId"]
    suspension = newest(await suspended(edit, right), "requisitionRights")["suspensions"][0]["partId"]

    too_early = [await changed(edit, "RemovePart", part=each) for each in (part, right)]
    for each in (suspension, right, part):
        last = await changed(edit, "RemovePart", part=each)

    assert [[error["value"] for error in each["userErrors"]] for each in too_early] == [[right], [suspension]]
    assert last["healthProfessional"]["authorisations"] == []
    then = await edit(
        "query ($asOf: AsOf) { healthProfessional(hprNumber: 900200001, asOf: $asOf) { authorisations { partId } } }",
        asOf={"entry": last["entry"] - 1},
    )
    assert then == {"healthProfessional": {"authorisations": [{"partId": part}]}}


async def test_two_authorisations_in_one_profession_that_a_file_brought_may_be_shortened_but_not_by_sql_widened(
    edit, database
):
    periods = [("2010-01-01", "2020-01-01"), ("2015-01-01", None)]
    await add(database, {"hpr_number": NUMBER, "authorisations": [{"valid": period} for period in periods]})
    answer = await edit("{ healthProfessional(hprNumber: 900200001) { authorisations { partId } } }")
    later, earlier = (each["partId"] for each in answer["healthProfessional"]["authorisations"])

    assert refused(await changed(edit, "EndAuthorisation", authorisation=later, input={"to": LATER})) == []
    assert refused(await authorised(edit, period={"from": MIDDLE})) == [("R-HPR-013", "input.period")]
    with pytest.raises(IntegrityError, match="two authorisations in one profession"):
        async with database.writing() as session:
            await append.append(session, register=append.Register.PERSONNEL, key="1", action="Test", caller="test")
            await session.execute(text("SELECT set_config('registers.edit', 'on', true)"))
            await session.execute(
                text("UPDATE authorisations SET valid_from = '2009-01-01' WHERE valid_to = '2025-01-01Z'")
            )
    assert earlier != later
