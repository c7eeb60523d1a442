"""A snapshot to read in, and a unit of work to write in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.register.erasing import Erasures
from bot.register.errors import RegisterError
from bot.register.histories import CaseReads, CaseWrites
from bot.register.lists import ListReads, ListWrites
from bot.register.mails import MailReads, MailWrites
from bot.register.notes import NoteReads, NoteWrites
from bot.register.outgoing import OutboxReads, OutboxWrites


class _Ends:
    """Has a connection until its block ends: a change made after that would be a commit of its own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._noted: dict[str, dict[str, str]] = {}

    def end(self) -> None:
        del self._connection

    if not TYPE_CHECKING:  # else every name would be one of theirs

        def __getattr__(self, name: str) -> Connection:
            if name == "_connection":
                raise RegisterError("This unit of work has ended: begin another one.")
            raise AttributeError(name)


class Snapshot(_Ends, MailReads, CaseReads, OutboxReads, NoteReads, ListReads):
    """The register as it was at one moment, whatever is written meanwhile."""


class Unit(_Ends, MailWrites, CaseWrites, OutboxWrites, Erasures, NoteWrites, ListWrites):
    """One commit: all that is written here is in the register afterwards, or nothing is."""
