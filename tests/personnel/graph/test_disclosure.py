"""What of health personnel a caller is shown: names and authorisations to everyone, the rest to those who need it."""

from datetime import date

import pytest

from registers.api.graph.context import Context
from registers.core.caller import Caller, Role
from registers.objects import RegisterObjects
from tests.conftest import NOW, SCHEMA, asking
from tests.support.professionals import add, midnight

pytestmark = pytest.mark.anyio

EXTENDED = {Role.EHR, Role.EDITOR, Role.AUDITOR}
BASIC = """query ($hpr: HprNumber!) { healthProfessional(hprNumber: $hpr) {
  fullName authorisations { valid profession { value } kind { value } conditions { type { value } }
    requisitionRights { valid type { value } } specialities { valid type { value } } } } }"""
CLOSED = [
    "bornOn",
    "diedOn",
    "sex { value }",
    "citizenship { value }",
    "addresses { city }",
    "alternativeIds { value }",
    "administrativeReactions { suspends }",
    "authorisations { suspensions { active } }",
    "authorisations { administrativeReactions { active } }",
    "authorisations { conditions { text } }",
    "authorisations { requisitionRights { suspensions { active } } }",
    "authorisations { specialities { administrativeReactions { active } } }",
]
REASONS = """query ($hpr: HprNumber!) { practiceCheck(hprNumber: $hpr, profession: "LE", requisitionRight: "1") {
  allowed reasons { code concerns text period { from } coded { value } } } }"""
THIS_YEAR = ("2026-01-01", None)
HINDERED = {
    "hpr_number": 1,
    "born_on": date(1940, 1, 1),
    "died_on": date(2026, 1, 1),
    "reactions": [("1", THIS_YEAR), ("5", ("2025-01-01", None))],
    "authorisations": [{"suspensions": [THIS_YEAR], "rights": [{"suspensions": [THIS_YEAR]}]}],
}


def callers(*roles: Role) -> list[Caller]:
    return [Caller(role.value, role) for role in roles]


async def is_open(database, caller: Caller, document: str) -> bool:
    """Whether the caller gets an answer; a refusal says FORBIDDEN and nothing else."""
    context = Context(caller=caller, now=NOW, database=database, objects=RegisterObjects())
    errors = (await SCHEMA.execute(document, context_value=context)).errors
    assert errors is None or [error.extensions for error in errors] == [{"code": "FORBIDDEN"}]
    return errors is None


async def test_names_authorisations_rights_and_specialities_are_open_to_everyone(database):
    authorisation = {"rights": [{}], "specialities": [{}], "conditions": ["Kun under veiledning."]}
    person = {"hpr_number": 1, "first_name": "Åse", "last_name": "Ødegård"}
    await add(database, {**person, "authorisations": [authorisation]})

    right = {"valid": True, "type": {"value": "1"}}
    for caller in callers(*Role):
        assert await asking(database, caller=caller)(BASIC, hpr=1) == {
            "healthProfessional": {
                "fullName": "Åse Ødegård",
                "authorisations": [
                    {
                        "valid": True,
                        "profession": {"value": "LE"},
                        "kind": {"value": "1"},
                        "conditions": [{"type": None}],
                        "requisitionRights": [right],
                        "specialities": [right],
                    }
                ],
            }
        }


async def test_the_rest_is_open_to_ehrs_editors_and_auditors_alone(database):
    open_to = {
        (caller.role, field)
        for field in CLOSED
        for caller in callers(*Role)
        if await is_open(database, caller, f"{{ healthProfessional(hprNumber: 1) {{ {field} }} }}")
    }

    assert open_to == {(role, field) for role in EXTENDED for field in CLOSED}


async def test_addresses_are_not_searched_by_those_who_may_not_read_them(database):
    for condition in ('municipality: "0301"', 'postalCode: "0150"'):
        search = f"{{ searchHealthProfessionals(filter: {{ {condition} }}) {{ totalCount }} }}"
        assert {caller.role for caller in callers(*Role) if await is_open(database, caller, search)} == EXTENDED


async def test_a_national_id_has_no_place_in_the_graph_of_health_personnel():
    assert "nationalId" not in SCHEMA.as_str().split("type HealthProfessional ")[1].split("\n}")[0]


async def test_those_who_may_read_them_are_reported_reasons_with_their_detail(database, ask_fully):
    await add(database, HINDERED)

    shown = (await ask_fully(REASONS, hpr=1))["practiceCheck"]["reasons"]
    since = midnight("2026-01-01").isoformat()
    assert [
        (reason["code"], reason["period"] and reason["period"]["from"], reason["coded"] and reason["coded"]["value"])
        for reason in shown
    ] == [
        ("DECEASED", midnight("2026-01-02").isoformat(), None),
        ("ADMINISTRATIVE_REACTION", since, "1"),
        ("ADMINISTRATIVE_REACTION", midnight("2025-01-01").isoformat(), "5"),
        ("SUSPENDED", since, None),
        ("AGE_LIMIT", midnight("2020-01-01").isoformat(), None),
        ("RIGHT_NOT_VALID", midnight("1990-01-01").isoformat(), "1"),
        ("SUSPENDED", since, None),
    ]


async def test_other_signed_in_callers_are_reported_the_reasons_without_detail(database):
    await add(database, HINDERED)

    for caller in callers(Role.MESSAGING, Role.GP_OFFICE, Role.OPERATOR):
        shown = (await asking(database, caller=caller)(REASONS, hpr=1))["practiceCheck"]["reasons"]
        assert [(reason["code"], reason["concerns"], reason["period"], reason["coded"]) for reason in shown] == [
            ("DECEASED", "PROFESSIONAL", None, None),
            ("ADMINISTRATIVE_REACTION", "PROFESSIONAL", None, None),
            ("SUSPENDED", "AUTHORISATION", None, None),
            ("AGE_LIMIT", "AUTHORISATION", None, None),
            ("RIGHT_NOT_VALID", "REQUISITION_RIGHT", {"from": midnight("1990-01-01").isoformat()}, {"value": "1"}),
            ("SUSPENDED", "REQUISITION_RIGHT", None, None),
        ]


async def test_an_anonymous_caller_is_reported_no_more_than_that_it_is_not_valid(database, ask_openly):
    await add(database, HINDERED)

    shown = (await ask_openly(REASONS, hpr=1))["practiceCheck"]
    assert shown["allowed"] is False
    assert [(reason["code"], reason["concerns"]) for reason in shown["reasons"]] == [
        ("NOT_VALID", "AUTHORISATION"),
        ("RIGHT_NOT_VALID", "REQUISITION_RIGHT"),
        ("NOT_VALID", "REQUISITION_RIGHT"),
    ]


async def test_every_hidden_reason_looks_the_same_to_an_anonymous_caller(database, ask_openly):
    hidden = [
        {"reactions": [("1", THIS_YEAR)], "authorisations": [{}]},
        {"authorisations": [{"suspensions": [THIS_YEAR]}]},
        {"authorisations": [{"reactions": [("8", THIS_YEAR)], "suspensions": [THIS_YEAR]}]},
        {"born_on": date(1940, 1, 1), "authorisations": [{}]},
        {"died_on": date(2025, 1, 1), "authorisations": [{}]},
    ]
    await add(database, *({"hpr_number": number, **person} for number, person in enumerate(hidden, start=1)))

    answers = [await ask_openly(REASONS, hpr=number) for number in range(1, len(hidden) + 1)]
    assert all(answer["practiceCheck"] == answers[0]["practiceCheck"] for answer in answers)


async def test_the_words_of_a_condition_are_for_those_who_may_read_them(database, ask_openly, ask_fully):
    await add(database, {"hpr_number": 1, "authorisations": [{"rights": [{}], "conditions": ["Kun på dagtid."]}]})

    [openly] = (await ask_openly(REASONS, hpr=1))["practiceCheck"]["reasons"]
    [fully] = (await ask_fully(REASONS, hpr=1))["practiceCheck"]["reasons"]
    assert (openly["code"], "dagtid" in openly["text"]) == ("CONDITION", False)
    assert (fully["code"], "dagtid" in fully["text"]) == ("CONDITION", True)
