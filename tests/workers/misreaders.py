"""Readers that do what a bad document makes a parser do; at the top of a module, so that a new process finds them."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime

from bot.arrivals.reader_process import unreadable
from parsers.reading import MailReading


def misread(raw: bytes, *, received: datetime) -> MailReading:
    """Says which process read it; or hangs, dies, fails, or takes all memory, as the mail says."""
    if raw == b"hang":
        time.sleep(60)
    if raw == b"die":
        os.abort()
    if raw == b"signal":
        os.kill(os.getpid(), signal.SIGTERM)
    if raw == b"fail":
        raise ValueError("no such table")
    if raw == b"eat":
        bytearray(8 << 30)
    return unreadable(raw, f"read by {os.getpid()} at {received:%H:%M}")
