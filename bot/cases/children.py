"""Who is this child: the register is asked, and `bot.matching` says. One call for a form, a letter and a list's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.cases.casework import Casework
from bot.matching import Child, Kept, Match, match, sought
from bot.matching.described import child_of


def find_child(work: Casework, fields: Mapping[str, Any]) -> Match:
    """The child of these fields (the forms' names) among all cases, open and closed. The register's columns tell all
    that is weighed, so that no case is read."""
    child = child_of(fields)
    return match(child, candidates(work, child))


def candidates(work: Casework, child: Child) -> list[Kept]:
    """The cases that the register's indexes find for that child."""
    return work.unit.candidates(sought(child))


def namesakes(work: Casework, child: Child) -> list[Kept]:
    """The same, and those of that surname whatever their birthday."""
    return list(dict.fromkeys([*candidates(work, child), *candidates(work, replace(child, date_of_birth=None))]))
