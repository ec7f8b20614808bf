"""Merging HPR numbers: what moves, what is refused, and how the old number leads on."""

import pytest

from tests.support.edits.personnel import (
    LATER,
    MIDDLE,
    NUMBER,
    START,
    authorised,
    changed,
    doctor,
    granted,
    merged,
    newest,
    registered,
    suspended,
)
from tests.support.professionals import add
from tests.support.requests import ANY, entries, refused

pytestmark = pytest.mark.anyio

FIRST, SECOND, THIRD = NUMBER, NUMBER + 1, NUMBER + 2
WAY = """query ($hpr: HprNumber!, $asOf: AsOf) {
  healthProfessional(hprNumber: $hpr, asOf: $asOf) {
    hprNumber resolvedFrom path pathSteps { kind from to entry } formerNumbers pathHere { from to }
    authorisations { partId }
  }
  practiceCheck(hprNumber: $hpr, profession: "LE", asOf: $asOf) { allowed reasons { code } }
}"""


def step(before: int, after: int, entry: int | None = None) -> dict:
    numbers = {"from": str(before), "to": str(after)}
    return numbers if entry is None else {"kind": "MERGED", **numbers, "entry": entry}


async def test_a24_a_merged_number_leads_to_the_surviving_one_which_has_the_authorisations_and_the_suspension(edit):
    part = await doctor(edit, FIRST)
    await suspended(edit, part)
    await registered(edit, SECOND, bornOn=None)

    dry = await merged(edit, FIRST, SECOND, dryRun=True)
    payload = await merged(edit, FIRST, SECOND)

    person = payload["healthProfessional"]
    assert (person["hprNumber"], person["bornOn"], newest(payload)["partId"]) == (SECOND, "1980-05-17", part)
    assert entries(dry) == [(str(SECOND), "HprNumbersMerged"), (str(FIRST), "HprNumbersMerged")]
    assert await edit(WAY, hpr=FIRST) == {
        "healthProfessional": {
            "hprNumber": SECOND,
            "resolvedFrom": FIRST,
            "path": [FIRST, SECOND],
            "pathSteps": [step(FIRST, SECOND, payload["entry"])],
            "formerNumbers": [FIRST],
            "pathHere": [step(FIRST, SECOND)],
            "authorisations": [{"partId": part}],
        },
        "practiceCheck": {"allowed": False, "reasons": [{"code": "REPLACED_NUMBER"}, {"code": "SUSPENDED"}]},
    }


async def test_a24_a_chain_of_three_ends_at_the_last_and_reports_each_step_with_its_entry(edit):
    part = await doctor(edit, FIRST)
    for number in (SECOND, THIRD):
        await registered(edit, number)
    one = (await merged(edit, FIRST, SECOND))["entry"]
    two = (await merged(edit, SECOND, THIRD))["entry"]
    await changed(edit, "ChangePerson", THIRD, input={"lastName": "Berg"})

    found = (await edit(WAY, hpr=FIRST))["healthProfessional"]

    assert found == {
        "hprNumber": THIRD,
        "resolvedFrom": FIRST,
        "path": [FIRST, SECOND, THIRD],
        "pathSteps": [step(FIRST, SECOND, one), step(SECOND, THIRD, two)],
        "formerNumbers": [FIRST, SECOND],
        "pathHere": [step(FIRST, SECOND), step(SECOND, THIRD)],
        "authorisations": [{"partId": part}],
    }
    circle = await merged(edit, THIRD, FIRST)
    assert refused(circle) == [("R-HPR-003", "surviving"), ("R-HPR-021", "surviving")]


async def test_a24_before_the_merge_each_number_answered_for_itself(edit):
    part = await doctor(edit, FIRST)
    seen = (await registered(edit, SECOND))["entry"]
    await merged(edit, FIRST, SECOND)

    before = (await edit(WAY, hpr=FIRST, asOf={"entry": seen}))["healthProfessional"]

    assert before == {
        "hprNumber": FIRST,
        "resolvedFrom": None,
        "path": [FIRST],
        "pathSteps": [],
        "formerNumbers": [],
        "pathHere": [],
        "authorisations": [{"partId": part}],
    }


async def test_both_records_must_be_as_seen_and_a_merged_one_is_edited_no_more(edit):
    first = (await registered(edit, FIRST))["entry"]
    second = (await registered(edit, SECOND))["entry"]
    await changed(edit, "ChangePerson", FIRST, input={"firstName": "Ola"})
    await changed(edit, "ChangePerson", SECOND, input={"firstName": "Ola"})

    stale = await merged(edit, FIRST, SECOND, expectedEntry=second, expectedEntryOfOutgoing=first)
    await merged(edit, FIRST, SECOND)

    assert refused(stale) == [("R-LOG-001", "expectedEntry"), ("R-LOG-001", "expectedEntryOfOutgoing")]
    assert stale["healthProfessional"]["hprNumber"] == SECOND
    assert refused(await authorised(edit, FIRST)) == [("R-HPR-003", "hprNumber")]
    assert refused(await merged(edit, FIRST, SECOND)) == [("R-HPR-003", "outgoing")]


async def test_two_authorisations_of_the_same_time_are_not_merged_lest_a_suspension_counts_for_nothing(edit):
    remaining = await doctor(edit, FIRST, end=LATER)
    await doctor(edit, SECOND, end=MIDDLE)
    overlapping = await merged(edit, FIRST, SECOND)
    await changed(edit, "EndAuthorisation", FIRST, authorisation=remaining, input={"endedStatus": "99"})
    afterwards = await merged(edit, FIRST, SECOND)

    assert refused(overlapping) == [("R-HPR-013", "outgoing")]
    assert [each["endedStatus"] for each in afterwards["healthProfessional"]["authorisations"]] == [
        None,
        {"value": "99"},
    ]


async def test_only_records_of_their_own_that_agree_on_the_person_are_merged(edit, database):
    await add(database, {"hpr_number": THIRD, "reference_only": True})
    await registered(edit, FIRST)
    await registered(edit, SECOND, bornOn="1981-05-17")

    answers = [await merged(edit, *pair) for pair in ((FIRST, SECOND), (FIRST, THIRD), (404, FIRST), (FIRST, FIRST))]

    assert [refused(each) for each in answers] == [
        [("R-HPR-022", "outgoing")],
        [("R-HPR-002", "surviving")],
        [("R-HPR-001", "outgoing")],
        [("R-HPR-020", "surviving")],
    ]


async def test_reactions_educations_and_other_ids_move_and_the_death_is_taken_over(edit):
    await registered(edit, FIRST, diedOn="2026-01-01")
    await changed(edit, "AddAdministrativeReaction", FIRST, input={"type": "1", "period": {"from": START}})
    await changed(edit, "AddEducation", FIRST, input={"country": "NO"})
    await changed(edit, "AddAlternativeId", FIRST, input={"type": "SEF", "value": "SYNTETISK-0018"})
    await doctor(edit, SECOND)
    await granted(
        edit, newest(await changed(edit, "ChangePerson", SECOND, input={"sex": "2"}))["partId"], number=SECOND
    )

    person = (await merged(edit, FIRST, SECOND, expectedEntryOfOutgoing=ANY))["healthProfessional"]

    lists = ("administrativeReactions", "educations", "alternativeIds", "authorisations")
    assert [len(person[name]) for name in lists] == [1, 1, 1, 1]
    assert (person["diedOn"], person["sex"], person["authorisations"][0]["valid"]) == (
        "2026-01-01",
        {"value": "2"},
        False,
    )
