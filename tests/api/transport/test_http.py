"""What HTTP decides: media types, methods, status codes."""

import json
from collections.abc import Iterator

import httpx
import pytest

from registers.api.transport.http import HttpSettings
from tests.api.demo_site import HELLO, HELLO_ANSWER, bad_input, demo_app, served

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("", JSON),
        (f"{JSON};q=0.9, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{JSON}, {GRAPHQL_RESPONSE}", JSON),
        (f"{GRAPHQL_RESPONSE}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL_RESPONSE),
        (f"*/*, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"{JSON};q=0, */*;q=0.1", GRAPHQL_RESPONSE),
        (f"text/event-stream, {JSON}", JSON),
    ],
)
def test_the_media_type_is_the_one_the_caller_wants_most(site, accept, expected):
    answer = site.post("/graphql", json=HELLO, headers={"accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{expected}; charset=utf-8"
    assert answer.json() == HELLO_ANSWER


@pytest.mark.parametrize("accept", ["text/html", f"{JSON};q=0", f"{JSON}; charset=iso-8859-1", "text/event-stream"])
def test_an_accept_header_that_fits_nothing_is_answered_406(site, accept):
    answer = site.post("/graphql", json=HELLO, headers={"accept": accept})

    assert answer.status_code == 406
    assert answer.json() == bad_input(f"Accept must allow {GRAPHQL_RESPONSE} or {JSON}.")


def test_the_body_is_utf8_and_not_escaped(site):
    assert "Hei, Åse".encode() in site.post("/graphql", json=HELLO).content


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "",
     f"{JSON}; charset=utf-16"],
)  # fmt: skip
def test_only_json_in_utf8_is_read_so_that_no_page_can_post_without_preflight(site, content_type):
    answer = site.post("/graphql", content=json.dumps(HELLO), headers={"content-type": content_type})

    assert answer.status_code == 415
    assert answer.json() == bad_input(f"Content-Type must be {JSON}, in UTF-8.")


def test_a_compressed_body_is_refused(site):
    answer = site.post("/graphql", content=b"\x1f\x8b", headers={"content-encoding": "gzip"})

    assert answer.status_code == 415
    assert answer.json() == bad_input("The body must not be compressed.")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_methods_other_than_post_are_refused(site, method):
    answer = site.request(method, "/graphql", params=HELLO)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json() == bad_input(f"{method} is not allowed here.")


@pytest.fixture(scope="module")
def get_site() -> Iterator[httpx.Client]:
    """A client of a demo site that allows queries by GET."""
    with (
        served(demo_app(settings=HttpSettings(queries_by_get=True))) as url,
        httpx.Client(base_url=url, trust_env=False) as client,
    ):
        yield client


def test_a_query_is_answered_by_get_where_that_is_allowed(get_site):
    query = "query Q($name: String!) { greeting(name: $name) }"
    answer = get_site.get("/graphql", params={"query": query, "variables": '{"name": "Ås"}', "operationName": ""})

    assert answer.status_code == 200
    assert answer.json() == HELLO_ANSWER | {"data": {"greeting": "Hei, Ås"}}


def test_a_mutation_is_refused_by_get_and_not_run(get_site):
    answer = get_site.get("/graphql", params={"query": 'mutation { rename(name: "x") }'})

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json() == bad_input("Mutations need POST.")


@pytest.mark.parametrize(
    ("url_query", "message"),
    [
        ("query=%FF", "The URL's query component cannot be read."),
        ("query={greeting}" + "&a=1" * 20, "The URL's query component cannot be read."),
        ("query={greeting}&variables=[]", "variables must be an object or null."),
        ("operationName=Q", "query is missing."),
    ],
    ids=["not UTF-8", "many parameters", "wrong type", "no query"],
)
def test_a_malformed_url_is_refused(get_site, url_query, message):
    answer = get_site.get(f"/graphql?{url_query}")

    assert answer.status_code == 400
    assert answer.json() == bad_input(message)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"query": ""}, {"message": "Syntax Error: The document is empty."}),
        (
            {"query": "{"},
            {
                "message": "Syntax Error: Expected Name, found <EOF>.",
                "locations": [{"line": 1, "column": 2}],
            },
        ),
        (
            {"query": "{ greetin }"},
            {
                "message": "Cannot query field 'greetin' on type 'Query'.",
                "locations": [{"line": 1, "column": 3}],
            },
        ),
        (
            {"query": "query Q($i: Int!) { number(of: $i) }", "variables": {"i": 2147483648}},
            {
                "message": "Variable '$i' has invalid value:"
                " Int cannot represent non 32-bit signed integer value: 2147483648",
                "locations": [{"line": 1, "column": 9}],
            },
        ),
        (
            {"query": "query A { greeting } query B { greeting }"},
            {"message": "operationName must say which of the operations to run."},
        ),
        (
            {"query": "query A { greeting }", "operationName": "B"},
            {"message": "There is no operation named 'B'."},
        ),
    ],
)
def test_a_wrong_document_is_400_without_data_or_200_for_callers_of_plain_json(site, body, error):
    expected = {"errors": [error | {"extensions": {"code": "BAD_USER_INPUT"}}]}

    modern = site.post("/graphql", json=body)
    plain = site.post("/graphql", json=body, headers={"accept": JSON})

    for answer in (modern, plain):
        shown = answer.json()
        shown.pop("extensions", None)  # the cost, when it came so far
        assert shown == expected
    assert (modern.status_code, plain.status_code) == (400, 200)


def test_a_subscription_over_plain_http_is_refused(site):
    answer = site.post("/graphql", json={"query": "subscription { ticks }"})

    assert answer.status_code == 400
    assert answer.json() == bad_input("Subscriptions need a WebSocket; this is plain HTTP.")
