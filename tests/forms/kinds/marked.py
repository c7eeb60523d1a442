"""Values with a mark before and behind, so that a kind of file can put something of its own around each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BEGIN, END = "\ue000", "\ue001"
_CHOSEN = frozenset(("sen", "gender", "responsible", "risks", "other_risk", "other_text"))
"""Answers that are ticked or struck out, not typed."""


def marked(values: Mapping[str, Any], *, lines: bool = True) -> dict[str, Any]:
    """The values of a form, marked; blank ones too, as a field that nobody filled in is there as well. `lines`: each
    line of a value has marks of its own."""
    return {key: value if key in _CHOSEN else _marked(value, lines) for key, value in values.items()}


def _marked(value: Any, lines: bool) -> Any:
    if isinstance(value, str):
        return "\n".join(f"{BEGIN}{line}{END}" for line in (value.split("\n") if lines else [value]))
    if isinstance(value, Mapping):
        return marked(value, lines=lines)
    if len(value) == 2 and value[0] in ("Yes", "No", "") and isinstance(value[1], str) and not value[1].isalpha():
        return value[0], _marked(value[1], lines) if value[0] else ""
    return tuple(_marked(one, lines) for one in value)
