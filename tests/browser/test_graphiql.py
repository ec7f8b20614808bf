import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, Visit

pytestmark = pytest.mark.browser

QUERY_EDITOR = ".graphiql-query-editor"
TAB = ".graphiql-tab"


@pytest.fixture
def graphiql(visit: Visit, site_url: str) -> Page:
    """GraphiQL on a first visit, its schema fetched and its first tab ready to run."""
    page = visit.page
    with page.expect_response("**/graphql"):
        page.goto(f"{site_url}/graphiql")
    expect(page.locator(QUERY_EDITOR)).to_contain_text("query", timeout=PATIENCE_MS)
    return page


def text_of(page: Page, editor: str) -> str:
    """What an editor shows, with plain spaces (it draws indentation with no-break spaces)."""
    return page.locator(f"{editor} .view-lines").inner_text().replace("\xa0", " ")


def run(page: Page) -> str:
    """Press the execute button; the text of the answer."""
    page.locator(".graphiql-execute-button").click()
    expect(page.locator(".result-window")).to_contain_text('"data"', timeout=PATIENCE_MS)
    return text_of(page, ".result-window")


def offered_for(page: Page, typed: str) -> str:
    """Type into a new tab; the suggestions that appear. The schema reaches the editor's worker
    some time after the page does, so we ask again until it has."""
    page.locator(".graphiql-tab-add").click()
    page.locator(f"{QUERY_EDITOR} .view-lines").click()
    page.keyboard.type(typed)
    suggestions = page.locator(".suggest-widget.visible .monaco-list-row")
    for _ in range(PATIENCE_MS // 500):
        page.keyboard.press("Control+Space")
        page.wait_for_timeout(500)
        if suggestions.count():
            break
        page.keyboard.press("Escape")
    expect(suggestions.first).to_be_visible()
    return " ".join(suggestions.all_inner_texts())


def test_a_first_visit_opens_one_tab_per_example_and_lists_them(graphiql: Page, site_url: str):
    opening = graphiql.request.get(f"{site_url}/graphiql/tabs.json").json()

    expect(graphiql).to_have_title("registers")
    expect(graphiql.locator(TAB)).to_have_count(len(opening["tabs"]))
    titles = graphiql.locator(".examples li").all_inner_texts()
    assert titles == [tab["title"] for tab in opening["tabs"]]


def test_the_first_example_runs_and_its_answer_shows(graphiql: Page, screenshots: Path):
    answer = json.loads(run(graphiql))

    assert "errors" not in answer
    assert all(value is not None for value in answer["data"].values())
    graphiql.screenshot(path=screenshots / "graphiql.png")


def test_typing_offers_the_fields_of_the_schema(graphiql: Page, screenshots: Path):
    offered = offered_for(graphiql, "query { communi")

    graphiql.screenshot(path=screenshots / "graphiql-completion.png")
    assert "communicationParty" in offered


def test_no_request_leaves_the_service_and_the_browser_has_nothing_to_complain(
    graphiql: Page, visit: Visit, site_url: str
):
    run(graphiql)
    graphiql.get_by_role("button", name="Prettify query").click()
    for pane in ("Show Documentation Explorer", "Show History", "Show GraphiQL Explorer"):
        graphiql.get_by_role("button", name=pane).click()
    offered_for(graphiql, "{ ")

    origins = {urlsplit(url).netloc for url in visit.requested}
    assert origins == {urlsplit(site_url).netloc}
    assert visit.complaints == []


def test_what_a_user_typed_goes_away_with_the_session_and_a_token_is_never_kept(graphiql: Page):
    graphiql.get_by_role("button", name="Headers").click()
    graphiql.locator(".graphiql-editor-tool .view-lines").last.click()
    graphiql.keyboard.press("Control+A")
    graphiql.keyboard.insert_text('{ "X-Typed": "a-token-of-mine" }')
    run(graphiql)
    graphiql.wait_for_function("'graphiql:queries' in sessionStorage")

    graphiql.reload()
    expect(graphiql.locator(QUERY_EDITOR)).to_contain_text("query", timeout=PATIENCE_MS)

    kept = graphiql.evaluate("({ ...sessionStorage })")
    assert {"graphiql:tabState", "graphiql:queries"} <= kept.keys()
    assert "a-token-of-mine" not in json.dumps(kept)
    assert graphiql.evaluate("({ ...localStorage })") == {}
    assert graphiql.evaluate("indexedDB.databases()") == []
    assert graphiql.evaluate("document.cookie") == ""


def test_a_reload_keeps_the_tabs_of_the_session(graphiql: Page):
    tabs = graphiql.locator(TAB).count()
    graphiql.locator(f"{QUERY_EDITOR} .view-lines").click()
    graphiql.keyboard.press("Control+Home")
    graphiql.keyboard.insert_text("# mine\n")
    graphiql.wait_for_function("sessionStorage['graphiql:tabState']?.includes('# mine')")
    graphiql.wait_for_function("sessionStorage['graphiql:query']?.includes('# mine')")

    graphiql.reload()

    expect(graphiql.locator(QUERY_EDITOR)).to_contain_text("mine", timeout=PATIENCE_MS)
    expect(graphiql.locator(TAB)).to_have_count(tabs)


def test_a_closed_example_opens_again_from_the_list(graphiql: Page):
    tabs = graphiql.locator(TAB).count()
    query = text_of(graphiql, QUERY_EDITOR)
    graphiql.locator(".graphiql-tab-close").first.click()
    expect(graphiql.locator(TAB)).to_have_count(tabs - 1)

    graphiql.locator(".examples button").first.click()

    expect(graphiql.locator(TAB)).to_have_count(tabs)
    assert text_of(graphiql, QUERY_EDITOR) == query
