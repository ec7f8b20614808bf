"""No body, however malformed, gives a 5xx; each is refused by name."""

import json
import socket
from contextlib import suppress

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.demo_site import HELLO, HELLO_ANSWER, bad_input


def refusal(site: httpx.Client, content: bytes) -> tuple[int, dict]:
    answer = site.post("/graphql", content=content)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"5", "The body must be a JSON object."),
        (b"null", "The body must be a JSON object."),
        (b'"text"', "The body must be a JSON object."),
        (b"[]", "The body must be one request; batches are not supported."),
        (json.dumps([HELLO, HELLO]).encode(), "The body must be one request; batches are not supported."),
        (b"[" * 100_000 + b"]" * 100_000, "The body is nested too deeply."),
        (b"{}", "query is missing."),
        (b'{"query": null}', "query is missing."),
        (b'{"query": 5}', "query must be a string."),
        (b'{"query": "{a}", "variables": "{}"}', "variables must be an object or null."),
        (b'{"query": "{a}", "operationName": 1}', "operationName must be a string or null."),
        (b'{"query": "{a}", "extensions": []}', "extensions must be an object or null."),
        (b"\xff\xfe", "The body is not valid JSON: JSON is malformed: invalid character (byte 0)."),
        (b'{"query": "\xed\xa0\x80"}', "The body is not valid JSON: it is not UTF-8."),
        (b"9" * 5_000, "The body is not valid JSON: Integer value out of range."),
        (b"1e400", "The body is not valid JSON: Number out of range."),
        (b"", "The body is not valid JSON: Input data was truncated."),
    ],
)  # fmt: skip
def test_a_malformed_body_is_refused_by_name(site, content, message):
    assert refusal(site, content) == (400, bad_input(message))


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_numbers_that_json_does_not_know_are_refused(site, constant):
    status, answer = refusal(site, b'{"query": "{a}", "variables": {"x": %s}}' % constant)

    assert status == 400
    assert answer["errors"][0]["message"].startswith("The body is not valid JSON: JSON is malformed")


@pytest.mark.parametrize(
    "text", [rb"\ud800", rb"\ud800 and more", rb"\udc00", rb"\ud800\u0041", rb"\uD83D\uD83D\uDE00"]
)
@pytest.mark.parametrize(
    "body",
    [
        b'{"query": "{ greeting(name: \\"%s\\") }"}',
        b'{"query": "query Q($n: String!) { greeting(name: $n) }", "variables": {"n": "%s"}}',
        b'{"query": "{ greeting }", "variables": {"%s": 1}}',
    ],
)
def test_half_a_surrogate_pair_is_refused_anywhere(site, body, text):
    status, answer = refusal(site, body % text)

    assert status == 400
    assert answer["errors"][0]["message"].endswith("Surrogate escapes must come in pairs.")


def test_a_whole_surrogate_pair_is_a_character(site):
    answer = site.post("/graphql", content=rb'{"query": "{ greeting(name: \"\ud83d\ude00\") }"}')

    assert answer.json()["data"] == {"greeting": "Hei, 😀"}


@pytest.mark.parametrize("name", ["variables", "operationName", "extensions"])
def test_null_is_the_same_as_absent(site, name):
    assert site.post("/graphql", json=HELLO | {name: None}).json() == HELLO_ANSWER


def test_the_last_of_duplicate_keys_counts(site):
    answer = site.post("/graphql", content=b'{"query": "{ a }", "query": "{ greeting }"}')

    assert answer.json() == HELLO_ANSWER


def test_a_body_of_the_largest_size_is_read_and_one_byte_more_is_not(site):
    body = json.dumps(HELLO).encode()
    largest = body + b" " * (262_144 - len(body))

    assert site.post("/graphql", content=largest).json() == HELLO_ANSWER
    assert refusal(site, largest + b" ") == (413, bad_input("The body is larger than 262144 bytes."))


def test_an_endless_body_of_no_declared_length_is_cut_off(site):
    url = site.base_url
    with socket.create_connection((url.host, url.port), timeout=30) as connection:
        connection.sendall(
            b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(5):  # one more than the limit of four, and never a last chunk
            connection.sendall(chunk)
        answer = b""
        with suppress(ConnectionResetError):  # the server closes on what it has not read
            while part := connection.recv(65_536):
                answer += part

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in head
    assert json.loads(body) == bad_input("The body is larger than 262144 bytes.")


VALID_BODY = json.dumps(
    {
        "query": "query Q($n: String!, $i: Int) { greeting(name: $n) number(of: $i) unit { id } }",
        "operationName": "Q",
        "variables": {"n": "Åse \u20ac", "i": 7},
        "extensions": {"a": [1, 2.5, None, True]},
    }
).encode()


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.integers(0, len(VALID_BODY) - 1), st.integers(0, 7)), min_size=1, max_size=4))
def test_no_flip_of_bits_in_a_valid_body_gives_a_5xx(site, flips):
    body = bytearray(VALID_BODY)
    for position, bit in flips:
        body[position] ^= 1 << bit
    answer = site.post("/graphql", content=bytes(body))

    assert answer.status_code in (200, 400)
    assert {error["extensions"]["code"] for error in answer.json().get("errors", [])} <= {
        "BAD_USER_INPUT",
        "TOO_COMPLEX",
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary()
    | json_values.map(lambda value: json.dumps(value).encode())
    | st.fixed_dictionaries(
        {"query": st.just("query Q($n: String!, $i: Int) { greeting(name: $n) number(of: $i) }")},
        optional=dict.fromkeys(("variables", "operationName", "extensions"), json_values),
    ).map(lambda value: json.dumps(value).encode())
)
def test_no_body_gives_a_5xx(site, body):
    answer = site.post("/graphql", content=body)

    assert answer.status_code < 500
    assert answer.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
