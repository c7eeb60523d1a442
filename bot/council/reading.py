"""A pack is read once for a process, and again when one of its files has changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from outbound.wording import Wording, load_wording
from parsers.answers import Says, load_says
from rules import Pack, load_pack
from rules.calendar import Terms
from rules.packfile import PACKS, pack_tables

Stamp = tuple[tuple[str, int, int], ...]
"""Of each file its path, when it was written, and its size."""
_KEPT = 4


def read_pack(name: str, folder: Path, terms: Mapping[str, Terms]) -> Pack:
    """As `load_pack`. Raises BadPack."""
    return _pack(name, folder, _stamp(folder), tuple(sorted(terms.items(), key=lambda one: one[0])))


def read_wording(name: str, folder: Path) -> Wording:
    return _wording(name, folder, _stamp(folder))


def read_says(name: str, folder: Path) -> Says:
    return _says(name, folder, _stamp(folder))


def _stamp(folder: Path) -> Stamp:
    found = sorted(path for home in {folder, PACKS} for path in home.rglob("*.toml"))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path in found for stat in (path.stat(),))


@lru_cache(_KEPT)
def _pack(name: str, folder: Path, stamp: Stamp, terms: tuple[tuple[str, Terms], ...]) -> Pack:
    return load_pack(name, folder=folder, school_terms=dict(terms))


@lru_cache(_KEPT)
def _wording(name: str, folder: Path, stamp: Stamp) -> Wording:
    return load_wording(pack_tables(name, "wording.toml", folder))


@lru_cache(_KEPT)
def _says(name: str, folder: Path, stamp: Stamp) -> Says:
    return load_says(pack_tables(name, "says.toml", folder))
