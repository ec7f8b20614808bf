"""What the caller sees of an error, and what the log does."""

from structlog.testing import capture_logs

from tests.api.demo_site import CANARY, HELLO, HELLO_ANSWER

JSON = "application/json"


def test_three_thousand_unknown_fields_are_answered_with_ten_errors_and_no_suggestions(site):
    names = " ".join(f"greetin{number}" for number in range(1_900))
    answer = site.post("/graphql", json={"query": f"{{ unit {{ {names} }} }}"})

    errors = answer.json()["errors"]
    assert (answer.status_code, len(errors)) == (400, 10)
    assert errors[-1] == {
        "message": "Too many validation errors, error limit reached. Validation aborted.",
        "extensions": {"code": "BAD_USER_INPUT"},
    }
    assert "Did you mean" not in answer.text


def test_a_defect_is_masked_and_logged_under_the_reference_without_literals(site):
    query = '{ a12345678901: broken greeting(name: "literal-4711") }'
    with capture_logs() as lines:
        answer = site.post("/graphql", json={"query": query}, headers={"x-request-id": "test-0001"})

    assert answer.status_code == 200
    assert answer.json() == {
        "errors": [
            {
                "message": "Internal error",
                "locations": [{"line": 1, "column": 3}],
                "path": ["a12345678901"],
                "extensions": {"code": "INTERNAL", "reference": "test-0001"},
            }
        ],
        "data": {"a12345678901": None, "greeting": "Hei, literal-4711"},
        "extensions": HELLO_ANSWER["extensions"],
    }
    assert [
        (line["reference"], line["exception"], line["field"], "demo_site.py" in line["traceback"]) for line in lines
    ] == [("test-0001", "builtins.RuntimeError", "broken", True)]
    for secret in (CANARY, "4711", "12345678901"):
        assert secret not in repr(lines)


def test_a_value_our_own_scalar_cannot_send_is_a_defect(site):
    answer = site.post("/graphql", json={"query": "{ tooLarge }"})

    assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert str(2**40) not in answer.text


def test_a_wrong_document_leaves_no_line_in_the_log(site):
    with capture_logs() as lines:
        site.post("/graphql", json={"query": '{ greeting(name: 4711) nothing(a: "4711") }'})

    assert lines == []


def test_an_error_of_ours_keeps_its_code_and_the_rest_of_the_answer(site):
    answer = site.post("/graphql", json={"query": "{ secret greeting }"})

    assert answer.status_code == 200
    assert answer.json() == {
        "errors": [
            {
                "message": "Unit 1 is not yours to read.",
                "locations": [{"line": 1, "column": 3}],
                "path": ["secret"],
                "extensions": {"code": "FORBIDDEN"},
            }
        ],
        "data": {"secret": None, "greeting": "Hei, Åse"},
        "extensions": HELLO_ANSWER["extensions"],
    }


def test_partial_success_is_200_for_callers_of_plain_json(site):
    answer = site.post("/graphql", json={"query": "{ secret }"}, headers={"accept": JSON})

    assert (answer.status_code, answer.json()["data"]) == (200, {"secret": None})


def test_a_database_that_is_away_says_when_to_try_again(site):
    answer = site.post("/graphql", json={"query": "{ unavailable }"})

    assert answer.headers["retry-after"] == "2"
    assert answer.json()["errors"] == [
        {
            "message": "The database does not answer. Try again in 2 seconds.",
            "locations": [{"line": 1, "column": 3}],
            "path": ["unavailable"],
            "extensions": {"code": "UNAVAILABLE", "retryAfterSeconds": 2},
        }
    ]


def test_a_caller_turned_away_before_execution_gets_the_status_of_the_code(site):
    answer = site.post("/graphql", json=HELLO, headers={"authorization": "Bearer expired"})

    assert answer.status_code == 401
    assert answer.json() == {
        "errors": [{"message": "The token has expired.", "extensions": {"code": "UNAUTHENTICATED"}}]
    }


def test_a_defect_before_execution_is_masked_too(site):
    with capture_logs() as lines:
        answer = site.post("/graphql", json=HELLO, headers={"authorization": "Bearer broken"})

    reference = answer.headers["x-request-id"]
    assert answer.status_code == 500
    assert answer.json() == {
        "errors": [
            {
                "message": "Internal error",
                "extensions": {"code": "INTERNAL", "reference": reference},
            }
        ]
    }
    assert [line["reference"] for line in lines] == [reference]
    assert CANARY not in repr(lines)
