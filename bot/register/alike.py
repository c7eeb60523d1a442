"""Which cases may be a child's, a brother's or a sister's: found in indexes, a few among very many."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Boolean, Connection, Text, bindparam, func, select, union

from bot.matching import BEGINNING, CALLED, Sought
from bot.register.rows import ChildRow
from bot.register.said import Said, each
from bot.register.tables import cases

_BEGINNING = 3
"""Letters of a surname that are seldom mistyped."""

_json = msgspec.json.Encoder().encode


# One search in an index for each; OR would make one search through all cases of it. "" is unknown and equals nobody.
_OF_THAT_SURNAME = cases.c.surname_key.in_(each("surnames")) & (cases.c.surname_key != "")
_SURNAME_ALIKE = func.substr(cases.c.surname_key, 1, BEGINNING).in_(each("surname_beginnings"))
_FORENAME_ALIKE = func.substr(cases.c.forename_key, 1, BEGINNING).in_(each("forename_beginnings"))
_EITHER_ALIKE = _SURNAME_ALIKE | _FORENAME_ALIKE
_BEGINS_SO = (cases.c.surname_key >= bindparam("low")) & (cases.c.surname_key < bindparam("high"))
_NO_POSTCODE = bindparam("postcode", type_=Text) == ""
_NEARLY_THEN = cases.c.date_of_birth.in_(each("dates"))
_UNDATED = cases.c.date_of_birth.is_(None) | bindparam("undated", type_=Boolean)
_CALLED_SO = func.substr(cases.c.forename_key, 1, CALLED).in_(each("called"))
_ALIKE = union(
    *(
        select(cases.c.ref).where(*together)
        for together in (
            (_OF_THAT_SURNAME, _UNDATED | _NEARLY_THEN),
            (_BEGINS_SO, _UNDATED),
            (cases.c.date_of_birth == bindparam("born"),),
            (_NEARLY_THEN, (_SURNAME_ALIKE & _FORENAME_ALIKE) | _CALLED_SO),
            (cases.c.upn == bindparam("upn"), cases.c.upn != ""),
            (cases.c.postcode == bindparam("postcode"), cases.c.postcode != "", _SURNAME_ALIKE),
            (cases.c.house == bindparam("house"), cases.c.house != "", cases.c.postcode == "", _EITHER_ALIKE),
            (cases.c.house == bindparam("house"), cases.c.house != "", _NO_POSTCODE, _EITHER_ALIKE),
        )
    )
).subquery()
_CANDIDATES = Said(
    select(
        cases.c.ref,
        cases.c.surname,
        cases.c.forenames,
        cases.c.date_of_birth,
        cases.c.upn,
        cases.c.other_surnames,
        cases.c.carers,
        cases.c.postcode,
        cases.c.house,
        cases.c.state == "closed",
    )
    .where(cases.c.ref.in_(select(_ALIKE.c.ref)), cases.c.kind == "case")
    .order_by(cases.c.opened.desc(), cases.c.ref.desc())
)


def _child(columns: Any) -> ChildRow:
    ref, surname, forenames, born, upn, others, carers, postcode, house, closed = columns
    birthday = None if born is None else date.fromisoformat(born)
    return ChildRow(ref, surname, forenames, birthday, upn, others, carers, postcode, house, bool(closed))


class ChildReads:
    """What can be asked about children."""

    _connection: Connection

    def candidates(self, sought: Sought) -> list[ChildRow]:
        """The cases, newest first, that may be the child's, a brother's or a sister's: for matching to weigh. Of those
        with one of these surnames they are of about that age; where a birthday is missing on either side, a surname
        need only begin like the first."""
        begin = next(iter(sought.surnames), "")[:_BEGINNING]
        days = [day.isoformat() for day in sought.dates]
        known = {
            "surnames": _json(sought.surnames).decode(),
            "called": _json(sought.called).decode(),
            "dates": _json(days).decode(),
            "born": next(iter(days), None),
            "surname_beginnings": _json(sought.surname_beginnings).decode(),
            "forename_beginnings": _json(sought.forename_beginnings).decode(),
            "upn": sought.upn,
            "postcode": sought.postcode,
            "house": sought.house,
            "low": begin,
            "high": f"{begin}~" if len(begin) == _BEGINNING else "",
            "undated": not days,
        }
        return [_child(found) for found in _CANDIDATES.rows(self._connection, known)]
