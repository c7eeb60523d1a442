"""A long queue is looked along for serious concern before it is worked off (policy 1.4: "at once", before all else)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from bot.arrivals.workers import Readers
from bot.mailboxes.batches import chunks
from bot.mailboxes.port import Mailbox
from bot.register.rows import Place
from parsers.mail.limits import FIRST_BYTES

LONG_WAIT = 5.0
"""Seconds. A queue that is not worked off by then is looked along before the work goes on."""
LOOK_AGAIN = 20.0
"""Seconds after which what has come since is looked at too."""
LOOK_AHEAD = 50_000
LOOKS = 200
"""First looks at once: some hundred milliseconds of two readers."""


@dataclass
class Screening:
    """Of one mailbox. Each waiting mail that is not serious is looked at once."""

    box: Mailbox
    _patient_until: float = 0.0
    _again: float = 0.0
    _looked: set[tuple[int, str]] = field(default_factory=set)

    def begins(self, taken: frozenset[tuple[int, str]] = frozenset()) -> None:
        """The work on the queue begins now. `taken`: what lies there still, and was taken in before."""
        self._looked |= taken
        self._patient_until = time.monotonic() + LONG_WAIT

    @property
    def due(self) -> bool:
        return time.monotonic() >= max(self._patient_until, self._again)

    def serious(self, readers: Readers) -> list[Place]:
        """Where those lie that speak of serious concern, by their first bytes. Raises MailboxError."""
        found: list[Place] = []
        for heads in chunks(self.box.heads(LOOK_AHEAD, FIRST_BYTES, self._looked), LOOKS):
            for head, grave in zip(heads, readers.look([head.raw for head in heads]), strict=True):
                if grave:  # Until it is taken in, it is found again.
                    found.append(head.place)
                else:
                    self._looked.add((head.place.uidvalidity, head.place.uid))
        self._again = time.monotonic() + LOOK_AGAIN
        return found
