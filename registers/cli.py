"""registers serve | migrate | seed | import | schema | token | check | doctor.

Verbs and options only; `commands.py` has what each verb does. It is imported when a verb runs, so that --help is quick.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from registers.exchange.run.report import Report

app = typer.Typer(
    name="registers",
    help="One GraphQL API over Norway's health administrative registers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
schema_commands = typer.Typer(help="The GraphQL schema as a contract.", no_args_is_help=True)
app.add_typer(schema_commands, name="schema")


class ScaleOption(Enum):
    """Sizes of the synthetic registers."""

    SMALL = "small"
    CITY = "city"
    NORWAY = "norway"


class RoleOption(Enum):
    """Roles a development token can have."""

    MESSAGING = "messaging"
    EHR = "ehr"
    GP_OFFICE = "gp-office"
    EDITOR = "editor"
    AUDITOR = "auditor"
    OPERATOR = "operator"


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 = any free one.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
) -> None:
    """Start everything: the database, migrations, seed data when empty, the API and GraphiQL.

    Exit status: 0 it was stopped, 2 the port is taken or another process serves from the folder.
    """
    from registers.commands import AddressInUse
    from registers.commands import serve as run
    from registers.embedded.owner import FolderInUse
    from registers.settings import Settings

    settings = Settings()
    given = {"port": port, "host": host}
    try:
        run(settings.model_copy(update={name: value for name, value in given.items() if value is not None}))
    except (AddressInUse, FolderInUse) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(2) from None


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from registers.commands import database_url
    from registers.database.migrations import migrate as upgrade
    from registers.settings import Settings

    upgrade(database_url(Settings()))
    typer.echo("The database has the newest schema.", err=True)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Files of the real registers; .gz too.", exists=True)],
    format: Annotated[str | None, typer.Option(help="Name of the format; left out: recognised.")] = None,
    her_id: Annotated[int | None, typer.Option(help="HER-id that certificates without one belong to.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what would change; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON on standard output.")] = False,
) -> None:
    """Take in files in the formats that the real registers speak.

    Exit status: 0 all went in, 1 something was refused, 2 a file is in no known format, 3 the database is away.
    """
    from registers.commands import run_import
    from registers.core.identifiers import parse_her_id
    from registers.settings import Settings

    with exit_3_when_database_unavailable():
        report = run_import(
            Settings(),
            files,
            format=format,
            her_id=parse_her_id(her_id) if her_id is not None else None,
            dry_run=dry_run,
        )
    show(report, as_json)


@app.command()
def seed(
    scale: Annotated[ScaleOption, typer.Option(help="How much to make.")] = ScaleOption.SMALL,
    write: Annotated[Path | None, typer.Option(help="Only write the files into this folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON on standard output.")] = False,
) -> None:
    """Make synthetic registers, always the same ones, and take them in like any other file."""
    from registers.commands import run_seed, write_seed
    from registers.seed.sources.scale import Scale
    from registers.settings import Settings

    size = Scale[scale.name]
    if write is not None:
        for path in write_seed(write, size):
            typer.echo(path)
        return
    with exit_3_when_database_unavailable():
        report = run_seed(Settings(), size)
    show(report, as_json)


@schema_commands.command("print")
def schema_print() -> None:
    """Print the schema in SDL."""
    from registers.schema import sdl

    typer.echo(sdl(), nl=False)


@schema_commands.command("export")
def schema_export(
    check: Annotated[bool, typer.Option("--check", help="Only check whether the file is current.")] = False,
) -> None:
    """Write graphql/schema.graphql and the rules in graphql/README.md, or check whether they are current (exit status 1
    when not)."""
    from registers.core.folders import packaged_folder
    from registers.published_rules import with_table
    from registers.schema import sdl

    folder = packaged_folder("graphql")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for path, text in ((folder / "schema.graphql", sdl()), (folder / "README.md", with_table(readme))):
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            typer.echo(f"graphql/{path.name} is not current: run `registers schema export`", err=True)
            raise typer.Exit(1)


@app.command()
def token(role: Annotated[RoleOption, typer.Argument(help="What the caller is.")]) -> None:
    """Print a development token. Worth nothing outside this machine."""
    from registers.access.authentication.development import DevelopmentTokens
    from registers.app import utc_now
    from registers.core.caller import Role
    from registers.settings import Settings

    typer.echo(DevelopmentTokens(Settings().folder).issue(Role(role.value), now=utc_now()))


@app.command()
def check() -> None:
    """Recompute the chains of hashes of the log and of the access log; exit status 1 when a link is broken."""
    from registers.commands import broken_links
    from registers.settings import Settings

    broken = asyncio.run(broken_links(Settings()))
    for name, number in broken.items():
        whole = number is None
        typer.echo(f"The {name} is whole." if whole else f"The {name} is broken at number {number}.", err=not whole)
    if any(number is not None for number in broken.values()):
        raise typer.Exit(1)


@app.command()
def doctor(
    rule: Annotated[list[str] | None, typer.Option(help="Only this rule, e.g. R-DQ-001; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON on standard output.")] = False,
) -> None:
    """Look for what is wrong in the registers, and name what mends it.

    Exit status: 0 nothing was found, 1 something was, 2 there is no such rule.
    """
    from rich.console import Console

    from registers.commands import examine
    from registers.core.errors import BadInput
    from registers.quality.report import render, to_json
    from registers.settings import Settings

    try:
        findings = asyncio.run(examine(Settings(), rule or None))
    except BadInput as refused:
        raise typer.BadParameter(refused.message) from None
    if as_json or not sys.stdout.isatty():
        typer.echo(json.dumps(to_json(findings), ensure_ascii=False, indent=2))
    else:
        render(findings, Console())
    raise typer.Exit(1 if any(finding.count for finding in findings) else 0)


@contextmanager
def exit_3_when_database_unavailable() -> Iterator[None]:
    from registers.core.errors import DatabaseUnavailable
    from registers.database.unavailable import raises_unavailable

    try:
        with raises_unavailable():
            yield
    except DatabaseUnavailable as unavailable:
        typer.echo(unavailable.message, err=True)
        raise typer.Exit(3) from unavailable


def show(report: "Report", as_json: bool) -> None:
    """Prints the report, as a table on a terminal, as JSON where asked for or piped; exits with its status."""
    from rich.console import Console

    if as_json or not sys.stdout.isatty():
        typer.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        report.render(Console())
    raise typer.Exit(report.exit_code)


if __name__ == "__main__":
    app()
