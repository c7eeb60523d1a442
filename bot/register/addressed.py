"""What one address has had of us since some day: for caps, for loops, for what it still owes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from bot.register.codec import to_micros
from bot.register.said import Said
from bot.register.tables import outbox

_SENT_TO = Said(
    select(func.count()).where(
        outbox.c.state == "sent", outbox.c.sent_at >= bindparam("since"), outbox.c.address == bindparam("to")
    )
)
_ASKED_SINCE = Said(
    select(outbox.c.ref)
    .where(
        outbox.c.state == "sent",
        outbox.c.sent_at >= bindparam("since"),
        outbox.c.address == bindparam("to"),
        outbox.c.asks != b"[]",
    )
    .group_by(outbox.c.ref)
    .order_by(outbox.c.ref)
)
_QUEUED_SINCE = Said(
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.ref == bindparam("ref"),
        outbox.c.address == bindparam("address"),
        outbox.c.kind == bindparam("kind"),
        outbox.c.created > bindparam("since"),
    )
)


class AddressedReads:
    """What can be asked about the mails to one address."""

    _connection: Connection

    def sent_to(self, address: str, since: datetime) -> int:
        """How many mails have left to this address, at `since` or later."""
        found: int = _SENT_TO.value(self._connection, {"to": address, "since": to_micros(since)})
        return found

    def asked_since(self, address: str, since: datetime) -> list[str]:
        """The subjects of which that address has been asked something since then."""
        known = {"since": to_micros(since), "to": address}
        return [str(ref) for ref in _ASKED_SINCE.column(self._connection, known)]

    def queued_since(self, ref: str, address: str, kind: str, since: datetime) -> int:
        """How many mails of that kind were written to one address in one subject after `since`."""
        values = {"ref": ref, "address": address, "kind": kind, "since": to_micros(since)}
        count: int = _QUEUED_SINCE.value(self._connection, values)
        return count
