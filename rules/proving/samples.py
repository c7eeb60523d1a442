"""What people may say in the walk: made-up values for each event, so that every condition of the pack can turn out
either way, and free text that names an address which no mail may name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from rules.calendar import LONDON
from rules.pack import Pack

HOME = "3b Zephyr Wharf, Banbury OX16 4ZZ"
"""Where the child of the walk lives."""
NEW_HOME = "Halcyon Pontoon, Banbury OX16 5ZZ"
"""What people write of where it is now: no words that a pattern for streets would find."""
SECRETS = ("zephyr", "wharf", "halcyon", "pontoon", "sparrow", "ox16 4zz", "ox16 5zz", "ox16 6zz")
WORKER = "hub.worker.north@council.example"
SCHOOL, OTHER_SCHOOL = "931/9001", "931/9004"
ALARMING = "I fear for the child at 17 Sparrow Close, OX16 6ZZ."
"""What an alarm quotes: it keeps the words, without streets and houses (outbound.disclosure)."""
FREE_TEXT = f"The family is at {NEW_HOME}."

_KNOWN: dict[str, Any] = {
    "worker": WORKER, "school": OTHER_SCHOOL, "other-school": OTHER_SCHOOL, "laestab": OTHER_SCHOOL,
    "outcome": "not-cme", "authority": "leicester",
    "address": NEW_HOME, "new-address": NEW_HOME, "card-left": "yes", "neighbours": "yes",
    "is-safeguarding": "no", "taken-up": "yes", "country": "Ireland", "case": "", "fields": {}, "child": "Ada Penhale",
    "how": "by phone", "with": "Children's Social Care", "who": FREE_TEXT,
}  # fmt: skip
_FREE = ("what", "why", "note", "text")
"""What any answer may say in the writer's words."""


def values_of(pack: Pack, event: str, names: tuple[str, ...], now: datetime) -> Iterator[dict[str, Any]]:
    """The values that the event may come with: those that its rules tell apart, each once."""
    given = {name: _sample(name, now) for name in names} | dict.fromkeys(_FREE, FREE_TEXT)
    told_apart = []
    for rule in pack.rules_by_signal.get(event, ()):
        for signal in rule.when.signals:
            if signal.name == event and signal.values:
                told_apart.append(_chosen(signal.values))
    seen = []
    for variant in told_apart or [{}]:
        values = given | variant | ({"authority": "leicester"} if variant.get("in-county") is False else {})
        if values not in seen:
            seen.append(values)
            yield values


def _chosen(values: tuple[tuple[str, object], ...]) -> dict[str, Any]:
    return {name: wanted[0] if isinstance(wanted, list) else wanted for name, wanted in values}


def _sample(name: str, now: datetime) -> Any:
    if name in _KNOWN:
        return _KNOWN[name]
    if name.endswith(("date", "dates", "first_day", "last_day", "until")):
        return now.astimezone(LONDON).date().isoformat()
    if name.endswith("-at"):
        return (now - timedelta(hours=3)).isoformat()
    return FREE_TEXT
