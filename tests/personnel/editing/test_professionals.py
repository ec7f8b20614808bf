"""Registering health personnel, granting, changing and ending what they may do."""

import pytest

from tests.support.edits.personnel import (
    END,
    LATER,
    MIDDLE,
    NUMBER,
    START,
    authorised,
    changed,
    doctor,
    document,
    granted,
    newest,
    registered,
)
from tests.support.requests import ANY, entries, refused

pytestmark = pytest.mark.anyio

MAY_PRACTISE = f"""practiceCheck(hprNumber: {NUMBER}, profession: "LE", requisitionRight: "1") {{
  allowed reasons {{ code }}
}}"""
READ = f"{{ healthProfessional(hprNumber: {NUMBER}) {{ authorisations {{ partId }} lastEntry }} {MAY_PRACTISE} }}"


async def test_a_person_is_registered_with_the_number_above_the_highest(edit):
    await registered(edit)

    payload = await registered(
        edit, None, firstName=" Ola ", middleName="Bø", sex="1", citizenship="NO", nationalId="01815633349"
    )

    assert payload["healthProfessional"] == {
        "hprNumber": NUMBER + 1,
        "fullName": "Ola Bø Nordmann",
        "bornOn": "1980-05-17",
        "diedOn": None,
        "sex": {"value": "1"},
        "citizenship": {"value": "NO"},
        "referenceOnly": False,
        "lastEntry": payload["entry"],
        "administrativeReactions": [],
        "educations": [],
        "alternativeIds": [],
        "authorisations": [],
    }


async def test_all_that_is_wrong_with_a_person_is_reported_at_once_and_nothing_is_registered(edit):
    payload = await registered(edit, lastName=" ", bornOn="2030-01-01", diedOn="1700-01-01", sex="7", citizenship="XX")

    assert refused(payload) == [
        ("R-LOG-005", "input.lastName"),
        ("R-HPR-006", "input.bornOn"),
        ("R-HPR-006", "input.diedOn"),
        ("R-HPR-007", "input.diedOn"),
        ("R-CODE-002", "input.sex"),
        ("R-CODE-002", "input.citizenship"),
    ]
    assert (await edit(READ))["healthProfessional"] is None


async def test_what_is_left_out_of_a_person_stays_and_null_removes_it(edit):
    entry = (await registered(edit, middleName="Bø"))["entry"]

    payload = await changed(
        edit,
        "ChangePerson",
        expectedEntry=entry,
        input={"middleName": None, "lastName": "Berg", "diedOn": "2026-11-22"},
    )

    person = payload["healthProfessional"]
    assert (person["fullName"], person["bornOn"], person["diedOn"]) == ("Kari Berg", "1980-05-17", "2026-11-22")
    again = await changed(edit, "ChangePerson", input={"lastName": "Berg"})
    stale = await changed(edit, "ChangePerson", expectedEntry=entry, input={"lastName": "Dal"})
    assert (refused(again), refused(stale)) == ([("R-LOG-011", "input")], [("R-LOG-001", "expectedEntry")])
    assert stale["healthProfessional"] == person


async def test_a_dry_run_answers_whether_the_doctor_might_practise_and_leaves_no_trace(edit):
    part = await doctor(edit)
    before = await edit(READ)

    asked = document("GrantRequisitionRight", "healthProfessional { hprNumber }").replace(
        "healthProfessional { hprNumber }",
        """healthProfessional {
          authorisations { valid requisitionRights { valid type { value } } }
        }""",
    )
    answer = await edit(
        asked,
        hprNumber=NUMBER,
        expectedEntry=ANY,
        authorisation=part,
        input={"type": "1", "period": {"from": MIDDLE}},
        dryRun=True,
    )
    payload = answer["healthProfessionalGrantRequisitionRight"]

    assert payload["healthProfessional"]["authorisations"] == [
        {"valid": True, "requisitionRights": [{"valid": True, "type": {"value": "1"}}]}
    ]
    assert entries(payload) == [(str(NUMBER), "HealthProfessionalUpdated")]
    assert before["practiceCheck"] == {"allowed": False, "reasons": [{"code": "RIGHT_MISSING"}]}
    assert await edit(READ) == before


async def test_an_authorisation_is_granted_with_its_conditions_and_a_right_makes_the_doctor_prescribe(edit):
    await registered(edit)
    payload = await authorised(
        edit,
        internshipApprovedOn="2009-12-01",
        convertedFromCountry="SE",
        conditions=[{"text": "Bare under veiledning"}, {"type": {"system": "9060", "value": "LE"}}],
    )
    above = newest(payload)

    assert [(each["text"], each["type"]) for each in above["conditions"]] == [
        ("Bare under veiledning", None),
        (None, {"system": "9060", "value": "LE"}),
    ]
    assert {name: above[name] for name in ("valid", "period", "internshipApprovedOn", "convertedFromCountry")} == {
        "valid": True,
        "period": {"from": START, "to": None},
        "internshipApprovedOn": "2009-12-01",
        "convertedFromCountry": {"value": "SE"},
    }
    await granted(edit, above["partId"])
    assert (await edit(READ))["practiceCheck"]["allowed"]


@pytest.mark.parametrize(
    ("kind", "stored", "argument"),
    [
        ("RequisitionRight", "requisitionRights", "requisitionRight"),
        ("Speciality", "specialities", "speciality"),
        ("AdditionalCompetence", "additionalCompetences", "additionalCompetence"),
    ],
)
async def test_what_hangs_on_an_authorisation_is_granted_moved_ended_and_restored(edit, kind, stored, argument):
    part = await doctor(edit, end=LATER)
    row = newest(await granted(edit, part, kind=kind), stored)
    assert (row["period"], row["endedStatus"]) == ({"from": MIDDLE, "to": LATER}, None)

    arguments = {argument: row["partId"]}
    twice = await granted(edit, part, kind=kind)
    assert refused(twice) == [("R-HPR-013", "input.period")]
    ended = newest(await changed(edit, f"End{kind}", **arguments, input={"endedStatus": "3"}), stored)
    assert ended["endedStatus"] == {"value": "3"}
    moved = await changed(edit, f"Change{kind}", **arguments, input={"period": {"from": START}, "liftEnding": True})
    assert newest(moved, stored)["period"] == {"from": START, "to": LATER}
    assert newest(moved, stored)["endedStatus"] is None
    outside = await changed(edit, f"Change{kind}", **arguments, input={"period": {"from": START, "to": END}})
    assert refused(outside) == [("R-HPR-012", "input.period")]


async def test_a22_an_authorisation_that_is_withdrawn_is_not_valid_and_is_valid_again_when_that_was_a_mistake(edit):
    part = await doctor(edit)
    await granted(edit, part)

    withdrawn = newest(await changed(edit, "EndAuthorisation", authorisation=part, input={"endedStatus": "1"}))
    check = (await edit(READ))["practiceCheck"]
    restored = newest(await changed(edit, "ChangeAuthorisation", authorisation=part, input={"liftEnding": True}))

    assert (withdrawn["valid"], withdrawn["endedStatus"]) == (False, {"value": "1"})
    assert check == {"allowed": False, "reasons": [{"code": "ENDED_STATUS"}, {"code": "RIGHT_NOT_VALID"}]}
    assert (restored["valid"], restored["endedStatus"]) == (True, None)
    assert (await edit(READ))["practiceCheck"]["allowed"]


async def test_a23_what_hangs_on_an_authorisation_ends_with_it_and_nothing_is_granted_on_it_then(edit):
    part = await doctor(edit)
    await granted(edit, part)
    await granted(edit, part, kind="Speciality")

    above = newest(await changed(edit, "EndAuthorisation", authorisation=part, input={"to": LATER}))
    late = await granted(edit, part, type="2", period={"from": END})
    await changed(edit, "EndAuthorisation", authorisation=part, input={"endedStatus": "99"})
    on_ended = await granted(edit, part, type="2")

    [right], [speciality] = above["requisitionRights"], above["specialities"]
    assert (right["period"], speciality["period"]) == ({"from": MIDDLE, "to": LATER}, {"from": MIDDLE, "to": LATER})
    assert (above["valid"], right["valid"], speciality["valid"]) == (False, False, False)
    assert refused(late) == [("R-HPR-012", "input.period")]
    assert refused(on_ended) == [("R-HPR-011", "authorisation")]


async def test_an_authorisation_is_not_shortened_past_what_begins_later(edit):
    part = await doctor(edit)
    right = newest(await granted(edit, part), "requisitionRights")["partId"]

    shortened = await changed(
        edit, "ChangeAuthorisation", authorisation=part, input={"period": {"from": START, "to": MIDDLE}}
    )

    assert [(each["rule"], each["value"]) for each in shortened["userErrors"]] == [("R-HPR-012", right)]


async def test_an_authorisation_becomes_a_licence_and_licences_may_overlap(edit):
    part = await doctor(edit)
    changed_to = await changed(edit, "ChangeAuthorisation", authorisation=part, input={"kind": "2"})
    other = await authorised(edit, kind="2")
    back = await changed(edit, "ChangeAuthorisation", authorisation=part, input={"kind": "1"})
    twice = await authorised(edit)

    assert newest(changed_to)["kind"] == {"value": "2"}
    assert len(other["healthProfessional"]["authorisations"]) == 2
    assert (refused(back), refused(twice)) == ([], [("R-HPR-013", "input.period")])


async def test_a_part_of_another_kind_or_of_another_professional_is_not_found(edit):
    part = await doctor(edit)
    right = newest(await granted(edit, part), "requisitionRights")["partId"]

    answers = [
        await changed(edit, "EndAuthorisation", authorisation=right, input={"to": LATER}),
        await changed(edit, "EndRequisitionRight", requisitionRight=part, input={"to": LATER}),
        await granted(edit, "authorisation-4711"),
    ]

    assert [refused(each) for each in answers] == [
        [("R-HPR-010", "authorisation")],
        [("R-HPR-010", "requisitionRight")],
        [("R-HPR-010", "authorisation")],
    ]
