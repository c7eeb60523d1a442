"""Takes an erased child's row out of the history of a list, and of the questions about it; the other children's stay.

An event is never changed: those that hold the row are deleted, which the database allows while their subject is being
erased, and written down again without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from bot.register.codec import pack
from bot.register.tables import cases, event, mail, outbox, roster_row
from parsers.rosters.answers import code_of

ERASED = "[erased]"
_LISTS = (event.c.ref >= "LIST-", event.c.ref < "LIST.")
_ROWS = select(roster_row.c.ref, roster_row.c.mail_id, roster_row.c.n, roster_row.c.line, roster_row.c.fields).where(
    roster_row.c.case_ref == bindparam("erased"), roster_row.c.state.in_(("opened", "matched"))
)
_SUBJECTS = select(event.c.ref).where(*_LISTS, event.c["values"].contains(bindparam("of_list")))
_EVENTS = select(event).where(event.c.ref == bindparam("subject")).order_by(event.c.seq)
_GONE = delete(event).where(event.c.ref == bindparam("subject"), event.c.seq == bindparam("at"))
# Without its fold the subject is folded from what is left of its history.
_UNFOLD = update(cases).where(cases.c.ref == bindparam("subject")).values(fold=None, fold_version=0)
_MAILS_OUT = delete(outbox).where(outbox.c.ref == bindparam("subject"))
_ROWS_LEFT = select(exists().where(roster_row.c.mail_id == bindparam("mail_id")))
_EMPTY = update(mail).where(mail.c.id == bindparam("mail_id")).values(raw=pack(b""), reading=None, why="erased")

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode
_fields = msgspec.json.Decoder(dict[str, str]).decode


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the erased child: of which list, where in its mail, its code, and the child's names."""

    list: str
    mail: int
    n: int
    code: str
    names: tuple[str, ...]


def rows_of(connection: Connection, ref: str) -> list[Row]:
    """The rows that are on that case, to be read before they are deleted."""
    found = []
    for of_list, mail_id, n, line, fields in connection.execute(_ROWS, {"erased": ref}):
        told = _fields(fields)
        names = (told.get("child.surname", ""), told.get("child.forenames", ""))
        found.append(Row(of_list, mail_id, n, code_of(line), tuple(filter(None, names))))
    return found


def subjects_of(connection: Connection, row: Row) -> list[str]:
    """The list, and the questions about its rows."""
    found = connection.execute(_SUBJECTS, {"of_list": f'"of-list":"{row.list}"'}).scalars()
    return list(dict.fromkeys((row.list, *found)))


def take_out(connection: Connection, subject: str, row: Row, ref: str) -> None:
    """Writes the events of that subject down anew, without the row. The caller has set the subject as being erased."""
    left = False
    for found in connection.execute(_EVENTS, {"subject": subject}).mappings().all():
        values = _decode(found["values"])
        kept = _without(values, row, ref)
        rows = kept.get("rows")
        left = left or (isinstance(rows, list) and any(one["fields"] for one in rows))
        if kept != values:
            connection.execute(_GONE, {"subject": subject, "at": found["seq"]})
            connection.execute(insert(event), {**found, "values": _encode(kept).decode()})
    connection.execute(_UNFOLD, {"subject": subject})
    if not left and subject != row.list:
        connection.execute(_MAILS_OUT, {"subject": subject})  # It was about this child alone.


def empty_mails(connection: Connection, rows: Iterable[Row]) -> None:
    """The words of a list of which no row is kept any more."""
    for mail_id in {row.mail for row in rows}:
        if not connection.execute(_ROWS_LEFT, {"mail_id": mail_id}).scalar_one():
            connection.execute(_EMPTY, {"mail_id": mail_id})


def _without(values: dict[str, Any], row: Row, ref: str) -> dict[str, Any]:
    if values.get("row") == row.code:  # An answer about it: which row it was, and no more.
        return {name: value for name, value in values.items() if name in ("row", "case", "question")}
    return {name: _part(name, value, row, ref) for name, value in values.items()}


def _part(name: str, value: Any, row: Row, ref: str) -> Any:
    if name == "rows" and isinstance(value, list):
        return [_bare(one) if (one["mail"], one["n"]) == (row.mail, row.n) else one for one in value]
    if name == "matched" and isinstance(value, list):
        return [f"{row.code}: {ERASED}" if str(line).endswith(f": {ref}") else line for line in value]
    if name in ("text", "quote", "note") and isinstance(value, str):
        return ERASED if any(word in value for word in row.names) else value
    return value


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"row": row["row"], "n": row["n"], "mail": row["mail"], "fields": {}}
