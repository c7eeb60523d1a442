"""Addresses at which mail of ours does not arrive: a mail server said so, of a mail that was known by its key."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.register.unit import Snapshot, Unit

_KIND = "dead"
_TRIED_ANEW = timedelta(days=30)
"""A mailbox may come back without telling anybody."""


def bury(unit: Unit, address: str, now: datetime) -> bool:
    """False where it was known already."""
    if is_dead(unit, address, now):
        return False
    unit.set_meta(f"{_KIND}|{address}", now.isoformat())
    return True


def revive(unit: Unit, address: str) -> None:
    """Somebody writes from there, beyond doubt."""
    if address in unit.noted(_KIND):
        unit.forget(f"{_KIND}|{address}")


def is_dead(unit: Snapshot | Unit, address: str, now: datetime) -> bool:
    since = unit.noted(_KIND).get(address)
    return since is not None and now < datetime.fromisoformat(since) + _TRIED_ANEW
