"""On which line of a pack's file a fault lies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

Loc = Sequence[str | int]
"""The way to a value, as pydantic gives it: `("pathway", "hub", "rule", 2, "cite")`."""
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"\s*(\"[^\"]+\"|[\w.-]+)\s*=")
_PART = re.compile(r"\"[^\"]*\"|'[^']*'|[^.\s\"']+")
_ID = re.compile(r"\s*id\s*=\s*\"([^\"]+)\"")


def line_of(text: str, loc: Loc) -> int:
    """The first line that goes furthest along that way: the key, else its table; 1 where nothing of it is there."""
    best, at = 0, 1
    for number, path in _paths(text):
        shared = _shared(path, loc)
        if shared > best:
            best, at = shared, number
    return at


def line_named(text: str, kind: str, name: str) -> int:
    """The line of the rule, the occasion or the law of that id, or of `[kind.name]`."""
    for number, line in enumerate(text.splitlines(), 1):
        if (match := _ID.match(line)) and match[1] == name:
            return number
    return line_of(text, (kind, name))


def _paths(text: str) -> Iterator[tuple[int, tuple[str | int, ...]]]:
    """Each line that begins a table or sets a key, and the way to it."""
    table: tuple[str | int, ...] = ()
    many: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = _names(header[2])
            table = (*names, many[names]) if header[1] == "[[" else names
            many[names] += header[1] == "[["
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_names(key[1]))


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(text))


def _shared(path: Loc, loc: Loc) -> int:
    count = 0
    for here, there in zip(path, loc, strict=False):
        if here != there:
            break
        count += 1
    return count
