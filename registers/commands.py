"""What each command does, over the database that the settings name; without one, over the embedded server."""

import asyncio
import gc
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import uvicorn
from rich.console import Console

from registers.access import log as access_log
from registers.access.authentication.development import DevelopmentTokens
from registers.app import build_app, utc_now
from registers.changelog import repository as changelog
from registers.core.caller import Role
from registers.core.folders import packaged_folder
from registers.core.identifiers import HerId
from registers.core.validity import Instant
from registers.database.database import Database
from registers.database.migrations import migrate
from registers.embedded.owner import owned
from registers.embedded.postgres import EmbeddedPostgres
from registers.exchange.run.import_run import import_files
from registers.exchange.run.progress import console_progress, console_steps
from registers.exchange.run.report import FileReport, Report
from registers.logs import configure_logs
from registers.organisations.repository import organisations
from registers.quality.findings import EXAMPLES_DEFAULT, Finding, find, rules_named
from registers.seed import Scale, write
from registers.seed.bulk.load import BulkReport, load_norway
from registers.seed.files import OF_PEOPLE
from registers.seed.order import seed_paths
from registers.settings import Settings

COLLECT_AFTER = (10_000, 20, 50)  # allocations, and collections of the generation below
IMPORT_STATEMENT_SECONDS = 600  # a bulk statement may take minutes, a request never
BULK_STATEMENT_SECONDS = 1800  # a constraint over ten million rows


def database_url(settings: Settings) -> str:
    """DATABASE_URL, else the embedded server's, started if need be."""
    if settings.database_url is not None:
        return settings.require_database_url()
    return EmbeddedPostgres(settings.folder / "postgres").start()


@asynccontextmanager
async def opened(url: str, *, statement_seconds: int = IMPORT_STATEMENT_SECONDS) -> AsyncIterator[Database]:
    database = Database(url, statement_timeout_seconds=statement_seconds)
    try:
        yield database
    finally:
        await database.close()


class AddressInUse(Exception):
    """Nothing can listen on the address; the message names it and the reason."""


def serve(settings: Settings) -> None:
    """Runs until SIGINT or SIGTERM. The embedded database stops with it; one named by DATABASE_URL is left alone.

    Raises FolderInUse and AddressInUse before anything is started, so that a second one leaves the first alone.
    """
    configure_logs(settings)
    signal.signal(signal.SIGTERM, _exit)
    signal.signal(signal.SIGINT, _exit)
    with ExitStack() as cleanup:
        note_port = cleanup.enter_context(owned(settings.folder)) if settings.database_url is None else None
        listener = cleanup.enter_context(listening(settings.host, settings.port))
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        embedded = None
        if note_port is not None:
            note_port(settings.port)
            embedded = EmbeddedPostgres(settings.folder / "postgres")
            cleanup.callback(embedded.stop)
        url = database_url(settings)
        migrate(url)
        asyncio.run(seed_when_empty(settings, url))
        announce(settings, embedded)
        app = build_app(settings, Database(url))
        keep_collector_off_the_schema()
        uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listener])


def _exit(*_: object) -> None:
    """Ends `serve` where it is, and cleans up. While requests are served uvicorn has handlers of its own: they let the
    requests end and then raise the signal once more."""
    raise SystemExit(0)


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address and not yet accepting; port 0 = any free one. Raises AddressInUse."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressInUse(f"Cannot listen on {host}, port {port}: {error.strerror}") from error
    return listener


def keep_collector_off_the_schema() -> None:
    """Exempts the objects made so far from garbage collection: a full one would walk the whole schema, for 100 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def seed_when_empty(settings: Settings, url: str) -> None:
    """A development database without an organisation gets seed_data/."""
    if settings.environment != "development":
        return
    async with opened(url) as database:
        async with database.reading() as session:
            if await organisations.size(session, instant=Instant(utc_now())):
                return
        paths = seed_paths(packaged_folder("seed_data"))
        await import_files(database, paths, caller="seed", now=utc_now, progress=None)


def announce(settings: Settings, embedded: EmbeddedPostgres | None) -> None:
    """Prints where the service is, where its data lies, and a token for each role."""
    console = Console(file=sys.stderr, soft_wrap=True)
    base = f"http://{settings.host}:{settings.port}"
    console.print(f"[bold]registers[/bold] is serving\n  GraphiQL  {base}/graphiql\n  API       {base}/graphql")
    if embedded is not None:
        console.print(f"  data      {embedded.data}")
    if settings.environment == "development":
        tokens = DevelopmentTokens(settings.folder)
        console.print("  development tokens (Authorization: Bearer …), worth nothing elsewhere:")
        for role in Role:
            if role is not Role.ANONYMOUS:
                console.print(f"    {role.value:<10} {tokens.issue(role, now=utc_now())}", highlight=False)


def run_import(
    settings: Settings, paths: Sequence[Path], *, format: str | None, her_id: HerId | None, dry_run: bool
) -> Report:
    """Imports files. Migrates first, so that the first command on a new machine may be an import."""
    configure_logs(settings)
    url = database_url(settings)
    migrate(url)

    async def run() -> Report:
        async with opened(url) as database:
            with console_progress() as progress:
                return await import_files(
                    database,
                    paths,
                    format=format,
                    her_id=her_id,
                    dry_run=dry_run,
                    caller="import",
                    now=utc_now,
                    progress=progress,
                )

    return asyncio.run(run())


def write_seed(folder: Path, scale: Scale) -> list[Path]:
    """Writes the synthetic registers of a scale, in the order to import them."""
    folder.mkdir(parents=True, exist_ok=True)
    return write(folder, scale)


def run_seed(settings: Settings, scale: Scale) -> Report:
    """Makes the synthetic registers of a scale and imports them like any other file.

    Health personnel and GP lists of NORWAY go straight into the database: as files they would be gigabytes.
    """
    with tempfile.TemporaryDirectory(prefix="registers-seed-") as folder:
        paths = write_seed(Path(folder), scale)
        if scale is Scale.NORWAY:  # every scale holds the people of the smallest
            paths += [packaged_folder("seed_data") / f"{name}.ndjson" for name in OF_PEOPLE]
        report = run_import(settings, paths, format=None, her_id=None, dry_run=False)
    if scale is Scale.NORWAY:
        loaded = asyncio.run(_load_norway(database_url(settings)))
        report.files += [FileReport(name=name, read=rows, new=rows) for name, rows in loaded.rows.items()]
    return report


async def _load_norway(url: str) -> BulkReport:
    async with opened(url, statement_seconds=BULK_STATEMENT_SECONDS) as database:
        with console_steps() as steps:
            return await load_norway(database, now=utc_now, progress=steps)


async def examine(settings: Settings, rules: Sequence[str] | None) -> list[Finding]:
    """What breaks the rules of data quality now; `rules` = None for all. Raises BadInput for an unknown rule."""
    asked = rules_named(rules)
    async with opened(database_url(settings)) as database, database.reading() as session:
        return await find(session, asked, instant=Instant(utc_now()), examples=EXAMPLES_DEFAULT)


async def broken_links(settings: Settings) -> dict[str, int | None]:
    """For each of the two logs the first number that does not follow from its predecessor; None when all do."""
    async with opened(database_url(settings)) as database, database.reading() as session:
        return {
            "log": await changelog.broken_link(session),
            "access log": await access_log.broken_link(session),
        }
