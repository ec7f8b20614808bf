"""Bringing a database to the newest schema, and what migrations need beside alembic."""

from importlib.resources import files
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from sqlalchemy.util import await_only

import registers

MIGRATION_PACKAGED = Path(str(files(registers))) / "_migrations"
MIGRATION_CHECKOUT = Path(str(files(registers))).parent / "alembic"


def script_location() -> Path:
    """The migrations: in the wheel beside the code, in a checkout at its top."""
    return MIGRATION_PACKAGED if MIGRATION_PACKAGED.exists() else MIGRATION_CHECKOUT


def migrate(url: str, revision: str = "head") -> None:
    """Upgrades the database at `url`; does nothing when it is there. Not for use inside an event loop."""
    config = Config()
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, revision)


def run_script(sql: str) -> None:
    """Runs several statements at once inside the migration's transaction (op.execute takes one)."""
    connection = op.get_bind()
    connection.exec_driver_sql("SELECT 1")  # the adapter opens its transaction with the first statement
    driver_connection = connection.connection.driver_connection
    assert driver_connection is not None
    await_only(driver_connection.execute(sql))
