"""Delivers into a Maildir: each mail once, also when the power fails between delivering and writing that down."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from outbound.transports.head import head, mark, written
from outbound.transports.port import Delivery


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
    key = mark(raw) or hashlib.sha256(raw).hexdigest()
    digest = hashlib.sha256(f"{key}\n{recipient}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
    date = written(head(raw))
    return f"{max(0, int(date.timestamp())) if date else 0}.{digest}.cmebot"
