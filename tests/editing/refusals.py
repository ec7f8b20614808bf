"""A request for each rule of every edit, made with codes."""

from uuid import uuid4

from sqlalchemy import text

from tests.support.edits.codes import added, retired
from tests.support.provoking import provokes


@provokes("R-LOG-001")
async def somebody_was_quicker(edit, database):
    return await retired(edit, "KX17", 0)


@provokes("R-LOG-002")
async def key_of_another_request(edit, database):
    key = str(uuid4())
    async with database.writing() as session:
        await session.execute(
            text(
                "INSERT INTO idempotency_keys (caller, key, operation, request, result, entry, at) "
                "VALUES ('development-editor', CAST(:key AS uuid), 'codeAdd', '', '{}', 1, now())"
            ),
            {"key": key},
        )
    return await added(edit, key=key)


@provokes("R-LOG-003")
async def turn_always_lost(edit, database):
    async with database.writing() as session:
        await session.execute(
            text(
                "CREATE FUNCTION lose_turn() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END $$"
            )
        )
        await session.execute(
            text("CREATE TRIGGER turn_is_lost BEFORE INSERT ON codes FOR EACH ROW EXECUTE FUNCTION lose_turn()")
        )
    return await added(edit)


@provokes("R-LOG-005")
async def empty_text(edit, database):
    return await added(edit, display="  ")


@provokes("R-LOG-006")
async def long_text(edit, database):
    return await added(edit, display="x" * 201)


@provokes("R-LOG-007")
async def half_a_character(edit, database):
    return await added(edit, display="x\ud800")


@provokes("R-LOG-008")
async def national_id_as_reason(edit, database):
    return await added(edit, reason="etter ønske fra 01810112345")
