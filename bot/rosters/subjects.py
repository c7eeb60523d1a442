"""A list, or a question about rows of it, as a subject: how it begins, and how its rows are told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.cases.casework import Casework, Origin
from bot.register.rows import ListRow
from parsers.rosters.answers import code_of
from rules.calendar import LONDON


def told(row: ListRow, **more: str) -> dict[str, Any]:
    """The row as an event holds it."""
    return {"row": code_of(row.line), "n": row.n, "mail": row.mail_id, "fields": dict(row.fields), **more}


def begin(work: Casework, kind: str, event: str, values: Mapping[str, Any], origin: Origin, school: str = "") -> str:
    """A new subject, with its first event."""
    ref = work.unit.new_list_reference(work.now.year)
    facts = {"form": "list", "list": kind, **({"school": school} if school else {})}
    work.begin(ref)
    work.note(ref, event, {"list": kind, "fields": facts, **values}, origin)
    return ref


def origin_of(work: Casework, ref: str) -> Origin:
    """Where a list came from: for what is done because of it later."""
    event = next(event for event in work.history(ref) if event.kind == "list.received")
    return Origin(event.mail, event.received, event.by, event.role)


def today(work: Casework) -> date:
    return work.now.astimezone(LONDON).date()
