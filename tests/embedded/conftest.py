"""An embedded server of this folder's own, apart from the one that all other tests share."""

from collections.abc import Iterator

import pytest

from registers.embedded.postgres import EmbeddedPostgres


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One cluster for this folder; every test leaves it such that `start` works."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres") / "cluster")
    yield server
    server.stop()
