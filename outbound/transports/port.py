"""The port: what the outbox knows of the way a mail leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, runtime_checkable


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


class Posted(NamedTuple):
    """A mail to one recipient; `raw` is the whole mail, `sender` and `recipient` are its envelope (RFC 5321)."""

    raw: bytes
    sender: str
    recipient: str


class Transport(Protocol):
    """One recipient a mail, as in `Posted`."""

    def send(self, raw: bytes, sender: str, recipient: str) -> Delivery:
        """Never raises for what a server, a network or a disk does: that is a Delivery."""

    def check(self) -> str:
        """Connects as for sending and sends nothing; why that fails, or ""."""

    def close(self) -> None:
        """Gives up the connection, where there is one."""


@runtime_checkable
class Idempotent(Transport, Protocol):
    """A way out by which a mail that is given twice arrives once. So many may be given at once: whatever is cut off on
    the way is given again, and no doubt comes of it."""

    def send_all(self, mails: Sequence[Posted]) -> list[Delivery]:
        """One a mail, in their order; as for `send`, nothing is raised."""
