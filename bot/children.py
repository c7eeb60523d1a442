"""Who is this child: the register is asked, and `bot.matching` says. One call for a form, a letter and a list's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.casework import Casework
from bot.matching import Child, Index, Known, Match, match, name_key, near, possible
from bot.register.rows import ChildRow
from rules.case import FOLD_VERSION
from rules.folded import unpack_facts

_BETWEEN_CARERS = re.compile(r"\s*(?:[,;/&\n]|\band\b)\s*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def find_child(work: Casework, fields: Mapping[str, Any]) -> Match:
    """The child of these fields (the forms' names) among all cases, open and closed."""
    child = child_of(fields)
    rows = possible(child, [Known(row.ref, _of_row(row), row.closed) for row in candidates(work, child)])
    return match(child, [Known(row.ref, child_of(work.case(row.ref).facts), row.closed) for row in rows])


def find_children(work: Casework, rows: list[Mapping[str, Any]]) -> list[Match]:
    """The same for each row of a list. All cases are read once: 5,000 rows take seconds, not minutes."""
    index = Index(known_children(work))
    return list(index.match_all(child_of(row) for row in rows))


def known_children(work: Casework) -> Iterator[Known]:
    """Every child that has a case, newest first."""
    for row in work.unit.cases():
        current = row.fold is not None and row.fold_version == FOLD_VERSION
        facts = unpack_facts(row.fold) if current and row.fold else work.case(row.ref).facts
        yield Known(row.ref, child_of(facts), row.state == "closed")


def candidates(work: Casework, child: Child) -> list[ChildRow]:
    """The cases that the register's indexes find for that child."""
    words = (child.surname, child.other_surnames, *re.split(r"[\s-]+", child.surname), child.forenames)
    surnames = dict.fromkeys(key for word in words if (key := name_key(word)))
    born = tuple(near(child.date_of_birth)) if child.date_of_birth else ()
    return work.unit.candidates(tuple(surnames), born, child.upn)


def child_of(fields: Mapping[str, Any]) -> Child:
    """Who a form's fields, or a case's facts, are about."""

    def text(name: str) -> str:
        return str(fields.get(name) or "")

    born = text("child.date_of_birth")
    return Child(
        surname=text("child.surname"),
        forenames=text("child.forenames"),
        date_of_birth=date.fromisoformat(born) if _DATE.fullmatch(born) else None,
        upn=text("child.upn"),
        address=text("address.last_known"),
        postcode=text("address.postcode"),
        carers=tuple(_carers(fields)),
        other_surnames=text("child.other_surnames"),
    )


def _carers(fields: Mapping[str, Any]) -> Iterator[str]:
    yield from filter(None, _BETWEEN_CARERS.split(str(fields.get("carers") or "")))
    for one in ("carer_1", "carer_2"):
        name = " ".join(str(fields[f"{one}.{part}"]) for part in ("forename", "surname") if fields.get(f"{one}.{part}"))
        if name:
            yield name


def _of_row(row: ChildRow) -> Child:
    return Child(row.surname, row.forenames, row.date_of_birth, row.upn)
