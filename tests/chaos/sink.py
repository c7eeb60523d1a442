"""An SMTP server that takes mails, refuses, falls silent or hangs up after DATA, and remembers what it took."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from random import Random
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.dovecot import free_port

Mode = Literal["ok", "later", "refused", "silent", "cut"]


@dataclass
class Taken:
    """A mail that the server has taken charge of. `doubt`: whether the sender may not know that."""

    cycle: int
    key: str
    raw: bytes
    doubt: bool = False

    @property
    def mail(self) -> Message:
        return message_from_bytes(self.raw)


@dataclass
class Sink:
    """`mode` holds for every other mail of a cycle, by its own dice."""

    mode: Mode = "ok"
    cycle: int = 0
    dice: Random = field(default_factory=lambda: Random(0))
    taken: list[Taken] = field(default_factory=list)
    refused: int = 0

    def start(self) -> int:
        port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=port, ready_timeout=10)
        self._controller.start()
        return port

    def stop(self) -> None:
        self._controller.stop()

    def next_cycle(self, cycle: int, mode: Mode, seed: str) -> None:
        self.cycle, self.mode, self.dice = cycle, mode, Random(seed)

    def end_cycle(self, *, unwritten: bool) -> None:
        """The daemon is dead: of the last mail that it handed over it may not have written down that it left; of none,
        where it could not write (`unwritten`)."""
        mine = [t for t in self.taken if t.cycle == self.cycle]
        for one in mine if unwritten else mine[-1:]:
            one.doubt = True

    def _plays(self, mode: Mode) -> bool:
        return self.mode == mode and self.dice.random() < 0.5

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:
        if self._plays("later"):
            return "451 4.3.0 try later"
        if self._plays("refused"):
            self.refused += 1
            return "550 5.7.1 not today"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._plays("silent"):
            await asyncio.sleep(3600)
        raw = envelope.original_content or b""
        taken = Taken(self.cycle, str(message_from_bytes(raw)["X-CME-Key"]), raw)
        self.taken.append(taken)
        if self._plays("cut"):
            taken.doubt = True
            assert server.transport is not None
            server.transport.close()
        return "250 taken"
