"""Which role may ask about patients, for which purpose, and where in an operation a purpose counts."""

import pytest
from graphql import GraphQLObjectType, get_named_type

from registers.access.policy import ABOUT_PATIENTS, PURPOSES_BY_FIELD, may
from registers.access.purpose import Purpose
from registers.core.caller import Caller, Role
from registers.database.database import Database
from tests.conftest import SCHEMA
from tests.support.scenario import Scenario, synthetic_national_id

pytestmark = pytest.mark.anyio

ALLOWED = {
    Role.ANONYMOUS: set(),
    Role.MESSAGING: set(),
    Role.OPERATOR: set(),
    Role.EHR: {"TREATMENT", "ADMINISTRATION", "PRESCRIPTION", "NAV_CASE"},
    Role.GP_OFFICE: {"TREATMENT", "ADMINISTRATION", "PRESCRIPTION"},
    Role.EDITOR: {"REGISTRY_MAINTENANCE"},
    Role.AUDITOR: {"AUDIT"},
}


async def test_a_role_asks_about_a_patient_for_its_own_purposes_only(ask_as):
    document = "query ($n: NationalId!, $p: Purpose!) { patientGp(nationalId: $n, purpose: $p) { outcome } }"

    allowed: dict[Role, set[str]] = {role: set() for role in Role}
    for role in Role:
        for purpose in Purpose:
            data, codes = await ask_as(role, document, n=synthetic_national_id(1), p=purpose.name)
            assert codes == ([] if data else ["FORBIDDEN"])
            allowed[role] |= {purpose.name} if data else set()

    assert allowed == ALLOWED


def test_whatever_leads_to_a_patient_needs_a_purpose():
    types = [type_ for type_ in SCHEMA._schema.type_map.values() if isinstance(type_, GraphQLObjectType)]
    open_ways = [
        (type_.name, name)
        for type_ in types
        if type_.name != "Mutation"  # an editor's, and asked for REGISTRY_MAINTENANCE by itself
        for name, field in type_.fields.items()
        if (type_.name in ABOUT_PATIENTS or get_named_type(field.type).name in ABOUT_PATIENTS)
        and any(may(Caller("test", role), type_.name, name) for role in Role)
    ]

    assert open_ways == []
    assert {name for name in ABOUT_PATIENTS if name not in {type_.name for type_ in types}} == set()
    assert [
        (type_name, name)
        for type_name, name in PURPOSES_BY_FIELD
        if name not in getattr(SCHEMA._schema.type_map[type_name], "fields")  # noqa: B009
    ] == []


STATEMENTS = {
    "a literal": ("query ($n: NationalId!)", "patientGp(nationalId: $n, purpose: AUDIT) { outcome }"),
    "a default of a variable": (
        "query ($n: NationalId!, $p: Purpose! = AUDIT)",
        "patientGp(nationalId: $n, purpose: $p) { outcome }",
    ),
    "a fragment": (
        "fragment F on Query { patientGp(nationalId: $n, purpose: AUDIT) { outcome } } query ($n: NationalId!)",
        "... F",
    ),
    "an inline fragment": (
        "query ($n: NationalId!)",
        "... on Query { patientGp(nationalId: $n, purpose: AUDIT) { outcome } }",
    ),
}


@pytest.mark.parametrize("where", STATEMENTS)
async def test_a_purpose_counts_wherever_it_is_stated(ask_as, where):
    head, body = STATEMENTS[where]
    document = f"{head} {{ {body} }}"

    refused = await ask_as(Role.EDITOR, document, n=synthetic_national_id(1))
    answered = await ask_as(Role.AUDITOR, document, n=synthetic_national_id(1))

    assert refused == (None, ["FORBIDDEN"])
    assert answered == ({"patientGp": {"outcome": "UNKNOWN_PERSON"}}, [])


async def test_a_fragment_is_checked_by_the_purpose_of_each_field_that_spreads_it(ask_as):
    document = """
    query ($n: NationalId!) {
      treated: patientGp(nationalId: $n, purpose: TREATMENT) { ...Number }
      atNav: patientGp(nationalId: $n, purpose: NAV_CASE) { ...Number }
    }
    fragment Number on PatientGp { association { nationalId } }
    """

    refused = await ask_as(Role.EHR, document, n=synthetic_national_id(1))
    answered = await ask_as(Role.EHR, document.replace("NAV_CASE", "PRESCRIPTION"), n=synthetic_national_id(1))

    assert refused == (None, ["FORBIDDEN"])
    assert answered == ({"treated": {"association": None}, "atNav": {"association": None}}, [])


async def test_the_nearest_purpose_decides(ask_as, scenario: Scenario, database: Database):
    contract, person = scenario.contract(scenario.office()), scenario.person()
    scenario.on_list(person, contract)
    await scenario.write(database)
    document = """query ($n: NationalId!) { patientGp(nationalId: $n, purpose: NAV_CASE) { association { contract {
      patients(purpose: TREATMENT) { nodes { nationalId } }
    } } } }"""

    _, codes = await ask_as(Role.EHR, document, n=person.national_id)
    outer, _ = await ask_as(Role.EHR, document.replace("TREATMENT", "NAV_CASE"), n=person.national_id)

    assert codes == ["FORBIDDEN"]  # by the resolver: not this EHR's office, so the gate has let it in
    assert outer is None


async def test_a_national_id_is_shown_to_those_who_must_act_on_it(ask_as):
    document = "query ($n: NationalId!) { patientGp(nationalId: $n, purpose: AUDIT) { association { nationalId } } }"

    assert await ask_as(Role.AUDITOR, document, n=synthetic_national_id(1)) == (None, ["FORBIDDEN"])
