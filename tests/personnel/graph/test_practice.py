"""May this person practise and prescribe? Every reason by name, through GraphQL. NOW is 23 November 2026."""

from datetime import date, timedelta
from typing import Any

import pytest

from registers.code_systems.models import Code
from tests.support.professionals import add, midnight

pytestmark = pytest.mark.anyio

CHECK = """query ($hpr: HprNumber!, $profession: String = "LE", $right: String, $speciality: String, $asOf: AsOf) {
  practiceCheck(
    hprNumber: $hpr, profession: $profession, requisitionRight: $right, speciality: $speciality, asOf: $asOf
  ) {
    allowed
    reasons { code forbids concerns }
  }
}"""
VALIDITY = """query ($hpr: HprNumber!, $asOf: AsOf) {
  healthProfessional(hprNumber: $hpr, asOf: $asOf) {
    authorisations {
      valid
      requisitionRights { valid reasons { code concerns } }
      specialities { valid }
      additionalCompetences { valid }
    }
  }
}"""
RESTS_ON = """query ($hpr: HprNumber!) {
  practiceCheck(hprNumber: $hpr, profession: "LE") { authorisation { period { from } } }
}"""
WITH_TEXT = """{
  practiceCheck(hprNumber: 1, profession: "LE") { reasons { code forbids text period { from to } } }
}"""
PAST, NOW, FUTURE = ("2020-01-01", "2021-01-01"), ("2026-01-01", "2027-01-01"), ("2027-01-01", None)
AUTHORISED = {"authorisations": [{}]}
PRESCRIBING = {"authorisations": [{"rights": [{}], "specialities": [{}], "competences": [{}]}]}


def people(each: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With HPR numbers 1, 2, 3 …"""
    return [{"hpr_number": number, **person} for number, person in enumerate(each, start=1)]


async def reasons(ask, hpr=1, **asked) -> list[tuple[str, str]]:
    """(code, what it concerns) of each reason; the answer is no exactly when one forbids."""
    check = (await ask(CHECK, hpr=hpr, **asked))["practiceCheck"]
    assert check["allowed"] == (not any(reason["forbids"] for reason in check["reasons"]))
    return [(reason["code"], reason["concerns"]) for reason in check["reasons"]]


async def test_a_doctor_with_a_valid_authorisation_right_and_speciality_may_prescribe(database, ask_fully):
    await add(database, {"hpr_number": 1, **PRESCRIBING})

    assert await reasons(ask_fully, right="1", speciality="1") == []


BY_AUTHORISATION = [
    ({"valid": FUTURE}, "NOT_BEGUN"),
    ({"valid": PAST}, "PERIOD_OVER"),
    ({"ended": "1"}, "ENDED_STATUS"),
    ({"suspensions": [PAST, NOW]}, "SUSPENDED"),
    ({"reactions": [("1", NOW)]}, "ADMINISTRATIVE_REACTION"),
    ({"reactions": [("5", NOW)]}, "ADMINISTRATIVE_REACTION"),
    ({"reactions": [("8", ("2026-01-01", None))]}, "ADMINISTRATIVE_REACTION"),
]


async def test_a22_an_authorisation_is_valid_only_if_period_status_suspension_and_reactions_allow(database, ask_fully):
    await add(database, *people([{"authorisations": [authorisation]} for authorisation, _ in BY_AUTHORISATION]))

    for hpr, (_, code) in enumerate(BY_AUTHORISATION, start=1):
        assert await reasons(ask_fully, hpr) == [(code, "AUTHORISATION")]
        answer = await ask_fully(VALIDITY, hpr=hpr)
        assert [each["valid"] for each in answer["healthProfessional"]["authorisations"]] == [False]


async def test_a22_what_is_over_or_to_come_hinders_nobody(database, ask_fully):
    harmless = [{"suspensions": [PAST]}, {"suspensions": [FUTURE]}, {"reactions": [("1", PAST), ("5", FUTURE)]}]
    await add(database, *people([{"authorisations": [each]} for each in harmless]))

    assert [await reasons(ask_fully, hpr) for hpr in (1, 2, 3)] == [[], [], []]


async def test_a23_right_speciality_and_competence_are_never_valid_when_the_authorisation_is_not(database, ask_fully):
    right = {"rights": [{}], "specialities": [{}], "competences": [{}]}
    await add(database, *people([{"authorisations": [{**each, **right}]} for each, _ in BY_AUTHORISATION]))

    for hpr, (_, code) in enumerate(BY_AUTHORISATION, start=1):
        [found] = (await ask_fully(VALIDITY, hpr=hpr))["healthProfessional"]["authorisations"]
        assert found == {
            "valid": False,
            "requisitionRights": [{"valid": False, "reasons": [{"code": code, "concerns": "AUTHORISATION"}]}],
            "specialities": [{"valid": False}],
            "additionalCompetences": [{"valid": False}],
        }
        assert await reasons(ask_fully, hpr, right="1", speciality="1") == [
            (code, "AUTHORISATION"),
            ("RIGHT_NOT_VALID", "REQUISITION_RIGHT"),
            ("SPECIALITY_NOT_VALID", "SPECIALITY"),
        ]


async def test_a_right_or_speciality_can_be_invalid_by_itself(database, ask_fully):
    rights = [right for right, _ in BY_AUTHORISATION]
    await add(
        database, *people([{"authorisations": [{"rights": [right], "specialities": [right]}]} for right in rights])
    )

    for hpr, (_, code) in enumerate(BY_AUTHORISATION, start=1):
        assert await reasons(ask_fully, hpr) == []
        of_right = await reasons(ask_fully, hpr, right="1")
        assert of_right == [("RIGHT_NOT_VALID", "REQUISITION_RIGHT"), (code, "REQUISITION_RIGHT")]
        of_speciality = await reasons(ask_fully, hpr, speciality="1")
        assert of_speciality == [("SPECIALITY_NOT_VALID", "SPECIALITY"), (code, "SPECIALITY")]


async def test_a_right_or_speciality_that_was_never_given_is_missing(database, ask_fully):
    await add(database, {"hpr_number": 1, **PRESCRIBING})

    assert await reasons(ask_fully, right="2", speciality="152") == [
        ("RIGHT_MISSING", "REQUISITION_RIGHT"),
        ("SPECIALITY_MISSING", "SPECIALITY"),
    ]


async def test_a_valid_right_counts_although_an_earlier_one_of_its_type_has_ended(database, ask_fully):
    rights = [{"valid": PAST, "ended": "99"}, {"valid": NOW}, {"valid": FUTURE}]
    await add(database, {"hpr_number": 1, "authorisations": [{"rights": rights}]})

    assert await reasons(ask_fully, right="1") == []


async def test_an_unknown_number_is_reported_as_such(database, ask_fully):
    assert await reasons(ask_fully, hpr=404) == [("UNKNOWN_PROFESSIONAL", "PROFESSIONAL")]


async def test_a_person_only_referred_to_is_unknown_and_not_unauthorised(database, ask_fully):
    await add(database, {"hpr_number": 1, "reference_only": True})

    assert await reasons(ask_fully) == [("UNKNOWN_PROFESSIONAL", "PROFESSIONAL")]


async def test_a_nurse_may_not_practise_as_a_doctor(database, ask_fully):
    await add(database, {"hpr_number": 1, "authorisations": [{"profession": "SP"}]})

    assert await reasons(ask_fully) == [("NO_AUTHORISATION_IN_PROFESSION", "PROFESSIONAL")]
    assert await reasons(ask_fully, profession="SP") == []


async def test_a_suspending_reaction_against_the_person_hinders_in_every_profession(database, ask_fully):
    both = [{}, {"profession": "SP"}]
    types = ("1", "5", "8")
    await add(database, *people([{"authorisations": both, "reactions": [(type_, NOW)]} for type_ in types]))

    for hpr in (1, 2, 3):
        for profession in ("LE", "SP"):
            found = await reasons(ask_fully, hpr, profession=profession)
            assert found == [("ADMINISTRATIVE_REACTION", "PROFESSIONAL")]


async def test_a_reaction_of_another_type_suspends_nothing(database, ask_fully):
    key = "administrativ_reaksjon/2"
    other = Code(key=key, system="administrativ_reaksjon", value="2", display="En annen", active=True, confirmed=False)
    await add(database, {"hpr_number": 1, **AUTHORISED, "reactions": [("2", NOW)]}, rows=[other])

    assert await reasons(ask_fully) == []


async def test_the_dead_do_not_practise_and_the_day_of_death_is_a_day_of_life(database, ask_fully):
    await add(database, {"hpr_number": 1, "died_on": date(2025, 3, 2), **AUTHORISED})

    found = {
        day: await reasons(ask_fully, asOf={"validAt": midnight(day).isoformat()})
        for day in ("2025-03-02", "2025-03-03", "2026-01-01")
    }
    dead = [("DECEASED", "PROFESSIONAL")]
    assert found == {"2025-03-02": [], "2025-03-03": dead, "2026-01-01": dead}


async def test_an_authorisation_lapses_on_the_80th_birthday_in_norway(database, ask_fully):
    born = {date(1946, 11, 24): "2026-11-24", date(1944, 2, 29): "2024-02-29", date(2020, 2, 29): "2100-03-01"}
    await add(database, *people([{"born_on": born_on, **AUTHORISED} for born_on in born]))

    for hpr, birthday in enumerate(map(midnight, born.values()), start=1):
        before = (birthday - timedelta(microseconds=1)).isoformat()
        assert await reasons(ask_fully, hpr, asOf={"validAt": before}) == []
        found = await reasons(ask_fully, hpr, asOf={"validAt": birthday.isoformat()})
        assert found == [("AGE_LIMIT", "AUTHORISATION")]


async def test_a_licence_knows_no_age(database, ask_fully):
    await add(database, {"hpr_number": 1, "born_on": date(1930, 1, 1), "authorisations": [{"kind": "17"}]})

    assert await reasons(ask_fully) == []


async def test_a27_neither_age_nor_sex_is_read_from_a_national_id(database, ask_fully):
    of_a_woman_born_in_1940 = "01814000008"  # synthetic
    await add(database, {"hpr_number": 1, "national_id": of_a_woman_born_in_1940, **AUTHORISED})

    assert await reasons(ask_fully) == []
    found = await ask_fully("{ healthProfessional(hprNumber: 1) { bornOn sex { value } } }")
    assert found == {"healthProfessional": {"bornOn": None, "sex": None}}


async def test_a_condition_is_reported_and_forbids_nothing(database, ask_fully):
    await add(database, {"hpr_number": 1, "authorisations": [{"conditions": ["Kun under veiledning."]}]})

    [reason] = (await ask_fully(WITH_TEXT))["practiceCheck"]["reasons"]
    assert reason == {
        "code": "CONDITION",
        "forbids": False,
        "text": "It is valid on a condition. Forbids nothing. Kun under veiledning.",
        "period": {"from": midnight("1990-01-01").isoformat(), "to": None},
    }


async def test_all_reasons_are_reported_and_not_only_the_first(database, ask_fully):
    authorisation = {
        "valid": PAST,
        "ended": "3",
        "suspensions": [NOW, ("2026-05-01", "2026-12-01")],
        "reactions": [("1", NOW)],
        "conditions": ["Kun på dagtid."],
        "rights": [{"valid": PAST}],
    }
    person = {"born_on": date(1940, 1, 1), "died_on": date(2026, 1, 1), "reactions": [("8", NOW)]}
    await add(database, {"hpr_number": 1, **person, "authorisations": [authorisation]})

    assert await reasons(ask_fully, right="1", speciality="1") == [
        ("DECEASED", "PROFESSIONAL"),
        ("ADMINISTRATIVE_REACTION", "PROFESSIONAL"),
        ("PERIOD_OVER", "AUTHORISATION"),
        ("ENDED_STATUS", "AUTHORISATION"),
        ("SUSPENDED", "AUTHORISATION"),
        ("SUSPENDED", "AUTHORISATION"),
        ("ADMINISTRATIVE_REACTION", "AUTHORISATION"),
        ("AGE_LIMIT", "AUTHORISATION"),
        ("CONDITION", "AUTHORISATION"),
        ("RIGHT_NOT_VALID", "REQUISITION_RIGHT"),
        ("PERIOD_OVER", "REQUISITION_RIGHT"),
        ("SPECIALITY_MISSING", "SPECIALITY"),
    ]


async def test_a_reason_names_the_period_and_the_code_it_rests_on(database, ask_fully):
    await add(database, {"hpr_number": 1, "authorisations": [{"reactions": [("5", NOW)], "ended": "1"}]})

    reasons = (
        await ask_fully("""{ practiceCheck(hprNumber: 1, profession: "LE") {
          reasons { code period { from to } coded { system value display } } } }""")
    )["practiceCheck"]["reasons"]
    assert reasons == [
        {
            "code": "ENDED_STATUS",
            "period": {"from": midnight("1990-01-01").isoformat(), "to": None},
            "coded": {"system": "avsluttet_status", "value": "1", "display": "Tilbakekalt"},
        },
        {
            "code": "ADMINISTRATIVE_REACTION",
            "period": {"from": midnight("2026-01-01").isoformat(), "to": midnight("2027-01-01").isoformat()},
            "coded": {"system": "administrativ_reaksjon", "value": "5", "display": "Ukjent navn"},
        },
    ]


async def test_of_several_authorisations_the_best_answers(database, ask_fully):
    since_2022, in_2024 = ("2022-01-01", None), ("2024-01-01", "2025-01-01")
    cases = [
        ([{"valid": PAST}, {"valid": NOW}, {"valid": FUTURE}], NOW),  # one that allows
        ([{"valid": PAST}, {"valid": NOW, "suspensions": [NOW], "ended": "1"}], NOW),  # one whose period holds
        ([{"valid": PAST, "ended": "99"}, {"valid": in_2024}], in_2024),  # one with fewer reasons
        ([{"valid": since_2022}, {"valid": NOW}], NOW),  # the latest
        ([{"valid": since_2022}, {"valid": NOW, "conditions": ["Kun i Oslo."]}], since_2022),  # one without conditions
    ]
    await add(database, *people([{"authorisations": authorisations} for authorisations, _ in cases]))

    for hpr, (_, best) in enumerate(cases, start=1):
        check = (await ask_fully(RESTS_ON, hpr=hpr))["practiceCheck"]
        assert check["authorisation"]["period"]["from"] == midnight(best[0]).isoformat()


async def test_right_and_speciality_must_hang_on_the_same_authorisation(database, ask_fully):
    await add(database, {"hpr_number": 1, "authorisations": [{"rights": [{}]}, {"specialities": [{}], "valid": NOW}]})

    assert await reasons(ask_fully, right="1") == []
    assert await reasons(ask_fully, speciality="1") == []
    assert await reasons(ask_fully, right="1", speciality="1") == [("RIGHT_MISSING", "REQUISITION_RIGHT")]
