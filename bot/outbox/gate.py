"""The one gate on the way to the outbox: every mail of ours passes it, and nothing else queues one.

An alarm passes always. What would answer a machine does not; a thread that turns over too often is stopped and shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.council.office import Office
from bot.outbox.modes import APPROVAL, in_shadow, mode_of
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from parsers.reading import MailReading

log = structlog.get_logger()

_AN_HOUR = timedelta(hours=1)
_ANSWERS = frozenset({"ack", "reply"})
_NOBODY_WE_KNOW = frozenset({"writer", "unknown"})
_UNCOUNTED = frozenset({"digest", "ack"})
"""A receipt leaves once a day to each (`Letters`), and belongs to a case that it opened."""


class Gate:
    """Of one unit of work. `answering` is the mail in hand, while what is queued may be an answer to it."""

    def __init__(self, office: Office, unit: Unit, now: datetime) -> None:
        self.office, self.unit, self.now = office, unit, now
        self.answering: MailReading | None = None
        self._in_every_mode = False
        self.ask_leave: Callable[[OutboxRow], OutboxRow | None] = lambda row: None

    @contextmanager
    def hearing(self, reading: MailReading) -> Iterator[None]:
        """While a mail is in hand."""
        self.answering = reading
        try:
            yield
        finally:
            self.answering = None

    @contextmanager
    def in_every_mode(self) -> Iterator[None]:
        """While what is queued answers somebody whom a mail that leaves in every mode has asked."""
        self._in_every_mode = True
        try:
            yield
        finally:
            self._in_every_mode = False

    def queue(self, row: OutboxRow) -> bool:
        """Whether the row is new in the outbox (to leave, or held there for a person)."""
        if row.kind == "alarm":
            return self.unit.queue(row)
        if self._answers_a_machine(row):
            log.info("not answered, as a machine wrote it", key=row.key)
            return False
        return self._by_mode(self._unless_too_often(row))

    def _by_mode(self, row: OutboxRow) -> bool:
        mode = mode_of(self.office.config, row)
        if row.state != "waiting" or mode == "live" or self._in_every_mode:
            return self.unit.queue(row)
        if mode == "shadow":
            return self.unit.queue(in_shadow(row))
        request = self.ask_leave(row)
        if request is None:
            return self.unit.queue(row)
        whose = request.address or f"a {request.role}, and nobody holds that role: name somebody in the directory"
        new = self.unit.queue(replace(row, state="held", why=f"{APPROVAL} of {whose}"))
        return new and self.unit.queue(request)

    def _answers_a_machine(self, row: OutboxRow) -> bool:
        """RFC 3834 2: a machine that answers a machine never ends. Mails that are due anyway are no answers."""
        heard = self.answering
        if heard is None or not heard.machine:
            return False
        return row.kind in _ANSWERS or row.role in _NOBODY_WE_KNOW

    def _unless_too_often(self, row: OutboxRow) -> OutboxRow:
        """Two robots without headers end here, whatever each of them believes of the other."""
        if row.state != "waiting" or row.kind in _UNCOUNTED:
            return row
        most = self.office.config.most_an_hour
        if self.unit.queued_since(row.ref, row.address, row.kind, self.now - _AN_HOUR) < most:
            return row
        log.warning("thread stopped", key=row.key, mails=most)
        why = (
            f"stopped: {most} mails to {row.address} within an hour in one thread. Look whether a machine answers "
            "there; then `cmebot held --again` sends it"
        )
        return replace(row, state="held", why=why)
