"""Many questions at once: slots in order, days of their own, and no more statements for more of them."""

import pytest

from registers.api.graph.context import Context
from registers.objects import RegisterObjects
from tests.conftest import EDITOR, NOW, SCHEMA
from tests.support.professionals import add, midnight
from tests.support.statements import statements_of

pytestmark = pytest.mark.anyio

CHECKS = """query ($checks: [PracticeCheckInput!]!, $asOf: AsOf) {
  practiceChecks(checks: $checks, asOf: $asOf) { hprNumber judgedAt allowed reasons { code } }
}"""
ABOUT_PEOPLE = [  # in parts, each within the cost an operation may have
    """fullName sex { display } replaces { hprNumber } surviving { hprNumber } educations { institution }
      administrativeReactions { type { display } } alternativeIds { value } addresses { city }
      communicationParties { herId } history(first: 1) { totalCount nodes { action } }""",
    """authorisations { valid profession { display } kind { display } suspensions { active }
      administrativeReactions { active } conditions { text } }""",
    "authorisations { requisitionRights { valid type { display } } educations { institution } }",
    "authorisations { specialities { valid type { display } } }",
    "authorisations { additionalCompetences { valid type { display } } reasons { code } }",
]
PEOPLE = [
    f"query ($hprs: [HprNumber!]!) {{ healthProfessionals(hprNumbers: $hprs) {{ healthProfessional {{ {part} }} }} }}"
    for part in ABOUT_PEOPLE
]
DETAILED_CHECKS = """query ($checks: [PracticeCheckInput!]!) {
  practiceChecks(checks: $checks) {
    allowed reasons { code coded { display } } healthProfessional { fullName }
    authorisation { valid profession { display } requisitionRights { valid type { display } } }
  }
}"""


async def test_a34_every_check_is_answered_in_the_place_of_its_input(database, ask_openly):
    suspended = {"suspensions": [("2020-01-01", "2021-01-01")], "rights": [{}]}
    await add(
        database,
        {"hpr_number": 1, "authorisations": [suspended]},
        {"hpr_number": 2, "replaced_by": 1},
    )
    checks = [
        {"hprNumber": 404, "profession": "LE"},
        {"hprNumber": 1, "profession": "LE", "on": "2020-06-01"},
        {"hprNumber": 1, "profession": "LE", "on": "2020-12-31"},
        {"hprNumber": 1, "profession": "LE", "on": "2021-01-01"},
        {"hprNumber": 2, "profession": "LE", "requisitionRight": "1"},
        {"hprNumber": 1, "profession": "SP", "on": "1980-01-01"},
        {"hprNumber": 404, "profession": "LE"},
    ]

    answers = (await ask_openly(CHECKS, checks=checks))["practiceChecks"]
    assert [
        (each["hprNumber"], each["allowed"], [reason["code"] for reason in each["reasons"]]) for each in answers
    ] == [
        (404, False, ["UNKNOWN_PROFESSIONAL"]),
        (1, False, ["NOT_VALID"]),
        (1, False, ["NOT_VALID"]),
        (1, True, []),
        (2, True, ["REPLACED_NUMBER"]),
        (1, False, ["NO_AUTHORISATION_IN_PROFESSION"]),
        (404, False, ["UNKNOWN_PROFESSIONAL"]),
    ]
    assert [each["judgedAt"] for each in answers[:2]] == [NOW.isoformat(), "2020-06-01T10:00:00+00:00"]


async def test_a_check_without_a_day_is_judged_at_the_instant_of_as_of(database, ask_openly):
    await add(database, {"hpr_number": 1, "authorisations": [{"valid": ("2010-01-01", "2020-01-01")}]})
    check = {"hprNumber": 1, "profession": "LE"}

    [then] = (await ask_openly(CHECKS, checks=[check], asOf={"validAt": midnight("2015-01-01").isoformat()}))[
        "practiceChecks"
    ]
    [now] = (await ask_openly(CHECKS, checks=[check]))["practiceChecks"]
    assert (then["allowed"], now["allowed"]) == (True, False)


@pytest.mark.parametrize("count", [0, 501])
@pytest.mark.parametrize(
    ("field", "one"),
    [("practiceChecks(checks: ", '{hprNumber: 1, profession: "LE"}'), ("healthProfessionals(hprNumbers: ", "1")],
)
async def test_a_batch_of_none_or_too_many_is_refused(database, count, field, one):
    context = Context(caller=EDITOR, now=NOW, database=database, objects=RegisterObjects())
    values = {"keys": [1] * count} if one == "1" else {"keys": [{"hprNumber": 1, "profession": "LE"}] * count}
    type_ = "HprNumber" if one == "1" else "PracticeCheckInput"
    document = f"query ($keys: [{type_}!]!) {{ {field}$keys) {{ hprNumber }} }}"

    [error] = (await SCHEMA.execute(document, variable_values=values, context_value=context)).errors or []
    assert error.message.endswith(f"{count} keys lie outside 1 to 500")


@pytest.fixture
def statements(database):
    with statements_of(database) as sent:
        yield sent


async def test_one_professional_and_a_hundred_of_many_days_take_the_same_statements(database, ask_fully, statements):
    authorisation = {
        "suspensions": [("2020-01-01", None)],
        "conditions": ["Kun på dagtid."],
        "rights": [{"suspensions": [("2021-01-01", None)]}],
        "specialities": [{"reactions": [("1", ("2021-01-01", None))]}],
        "competences": [{}],
    }
    whole = {"sex": "3101/2", "reactions": [("5", ("2020-01-01", None))], "authorisations": [authorisation] * 2}
    await add(database, *({"hpr_number": number, **whole} for number in range(1, 101)))

    async def sent(document: str, number: int) -> int:
        statements.clear()
        hprs = list(range(1, number + 1))
        days = [f"20{10 + hpr % 15}-0{1 + hpr % 9}-15" for hpr in hprs]
        checks = [{"hprNumber": hpr, "profession": "LE", "on": day} for hpr, day in zip(hprs, days, strict=True)]
        await ask_fully(document, **({"checks": checks} if document is DETAILED_CHECKS else {"hprs": hprs}))
        return len(statements)

    for document in (*PEOPLE, DETAILED_CHECKS):
        assert await sent(document, 1) == await sent(document, 100), document


async def test_a_check_takes_the_chain_and_the_seven_tables_that_decide(database, ask_openly, statements):
    await add(database, {"hpr_number": 1, "authorisations": [{"rights": [{}]}]})
    statements.clear()
    await ask_openly("""{ practiceCheck(hprNumber: 1, profession: "LE", requisitionRight: "1") { allowed } }""")

    assert len(statements) == 9, statements  # the head of the log, the chain, the seven
