"""Delivers into a Maildir: each mail once, also when the power fails between delivering and writing that down."""

from __future__ import annotations

import hashlib
import os
import re
from email.utils import parsedate_to_datetime
from pathlib import Path

from outbound.transports.port import Delivery

_FIELDS = {
    name: re.compile(rb"(?im)^" + name.encode() + rb":[ \t]*([^\r\n]*)") for name in ("X-CME-Key", "Message-ID", "Date")
}


class MaildirTransport:
    """`path` is made when missing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new, self._cur, self._tmp = (f"{path}/{part}" for part in ("new", "cur", "tmp"))
        for part in ("tmp", "new", "cur"):
            (path / part).mkdir(parents=True, exist_ok=True)

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        name = _name(raw, recipient)
        try:
            if not self._delivered(name):
                self._deliver(raw, name)
        except OSError as refusal:
            return Delivery("later", f"The mail cannot be written to {self._path}: {refusal.strerror}.")
        return Delivery("sent")

    def _delivered(self, name: str) -> bool:
        """Lies it there already, new, or moved to cur with flags by who has read it?"""
        if os.path.exists(f"{self._new}/{name}"):  # noqa: PTH110
            return True
        return any(old.partition(":")[0] == name for old in os.listdir(self._cur))  # noqa: PTH208

    def _deliver(self, raw: bytes, name: str) -> None:
        """Whole or not at all: written and synced in tmp, then renamed into new, and the folder synced. Without Paths,
        which cost as much as the writing."""
        waiting = f"{self._tmp}/{name}"
        with open(waiting, "wb", buffering=0) as file:  # noqa: PTH123
            file.write(raw)
            os.fsync(file.fileno())
        os.rename(waiting, f"{self._new}/{name}")  # noqa: PTH104
        folder = os.open(self._new, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def check(self) -> str:
        return "" if (self._path / "new").is_dir() else f"There is no Maildir at {self._path}."

    def close(self) -> None:
        """Nothing is open between two mails."""


def _name(raw: bytes, recipient: str) -> str:
    """The same for the same mail at every try: its Date, for the order in the folder, and a hash of its key."""
    head = raw[: raw.find(b"\r\n\r\n") if b"\r\n\r\n" in raw else raw.find(b"\n\n")]
    key = _field(head, "X-CME-Key") or _field(head, "Message-ID") or hashlib.sha256(raw).hexdigest()
    mark = hashlib.sha256(f"{key}\n{recipient}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return f"{_seconds(head)}.{mark}.cmebot"


def _field(head: bytes, name: str) -> str:
    """A header that stands on one line, as these three of ours do."""
    found = _FIELDS[name].search(head)
    return found[1].decode("ascii", "surrogateescape").strip() if found else ""


def _seconds(head: bytes) -> int:
    try:
        return max(0, int(parsedate_to_datetime(_field(head, "Date")).timestamp()))
    except ValueError:
        return 0
