"""IDLE (RFC 2177) as a hint: rings when something may have arrived. The poll beside it is what counts.

Servers have been seen to say nothing for hours on a line that looked alive (mjs/imapclient#349), so IDLE is asked anew
every few minutes; and imapclient reports a line that has ended as one on which nothing was said (imapclient#565).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from imaplib import IMAP4

import structlog
from imapclient import IMAPClient

from bot.mailboxes.imap_login import ImapSettings, connect, log_in
from bot.mailboxes.port import MailboxError

log = structlog.get_logger()

_EMPTY_AT_MOST = 3
"""Answers with nothing in them before their time, until the line is taken to be dead."""


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds: `look`, how long one wait for the server lasts; `renew`, after which IDLE is asked anew (RFC 2177
    wants it below 29 minutes); `first` and `longest` pause before a new connection is made."""

    look: float = 2.0
    renew: float = 540.0
    first: float = 5.0
    longest: float = 300.0


class ImapBell:
    """One connection and one thread of its own. `ring` is called from that thread."""

    def __init__(self, settings: ImapSettings, ring: Callable[[], None], patience: Patience | None = None) -> None:
        self._settings = settings
        self._ring = ring
        self._patience = patience or Patience()
        self._ended = threading.Event()
        self._heard = False
        self._thread = threading.Thread(target=self._listen, name=f"bell {settings.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(self._patience.look + self._settings.timeout)

    def _listen(self) -> None:
        pause = self._patience.first
        while not self._ended.is_set():
            self._heard = False
            try:
                if not self._one_line():
                    log.info("no IDLE there: the mailbox is polled alone", mailbox=self._settings.name)
                    return
            except (IMAP4.error, OSError, MailboxError) as trouble:
                log.info("bell broke off", mailbox=self._settings.name, error=type(trouble).__name__)
            pause = self._patience.first if self._heard else min(pause * 2, self._patience.longest)
            self._ended.wait(pause)

    def _one_line(self) -> bool:
        """Listens until the line ends. False when the server knows no IDLE."""
        client = connect(self._settings)
        try:
            log_in(client, self._settings)
            if not client.has_capability("IDLE"):
                return False
            client.select_folder(self._settings.folder, readonly=True)
            while not self._ended.is_set() and self._idle(client):
                self._heard = True
        finally:
            client.shutdown()
        return True

    def _idle(self, client: IMAPClient) -> bool:
        """One IDLE. False when the line has ended."""
        client.idle()
        self._ring()  # What arrived while IDLE was asked for is not told again.
        until = time.monotonic() + self._patience.renew
        empty = 0
        while not self._ended.is_set() and time.monotonic() < until:
            began = time.monotonic()
            told = client.idle_check(timeout=self._patience.look)
            if any(len(line) > 1 and line[1] == b"EXISTS" for line in told):
                self._ring()
            early = time.monotonic() - began < self._patience.look / 2
            empty = empty + 1 if early and not told else 0
            if empty == _EMPTY_AT_MOST:
                return False
        client.idle_done()
        return True
