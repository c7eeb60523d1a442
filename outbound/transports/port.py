"""The port: what the outbox knows of the way a mail leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one mail to one recipient. `sent`: someone else has taken charge of it. `later`: nobody has, or
    nobody knows; try again. `refused`: trying again changes nothing, a person must see to it. `detail` says why, in a
    sentence for the digest. `provider_message_id`: where the provider told that it put its own in place of ours.
    `shut`: it is not this mail, but the whole way that is barred. `unwanted`: it is the recipient's address that was
    refused, before the mail was handed over."""

    state: Literal["sent", "later", "refused"]
    detail: str = ""
    provider_message_id: str | None = None
    shut: bool = False
    unwanted: bool = False


class Transport(Protocol):
    """One recipient a mail; `raw` is the whole mail, `sender` and `recipient` are its envelope (RFC 5321)."""

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """Never raises for what a server, a network or a disk does: that is a Delivery."""

    def check(self) -> str:
        """Connects as for sending and sends nothing; why that fails, or ""."""

    def close(self) -> None:
        """Gives up the connection, where there is one."""
