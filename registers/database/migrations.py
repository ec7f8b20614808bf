"""Bringing a database to the newest schema."""

from alembic import command
from alembic.config import Config

from registers.core.folders import packaged_folder


def migrate(url: str, revision: str = "head") -> None:
    """Upgrades the database at `url`; does nothing when it is there. Not for use inside an event loop."""
    config = Config()
    config.set_main_option("script_location", str(packaged_folder("alembic")).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, revision)
