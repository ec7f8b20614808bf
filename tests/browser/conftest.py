"""A real browser against a real server: Debian's chromium, driven by playwright."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright

from registers.app import build_app
from registers.database.database import Database
from registers.settings import Settings
from tests.api.demo_site import served

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
SCREEN = ViewportSize(width=1440, height=900)  # pixels
PATIENCE_MS = 30_000  # the editor is large, and the machine may be busy


@pytest.fixture(scope="session")
def site_url(seeded_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service answers over seed_data, without a slash at the end: http://127.0.0.1:<port>."""
    settings = Settings(folder=tmp_path_factory.mktemp("site"))
    with served(build_app(settings, Database(seeded_url))) as url:
        yield url


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Playwright knows asyncio only. Its sync face runs on greenlets, which upset Python 3.11."""
    return "asyncio"


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        pytest.skip(f"no browser on this machine: none of {', '.join(CHROMIUM_NAMES)}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        await browser.close()


@dataclass
class Visit:
    """One browser session: its page, every address it asked, every complaint it made."""

    page: Page
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
async def visit(browser: Browser) -> AsyncIterator[Visit]:
    """A session with nothing stored. Requests of workers and WebSockets are counted too."""
    context = await browser.new_context(viewport=SCREEN)
    context.set_default_timeout(PATIENCE_MS)
    visit = Visit(await context.new_page())

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.complaints.append(message.text)

    context.on("request", lambda request: visit.requested.append(request.url))
    context.on("console", heard)
    visit.page.on("websocket", lambda socket: visit.requested.append(socket.url))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    await context.close()


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """The folder for pictures: REGISTERS_SCREENSHOTS when it is set, else the test's own."""
    folder = Path(os.environ.get("REGISTERS_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
