"""Who is this child: the register is asked, and `bot.matching` says. One call for a form, a letter and a list's row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.cases.casework import Casework
from bot.matching import Child, Features, Known, Match, as_kept, match, sought
from bot.matching.described import child_of
from bot.register.rows import ChildRow


def find_child(work: Casework, fields: Mapping[str, Any]) -> Match:
    """The child of these fields (the forms' names) among all cases, open and closed. The register's columns tell all
    that is weighed, so that no case is read."""
    child = child_of(fields)
    return match(child, [_known(row) for row in candidates(work, child)])


def candidates(work: Casework, child: Child) -> list[ChildRow]:
    """The cases that the register's indexes find for that child."""
    return work.unit.candidates(sought(child))


def namesakes(work: Casework, child: Child) -> list[ChildRow]:
    """The same, and those of that surname whatever their birthday."""
    return list(dict.fromkeys([*candidates(work, child), *candidates(work, replace(child, date_of_birth=None))]))


def _known(row: ChildRow) -> tuple[Known, Features]:
    carers = tuple(row.carers.split("\n"))
    child = Child(
        row.surname, row.forenames, row.date_of_birth, row.upn, row.house, row.postcode, carers, row.other_surnames
    )
    return Known(row.ref, child, row.closed), as_kept(child, row.house, row.postcode)
