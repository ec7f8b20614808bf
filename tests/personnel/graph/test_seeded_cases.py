"""From the register's file to the answer: the professionals of seed_data whose number is known."""

import pytest

from registers.core.caller import Caller, Role
from tests.conftest import asking
from tests.support import known

pytestmark = pytest.mark.anyio

CHECKS = """query ($checks: [PracticeCheckInput!]!) {
  practiceChecks(checks: $checks) { allowed reasons { code } }
}"""
OVER_AND_ENDED = ["PERIOD_OVER", "ENDED_STATUS"]  # the register ends what the dead had, too
DOCTORS = {  # may they prescribe, and what is answered with it
    known.EXAMPLE_GP_NUMBER: [],
    known.SUSPENDED_NOW: ["SUSPENDED", "RIGHT_NOT_VALID"],
    known.SUSPENDED_EARLIER: [],
    known.RIGHT_SUSPENDED: ["RIGHT_NOT_VALID", "SUSPENDED"],
    known.SPECIALITY_SUSPENDED: [],
    known.REACTED_AGAINST[0]: ["ADMINISTRATIVE_REACTION", "RIGHT_NOT_VALID"],
    known.REACTED_AGAINST[1]: ["ADMINISTRATIVE_REACTION", "RIGHT_NOT_VALID"],
    known.REACTED_AGAINST[2]: ["ADMINISTRATIVE_REACTION", "RIGHT_NOT_VALID"],
    known.REACTION_NOT_SUSPENDING: [],
    known.REACTION_AGAINST_PERSON: ["ADMINISTRATIVE_REACTION", "RIGHT_NOT_VALID"],
    known.DEAD_PROFESSIONAL: ["DECEASED", *OVER_AND_ENDED, "RIGHT_NOT_VALID", *OVER_AND_ENDED],
    known.WITH_CONDITIONS: ["CONDITION"],
    known.MERGED_FIRST: ["REPLACED_NUMBER"],
    known.MERGED_SECOND: ["REPLACED_NUMBER"],
    known.MERGED_INTO: [],
    known.NURSE: ["NO_AUTHORISATION_IN_PROFESSION"],
}


async def test_the_known_doctors_are_answered_as_the_seed_meant_them(seeded):
    ask = asking(seeded, caller=Caller("development-ehr", Role.EHR))
    checks = [{"hprNumber": number, "profession": "LE", "requisitionRight": "1"} for number in DOCTORS]

    answers = (await ask(CHECKS, checks=checks))["practiceChecks"]
    found = {
        number: [reason["code"] for reason in answer["reasons"]]
        for number, answer in zip(DOCTORS, answers, strict=True)
    }
    assert found == DOCTORS


async def test_over_eighty_one_may_practise_with_a_licence_only(seeded):
    ask = asking(seeded, caller=Caller("development-ehr", Role.EHR))
    checks = [
        {"hprNumber": number, "profession": "LE"} for number in (known.OVER_EIGHTY, known.OVER_EIGHTY_WITH_LICENCE)
    ]

    without, with_licence = (await ask(CHECKS, checks=checks))["practiceChecks"]
    assert "AGE_LIMIT" in [reason["code"] for reason in without["reasons"]]
    assert (without["allowed"], with_licence) == (False, {"allowed": True, "reasons": []})


async def test_withdrawn_annulled_renounced_and_historic_authorisations_have_ended(seeded):
    ended = (known.WITHDRAWN, known.DECISION_ANNULLED, known.RENOUNCED, known.HISTORIC)
    ask = asking(seeded)

    answers = (await ask(CHECKS, checks=[{"hprNumber": each, "profession": "LE"} for each in ended]))["practiceChecks"]
    assert [answer["allowed"] for answer in answers] == [False] * 4
    assert all("ENDED_STATUS" in [reason["code"] for reason in answer["reasons"]] for answer in answers)
