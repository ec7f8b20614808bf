"""Who sees what of patients, for which purpose, and what never leaks."""

import base64
import json
import re

import pytest
from graphql import GraphQLObjectType, get_named_type

from registers.access.caller import Caller, Role
from registers.access.policy import ABOUT_PATIENTS, PURPOSES_BY_FIELD, may
from registers.access.purpose import Purpose
from registers.api.context import Context
from registers.api.pagination import cursor_of
from registers.core.database import Database
from registers.loaders import Loaders
from registers.schema import build_schema
from tests.conftest import NOW
from tests.gp_lists.builders import World, change, synthetic_national_id

pytestmark = pytest.mark.anyio

SCHEMA = build_schema()
QUESTIONS = """
query ($nationalId: NationalId!, $purpose: Purpose!, $asOf: AsOf) {
  patientGp(nationalId: $nationalId, purpose: $purpose, asOf: $asOf) {
    at outcome nationalIdReplaced association { patient { lastName } } responsible { vacant } gpHerId { rule }
  }
  patientGps(patients: [{ nationalId: $nationalId }], purpose: $purpose, asOf: $asOf) { outcome association { active } }
  confirmGp(nationalId: $nationalId, hprNumber: 1, purpose: $purpose, asOf: $asOf) { outcome confirmed }
}
"""
LIST = """
query ($list: GpContractId!, $purpose: Purpose!, $asOf: AsOf) {
  gpContract(id: $list, asOf: $asOf) { patients(purpose: $purpose) { totalCount nodes { patient { lastName } } } }
}
"""
HISTORY = """
query ($nationalId: NationalId!, $purpose: Purpose!, $asOf: AsOf) {
  patientHistory(nationalId: $nationalId, purpose: $purpose, asOf: $asOf) {
    totalCount nodes { contract { contractId } } pageInfo { endCursor }
  }
}
"""


@pytest.fixture
def ask_as(database: Database):
    """Asks as a role; returns (data, codes of the errors)."""

    async def ask(role: Role, document: str, *, organisation_number: str | None = None, **variables):
        caller = Caller("test", role, organisation_number)
        context = Context(caller=caller, now=NOW, database=database, loaders=Loaders(database))
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        return result.data, [(error.extensions or {})["code"] for error in result.errors or []]

    return ask


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


PURPOSE_PLACES = {
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


@pytest.mark.parametrize("place", PURPOSE_PLACES)
async def test_a_purpose_counts_wherever_it_is_stated(ask_as, place):
    head, body = PURPOSE_PLACES[place]
    document = f"{head} {{ {body} }}"

    refused = await ask_as(Role.EDITOR, document, n=synthetic_national_id(1))
    answered = await ask_as(Role.AUDITOR, document, n=synthetic_national_id(1))

    assert refused == (None, ["FORBIDDEN"])
    assert answered == ({"patientGp": {"outcome": "UNKNOWN_PERSON"}}, [])


async def test_a_fragment_is_judged_by_the_purpose_of_each_place_it_is_spread_at(ask_as):
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


async def test_the_nearest_purpose_decides(ask_as, world: World, database: Database):
    contract, person = world.contract(world.office()), world.person()
    world.on_list(person, contract)
    await world.write(database)
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


SHOWN = {
    (Role.EHR, "TREATMENT"): True,
    (Role.EDITOR, "REGISTRY_MAINTENANCE"): True,
    (Role.EHR, "ADMINISTRATION"): False,
    (Role.EHR, "NAV_CASE"): False,
    (Role.AUDITOR, "AUDIT"): False,
}


async def test_a33_a_protected_person_is_answered_for_like_an_unknown_one(ask_as, world: World, database: Database):
    contract = world.contract(world.office())
    people = [world.person(protection=each, former_numbers=1) for each in ("confidential", "strictly-confidential")]
    for person in people:
        world.on_list(person, contract)
    await world.write(database)

    async def answers(role: Role, purpose: str, national_id: str):
        answers = []
        for document in (QUESTIONS, HISTORY):
            data, codes = await ask_as(role, document, nationalId=national_id, purpose=purpose)
            assert codes == []
            answers.append(data)
        return answers

    for (role, purpose), shown in SHOWN.items():
        unknown = await answers(role, purpose, synthetic_national_id(900))
        for number in [each for person in people for each in (person.national_id, *person.former)]:
            assert (await answers(role, purpose, number) != unknown) is shown


async def test_a_client_address_hides_nobody(ask_as, world: World, database: Database):
    contract, person = world.contract(world.office()), world.person(protection="client")
    world.on_list(person, contract)
    await world.write(database)

    data, _ = await ask_as(Role.AUDITOR, HISTORY, nationalId=person.national_id, purpose="AUDIT")

    assert data["patientHistory"]["totalCount"] == 1


async def test_a33_a_list_leaves_out_protected_persons_and_does_not_count_them(
    ask_as, world: World, database: Database
):
    office = world.office()
    contract = world.contract(office)
    people = [world.person(protection=each) for each in ("confidential", "none", "strictly-confidential")]
    for person in people:
        world.on_list(person, contract)
    await world.write(database)

    async def listed(purpose: str):
        data, _ = await ask_as(Role.GP_OFFICE, LIST, list=contract, purpose=purpose, organisation_number=office.number)
        patients = data["gpContract"]["patients"]
        return patients["totalCount"], [each["patient"]["lastName"] for each in patients["nodes"]]

    names = [f"Person {person.person_id}" for person in people]
    assert await listed("ADMINISTRATION") == (1, names[1:2])
    assert await listed("TREATMENT") == (3, names)


async def test_a33_protection_given_today_hides_what_was_known_before(ask_as, world: World, database: Database):
    office = world.office()
    contract, person = world.contract(office), world.person()
    world.on_list(person, contract)
    before = await world.write(database)
    await change(database, "persons", {"person_id": person.person_id}, protection="confidential")

    asked = {"nationalId": person.national_id, "purpose": "ADMINISTRATION", "asOf": {"entry": before}}
    single, _ = await ask_as(Role.EHR, QUESTIONS, **asked)
    listed, _ = await ask_as(
        Role.EHR,
        LIST,
        list=contract,
        purpose="ADMINISTRATION",
        asOf={"entry": before},
        organisation_number=office.number,
    )

    assert single["patientGp"]["outcome"] == "UNKNOWN_PERSON"
    assert listed["gpContract"]["patients"] == {"totalCount": 0, "nodes": []}


async def test_a_gp_office_sees_patients_of_its_own_lists_only(ask_as, world: World, database: Database):
    own, other = world.office(), world.office()
    own_list, other_list = world.contract(own), world.contract(other)
    mine, theirs = world.person(), world.person(former_numbers=1)
    world.on_list(mine, own_list)
    world.on_list(theirs, other_list)
    await world.write(database)

    async def outcome(national_id: str):
        data, _ = await ask_as(
            Role.GP_OFFICE,
            QUESTIONS,
            nationalId=national_id,
            purpose="TREATMENT",
            organisation_number=own.number,
        )
        assert {data["patientGps"][0]["outcome"], data["confirmGp"]["outcome"]} == {data["patientGp"]["outcome"]}
        return data["patientGp"]["outcome"], data["patientGp"]["nationalIdReplaced"], data["patientGp"]["association"]

    history, _ = await ask_as(
        Role.GP_OFFICE,
        HISTORY,
        nationalId=theirs.national_id,
        purpose="TREATMENT",
        organisation_number=own.number,
    )
    assert (await outcome(mine.national_id))[0] == "FOUND"
    assert await outcome(theirs.former[0]) == ("NOT_ALLOWED", False, None)
    assert history["patientHistory"]["totalCount"] == 0


@pytest.mark.parametrize("role", [Role.GP_OFFICE, Role.EHR])
async def test_the_list_of_another_office_is_refused(ask_as, world: World, database: Database, role):
    own, other = world.office(), world.office()
    own_list, other_list = world.contract(own), world.contract(other)
    without_office = world.contract(None)
    await world.write(database)

    async def codes(contract: int, organisation_number: str | None):
        _, codes = await ask_as(role, LIST, list=contract, purpose="TREATMENT", organisation_number=organisation_number)
        return codes

    assert await codes(own_list, own.number) == []
    assert await codes(other_list, own.number) == await codes(own_list, None) == ["FORBIDDEN"]
    assert await codes(without_office, None) == ["FORBIDDEN"]


async def test_no_cursor_id_or_entry_holds_a_national_id(ask_as, world: World, database: Database):
    contract = world.contract(world.office())
    people = [world.person(former_numbers=1) for _ in range(3)]
    for person in people:
        world.on_list(person, contract)
    await world.write(database, key=str(contract))
    document = """query ($list: GpContractId!, $nationalId: NationalId!) {
      gpContract(id: $list) { id history { edges { cursor node { key action reason } } }
        patients(purpose: REGISTRY_MAINTENANCE) { edges { cursor } pageInfo { endCursor } } }
      patientHistory(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE) { edges { cursor } }
      patientGp(nationalId: $nationalId, purpose: REGISTRY_MAINTENANCE) {
        association { patient { lastName } contract { id } lastEntry } }
    }"""

    data, _ = await ask_as(Role.EDITOR, document, list=contract, nationalId=people[0].national_id)

    told = decoded(json.dumps(data))
    assert '"after":' not in told and len(told) > len(json.dumps(data)) / 2
    for number in [each for person in people for each in (person.national_id, *person.former)]:
        assert number not in told


def decoded(text: str) -> str:
    """The text with everything in it that may be base64 spelt out beside it."""

    def spelt(match: re.Match[str]) -> str:
        padded = match[0] + "=" * (-len(match[0]) % 4)
        try:
            return match[0] + " " + base64.urlsafe_b64decode(padded).decode("latin-1")
        except ValueError:
            return match[0]

    return re.sub(r"[A-Za-z0-9_-]{8,}", spelt, text)


MALFORMED = ["01010112345", "0101011234", "010101123456", "x", "", "٠١٠١٠١١٢٣٤٥"]


async def test_a_malformed_national_id_is_refused_by_rule_and_never_repeated(database: Database):
    batch = """query ($p: [PatientAtInput!]!) {
      patientGps(patients: $p, purpose: REGISTRY_MAINTENANCE) { outcome } }"""
    alone = "query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) { outcome } }"
    context = Context(caller=Caller("test", Role.EDITOR), now=NOW, database=database, loaders=Loaders(database))
    sound = synthetic_national_id(1)
    for number in MALFORMED:
        literal = f'{{ patientGp(nationalId: "{number}", purpose: REGISTRY_MAINTENANCE) {{ outcome }} }}'
        for document, variables in (
            (alone, {"n": number}),
            (literal, {}),
            (batch, {"p": [{"nationalId": sound}, {"nationalId": number}]}),
        ):
            result = await SCHEMA.execute(document, variable_values=variables, context_value=context)

            assert result.data is None and result.errors
            told = json.dumps([error.formatted for error in result.errors], ensure_ascii=False)
            assert "rule: " in told and "BAD_USER_INPUT" in told
            assert len(number) < 2 or number not in told
            assert sound not in told


@pytest.mark.parametrize(("production", "expected"), [(False, {"outcome": "UNKNOWN_PERSON"}), (True, None)])
async def test_a26_production_refuses_synthetic_numbers(database: Database, production, expected):
    context = Context(caller=Caller("test", Role.EDITOR), now=NOW, database=database, loaders=Loaders(database))
    result = await build_schema(production=production).execute(
        "query ($n: NationalId!) { patientGp(nationalId: $n, purpose: REGISTRY_MAINTENANCE) { outcome } }",
        variable_values={"n": synthetic_national_id(1)},
        context_value=context,
    )

    assert (result.data and result.data["patientGp"]) == expected
    assert bool(result.errors) is production


async def test_a_cursor_of_something_else_is_refused(ask_as, world: World, database: Database):
    person = world.person()
    await world.write(database)
    document = """query ($n: NationalId!, $after: String) {
      patientHistory(nationalId: $n, purpose: REGISTRY_MAINTENANCE, after: $after) { totalCount } }"""
    for cursor in ("?", cursor_of(("a", 1)), cursor_of((2**62, 1))):
        assert await ask_as(Role.EDITOR, document, n=person.national_id, after=cursor) == (None, ["BAD_USER_INPUT"])
