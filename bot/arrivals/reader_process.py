"""What a reading process does: it reads mail by mail, and says of one that beats it why."""

from __future__ import annotations

import gc
import hashlib
import os
import re
import resource
import signal
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from typing import Protocol

import msgspec

from parsers.reading import Address, MailReading

_encode = msgspec.json.Encoder().encode
_NICE = 5
"""How far readers stand back (nice(2)): what they have read is worth nothing until the daemon has written it down, and
no document can take the daemon's own time. Not further, or a busy computer would starve a reader beyond its limits."""
LEFT = 75
"""The exit code of a process that was asked to end (sysexits.h: a temporary failure): no fault of its mail."""


Forbidden = dict[str, str]
"""Documents that killed a reader, by their SHA-256, and what is said of them."""
OPENING = b"!"
"""Before the SHA-256 of a document that is opened; no reading begins so."""


class Reads(Protocol):
    """As `parsers.reader.read_mail`; a function at the top of a module, so that a new process finds it by its name."""

    def __call__(self, raw: bytes, *, received: datetime) -> MailReading: ...


def read_mail(raw: bytes, *, received: datetime) -> MailReading:
    """`parsers.reader.read_mail`, whose libraries are loaded at the first call: the daemon itself never needs them."""
    from parsers.reader import read_mail as read

    return read(raw, received=received)


def _watched(pipe: Connection, forbidden: Forbidden) -> Reads:
    """The same, telling the daemon of each document before it is opened."""
    from parsers.mail.watch import Watch
    from parsers.reader import read_mail as read

    return partial(read, watch=Watch(lambda digest: pipe.send_bytes(OPENING + digest.encode()), forbidden))


def serve(pipe: Connection, memory: int | None, reads: Reads) -> None:
    """The life of a process: ready, then mail by mail until the pipe is closed."""
    busy, asked_to_end = False, False

    def end(number: int, frame: object) -> None:
        nonlocal asked_to_end
        asked_to_end = True
        if not busy:
            os._exit(LEFT)

    # A service manager signals daemon and readers alike; the daemon decides, and a mail being read is read to its end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    os.nice(_NICE)
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if reads is read_mail:
        import parsers.reader  # noqa: F401 - the libraries, before the first mail's time begins to run

    gc.collect()
    gc.freeze()  # The libraries live as long as the process.
    gc.set_threshold(20_000, 20, 50)
    pipe.send_bytes(b"")
    while not asked_to_end:
        try:
            raw, received, forbidden = pipe.recv()
        except EOFError:
            os._exit(0)
        busy = True
        how = _watched(pipe, forbidden) if reads is read_mail else reads
        pipe.send_bytes(_encode(first_look(raw) if received is None else read_or_say_why(how, raw, received)))
        busy = False
    os._exit(LEFT)


def first_look(head: bytes) -> bool:
    from parsers.screen import looks_serious

    return looks_serious(head)


def read_or_say_why(reads: Reads, raw: bytes, received: datetime) -> MailReading:
    """The reading of a mail; where its parser fails, one that says so: a single mail must not stop a mailbox."""
    try:
        return reads(raw, received=received)
    except MemoryError:
        return unreadable(raw, "Reading it needs more memory than one mail is given.")
    except Exception as failure:  # noqa: BLE001 - whatever it is, it becomes visible: the mail goes to a person
        return unreadable(raw, f"Its reader failed: {type(failure).__name__}: {failure}"[:500])


_HEADER = re.compile(rb"^(message-id|from|subject):[ \t]*([^\r\n]{0,500})", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[^\s<>@,;\"]{1,64}@[^\s<>@,;\"]{1,255}")
_HEAD = 65_536


def unreadable(raw: bytes, why: str) -> MailReading:
    """A mail that nothing could be made of: who seems to have sent it, for the person who will look, and why. Its
    identity is the hash of its bytes."""
    end = re.search(rb"\r?\n\r?\n", raw[:_HEAD])
    head: dict[str, str] = {}
    for name, value in _HEADER.findall(raw[: end.start() if end else _HEAD]):
        head.setdefault(name.decode().lower(), value.decode("utf-8", "replace").strip())
    address = _ADDRESS.search(head.get("from", ""))
    return MailReading.unreadable(
        (why,),
        identity=f"unread:{hashlib.sha256(raw).hexdigest()}",
        message_id=head.get("message-id", ""),
        sender=Address(address.group().lower()) if address else None,
        senders=0,
        to=(),
        subject=head.get("subject", ""),
        date=None,
    )
