"""A real browser against a real server: Debian's chromium, driven by playwright."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREEN = {"width": 1440, "height": 900}  # pixels
PATIENCE_MS = 30_000  # the editor is large, and the machine may be busy


@pytest.fixture(scope="session")
def site_url() -> str:
    """Where a running service answers, without a slash at the end: http://127.0.0.1:<port>.

    The service has seed data, serves /graphiql with its tabs, and answers /graphql for the headers
    those tabs carry. This is the only place that says which service the browser visits.
    """
    url = os.environ.get("REGISTERS_SITE_URL")
    if not url:
        pytest.skip("REGISTERS_SITE_URL names no running service")
    return url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        pytest.skip(f"no browser on this machine: none of {', '.join(CHROMIUM_NAMES)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One browser session: its page, every address it asked, every complaint it made."""

    page: Page
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A session with nothing stored. Requests of workers and WebSockets are counted too."""
    context = browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(context.new_page())

    def asked(request: Request) -> None:
        visit.requested.append(request.url)

    context.on("request", asked)
    visit.page.on("websocket", lambda socket: visit.requested.append(socket.url))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    context.on(
        "console",
        lambda message: (
            visit.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    yield visit
    context.close()


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """The folder for pictures: REGISTERS_SCREENSHOTS when it is set, else the test's own."""
    folder = Path(os.environ.get("REGISTERS_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
