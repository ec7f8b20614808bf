"""One demo site for every test in this folder."""

from collections.abc import Iterator

import httpx
import pytest

from tests.api.demo_site import demo_app, served


@pytest.fixture(scope="session")
def site() -> Iterator[httpx.Client]:
    """A client of the demo site that prefers application/graphql-response+json."""
    headers = {"accept": "application/graphql-response+json", "content-type": "application/json"}
    with (
        served(demo_app()) as url,
        httpx.Client(base_url=url, headers=headers, timeout=30, trust_env=False) as client,
    ):
        yield client
