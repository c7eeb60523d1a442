"""The command before the commands: what `cmebot` is called with whatever it is to do. Each module adds its commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="cmebot",
    help="A colleague in the inbox of a council's Children Missing Education team.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


class State:
    """What the options before the command say."""

    config: Path = Path("config.toml")


@app.callback()
def _options(
    config: Annotated[Path, typer.Option("--config", "-c", help="The configuration file.")] = Path("config.toml"),
) -> None:
    State.config = config
