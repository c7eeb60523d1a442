"""IDLE (RFC 2177).

Servers have been seen to say nothing for hours on a line that looked alive (mjs/imapclient#349), so IDLE is asked anew
every few minutes; and imapclient reports a line that has ended as one on which nothing was said (imapclient#565).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from imaplib import IMAP4
from typing import ClassVar

from imapclient import IMAPClient

from bot.mailboxes.bell import Bell, Patience
from bot.mailboxes.imap_login import ImapSettings, connect, log_in
from bot.mailboxes.port import MailboxError

_EMPTY_AT_MOST = 3
"""Answers with nothing in them before their time, until the line is taken to be dead."""


class ImapBell(Bell):
    passing: ClassVar = (IMAP4.error, OSError, MailboxError)

    def __init__(self, settings: ImapSettings, ring: Callable[[], None], patience: Patience | None = None) -> None:
        super().__init__(settings.name, ring, patience or Patience())
        self._settings = settings

    def _one_line(self) -> bool:
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
        """One IDLE, below the 29 minutes of RFC 2177. False when the line has ended."""
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
