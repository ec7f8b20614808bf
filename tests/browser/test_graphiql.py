import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, Visit
from tests.support import known

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

QUERY_EDITOR = ".graphiql-query-editor"
RESPONSE = ".result-window"
TAB = ".graphiql-tab"
ASKING_AGAIN_MS = 500


@pytest.fixture
async def graphiql(visit: Visit, site_url: str) -> Page:
    """GraphiQL on a first visit, its schema fetched and its first tab ready to run."""
    page = visit.page
    async with page.expect_response("**/graphql"):
        await page.goto(f"{site_url}/graphiql")
    await expect(page.locator(QUERY_EDITOR)).to_contain_text("query", timeout=PATIENCE_MS)
    return page


async def text_of(page: Page, editor: str) -> str:
    """What an editor shows, with plain spaces (it draws indentation with no-break spaces)."""
    return (await page.locator(f"{editor} .view-lines").inner_text()).replace("\xa0", " ")


async def run(page: Page) -> str:
    """Press the execute button; the text of the answer."""
    await page.locator(".graphiql-execute-button").click()
    await expect(page.locator(RESPONSE)).to_contain_text('"data"', timeout=PATIENCE_MS)
    return await text_of(page, RESPONSE)


async def stored(page: Page, key: str, *, containing: str) -> None:
    """Wait until the session holds `containing` under `key`: GraphiQL stores with a delay, and the
    policy forbids the eval that playwright's own waiting for a function needs."""
    for _ in range(PATIENCE_MS // ASKING_AGAIN_MS):
        if containing in (await page.evaluate("key => sessionStorage.getItem(key) ?? ''", key)):
            return
        await page.wait_for_timeout(ASKING_AGAIN_MS)
    pytest.fail(f"{key} never held {containing!r}")


async def offered_for(page: Page, typed: str) -> str:
    """Type into a new tab; the suggestions that appear. The schema reaches the editor's worker
    some time after the page has it, so we ask again until it has."""
    await page.locator(".graphiql-tab-add").click()
    await page.locator(f"{QUERY_EDITOR} .view-lines").click()
    await page.keyboard.type(typed)
    suggestions = page.locator(".suggest-widget.visible .monaco-list-row")
    for _ in range(PATIENCE_MS // ASKING_AGAIN_MS):
        await page.keyboard.press("Control+Space")
        await page.wait_for_timeout(ASKING_AGAIN_MS)
        if await suggestions.count():
            break
        await page.keyboard.press("Escape")
    return " ".join(await suggestions.all_inner_texts())


async def test_a_first_visit_opens_one_tab_per_example_and_lists_them(graphiql: Page, site_url: str):
    opening = await (await graphiql.request.get(f"{site_url}/graphiql/tabs.json")).json()

    await expect(graphiql).to_have_title("registers")
    await expect(graphiql.locator(TAB)).to_have_count(len(opening["tabs"]))
    titles = await graphiql.locator(".examples li").all_inner_texts()
    assert titles == [tab["title"] for tab in opening["tabs"]]


async def test_the_first_example_runs_and_its_answer_shows(graphiql: Page, screenshots: Path):
    shown = await run(graphiql)  # what is on the screen: a long answer is cut off below

    await graphiql.screenshot(path=screenshots / "graphiql.png")
    assert '"errors"' not in shown
    assert f'"herId": {known.EXAMPLE_GP}' in shown
    assert f'"herId": {known.EXAMPLE_OFFICE}' in shown


async def test_typing_offers_the_fields_of_the_schema(graphiql: Page, screenshots: Path):
    offered = await offered_for(graphiql, "query { communi")

    await graphiql.screenshot(path=screenshots / "graphiql-completion.png")
    assert "communicationParty" in offered


async def test_no_request_leaves_the_service_and_the_browser_has_nothing_to_complain_about(
    graphiql: Page, visit: Visit, site_url: str
):
    await run(graphiql)
    await graphiql.get_by_role("button", name="Prettify query").click()
    for pane in ("Show Documentation Explorer", "Show History", "Show GraphiQL Explorer"):
        await graphiql.get_by_role("button", name=pane).click()
    await offered_for(graphiql, "{ ")

    origins = {urlsplit(url).netloc for url in visit.requested if not url.startswith("data:")}
    assert origins == {urlsplit(site_url).netloc}
    assert visit.complaints == []


async def test_a_session_leaves_nothing_behind_and_a_token_is_never_kept(graphiql: Page):
    await graphiql.get_by_role("button", name="Headers").click()
    await graphiql.locator(".graphiql-editor-tool .view-lines:visible").click()
    await graphiql.keyboard.press("Control+A")
    await graphiql.keyboard.type('{ "X-Typed": "a-token-of-mine" ')  # the editor closes the brace
    async with graphiql.expect_request("**/graphql") as asked:
        await graphiql.locator(".graphiql-execute-button").click()
    await stored(graphiql, "graphiql:queries", containing="query")
    await stored(graphiql, "graphiql:tabState", containing="query")

    await graphiql.reload()
    await expect(graphiql.locator(QUERY_EDITOR)).to_contain_text("query", timeout=PATIENCE_MS)

    remaining = await graphiql.evaluate("({ ...sessionStorage })")
    assert (await asked.value).headers["x-typed"] == "a-token-of-mine"
    assert "graphiql:tabState" in remaining
    assert "a-token-of-mine" not in json.dumps(remaining)
    assert await graphiql.evaluate("({ ...localStorage })") == {}
    assert await graphiql.evaluate("indexedDB.databases()") == []
    assert await graphiql.evaluate("document.cookie") == ""


async def test_a_reload_keeps_the_tabs_of_the_session(graphiql: Page):
    tabs = await graphiql.locator(TAB).count()
    await graphiql.locator(f"{QUERY_EDITOR} .view-lines").click()
    await graphiql.keyboard.press("Control+Home")
    await graphiql.keyboard.insert_text("# mine\n")
    await stored(graphiql, "graphiql:tabState", containing="# mine")
    await stored(graphiql, "graphiql:query", containing="# mine")

    await graphiql.reload()

    await expect(graphiql.locator(QUERY_EDITOR)).to_contain_text("mine", timeout=PATIENCE_MS)
    await expect(graphiql.locator(TAB)).to_have_count(tabs)


async def test_a_closed_example_opens_again_from_the_list(graphiql: Page):
    tabs = await graphiql.locator(TAB).count()
    query = await text_of(graphiql, QUERY_EDITOR)
    await graphiql.locator(".graphiql-tab-close").first.click()
    await expect(graphiql.locator(TAB)).to_have_count(tabs - 1)

    await graphiql.locator(".examples button").first.click()

    await expect(graphiql.locator(TAB)).to_have_count(tabs)
    assert await text_of(graphiql, QUERY_EDITOR) == query
