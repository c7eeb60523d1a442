"""docs/reference/commands.md, from the commands' own help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from bot.cli import all_commands
from docs.tables import MADE, code, grid


def page() -> str:
    parts = [MADE, "# Commands\n", _INTRO]
    for name, command in _commands(typer.main.get_command(all_commands()), ""):
        parts.append(_section(name, command))
    return "\n".join(parts)


def _commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something; a group's own are named after it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for own, one in sorted(inner.items()):
        yield from _commands(one, f"{name} {own}".strip())


def _section(name: str, command: Any) -> str:
    said, _, example = (command.help or "").partition("Example:")
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and "--help" not in p.opts]
    usage = " ".join(["cmebot", name, *(["[OPTIONS]"] if options else []), *(_argument(p) for p in arguments)])
    lines = [f"## cmebot {name}\n", f"{' '.join(said.split())}\n", f"```\n{usage}\n```\n"]
    if arguments or options:
        rows = [(f"`{_argument(p)}`", p.help or "") for p in arguments]
        rows += [(code(p.opts), p.help or "") for p in options]
        lines.append(grid(("word", "means"), rows))
    if example:
        lines.append(f"Example:\n\n```sh\n{' '.join(example.split())}\n```\n")
    return "\n".join(lines)


def _argument(param: Any) -> str:
    name = str(param.name).upper()
    name = f"{name}..." if param.nargs != 1 else name
    return name if param.required else f"[{name}]"


_INTRO = """\
`cmebot -c CONFIG COMMAND`: the configuration stands before the command. `cmebot --help` lists the commands, and every
command has `--help`.

| exit code | means |
| --- | --- |
| 0 | Done. Also when a mail waits in quarantine: that is in the digest. |
| 1 | Something failed that a retry or a person must mend. |
| 2 | Wrong usage or configuration. The message says where, and what to mend. |

A time without a zone is London time. `--json` prints JSON for programs.
"""
