"""`alembic check` over an embedded database: the models and the migrations tell the same story, up and down."""

import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from registers.core.folders import packaged_folder
from registers.embedded.postgres import EmbeddedPostgres


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="registers-check-") as folder:
        server = EmbeddedPostgres(Path(folder))
        try:
            config = Config()
            config.set_main_option("script_location", str(packaged_folder("alembic")))
            config.attributes["url"] = server.start()
            command.upgrade(config, "head")
            command.check(config)
            command.downgrade(config, "base")
            command.upgrade(config, "head")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
