"""Rows as they come about, with what a test wants different."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.register.rows import CaseRow, NewMail, OutboxRow
from rules.history import Event

NOW = datetime(2026, 3, 4, 10, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)


def mail(identity: str, **other: Any) -> NewMail:
    return NewMail(identity=identity, received=NOW, recorded=NOW, raw=identity.encode(), **other)


def event(seq: int, kind: str = "referral.received", **other: Any) -> Event:
    return Event(seq, kind, NOW, NOW, **other)


def case(ref: str, **other: Any) -> CaseRow:
    return CaseRow(ref, **{"opened": NOW, **other})


def letter(key: str, **other: Any) -> OutboxRow:
    usual: dict[str, Any] = {
        "ref": "CME-2026-00001",
        "role": "police",
        "address": "desk@constabulary.example",
        "kind": "ask",
        "created": NOW,
        "not_before": NOW,
        "raw": f"mail {key}".encode(),
        "message_id": f"<{key}@borough.example>",
    }
    return OutboxRow(key, **{**usual, **other})
