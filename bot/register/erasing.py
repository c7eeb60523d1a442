"""Erases a subject for good (UK GDPR, article 17): its events, its mails out, and its mails in that no other shares."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, exists, select, update

from bot.register.codec import pack
from bot.register.list_erasing import empty_mails, rows_of, subjects_of, take_out
from bot.register.notes import NoteWrites
from bot.register.tables import cases, event, mail, outbox, roster_row

_OTHERS = event.alias()
# What another subject shares (a list of leavers, a mail about two children) stays for that one.
_ONLY_ITS_OWN = (
    select(event.c.mail_id)
    .where(event.c.ref == bindparam("erased"), event.c.mail_id.is_not(None))
    .where(~exists().where(_OTHERS.c.mail_id == event.c.mail_id, _OTHERS.c.ref != bindparam("erased")))
    .distinct()
)
# The identity stays, so that a copy that is moved back is not taken in again.
_EMPTY = (
    update(mail)
    .where(mail.c.id == bindparam("mail_id"))
    .values(raw=pack(b""), reading=None, sender="", subject="", message_id="", why="erased")
)
_DELETE = [delete(table).where(table.c.ref == bindparam("erased")) for table in (event, outbox, cases)]
_DELETE.append(delete(roster_row).where(roster_row.c.case_ref == bindparam("erased")))
_ERASING = "erasing"


class Erasures(NoteWrites):
    """What can be erased."""

    def erase(self, ref: str) -> None:
        """Erases a subject within this commit. That the reference was given stays known, so that it is never given
        again."""
        connection, rows = self._connection, rows_of(self._connection, ref)
        for row in rows:
            for subject in subjects_of(connection, row):
                self.set_meta(_ERASING, subject)
                take_out(connection, subject, row, ref)
        self.set_meta(_ERASING, ref)  # Without it the triggers refuse (migration 0001).
        mails = connection.execute(_ONLY_ITS_OWN, {"erased": ref}).scalars().all()
        if mails:
            connection.execute(_EMPTY, [{"mail_id": number} for number in mails])
        for statement in _DELETE:
            connection.execute(statement, {"erased": ref})
        empty_mails(connection, rows)
        self.set_meta(_ERASING, "")
