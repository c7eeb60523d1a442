"""The declared lists: which columns each kind has, and in which words. Read from the TOML files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from parsers.forms.definition import letters

ColumnType = Literal[
    "name", "whole-name", "birth", "date", "moment", "upn", "gender", "year", "laestab", "line",
]  # fmt: skip

KINDS = ("leavers", "rising-fives", "police", "on-roll", "enquiries")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a list may have. `rank` is the place of the words at its head among those declared: of two columns
    with the same name, the earlier words win (a legal surname before a preferred one)."""

    name: str
    type: ColumnType
    rank: int = 0


@dataclass(frozen=True)
class Kind:
    """A kind of list. `heads` gives the column for the letters of a head; `marks` are the columns that tell it from
    other lists, `titles` the words above it; `must` what a row cannot be worked with without."""

    name: str
    titles: tuple[str, ...]
    marks: frozenset[str]
    must: tuple[str, ...]
    heads: Mapping[str, Column]
    strange: frozenset[str]


@cache
def kinds() -> tuple[Kind, ...]:
    """Every declared kind, in the order in which a tie is broken by nobody."""
    common = _table("columns")
    return tuple(_kind(_table(name), common) for name in KINDS)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def _kind(declared: Mapping[str, Any], common: Mapping[str, Any]) -> Kind:
    heads: dict[str, Column] = {}
    for column in (*declared["column"], *common["column"]):
        for rank, label in enumerate(column["labels"]):
            heads.setdefault(letters(label), Column(column["name"], column["type"], rank))
    return Kind(
        declared["name"],
        tuple(declared["titles"]),
        frozenset(declared["marks"]),
        tuple(declared["must"]),
        heads,
        frozenset(letters(head) for head in common["strange"]),
    )
