"""Mails that came in, and the places where they lie."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import sqlite

from bot.register.codec import from_micros, pack, to_micros, unpack
from bot.register.errors import RegisterError
from bot.register.rows import MailRow, MailState, NewMail, Place
from bot.register.said import Said
from bot.register.tables import UNMOVED, UNSETTLED, mail, place
from parsers.reading import MailReading

_COLUMNS = [
    mail.c.id,
    mail.c.identity,
    mail.c.message_id,
    mail.c.sender,
    mail.c.subject,
    mail.c.received,
    mail.c.recorded,
    mail.c.kind,
    mail.c.state,
    mail.c.why,
    mail.c.seen,
    mail.c.trust,
]
_BY_IDENTITY = Said(select(*_COLUMNS).where(mail.c.identity == bindparam("identity")))
_BY_MESSAGE_ID = Said(select(*_COLUMNS).where(mail.c.message_id == bindparam("message_id")).order_by(mail.c.id))
_BY_ID = Said(select(*_COLUMNS).where(mail.c.id == bindparam("id")))
_IN_QUARANTINE = Said(select(*_COLUMNS).where(UNSETTLED).order_by(mail.c.received, mail.c.id))
_RAW = Said(select(mail.c.raw).where(mail.c.id == bindparam("id")))
_READING = Said(select(mail.c.reading).where(mail.c.id == bindparam("id")))
_ADD = Said(insert(mail))
_SET_STATE = Said(
    update(mail)
    .where(mail.c.id == bindparam("mail_id"))
    .values(state=bindparam("new_state"), why=bindparam("new_why"), seen=False)
)
_MARK_SEEN = Said(update(mail).where(mail.c.id == bindparam("mail_id")).values(seen=True))

_UNMOVED = Said(
    select(place.c.mailbox, place.c.folder, place.c.uidvalidity, place.c.uid, place.c.mail_id, place.c.target)
    .where(place.c.mailbox == bindparam("mailbox"), UNMOVED)
    .order_by(place.c.mail_id)
)
_MOVED = Said(
    update(place)
    .where(
        place.c.mailbox == bindparam("at_mailbox"),
        place.c.folder == bindparam("at_folder"),
        place.c.uidvalidity == bindparam("at_uidvalidity"),
        place.c.uid == bindparam("at_uid"),
    )
    .values(moved=True)
)
_PUT = sqlite.insert(place)
# A name or a UID that is used again tells of a new lying there; it has yet to be moved.
_PUT_PLACE = Said(
    _PUT.on_conflict_do_update(
        index_elements=[place.c.mailbox, place.c.folder, place.c.uidvalidity, place.c.uid],
        set_={"mail_id": _PUT.excluded.mail_id, "target": _PUT.excluded.target, "moved": _PUT.excluded.moved},
    )
)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(MailReading).decode


def _row(columns: Any) -> MailRow:
    id_, identity, message_id, sender, subject, received, recorded, kind, state, why, seen, trust = columns
    return MailRow(
        id_,
        identity,
        message_id,
        sender,
        subject,
        from_micros(received),
        from_micros(recorded),
        kind,
        state,
        why,
        bool(seen),
        trust,
    )


def _at(where: Place) -> dict[str, object]:
    return {
        "at_mailbox": where.mailbox,
        "at_folder": where.folder,
        "at_uidvalidity": where.uidvalidity,
        "at_uid": where.uid,
    }


class MailReads:
    """What can be asked about mails."""

    _connection: Connection

    def mail_by_identity(self, identity: str) -> MailRow | None:
        found = _BY_IDENTITY.row(self._connection, {"identity": identity})
        return None if found is None else _row(found)

    def mails_by_message_id(self, message_id: str) -> list[MailRow]:
        """Oldest first: several where senders use one Message-ID again, with other words."""
        return [_row(found) for found in _BY_MESSAGE_ID.rows(self._connection, {"message_id": message_id})]

    def mail(self, mail_id: int) -> MailRow | None:
        found = _BY_ID.row(self._connection, {"id": mail_id})
        return None if found is None else _row(found)

    def raw_mail(self, mail_id: int) -> bytes:
        """The mail byte for byte as it came. KeyError: no such mail."""
        blob = _RAW.value(self._connection, {"id": mail_id})
        if blob is None:
            raise KeyError(mail_id)
        return unpack(blob)

    def reading(self, mail_id: int) -> MailReading | None:
        """What the parsers made of it when it came; None where nothing could be made of it."""
        blob = _READING.value(self._connection, {"id": mail_id})
        return None if blob is None else _decode(unpack(blob))

    def quarantined(self) -> list[MailRow]:
        """Those that no person has dealt with yet, the oldest first: they stand in every digest."""
        return [_row(found) for found in _IN_QUARANTINE.rows(self._connection)]

    def unmoved(self, mailbox: str) -> list[Place]:
        """Mails that are written down and still lie where they came: to be moved first of all, after a crash."""
        return [Place(*found) for found in _UNMOVED.rows(self._connection, {"mailbox": mailbox})]


class MailWrites(MailReads):
    """What can be written down about mails."""

    def add_mail(self, new: NewMail) -> int:
        """The number of the mail. One identity is one mail: ask `mail_by_identity` before."""
        reading = None if new.reading is None else pack(_encode(new.reading))
        values = {
            "id": None,
            "identity": new.identity,
            "message_id": new.message_id,
            "sender": new.sender,
            "subject": new.subject,
            "received": to_micros(new.received),
            "recorded": to_micros(new.recorded),
            "kind": new.kind,
            "state": new.state,
            "why": new.why,
            "seen": False,
            "trust": new.trust,
            "raw": pack(new.raw),
            "reading": reading,
        }
        number = _ADD.on(self._connection, values).lastrowid
        assert number is not None, "an insert has a row"
        return number

    def set_mail_state(self, mail_id: int, state: MailState, why: str) -> None:
        self._one(_SET_STATE, {"mail_id": mail_id, "new_state": state, "new_why": why}, mail_id)

    def mark_seen(self, mail_id: int) -> None:
        """A person has dealt with it: it leaves the digest, and stays in quarantine."""
        self._one(_MARK_SEEN, {"mail_id": mail_id}, mail_id)

    def _one(self, statement: Said, values: dict[str, object], mail_id: int) -> None:
        if statement.on(self._connection, values).rowcount != 1:
            raise RegisterError(f"There is no mail {mail_id} in the register.")

    def add_place(self, where: Place) -> None:
        """`where.mail_id` says which mail lies there, `where.target` whereto it goes."""
        if where.mail_id is None:
            raise ValueError("A place is written down together with the mail that lies there.")
        values = {
            "mailbox": where.mailbox,
            "folder": where.folder,
            "uidvalidity": where.uidvalidity,
            "uid": where.uid,
            "mail_id": where.mail_id,
            "target": where.target,
            "moved": False,
        }
        _PUT_PLACE.on(self._connection, values)

    def moved(self, where: Place) -> None:
        _MOVED.on(self._connection, _at(where))
