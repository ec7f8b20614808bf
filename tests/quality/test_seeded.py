"""The rules over the seeded registers, and what the query makes of its arguments."""

import re

import pytest
from sqlalchemy.dialects import postgresql

from registers.api.graph.context import Context
from registers.core.caller import ANONYMOUS
from registers.core.validity import Instant
from registers.objects import RegisterObjects
from registers.quality.rules import RULES
from tests.conftest import NOW, SCHEMA, asking
from tests.quality.conftest import FINDINGS
from tests.support import known
from tests.support.statements import statements_of

pytestmark = pytest.mark.anyio

NUMBERS = [rule.number for rule in RULES]


@pytest.fixture
async def findings(ask):
    """By rule: keys of what breaks it in the seeded registers."""
    data = await ask(FINDINGS)
    assert [finding["rule"] for finding in data["dataQuality"]] == NUMBERS
    return {finding["rule"]: [example["key"] for example in finding["examples"]] for finding in data["dataQuality"]}


async def test_the_known_cases_are_found_by_their_rules(findings):
    assert str(known.NOT_FOR_MESSAGING) in findings["R-DQ-001"]  # has nothing but a phone number
    assert findings["R-DQ-003"] == [str(known.EXPIRED_CERTIFICATE)]
    assert str(known.MISSING_CERTIFICATE) in findings["R-DQ-007"]
    assert findings["R-DQ-008"] == [str(known.ANNOUNCED_CERTIFICATE)]
    assert str(known.VACANT_WITH_NOBODY) in findings["R-DQ-010"]
    assert str(known.VACANT_WITH_TWO_SUBSTITUTES) not in findings["R-DQ-010"]
    assert findings["R-DQ-012"] == [str(known.LOCKED_LIST)]


async def test_what_is_as_it_should_be_is_found_by_no_rule(findings):
    for rule in ("R-DQ-004", "R-DQ-005", "R-DQ-006", "R-DQ-009", "R-DQ-011"):
        assert findings[rule] == [], rule
    assert all(str(known.EXAMPLE_GP) not in keys for keys in findings.values())


async def test_before_the_first_import_nothing_is_wrong(ask):
    data = await ask(FINDINGS, asOf={"entry": 0})

    assert [finding["count"] for finding in data["dataQuality"]] == [0] * len(RULES)


async def test_the_state_of_now_is_the_state_as_of_the_newest_entry(ask):
    status = await ask("{ registerStatus { entry } }")
    newest = max(each["entry"] for each in status["registerStatus"])

    assert await ask(FINDINGS, asOf={"entry": newest}) == await ask(FINDINGS)


async def test_examples_are_the_first_and_the_count_is_of_all(ask):
    query = """query ($examples: Int!) {
      dataQuality(rule: ["R-DQ-007"], examples: $examples) { count examples { key } }
    }"""
    [none], [two], [all_] = [(await ask(query, examples=size))["dataQuality"] for size in (0, 2, 100)]

    assert none == {"count": all_["count"], "examples": []}
    assert two == {"count": all_["count"], "examples": all_["examples"][:2]}
    assert len(all_["examples"]) == all_["count"] > 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('rule: ["R-DQ-001", "R-DQ-999"]', "rule: there are rules R-DQ-001 to R-DQ-015, not all of those named"),
        ("examples: 101", "examples: 101 lies outside 0 to 100"),
        ("examples: -1", "examples: -1 lies outside 0 to 100"),
    ],
)
async def test_a_rule_that_does_not_exist_and_too_many_examples_are_refused(seeded, arguments, message):
    context = Context(caller=ANONYMOUS, now=NOW, database=seeded, objects=RegisterObjects())

    result = await SCHEMA.execute(f"{{ dataQuality({arguments}) {{ rule }} }}", context_value=context)

    [error] = result.errors or []
    assert (error.message, error.extensions) == (message, {"code": "BAD_USER_INPUT"})


async def test_each_rule_takes_one_statement_however_much_it_finds(seeded):
    with statements_of(seeded) as sent:
        await asking(seeded)(FINDINGS, rule=NUMBERS)

    assert len(sent) == 1 + len(RULES), sent  # the head of the log comes first


def test_rules_are_numbered_in_order_and_each_is_explained():
    assert [f"R-DQ-{number:03}" for number in range(1, len(RULES) + 1)] == NUMBERS
    for rule in RULES:
        assert all((rule.title, rule.description, rule.mend, rule.text)), rule.number


@pytest.mark.parametrize("rule", RULES, ids=NUMBERS)
def test_no_rule_reads_a_national_id_or_the_name_of_a_person(rule):
    statement = str(rule.select(Instant(NOW)).compile(dialect=postgresql.dialect()))

    assert not re.search(r"national_id|first_name|last_name|search_name|sort_name|\bpersons\b", statement)
