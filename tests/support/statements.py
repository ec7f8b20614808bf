"""What is sent to the database, whichever way it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import event

from registers.database.database import Database
from registers.database.direct.session import DirectSession


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """Every statement sent meanwhile, transaction control and pings apart."""
    sent: list[str] = []
    send = DirectSession.send

    def note(connection, cursor, statement: str, *_) -> None:
        sent.append(statement)

    async def note_and_send(reading: DirectSession, prepared_statement, values):
        sent.append(prepared_statement.sql)
        return await send(reading, prepared_statement, values)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        with patch.object(DirectSession, "send", note_and_send):
            yield sent
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
