"""What every root field shares: ids, time, freshness, access, and a database that may be away."""

import asyncpg
import httpx
import pytest
from sqlalchemy import make_url, text

from registers.access.authentication.development import DevelopmentTokens
from registers.app import build_app
from registers.changelog import append
from registers.code_systems.editing import codes
from registers.core.caller import Role
from registers.database.database import Database
from registers.editing.bulk_writes import Unstorable
from registers.settings import Settings
from tests.conftest import EDITOR, NOW, SCHEMA, asking
from tests.support import known
from tests.support.published import published_operations

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def one_schema(monkeypatch):
    """Nothing here depends on how a schema is built, which takes longer than to ask it."""
    monkeypatch.setattr("registers.app.build_schema", lambda production: SCHEMA)


@pytest.fixture
def settings(tmp_path):
    return Settings(folder=tmp_path)


@pytest.fixture
async def client(seeded, settings):
    app = build_app(settings, seeded, now=lambda: NOW)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registers") as client:
        yield client


async def post(client, query, variables=None, **headers):
    return await client.post("/graphql", json={"query": query, "variables": variables or {}}, headers=headers)


async def test_an_object_is_found_again_by_its_id(ask):
    data = await ask(
        """query ($herId: HerId!, $number: OrganisationNumber!, $reshId: ReshId!) {
          communicationParty(herId: $herId) { id }
          organisation(organisationNumber: $number) { id }
          reshUnit(reshId: $reshId) { id }
        }""",
        herId=known.EXAMPLE_GP,
        number=known.EXAMPLE_OFFICE_NUMBER,
        reshId=known.RESH_ROOT,
    )

    for object_ in data.values():
        again = await ask("query ($id: ID!) { node(id: $id) { id } }", id=object_["id"])
        assert again == {"node": object_}


@pytest.mark.parametrize("id", ["", "x", "Q29kZTox", "=", "Q29tbXVuaWNhdGlvblBhcnR5OmFiYw", "é"])
async def test_an_id_that_is_none_of_ours_is_refused(client, id):
    answer = (await post(client, "query ($id: ID!) { node(id: $id) { id } }", {"id": id})).json()

    assert answer["errors"][0]["message"] == "id: not an id of this service"
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_every_answer_says_how_fresh_it_is(client):
    answer = (await post(client, "{ communicationParty(herId: 1) { name } }")).json()

    status = (await post(client, "{ registerStatus { entry } }")).json()["data"]["registerStatus"]
    assert answer["extensions"]["registers"] == {
        "entry": max(each["entry"] or 0 for each in status),
        "asOf": NOW.isoformat(),
        "lagMs": 0,
    }


MALFORMED = [
    ("communicationParty(herId: 0)", "range"),
    ("communicationParty(herId: 2147483648)", "range"),
    ('communicationParty(herId: "12x")', "digits"),
    ('organisation(organisationNumber: "994598758")', "check digit"),
    ('organisation(organisationNumber: "99459875")', "length"),
    ('reshUnit(reshId: "-1")', "digits"),
    ('certificate(thumbprint: "00")', "length"),
]


@pytest.mark.parametrize(("field", "rule"), MALFORMED)
async def test_a_malformed_identifier_is_a_request_error_that_names_the_rule(client, field, rule):
    response = await post(client, f"{{ {field} {{ __typename }} }}", accept="application/graphql-response+json")

    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert f"(rule: {rule})" in error["message"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "data" not in response.json()


@pytest.mark.parametrize(
    ("as_of", "message"),
    [
        ({"entry": 999_999_999}, "does not exist yet"),
        ({"entry": 1, "knownAt": "2026-01-01T00:00:00Z"}, "exclude each other"),
        ({"validAt": "2026-01-01T00:00:00"}, "needs an offset"),
        ({"validAt": "yesterday"}, "not in ISO 8601"),
    ],
)
async def test_an_instant_that_makes_no_sense_is_refused(client, as_of, message):
    query = "query ($asOf: AsOf) { communicationParty(herId: 1, asOf: $asOf) { name } }"
    answer = (await post(client, query, {"asOf": as_of})).json()

    assert message in answer["errors"][0]["message"]
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_before_the_first_import_nothing_was_known(ask):
    query = """query ($asOf: AsOf) {
      communicationParty(herId: 8200032, asOf: $asOf) { name }
      searchCommunicationParties(filter: {}, asOf: $asOf) { totalCount nodes { herId } }
      registerStatus(asOf: $asOf) { register records }
      codeSystem(oid: "9040", asOf: $asOf) { codes { value } }
    }"""
    before = await ask(query, asOf={"entry": 0})

    assert before == {
        "communicationParty": None,
        "searchCommunicationParties": {"totalCount": 0, "nodes": []},
        "registerStatus": [{"register": status["register"], "records": 0} for status in before["registerStatus"]],
        "codeSystem": None,
    }


async def test_what_was_known_at_an_entry_stays_the_same_after_a_change(database: Database):
    query = """query ($asOf: AsOf) {
      codeSystem(oid: "2.16.578.1.12.4.1.1.9060", asOf: $asOf) { code(value: "LE") { display } }
    }"""
    ask = asking(database)
    async with database.writing() as session:
        entry = await append.append(
            session, register=append.Register.CODE_SYSTEMS, key="9060", action="CodeChanged", caller="test"
        )
        await session.execute(text("UPDATE codes SET display = 'Doktor' WHERE key = '9060/LE'"))

    assert (await ask(query))["codeSystem"]["code"] == {"display": "Doktor"}
    then = await ask(query, asOf={"entry": entry - 1})
    assert then["codeSystem"]["code"] == {"display": "Lege"}


async def test_a_code_system_that_is_unknown_is_null(ask):
    assert await ask('{ codeSystem(oid: "1") { name } }') == {"codeSystem": None}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANONYMOUS])
async def test_a_development_token_names_its_role(client, settings, role):
    token = DevelopmentTokens(settings.folder).issue(role, now=NOW)
    response = await post(client, "{ __typename }", authorization=f"Bearer {token}")

    assert response.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("header", ["Bearer x.y.z", "Basic YTpi", "Bearer", "Bearer " + "a" * 5000])
async def test_a_token_that_does_not_hold_is_401_and_nothing_runs(client, header):
    response = await post(client, "{ __typename }", authorization=header)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_what_only_a_constraint_refuses_is_reported_by_its_rule(client, settings, monkeypatch):
    async def refused_by_the_database(*_: object, **__: object) -> str:
        raise Unstorable("breaks a rule", constraint="health_professionals_died_after_birth_check")

    monkeypatch.setattr(codes, "retire", refused_by_the_database)
    mutation = (
        """mutation { codeRetire(system: "8666", value: "KX17", expectedEntry: 1) { userErrors { rule } entry } }"""
    )
    token = DevelopmentTokens(settings.folder).issue(Role.EDITOR, now=NOW)

    answer = (await post(client, mutation, authorization=f"Bearer {token}")).json()

    assert answer["data"] == {"codeRetire": {"userErrors": [{"rule": "R-HPR-007"}], "entry": None}}


async def test_a_field_that_the_policy_closes_is_refused_before_anything_runs(seeded, client):
    query = "{ communicationParty(herId: 8200032) { history { nodes { caller } } } }"

    answer = (await post(client, query)).json()
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert answer["errors"][0]["message"] == "anonymous may not read Change.caller"
    assert answer.get("data") is None
    seen = await asking(seeded, caller=EDITOR)(query)
    assert seen["communicationParty"]["history"]["nodes"][0] == {"caller": "seed"}


async def test_where_nothing_is_public_a_caller_needs_a_token(seeded, tmp_path):
    app = build_app(Settings(folder=tmp_path, anonymous="nothing"), seeded, now=lambda: NOW)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registers") as client:
        assert (await post(client, "{ __typename }")).status_code == 401


async def test_when_the_database_is_away_the_answer_says_when_to_try_again_and_later_works(
    database_url, database, settings, postgres
):
    app = build_app(settings, database, now=lambda: NOW)
    query = "{ communicationParty(herId: 8200032) { name } }"
    name = make_url(database_url).database
    admin = await asyncpg.connect(postgres.url_of("postgres").replace("+asyncpg", ""))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registers") as client:
        assert (await post(client, query)).json()["data"] == {"communicationParty": None}

        await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
        unavailable = await post(client, query)
        ready = await client.get("/health/ready")
        live = await client.get("/health/live")

        await admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        back = await post(client, query)
    await admin.close()

    [error] = unavailable.json()["errors"]
    assert error["extensions"] == {"code": "UNAVAILABLE", "retryAfterSeconds": 2}
    assert unavailable.headers["retry-after"] == "2"
    assert (ready.status_code, live.status_code) == (503, 200)
    assert back.json()["data"] == {"communicationParty": None}


async def test_the_schema_can_be_fetched(client):
    assert "type Query" in (await client.get("/schema.graphql")).text


async def test_every_published_example_answers_without_an_error(copied_url):
    database = Database(copied_url)
    for path, given, caller in published_operations():
        data = await asking(database, caller=caller)(path.read_text(encoding="utf-8"), **given)
        assert all(value is not None for value in data.values()), path.name
    await database.close()
