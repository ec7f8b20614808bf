"""Bringing a database to the newest schema, and what migrations need beside alembic."""

from alembic import command, op
from alembic.config import Config
from sqlalchemy.util import await_only

from registers.core.folders import packaged_folder


def migrate(url: str, revision: str = "head") -> None:
    """Upgrades the database at `url`; does nothing when it is there. Not for use inside an event loop."""
    config = Config()
    config.set_main_option("script_location", str(packaged_folder("alembic")).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, revision)


def run_script(sql: str) -> None:
    """Runs several statements at once inside the migration's transaction (op.execute takes one)."""
    connection = op.get_bind()
    connection.exec_driver_sql("SELECT 1")  # the adapter opens its transaction with the first statement
    driver_connection = connection.connection.driver_connection
    assert driver_connection is not None
    await_only(driver_connection.execute(sql))
