"""The outbox is emptied: what is due leaves, alarms first; what fails is tried again, later and later, never twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.outbox.hours import Hours
from bot.outbox.limits import Limits
from bot.register.register import Register
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from outbound.transports.port import Delivery, Idempotent, Posted, Transport

log = structlog.get_logger()

Heard = Callable[[list[Delivery]], None]

_BATCH = 50
_SECONDS = 30.0
_AT_ONCE = 5
"""Mails that are written down as tried in one commit. What became of each is a commit of its own: should the process
die between the server's yes and that commit, one mail may leave twice, and no other; should the power fail, these. By
an idempotent way out none may, and a whole batch goes at once."""
_FIRST_DELAY = timedelta(minutes=2)
_FIRST_ALARM_DELAY = timedelta(seconds=5)
_LONGEST_DELAY = timedelta(hours=6)
REFUSED = "the mail server refused it: "
UNWANTED = "the mail server refused the address: "
GIVE_UP_AFTER = 20
"""Attempts, some four days: then a person is told."""


def send_due(
    register: Register, transport: Transport, now: datetime, limits: Limits | None = None, heard: Heard | None = None,
    hours: Hours | None = None,
) -> int:  # fmt: skip
    """Sends what is due; how many left. Each result is written down before the next batch is taken, and `heard`. A slow
    way out gives up after a while, so that the mailboxes have their turn; the next tick goes on."""
    sent, until = 0, time.monotonic() + _SECONDS
    while True:
        with register.read() as snapshot:
            rows = snapshot.sendable(now, _BATCH)
        if not rows:
            return sent
        rows = _let_out(register, rows, now, limits, hours)
        at_once = _BATCH if isinstance(transport, Idempotent) else _AT_ONCE
        for at in range(0, len(rows), at_once):
            if time.monotonic() > until:
                return sent
            sent += _hand_over(register, transport, rows[at : at + at_once], now, heard)


def _let_out(
    register: Register, rows: list[OutboxRow], now: datetime, limits: Limits | None, hours: Hours | None
) -> list[OutboxRow]:
    """Those that may leave now; why the others may not is written down in one commit."""
    with register.begin() as unit:
        if hours is not None:
            rows = hours.open_now(unit, rows, now)
        return rows if limits is None else limits.allowed(unit, rows, now)


def _hand_over(
    register: Register, transport: Transport, rows: list[OutboxRow], now: datetime, heard: Heard | None
) -> int:
    """What is tried is written down before it is done: where nothing can be written (a full disk), nothing is sent, and
    a mail of which the end is not known comes again later and later, never with every tick."""
    once = transport if isinstance(transport, Idempotent) else None
    with register.begin(synced=once is None) as unit:
        for row in rows:
            unit.trying(row.key, now + (_soon(row.attempts) if row.kind == "alarm" else delay(row.attempts)))
    if once is not None:
        results = _send_all(register, once, rows, now)
    else:
        results = [_send(register, transport, row, now) for row in rows]
    if heard is not None:
        heard([delivery for _, delivery in results])
    return sum(sent for sent, _ in results)


def _send_all(
    register: Register, transport: Idempotent, rows: list[OutboxRow], now: datetime
) -> list[tuple[int, Delivery]]:
    deliveries = transport.send_all([Posted(row.raw, row.mailbox, row.address) for row in rows])
    with register.begin(synced=False) as unit:
        return [(_settle(unit, row, told, now), told) for row, told in zip(rows, deliveries, strict=True)]


def _send(register: Register, transport: Transport, row: OutboxRow, now: datetime) -> tuple[int, Delivery]:
    delivery = transport.send(row.raw, row.mailbox, row.address)
    with register.begin(synced=False) as unit:  # On the disk with the next five that are tried.
        return _settle(unit, row, delivery, now), delivery


def _settle(unit: Unit, row: OutboxRow, delivery: Delivery, now: datetime) -> int:
    if delivery.state == "sent":
        unit.mark_sent(row.key, now, delivery.provider_message_id)
        return 1
    log.warning("mail not delivered", key=row.key, state=delivery.state, attempts=row.attempts + 1)
    if delivery.state == "refused":
        unit.hold(row.key, f"{UNWANTED if delivery.unwanted else REFUSED}{delivery.detail}")
    elif row.attempts + 1 >= GIVE_UP_AFTER:
        unit.hold(row.key, f"tried {row.attempts + 1} times: {delivery.detail}")
    else:
        unit.mark_failed(row.key, delivery.detail)
    return 0


def _soon(attempts: int) -> timedelta:
    """An alarm is tried again at once, and after some tries like other mails."""
    doubled: timedelta = _FIRST_ALARM_DELAY * 2 ** min(attempts, 12)
    return min(doubled, delay(attempts))


def delay(attempts: int) -> timedelta:
    """Two minutes, four, eight ... up to six hours."""
    doubled: timedelta = _FIRST_DELAY * 2 ** min(attempts, 12)
    return min(doubled, _LONGEST_DELAY)
