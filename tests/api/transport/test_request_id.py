"""One id for the caller and the log."""

import re

from tests.api.demo_site import HELLO

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def test_a_harmless_request_id_comes_back_and_any_other_is_replaced(site):
    def id_for(given: str) -> str:
        answer = site.post("/graphql", json=HELLO, headers={"x-request-id": given})
        return answer.headers["x-request-id"]

    assert id_for("0b1c-epj.42_A") == "0b1c-epj.42_A"
    for unwanted in ("short", "x" * 65, "12345678901", "two words here", "line\tbreak-", ""):
        assert UUID.fullmatch(id_for(unwanted))
