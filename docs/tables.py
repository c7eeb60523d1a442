"""Markdown tables, and types and defaults as a person writes them in TOML."""

from __future__ import annotations

import tomllib
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, Literal

HOME = Path(__file__).parent
MADE = "<!-- Made from the code by `python -m docs.make`: change the code, not this page. -->\n"

_PLAIN: Mapping[object, str] = {
    str: "text", int: "number", bool: "true or false", date: "date", time: "time", Path: "path", Any: "any",
}  # fmt: skip


class Unexplained(LookupError):
    """A key of the code that docs/meanings.toml does not explain, or explains though it is gone."""


def meanings(table: str, keys: Iterable[str]) -> dict[str, str]:
    """What each key of that table means. Raises Unexplained: say it in docs/meanings.toml."""
    known: dict[str, str] = tomllib.loads((HOME / "meanings.toml").read_text("utf-8")).get(table, {})
    names = set(keys)
    if odd := sorted(names ^ set(known)):
        raise Unexplained(f"docs/meanings.toml, [{table}] and the code disagree on: {', '.join(odd)}")
    return known


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar or a line break within a cell is written so that it stays one cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(c) for c in line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or " "


def code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def type_words(kind: Any, linked: Mapping[Any, str]) -> str:
    """A type as TOML knows it; `linked` says what the tables of our own are called."""
    if kind in linked:
        return linked[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return type_words(inner[0], linked)
    if origin is Literal:
        return " or ".join(f'`"{value}"`' for value in inner)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(type_words(one, linked) for one in inner if one is not type(None)))
    if origin is dict and inner[1] is Any:
        return "table"
    if origin is dict:
        return f"table of {type_words(inner[1], linked)}"
    if origin in (list, tuple):
        some = [one for one in inner if one is not Ellipsis]
        return "text or list" if some[0] is Any else f"list of {type_words(some[0], linked)}"
    return _PLAIN[kind]


def default_words(value: object) -> str:
    """A default as TOML writes it; nothing where it is empty or a table of defaults."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | time):
        return f"`{value}`"
    if isinstance(value, str | Path) and str(value):
        return f'`"{value}"`'
    return ""
