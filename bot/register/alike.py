"""Which cases may be a child's, a brother's or a sister's: found in indexes, a few among very many."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Exists,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    union,
)

from bot.matching import BEGINNING, CALLED, Kept, Sought
from bot.register.said import Said, each, table_of
from bot.register.tables import cases

_BEGINNING = 3
"""Letters of a surname that are seldom mistyped."""
_LAST = "~"
"""Comes after every letter of a key."""

_json = msgspec.json.Encoder().encode


def _begins(key: ColumnElement[str], letters: int, names: str) -> ColumnElement[bool]:
    return func.substr(key, 1, letters).in_(each(names))


def _has_one_of(key: ColumnElement[str], names: str) -> Exists:
    part = each(names).cte(names).prefix_with("MATERIALIZED").c.value
    return select(part).where(func.instr(key, part) > 0).exists()


_ROW: ColumnElement[int] = literal_column("cases.rowid")
_surname, _forename = cases.c.surname_key, cases.c.forename_key

_BORN_THEN = cases.c.date_of_birth == bindparam("born")
_NEARLY_THEN = cases.c.date_of_birth.in_(each("dates"))
_KNOWN_UNDATED = cases.c.date_of_birth.is_(None)
_UNDATED = bindparam("undated", type_=Boolean)
_OF_THAT_SURNAME = _surname.in_(each("surnames")) & (_surname != "")
_SURNAME_BEGINS_SO = (_surname >= bindparam("low")) & (_surname < bindparam("high"))
_SURNAME_ALIKE = _begins(_surname, BEGINNING, "surname_beginnings")
_SURNAME_MAYBE = (
    _begins(_surname, 1, "surname_initials") | _has_one_of(_surname, "surname_parts") | (cases.c.other_surnames != "")
)
_FORENAME_ALIKE = _begins(_forename, BEGINNING, "forename_beginnings")
_FORENAME_LIKELY = _FORENAME_ALIKE | _has_one_of(_forename, "called")
_FORENAME_IN_PART = _has_one_of(_forename, "forename_parts")
_INITIAL = _begins(_forename, 1, "forename_initials")
_FORENAME_MAYBE = _INITIAL | _FORENAME_IN_PART
_NAMELESS = (_forename == "") | bindparam("nameless", type_=Boolean)
_POSTCODE = (cases.c.postcode == bindparam("postcode")) & (cases.c.postcode != "")
_AT_THAT_POSTCODE = _ROW.in_(select(_ROW).where(_POSTCODE))
_HOUSE = (cases.c.house == bindparam("house")) & (cases.c.house != "")
_NO_POSTCODE = bindparam("postcode", type_=Text) == ""


def _each_way(
    same: ColumnElement[bool], key: ColumnElement[str], names: str, *further: ColumnElement[bool]
) -> Select[Any]:
    """Of whom that is the same, those whose key begins in one of these ways: a search for each of both. The join is an
    outer one because SQLite keeps its order, and would else look at all of whom that is the same."""
    begin = table_of(names)
    begins_so = (key >= begin.c.value) & (key < begin.c.value + _LAST)
    return select(_ROW).select_from(begin.outerjoin(cases, and_(same, begins_so, *further)))


# One search in an index for each; OR would make one search through all cases of it. "" is unknown and equals nobody.
_ALIKE = union(
    _each_way(
        _NEARLY_THEN,
        _surname,
        "begins",
        _BORN_THEN | _FORENAME_ALIKE | (_OF_THAT_SURNAME & (_FORENAME_MAYBE | _NAMELESS)),
    ),
    _each_way(_NEARLY_THEN, _forename, "called_first", _SURNAME_MAYBE | _AT_THAT_POSTCODE),
    _each_way(_surname.in_(each("crossed")), _forename, "begins"),
    _each_way(_OF_THAT_SURNAME, _forename, "undated_begins"),
    *(
        select(_ROW).where(*together)
        for together in (
            (_BORN_THEN, _FORENAME_ALIKE | _FORENAME_IN_PART | (_INITIAL & _SURNAME_MAYBE) | _AT_THAT_POSTCODE),
            (_KNOWN_UNDATED, _OF_THAT_SURNAME, _FORENAME_LIKELY | _NAMELESS),
            (_KNOWN_UNDATED, _SURNAME_BEGINS_SO, _FORENAME_ALIKE | _NAMELESS),
            (_UNDATED, _OF_THAT_SURNAME, _forename == ""),
            (_UNDATED, _SURNAME_BEGINS_SO, _begins(_forename, CALLED, "called") | _NAMELESS),
            (cases.c.upn == bindparam("upn"), cases.c.upn != ""),
            (_POSTCODE, _SURNAME_ALIKE),
            (_HOUSE, cases.c.postcode == "", _SURNAME_ALIKE | _FORENAME_ALIKE),
            (_HOUSE, _NO_POSTCODE, _SURNAME_ALIKE | _FORENAME_ALIKE),
        )
    ),
)
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
    .where(_ROW.in_(_ALIKE), cases.c.kind == "case")
    .order_by(cases.c.opened.desc(), cases.c.ref.desc())
)


def _child(columns: Any) -> Kept:
    ref, surname, forenames, born, upn, others, carers, postcode, house, closed = columns
    birthday = None if born is None else date.fromisoformat(born)
    return Kept(ref, surname, forenames, birthday, upn, others, carers, postcode, house, bool(closed))


class ChildReads:
    """What can be asked about children."""

    _connection: Connection

    def candidates(self, sought: Sought) -> list[Kept]:
        """The cases, newest first, that may be the child's, a brother's or a sister's: for matching to weigh.

        They were born then, or about then, and a name of theirs may be the same; or where a birthday is missing on
        either side, the surname begins alike and the forename may be the same; or they have the number, or the home."""
        begin = next(iter(sought.surnames), "")[:_BEGINNING]
        lists = {name: _json(getattr(sought, name)).decode() for name in _LISTS}
        known = {
            "born": sought.dates[0].isoformat() if sought.dates else None,
            "undated": not sought.dates,
            "nameless": not sought.called,
            "undated_begins": _json(_undated_begins(sought)).decode(),
            "low": begin,
            "high": begin + _LAST if len(begin) == _BEGINNING else "",
            "upn": sought.upn,
            "postcode": sought.postcode,
            "house": sought.house,
        }
        return [_child(found) for found in _CANDIDATES.rows(self._connection, {**lists, **known})]


def _undated_begins(sought: Sought) -> tuple[str, ...]:
    """How the forename begins of those who are found without a birthday: in any way where nobody said it."""
    if sought.dates:
        return ()
    return sought.forename_beginnings if sought.called else ("",)


_LISTS = (
    "surnames", "begins", "crossed", "called", "called_first", "dates", "surname_beginnings", "surname_initials",
    "surname_parts", "forename_beginnings", "forename_initials", "forename_parts",
)  # fmt: skip
