"""What holds for every edit: idempotency, dry runs, refusals, retries, roles, languages."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import text

from registers.api.graph.context import Context
from registers.changelog import repository
from registers.core.caller import Caller, Role
from registers.database.database import Database
from registers.editing.transaction import RETRIES_MAX
from registers.objects import RegisterObjects
from tests.conftest import NOW, SCHEMA, asking
from tests.support.edits.codes import ADD, added, retired

pytestmark = pytest.mark.anyio


async def newest(database: Database) -> int:
    async with database.reading() as session:
        return await repository.newest_number(session)


async def test_a_retry_with_the_same_key_gets_the_first_answer_and_changes_nothing(edit, database):
    key = str(uuid4())
    first = await added(edit, key=key)
    await retired(edit, "KX99", first["entry"])
    entries = await newest(database)

    assert await added(edit, key=key) == first
    assert first["code"]["active"] is True
    assert await newest(database) == entries


async def test_one_key_sent_many_times_at_once_makes_one_change(edit, database):
    before, key = await newest(database), str(uuid4())

    answers = await asyncio.gather(*(added(edit, key=key) for _ in range(8)))

    assert answers == [answers[0]] * 8
    assert await newest(database) == before + 1


async def test_a_key_of_another_caller_is_another_key(edit, database):
    key = str(uuid4())
    await added(edit, key=key)
    other = asking(database, caller=Caller("another-editor", Role.EDITOR))

    assert (await added(other, "KX98", key=key))["userErrors"] == []


async def test_a_refused_edit_does_not_use_up_its_key(edit):
    key = str(uuid4())
    assert (await added(edit, display="", key=key))["userErrors"] != []

    assert (await added(edit, key=key))["userErrors"] == []


async def test_a_dry_run_answers_like_the_edit_with_its_impact_and_leaves_no_trace(edit, database):
    before, key = await newest(database), str(uuid4())

    rehearsed = await added(edit, key=key, dryRun=True, reason="prøve")
    async with database.reading() as session:
        keys = await session.scalar(text("SELECT count(*) FROM idempotency_keys"))

    assert await newest(database) == before
    assert keys == 0
    assert rehearsed["impact"] == {
        "entries": [
            {
                "entry": before + 1,
                "register": "CODE_SYSTEMS",
                "key": "8666",
                "action": "CodeAdded",
                "caller": "development-editor",
                "reason": "prøve",
            }
        ]
    }
    made = await added(edit, key=key, reason="prøve")
    assert made == rehearsed | {"impact": None, "entry": before + 1}


async def test_a_dry_run_is_refused_like_the_edit(edit):
    assert await added(edit, "KX17", dryRun=True) == await added(edit, "KX17")


async def test_an_edit_after_a_dry_run_in_one_operation_waits_for_nobody(edit, database):
    data = await edit(
        """mutation {
          tried: codeAdd(system: "8666", value: "KX99", input: {display: "A"}, dryRun: true) { code { display } }
          made: codeAdd(system: "8666", value: "KX99", input: {display: "B"}) { code { display } }
        }"""
    )

    assert data == {"tried": {"code": {"display": "A"}}, "made": {"code": {"display": "B"}}}


async def test_all_problems_of_an_input_come_at_once(edit):
    payload = await added(edit, "KX 99", display="", reason="x" * 501)

    found = [(error["rule"], error["path"]) for error in payload["userErrors"]]
    assert found == [
        ("R-LOG-006", ["reason"]),
        ("R-LOG-005", ["input", "display"]),
        ("R-CODE-004", ["value"]),
    ]


async def test_a_stale_caller_gets_the_record_as_it_is(edit):
    payload = await retired(edit, "KX17", 0)

    assert payload["code"]["value"] == "KX17"
    assert payload["userErrors"][0]["value"] == str(payload["code"]["lastEntry"])


async def test_a_lost_turn_is_tried_again_until_the_last_retry(edit, database):
    async with database.writing() as session:
        for statement in (
            "CREATE SEQUENCE tries",
            "CREATE FUNCTION lose_turn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF nextval('tries') <= {RETRIES_MAX} THEN RAISE EXCEPTION 'lost' USING ERRCODE = '40P01'; END IF; "
            "RETURN NEW; END $$",
            "CREATE TRIGGER turn_is_lost BEFORE INSERT ON codes FOR EACH ROW EXECUTE FUNCTION lose_turn()",
        ):
            await session.execute(text(statement))
    before = await newest(database)

    payload = await added(edit)

    assert (payload["userErrors"], payload["entry"]) == ([], before + 1)


async def test_messages_are_norwegian_for_who_asks_for_it(database):
    edit = asking(database, caller=Caller("editor", Role.EDITOR), language="nb")

    [error] = (await added(edit, system="0000"))["userErrors"]

    assert error["message"] == "Kodeverket 0000 finnes ikke"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDITOR])
async def test_nobody_but_an_editor_may_change_anything(database, role):
    context = Context(caller=Caller("x", role), now=NOW, database=database, objects=RegisterObjects())
    variables = {"system": "8666", "value": "KX99", "input": {"display": "x"}}
    result = await SCHEMA.execute(ADD, variable_values=variables, context_value=context)

    assert [(error.extensions or {})["code"] for error in result.errors or []] == ["FORBIDDEN"]
