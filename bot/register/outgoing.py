"""The outbox: every mail that is to leave, and that has left, once by its key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects import sqlite

from bot.register.addressed import AddressedReads
from bot.register.codec import from_micros, maybe_micros, maybe_moment, pack, to_micros, unpack
from bot.register.errors import RegisterError
from bot.register.rows import OutboxRow
from bot.register.said import Said, each
from bot.register.tables import HELD, WAITING, outbox

_COLUMNS = [
    outbox.c.key,
    outbox.c.ref,
    outbox.c.role,
    outbox.c.address,
    outbox.c.kind,
    outbox.c.created,
    outbox.c.not_before,
    outbox.c.raw,
    outbox.c.message_id,
    outbox.c.code,
    outbox.c.rule,
    outbox.c.questions,
    outbox.c.state,
    outbox.c.why,
    outbox.c.priority,
    outbox.c.attempts,
    outbox.c.sent_at,
    outbox.c.provider_message_id,
    outbox.c.subject,
    outbox.c.asks,
    outbox.c.mailbox,
]
_ALL = select(*_COLUMNS)
_IN_ORDER = (outbox.c.priority, outbox.c.created, outbox.c.key)
_BY_KEY = Said(_ALL.where(outbox.c.key == bindparam("key")))
_BY_CODE = Said(_ALL.where(outbox.c.code == bindparam("code")))
_BY_MESSAGE_IDS = Said(
    _ALL.where(
        or_(
            outbox.c.message_id.in_(each("ids")),
            outbox.c.provider_message_id.in_(each("ids")),
        )
    )
)
_OF_REF = Said(_ALL.where(outbox.c.ref == bindparam("ref")).order_by(outbox.c.created, outbox.c.key))
_THREAD = Said(
    select(outbox.c.provider_message_id, outbox.c.message_id)
    .where(outbox.c.ref == bindparam("ref"), outbox.c.address == bindparam("address"))
    .order_by(outbox.c.created, outbox.c.key)
)
_SENT_BETWEEN = Said(
    _ALL.where(
        outbox.c.state == "sent", outbox.c.sent_at >= bindparam("since"), outbox.c.sent_at < bindparam("until")
    ).order_by(outbox.c.sent_at, outbox.c.key)
)
_HELD = Said(_ALL.where(HELD).order_by(*_IN_ORDER))
_HELD_BECAUSE = Said(
    _ALL.where(
        HELD, func.substr(outbox.c.why, 1, func.length(bindparam("beginning"))) == bindparam("beginning")
    ).order_by(*_IN_ORDER)
)
_STAYED = Said(
    _ALL.where(
        outbox.c.state == "cancelled", outbox.c.why == bindparam("why"), outbox.c.created > bindparam("since")
    ).order_by(outbox.c.created, outbox.c.key)
)
_SENDABLE = Said(
    _ALL.where(WAITING, outbox.c.not_before <= bindparam("now")).order_by(*_IN_ORDER).limit(bindparam("most"))
)
_NEXT_SENDABLE = Said(select(outbox.c.not_before).where(WAITING).order_by(outbox.c.not_before).limit(1))
_QUEUE = Said(sqlite.insert(outbox).on_conflict_do_nothing(index_elements=[outbox.c.key]))

_THIS = update(outbox).where(outbox.c.key == bindparam("the_key"))
_UNSENT = _THIS.where(or_(outbox.c.state == "waiting", outbox.c.state == "held"))
_SENT = Said(
    _THIS.values(
        state="sent",
        why="",
        sent_at=bindparam("at"),
        provider_message_id=bindparam("new_id"),
    )
)
_TRYING = Said(_UNSENT.values(not_before=bindparam("again"), attempts=outbox.c.attempts + 1))
_FAILED = Said(_UNSENT.values(state="waiting", why=bindparam("new_why")))
_POSTPONE = Said(_UNSENT.values(state="waiting", why=bindparam("new_why"), not_before=bindparam("again")))
_HOLD = Said(_UNSENT.values(state="held", why=bindparam("new_why")))
_RELEASE = Said(_UNSENT.values(state="waiting", why="", not_before=bindparam("again")))
_SEND_AGAIN = Said(
    _THIS.where(outbox.c.state == "sent").values(
        state="waiting", why=bindparam("new_why"), not_before=bindparam("again")
    )
)
_CANCEL = Said(_UNSENT.values(state="cancelled", why=bindparam("new_why")))

_json = msgspec.json.Encoder().encode
_array = msgspec.json.Decoder(tuple[Any, ...]).decode


def _row(columns: Any) -> OutboxRow:
    key, ref, role, address, kind, created, not_before, raw, message_id, code, rule, questions, *rest = columns
    state, why, priority, attempts, sent_at, provider_message_id, subject, asks, mailbox = rest
    return OutboxRow(
        key,
        ref,
        role,
        address,
        kind,
        from_micros(created),
        from_micros(not_before),
        unpack(raw),
        message_id,
        code,
        rule,
        tuple(questions.split()),
        state,
        why,
        priority,
        attempts,
        maybe_moment(sent_at),
        provider_message_id,
        subject,
        _array(asks),
        mailbox,
    )


def _values(row: OutboxRow) -> dict[str, object]:
    return {
        "key": row.key,
        "ref": row.ref,
        "role": row.role,
        "address": row.address,
        "kind": row.kind,
        "created": to_micros(row.created),
        "not_before": to_micros(row.not_before),
        "raw": pack(row.raw),
        "message_id": row.message_id,
        "code": row.code,
        "rule": row.rule,
        "questions": " ".join(row.questions),
        "state": row.state,
        "why": row.why,
        "priority": row.priority,
        "attempts": row.attempts,
        "sent_at": maybe_micros(row.sent_at),
        "provider_message_id": row.provider_message_id,
        "subject": row.subject,
        "asks": _json(row.asks).decode(),
        "mailbox": row.mailbox,
    }


class OutboxReads(AddressedReads):
    """What can be asked about mails of ours."""

    def outbox(self, key: str) -> OutboxRow | None:
        return self._first(_BY_KEY, {"key": key})

    def outbox_by_code(self, code: str) -> OutboxRow | None:
        return self._first(_BY_CODE, {"code": code})

    def outbox_by_message_ids(self, ids: Sequence[str]) -> list[OutboxRow]:
        """Mails of ours known by one of these, our own Message-ID or the provider's, in the order of `ids`."""
        if not ids:
            return []
        rank = {message_id: n for n, message_id in reversed(list(enumerate(ids)))}
        found = self._several(_BY_MESSAGE_IDS, {"ids": _json(list(rank)).decode()})
        last = len(ids)
        return sorted(
            found, key=lambda row: min(rank.get(row.message_id, last), rank.get(row.provider_message_id or "", last))
        )

    def outbox_of(self, ref: str) -> list[OutboxRow]:
        """All mails of a subject, in every state, the oldest first."""
        return self._several(_OF_REF, {"ref": ref})

    def thread_with(self, ref: str, address: str) -> list[str]:
        """The Message-IDs of all mails of a subject to one person, in every state, the oldest first."""
        found = _THREAD.rows(self._connection, {"ref": ref, "address": address})
        return [theirs or ours for theirs, ours in found]

    def sent_between(self, since: datetime, until: datetime) -> list[OutboxRow]:
        """Sent at `since` or later, and before `until`."""
        return self._several(_SENT_BETWEEN, {"since": to_micros(since), "until": to_micros(until)})

    def held(self) -> list[OutboxRow]:
        """Those that wait for a person: they could not be rendered, addressed or sent, or are to be approved."""
        return self._several(_HELD, {})

    def held_because(self, beginning: str) -> list[OutboxRow]:
        """Those of which the reason begins so."""
        return self._several(_HELD_BECAUSE, {"beginning": beginning})

    def stayed(self, why: str, since: datetime) -> list[OutboxRow]:
        """Cancelled for that reason, and written after `since`."""
        return self._several(_STAYED, {"why": why, "since": to_micros(since)})

    def sendable(self, now: datetime, limit: int) -> list[OutboxRow]:
        """What may leave now: alarms first, then in the order in which it was written."""
        return self._several(_SENDABLE, {"now": to_micros(now), "most": limit})

    def next_sendable(self) -> datetime | None:
        """The first moment at which a waiting mail may leave; it may have passed."""
        return maybe_moment(_NEXT_SENDABLE.value(self._connection))

    def _first(self, statement: Said, values: dict[str, object]) -> OutboxRow | None:
        found = statement.row(self._connection, values)
        return None if found is None else _row(found)

    def _several(self, statement: Said, values: dict[str, object]) -> list[OutboxRow]:
        return [_row(found) for found in statement.rows(self._connection, values)]


class OutboxWrites(OutboxReads):
    """What can be written down about mails of ours."""

    def queue(self, row: OutboxRow) -> bool:
        """True when it is new. False, and nothing changes, when that key is there in whatever state."""
        return _QUEUE.on(self._connection, _values(row)).rowcount == 1

    def mark_sent(self, key: str, at: datetime, provider_message_id: str | None = None) -> None:
        self._change(_SENT, key, {"at": to_micros(at), "new_id": provider_message_id})

    def trying(self, key: str, again: datetime) -> None:
        """It is about to be handed over, for the first time or once more. Should nobody come to say what became of it,
        it may leave from `again` on."""
        self._change(_TRYING, key, {"again": to_micros(again)})

    def mark_failed(self, key: str, why: str) -> None:
        """It stays waiting, and may leave when `trying` said."""
        self._change(_FAILED, key, {"new_why": why})

    def postpone(self, key: str, why: str, until: datetime) -> None:
        """It was not tried, and waits for its turn."""
        self._change(_POSTPONE, key, {"new_why": why, "again": to_micros(until)})

    def hold(self, key: str, why: str) -> None:
        """It waits for a person until `release` or `cancel`."""
        self._change(_HOLD, key, {"new_why": why})

    def release(self, key: str, not_before: datetime) -> None:
        """A person has seen to it, or approved it: it may leave."""
        self._change(_RELEASE, key, {"again": to_micros(not_before)})

    def send_again(self, key: str, why: str, not_before: datetime) -> None:
        """It left, and did not arrive: the same mail, with the same key and Message-ID, leaves once more."""
        self._change(_SEND_AGAIN, key, {"new_why": why, "again": to_micros(not_before)})

    def cancel(self, key: str, why: str) -> bool:
        """False when it has left already, or was cancelled before: nothing changes then."""
        return _CANCEL.on(self._connection, {"the_key": key, "new_why": why}).rowcount == 1

    def _change(self, statement: Said, key: str, values: dict[str, object]) -> None:
        if statement.on(self._connection, {"the_key": key, **values}).rowcount != 1:
            raise RegisterError(f"No mail in the outbox has the key {key} and may still change so.")
