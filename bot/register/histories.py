"""Cases and their histories: events are appended; a case row is what they fold to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

from bot.register.alike import ChildReads
from bot.register.codec import (
    from_micros,
    happened_text,
    happened_value,
    maybe_micros,
    maybe_moment,
    to_micros,
)
from bot.register.errors import HistoryConflict
from bot.register.rows import CaseRow
from bot.register.said import Said
from bot.register.tables import HAS_DUE, HAS_MAIL, cases, counter, event
from rules.history import Event

_COLUMNS = [
    cases.c.ref,
    cases.c.opened,
    cases.c.kind,
    cases.c.pathway,
    cases.c.concern,
    cases.c.state,
    cases.c.outcome,
    cases.c.next_due,
    cases.c.surname_key,
    cases.c.forename_key,
    cases.c.surname,
    cases.c.forenames,
    cases.c.date_of_birth,
    cases.c.upn,
    cases.c.other_surnames,
    cases.c.carers,
    cases.c.postcode,
    cases.c.house,
    cases.c.school,
    cases.c.hub,
    cases.c.fold,
    cases.c.fold_version,
    cases.c.seq,
]
_CASE = Said(select(*_COLUMNS).where(cases.c.ref == bindparam("ref")))
_CASES = Said(select(*_COLUMNS).where(cases.c.kind == "case").order_by(cases.c.opened.desc(), cases.c.ref.desc()))
_LISTS = Said(select(*_COLUMNS).where(cases.c.kind == "roster", cases.c.state != "closed").order_by(cases.c.ref))
_DUE = Said(
    select(cases.c.ref)
    .where(HAS_DUE, cases.c.next_due <= bindparam("now"))
    .order_by(cases.c.next_due, cases.c.ref)
    .limit(bindparam("most"))
)
_NEXT_DUE = Said(select(func.min(cases.c.next_due)).where(HAS_DUE))


_PUT = sqlite.insert(cases)
_STORE = Said(
    _PUT.on_conflict_do_update(
        index_elements=[cases.c.ref],
        set_={column.name: _PUT.excluded[column.name] for column in cases.c if column.name != "ref"},
    )
)
# What children are found by seldom changes: who the case is about being as it was, none of those indexes is written.
_SOUGHT_BY = {column.name for index in cases.indexes if index.name != "cases_due" for column in index.columns}
_STORE_AGAIN = Said(
    update(cases)
    .where(cases.c.ref == bindparam("ref"), *(cases.c[name].is_(bindparam(name)) for name in _SOUGHT_BY))
    .values({one.name: bindparam(one.name) for one in cases.c if one.name not in ("ref", *_SOUGHT_BY)})
)
_APPEND = Said(insert(event))
_HISTORY = Said(
    select(
        event.c.seq,
        event.c.kind,
        event.c.received,
        event.c.recorded,
        event.c.happened,
        event.c.by,
        event.c.role,
        event.c.mail_id,
        event.c["values"],
    )
    .where(event.c.ref == bindparam("ref"), event.c.seq > bindparam("after"))
    .order_by(event.c.seq)
)
_OF_MAIL = Said(
    select(event.c.ref).where(event.c.mail_id == bindparam("mail_id"), HAS_MAIL).distinct().order_by(event.c.ref)
)
_COUNT = Said(
    sqlite.insert(counter)
    .values(year=bindparam("year"), last=1)
    .on_conflict_do_update(index_elements=[counter.c.year], set_={"last": counter.c.last + 1})
    .returning(counter.c.last)
)

_json = msgspec.json.Encoder().encode
_value = msgspec.json.Decoder(dict[str, Any]).decode


def _case(columns: Any) -> CaseRow:
    ref, opened, kind, pathway, concern, state, outcome, next_due, *child, fold, fold_version, seq = columns
    surname_key, forename_key, surname, forenames, born, upn, others, carers, postcode, house, school, hub = child
    return CaseRow(
        ref,
        from_micros(opened),
        kind,
        pathway,
        bool(concern),
        state,
        outcome,
        maybe_moment(next_due),
        surname_key,
        forename_key,
        surname,
        forenames,
        None if born is None else date.fromisoformat(born),
        upn,
        others,
        carers,
        postcode,
        house,
        school,
        hub,
        fold,
        fold_version,
        seq,
    )


def _case_values(row: CaseRow) -> dict[str, object]:
    return {
        "ref": row.ref,
        "opened": to_micros(row.opened),
        "kind": row.kind,
        "pathway": row.pathway,
        "concern": row.concern,
        "state": row.state,
        "outcome": row.outcome,
        "next_due": maybe_micros(row.next_due),
        "surname_key": row.surname_key,
        "forename_key": row.forename_key,
        "surname": row.surname,
        "forenames": row.forenames,
        "date_of_birth": None if row.date_of_birth is None else row.date_of_birth.isoformat(),
        "upn": row.upn,
        "other_surnames": row.other_surnames,
        "carers": row.carers,
        "postcode": row.postcode,
        "house": row.house,
        "school": row.school,
        "hub": row.hub,
        "fold": row.fold,
        "fold_version": row.fold_version,
        "seq": row.seq,
    }


def _event(columns: Any) -> Event:
    seq, kind, received, recorded, happened, by, role, mail_id, values = columns
    return Event(
        seq,
        kind,
        from_micros(received),
        from_micros(recorded),
        happened_value(happened),
        by,
        role,
        mail_id,
        _value(values),
    )


def _event_values(ref: str, new: Event) -> dict[str, object]:
    return {
        "ref": ref,
        "seq": new.seq,
        "kind": new.kind,
        "happened": happened_text(new.happened),
        "received": to_micros(new.received),
        "recorded": to_micros(new.recorded),
        "by": new.by,
        "role": new.role,
        "mail_id": new.mail,
        "values": _json(dict(new.values)).decode(),
    }


class CaseReads(ChildReads):
    """What can be asked about cases."""

    def case(self, ref: str) -> CaseRow | None:
        found = _CASE.row(self._connection, {"ref": ref})
        return None if found is None else _case(found)

    def cases(self) -> list[CaseRow]:
        """The children's cases, closed ones too, newest first (rosters and the council are subjects, not cases)."""
        return [_case(found) for found in _CASES.rows(self._connection)]

    def open_lists(self) -> list[CaseRow]:
        """The lists, and the questions about them, of which something is still waited for."""
        return [_case(found) for found in _LISTS.rows(self._connection)]

    def history(self, ref: str, after: int = 0) -> tuple[Event, ...]:
        """The events of a subject whose `seq` is above `after`, in order."""
        return tuple(_event(found) for found in _HISTORY.rows(self._connection, {"ref": ref, "after": after}))

    def subjects_of_mail(self, mail_id: int) -> list[str]:
        """The references in whose history that mail stands."""
        return list(_OF_MAIL.column(self._connection, {"mail_id": mail_id}))

    def due(self, now: datetime, limit: int = 1000) -> list[str]:
        """References of the subjects that are to be asked again now, the longest due first."""
        return list(_DUE.column(self._connection, {"now": to_micros(now), "most": limit}))

    def next_due(self) -> datetime | None:
        """The first moment at which anything is due; it may have passed."""
        return maybe_moment(_NEXT_DUE.value(self._connection))


class CaseWrites(CaseReads):
    """What can be written down about cases."""

    def new_reference(self, year: int) -> str:
        """`CME-2026-00042`, the next of that year. The number is spent with this unit's commit, and never again."""
        last: int = _COUNT.value(self._connection, {"year": year})
        return f"CME-{year}-{last:05d}"

    def append(self, ref: str, events: Sequence[Event]) -> None:
        """Writes events at the end of a history. HistoryConflict where one with that number is there already."""
        if not events:
            return
        try:
            _APPEND.on_each(self._connection, [_event_values(ref, new) for new in events])
        except IntegrityError as refusal:
            raise HistoryConflict(
                f"Events {events[0].seq} to {events[-1].seq} of {ref} cannot be written down: one is there already, "
                "or its mail is not in the register. Read the history again, then repeat."
            ) from refusal

    def store_case(self, row: CaseRow) -> None:
        """Writes what the history folds to, in place of what was there."""
        values = _case_values(row)
        if not _STORE_AGAIN.on(self._connection, values).rowcount:
            _STORE.on(self._connection, values)
