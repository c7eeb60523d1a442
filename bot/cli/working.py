"""The commands that do the work: init, once, run, demo, db upgrade."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.root import Json, State, app


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="A new folder.")]) -> None:
    """Write a working sandbox: a made-up county on SQLite and Maildirs.

    Example: cmebot init sandbox
    """
    from bot.config.sandbox import write_sandbox
    from bot.running.startup import make_register

    write_sandbox(folder)
    make_register(folder / "config.toml")
    print(f"A sandbox is in {folder}. Drop mails into {folder}/mail/*/new, then: cmebot -c {folder}/config.toml once")


@app.command()
def once(
    at: Annotated[str, typer.Option("--at", help="The clock, for a sandbox: 2014-11-06T10:00 (London).")] = "",
    as_json: Json = False,
) -> None:
    """Poll every mailbox, do what is due, send, and exit.

    Example: cmebot -c sandbox/config.toml once --at 2014-11-06T10:00
    """
    from bot.running.startup import run_once

    result = run_once(State.config, at)
    if as_json:
        print(
            json.dumps(
                {"at": result.at.isoformat(), "taken": result.taken, "sent": result.sent, "troubles": result.troubles}
            )
        )
    else:
        print(f"{result.taken} mail{'' if result.taken == 1 else 's'} taken in, {result.sent} sent.")
    for trouble in result.troubles:
        typer.echo(f"cmebot: {trouble}", err=True)
    raise SystemExit(1 if result.troubles else 0)


@app.command()
def run() -> None:
    """Run the daemon: poll, do what is due, send, and write the digests, until it is told to end.

    Example: cmebot -c /etc/cmebot/config.toml run
    """
    from bot.running.daemon import run_daemon

    run_daemon(State.config)


@app.command()
def demo(folder: Annotated[Path, typer.Argument(help="Where to leave what it made.")] = Path("demo")) -> None:
    """Play whole cases from real mails, time running fast, and leave a page that shows every mail.

    Example: cmebot demo demo
    """
    from bot.demo import play

    play(folder)


database = typer.Typer(help="The register's tables.", no_args_is_help=True)
app.add_typer(database, name="db")


@database.command()
def upgrade() -> None:
    """Bring the register's tables to this version.

    Example: cmebot -c config.toml db upgrade
    """
    from bot.running.startup import make_register

    make_register(State.config)
    print("The register is up to date.")
