"""The page of GraphiQL over HTTP: its tabs, its files and its policy."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from registers.graphiql import routes
from registers.graphiql.site import BUILT, POLICY

pytestmark = pytest.mark.anyio

LOOK_UP = """\
# tab: 10 Look up a communication party
query CommunicationParty($herId: HerId!) {
  communicationParty(herId: $herId) { name }
}
"""
STATUS = """\
# Asked by monitoring as well
# tab: 2 See how fresh the registers are
query RegisterStatus {
  registerStatus { register }
}
"""
NO_TAB = "query Entry { entry }\n"


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    parties = tmp_path / "operations" / "communication_parties"
    parties.mkdir(parents=True)
    (parties / "CommunicationParty.graphql").write_text(LOOK_UP)
    (parties / "CommunicationParty.variables.json").write_text('{ "herId": 8000001 }\n')
    (tmp_path / "operations" / "RegisterStatus.graphql").write_text(STATUS)
    (tmp_path / "operations" / "Entry.graphql").write_text(NO_TAB)
    return tmp_path


@pytest.fixture
async def site(contract: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=routes(contract=contract, headers={"Authorization": "Bearer æøå"}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registers.example") as client:
        yield client


async def test_tabs_are_the_operations_with_a_position_in_that_order(site: httpx.AsyncClient):
    answer = await site.get("/graphiql/tabs.json")

    headers = '{\n  "Authorization": "Bearer æøå"\n}'
    assert answer.json() == {
        "endpoint": "/graphql",
        "headers": headers,
        "tabs": [
            {
                "title": "See how fresh the registers are",
                "query": "# Asked by monitoring as well\n# See how fresh the registers are\n"
                "query RegisterStatus {\n  registerStatus { register }\n}",
                "variables": None,
                "headers": headers,
            },
            {
                "title": "Look up a communication party",
                "query": "# Look up a communication party\n"
                "query CommunicationParty($herId: HerId!) {\n"
                "  communicationParty(herId: $herId) { name }\n}",
                "variables": '{ "herId": 8000001 }',
                "headers": headers,
            },
        ],
    }


async def test_without_headers_no_tab_carries_any(contract: Path):
    app = Starlette(routes=routes(contract=contract, endpoint="/api/graphql"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://registers.example") as client:
        opening = (await client.get("/graphiql/tabs.json")).json()

    assert opening["endpoint"] == "/api/graphql"
    assert opening["headers"] is None
    assert [tab["headers"] for tab in opening["tabs"]] == [None, None]


async def test_the_page_names_no_other_host(site: httpx.AsyncClient):
    page = (await site.get("/graphiql")).text

    assert "<title>registers</title>" in page
    assert "//" not in page


async def test_every_file_the_page_asks_for_is_built(site: httpx.AsyncClient):
    page = (await site.get("/graphiql")).text
    files = [part.split('"')[0] for part in page.split('="/graphiql/assets/')[1:]]

    answers = [await site.get(f"/graphiql/assets/{file}") for file in files]

    assert files
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize(
    ("path", "status", "storing"),
    [
        ("/graphiql", 200, "no-store"),
        ("/graphiql/tabs.json", 200, "no-store"),
        ("/graphiql/assets/{built}", 200, "public, max-age=31536000, immutable"),
        ("/graphiql/assets/unknown.js", 404, "no-store"),
        ("/graphiql/assets/", 404, "no-store"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_every_answer_is_guarded_and_says_how_long_it_may_be_stored(
    site: httpx.AsyncClient, method: str, path: str, status: int, storing: str
):
    built = next((BUILT / "assets").glob("*.js")).name

    answer = await site.request(method, path.format(built=built))

    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == storing


def test_the_policy_lets_no_request_out_and_no_script_in():
    rules = {rule.partition(" ")[0]: rule.partition(" ")[2] for rule in POLICY.split("; ")}

    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == rules["script-src"] == rules["worker-src"] == "'self'"
    assert not any("http" in sources or "*" in sources for sources in rules.values())


@pytest.mark.parametrize("path", ["%2e%2e/index.html", "..%2findex.html", "..%2f..%2fsite.py", "%2fetc%2fpasswd"])
async def test_a_path_that_climbs_out_of_the_assets_is_refused(site: httpx.AsyncClient, path: str):
    answer = await site.get(f"/graphiql/assets/{path}")

    assert answer.status_code == 404
    assert answer.text == "Not Found"


def test_the_built_files_are_small_and_include_no_source_map():
    built = [file for file in BUILT.rglob("*") if file.is_file()]

    assert sum(file.stat().st_size for file in built) < 8_000_000  # bytes; they travel in the wheel
    assert not [file for file in built if file.suffix == ".map"]
    assert "MIT" in (BUILT / "licences.md").read_text(encoding="utf-8")
