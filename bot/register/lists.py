"""The rows of lists: staged with their mail, then each on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, text, union, update

from bot.register.codec import pack
from bot.register.rows import ListRow, RowState
from bot.register.said import Said, each
from bot.register.tables import HAS_DAY, STAGED, event, mail, roster_row

_COLUMNS = list(roster_row.c)
_SAME = roster_row.alias()
_HERE = (roster_row.c.mail_id == bindparam("at_mail"), roster_row.c.n == bindparam("at_n"))
_STAGE = Said(insert(roster_row))
_STAGED = Said(select(*_COLUMNS).where(STAGED).order_by(roster_row.c.mail_id, roster_row.c.n).limit(bindparam("most")))
_LEFT = Said(select(exists().where(roster_row.c.ref == bindparam("ref"), roster_row.c.state == "staged")))
_OF_LIST = Said(
    select(*_COLUMNS)
    .where(roster_row.c.ref == bindparam("ref"), roster_row.c.state.in_(each("states")))
    .order_by(roster_row.c.n)
)
_COUNTS = Said(
    select(roster_row.c.state, func.count()).where(roster_row.c.ref == bindparam("ref")).group_by(roster_row.c.state)
)
_DOUBTFUL = Said(
    select(*_COLUMNS)
    .where(roster_row.c.ref == bindparam("ref"), roster_row.c.case_ref != "", roster_row.c.why != "")
    .order_by(roster_row.c.n)
)
_ONE = Said(select(*_COLUMNS).where(*_HERE))
_KNOWN = Said(
    select(*_COLUMNS).where(
        roster_row.c.content == bindparam("content"),
        text("state NOT IN ('staged', 'refused', 'repeated', 'roll')"),
    )
)
_SETTLE = Said(
    update(roster_row)
    .where(*_HERE)
    .values(
        state=bindparam("new_state"), due=bindparam("new_due"), case_ref=bindparam("new_case"), why=bindparam("new_why")
    )
)
_DUE = Said(select(*_COLUMNS).where(HAS_DAY, roster_row.c.due <= bindparam("today")).limit(bindparam("most")))
# The state stands in the words of these, and there is no LIKE in them: a value that may change the way to the rows (a
# state for which there is an index of its own, the pattern of a LIKE) has SQLite prepare the statement anew each time
# (https://sqlite.org/c3ref/prepare.html), which took ten times as long as the search.
_KEPT = select(*_COLUMNS).where(text("state = 'kept'"))
_ON_ROLL = select(*_COLUMNS).where(text("state = 'roll'"))
# One search in an index for each; OR would go through all rows in that state, and a roll has many.
_KEPT_ALIKE = Said(
    union(
        _KEPT.where(roster_row.c.surname_key == bindparam("surname_key")),
        _KEPT.where(roster_row.c.date_of_birth == bindparam("born")),
    )
)
# Of a common surname a large roll has thousands: only those that bear the number too are read.
_PUPIL = Said(
    union(
        _ON_ROLL.where(roster_row.c.date_of_birth == bindparam("born")),
        _ON_ROLL.where(
            roster_row.c.surname_key == bindparam("surname_key"),
            func.instr(func.upper(func.replace(roster_row.c.fields, " ", "")), bindparam("number")) > 0,
        ),
    )
)
_FORGET = Said(delete(roster_row).where(*_HERE))
_OF_SAME_SCHOOLS = (
    roster_row.c.state == "roll",
    roster_row.c.ref != bindparam("ref"),
    roster_row.c.school.in_(select(_SAME.c.school).where(_SAME.c.ref == bindparam("ref")).distinct()),
)
_REPLACED = Said(select(roster_row.c.mail_id).where(*_OF_SAME_SCHOOLS).distinct())
_REPLACE = Said(delete(roster_row).where(*_OF_SAME_SCHOOLS))
_STILL = Said(
    select(exists().where(roster_row.c.mail_id == bindparam("mail_id"), text("state IN ('staged', 'kept', 'roll')")))
)
_EMPTY = Said(
    update(mail).where(mail.c.id == bindparam("mail_id")).values(raw=pack(b""), reading=None, why=bindparam("new_why"))
)
_MORE = Said(
    select(
        exists().where(
            event.c.mail_id == bindparam("mail_id"),
            text("kind IN ('letter.received', 'referral.received', 'concern.raised')"),
        )
    )
)

_json = msgspec.json.Encoder().encode
_fields = msgspec.json.Decoder(dict[str, str]).decode


def _row(columns: Any) -> ListRow:
    mail_id, n, ref, kind, line, state, content, surname_key, born, school, due, case_ref, why, fields = columns
    return ListRow(
        mail_id, n, ref, kind, line, state, content, surname_key, _day(born), school, _day(due), case_ref, why,
        _fields(fields),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _values(row: ListRow) -> dict[str, object]:
    return {
        "mail_id": row.mail_id, "n": row.n, "ref": row.ref, "kind": row.kind, "line": row.line, "state": row.state,
        "content": row.content, "surname_key": row.surname_key, "date_of_birth": _iso(row.date_of_birth),
        "school": row.school, "due": _iso(row.due), "case_ref": row.case_ref, "why": row.why,
        "fields": _json(row.fields).decode(),
    }  # fmt: skip


class ListReads:
    """What can be asked about the rows of lists."""

    _connection: Connection

    def staged_rows(self, limit: int) -> list[ListRow]:
        """Rows that nobody has worked on yet, the oldest mail's first."""
        return [_row(found) for found in _STAGED.rows(self._connection, {"most": limit})]

    def any_staged(self, ref: str) -> bool:
        return bool(_LEFT.value(self._connection, {"ref": ref}))

    def list_rows(self, ref: str, *states: RowState) -> list[ListRow]:
        """The rows of a list in these states, in order."""
        return [
            _row(found) for found in _OF_LIST.rows(self._connection, {"ref": ref, "states": _json(states).decode()})
        ]

    def doubtful_rows(self, ref: str) -> list[ListRow]:
        """The rows of a list that may be a child of a case, and why."""
        return [_row(found) for found in _DOUBTFUL.rows(self._connection, {"ref": ref})]

    def row_counts(self, ref: str) -> dict[str, int]:
        """How many rows of a list are in each state."""
        return {str(state): int(count) for state, count in _COUNTS.rows(self._connection, {"ref": ref})}

    def list_row(self, mail_id: int, n: int) -> ListRow | None:
        found = _ONE.row(self._connection, {"at_mail": mail_id, "at_n": n})
        return None if found is None else _row(found)

    def told_before(self, content: str) -> ListRow | None:
        """A row that said the same and has been worked on."""
        found = _KNOWN.row(self._connection, {"content": content})
        return None if found is None else _row(found)

    def rows_due(self, today: date, limit: int) -> list[ListRow]:
        """Rows that waited for this day."""
        return [_row(r) for r in _DUE.rows(self._connection, {"today": today.isoformat(), "most": limit})]

    def kept_alike(self, surname_key: str, born: date | None) -> list[ListRow]:
        """Rows that are kept, with that surname or that date of birth: for matching to weigh."""
        known = {"surname_key": surname_key, "born": _iso(born)}
        return [_row(found) for found in _KEPT_ALIKE.rows(self._connection, known)]

    def rows_of_pupil(self, surname_key: str, born: date | None, upn: str) -> list[ListRow]:
        """Rows of rolls that may be this child for certain: that birthday, or that surname and that number."""
        number = upn.replace(" ", "").upper() or None
        known = {"surname_key": surname_key, "born": _iso(born), "number": number}
        return [_row(found) for found in _PUPIL.rows(self._connection, known)]


class ListWrites(ListReads):
    """What can be written down about the rows of lists."""

    def stage_rows(self, rows: Sequence[ListRow]) -> None:
        if rows:
            _STAGE.on_each(self._connection, [_values(row) for row in rows])

    def settle_row(
        self, row: ListRow, state: RowState, *, due: date | None = None, case: str = "", why: str = ""
    ) -> None:
        """What became of a row."""
        here = {"at_mail": row.mail_id, "at_n": row.n}
        told = {"new_state": state, "new_due": _iso(due), "new_case": case, "new_why": why}
        _SETTLE.on(self._connection, {**here, **told})

    def forget_row(self, row: ListRow) -> None:
        _FORGET.on(self._connection, {"at_mail": row.mail_id, "at_n": row.n})

    def replace_roll(self, ref: str) -> list[int]:
        """What earlier lists told of the rolls of its schools is deleted; this list stands. The mails they came in."""
        mails = list(_REPLACED.column(self._connection, {"ref": ref}))
        if mails:
            _REPLACE.on(self._connection, {"ref": ref})
        return mails

    def empty_list_mail(self, mail_id: int, why: str) -> bool:
        """Deletes the words of a mail that held nothing but a list none of whose rows is kept any more; its identity
        stays, so that a copy is not taken in again."""
        if _STILL.value(self._connection, {"mail_id": mail_id}):
            return False
        if _MORE.value(self._connection, {"mail_id": mail_id}):
            return False
        _EMPTY.on(self._connection, {"mail_id": mail_id, "new_why": why})
        return True
