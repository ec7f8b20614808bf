"""A new editor changes an address in GraphiQL: four clicks on the examples, each run by Ctrl+Enter."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from registers.app import build_app
from registers.database.database import Database
from registers.settings import Settings
from tests.api.demo_site import served
from tests.browser.conftest import PATIENCE_MS, Visit

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

NAMING_MS = 1_500  # GraphiQL reads the name of a tab's operation some time after the tab is shown
STEPS = ("1 of 4", "2 of 4", "3 of 4", "4 of 4")
NEW = "post@legekontor-8000023.example.invalid"
OLD = "edi@legekontor-8000023.example.invalid"


@pytest.fixture
def site(copied_url: str, tmp_path: Path) -> Iterator[str]:
    with served(build_app(Settings(folder=tmp_path), Database(copied_url))) as url:
        yield url


async def run_example(page: Page, title: str) -> str:
    """One click on the example, then the keys that run it; the text of the answer."""
    await page.locator(".examples button", has_text=title).click()
    await expect(page.locator(".graphiql-query-editor")).to_contain_text(title)
    await page.locator(".graphiql-query-editor textarea, .graphiql-query-editor .native-edit-context").first.focus()
    await page.wait_for_timeout(NAMING_MS)
    async with page.expect_response("**/graphql") as answered:
        await page.keyboard.press("Control+Enter")
    return await (await answered.value).text()


async def test_an_address_is_changed_with_four_clicks(visit: Visit, site: str, screenshots: Path):
    page = visit.page
    async with page.expect_response("**/graphql"):
        await page.goto(f"{site}/graphiql")
    await expect(page.locator(".graphiql-query-editor")).to_contain_text("query", timeout=PATIENCE_MS)

    before, tried, changed, history = [await run_example(page, step) for step in STEPS]

    await page.screenshot(path=screenshots / "graphiql-editing.png")
    assert OLD in before
    assert '"inherited":true' in tried.replace(" ", "")
    assert NEW in tried
    assert '"userErrors":[]' in changed.replace(" ", "")
    assert f'"ediAddress":"{NEW}"' in history.replace(" ", "")
    assert '"reason":"Nyttmottak"' in history.replace(" ", "")
    assert OLD in history
