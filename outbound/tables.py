"""What may stand in a pack's wording.toml: the shape of each table, checked when it is read."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

import msgspec

FactKind = Literal[
    "text",
    "date",
    "born",
    "moment",
    "yesno",
    "gender",
    "fields",
    "question",
    "lines",
    "children",
    "number",
]
Hours = Literal["office", "outside", "always"]


class _Table(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"start": "from"}):
    """Every table refuses a key that it does not know, so that a slip is found by `cmebot check`."""


class WordingTable(_Table, frozen=True, kw_only=True):
    """One wording, or one of its dated variants. `ask` or `say` holds the first sentences; `details` names facts, in
    order, `a|b` the first of them that the case has; `silence` says what happens if nothing is done; `chased` the same
    in a reminder, where that is other than the reminder's own words; `role` overrides single keys for one role. `bare`:
    no case is named; `foot`: why it was sent, where that is the same for everybody; `labels`: headings that are other
    here."""

    subject: str
    ask: str = ""
    say: str = ""
    details: tuple[str, ...] = ()
    risk: bool = False
    compare: tuple[str, ...] = ()
    quote: str = ""
    bullets: str = ""
    box: str = ""
    numbers: bool = False
    basis: str = ""
    silence: str = ""
    chased: str = ""
    more: tuple[str, ...] = ()
    bare: bool = False
    foot: str = ""
    labels: dict[str, str] = {}
    tone: Literal["", "urgent", "late", "do", "done"] = ""
    start: date | None = None
    until: date | None = None


class PhraseTable(_Table, frozen=True):
    text: str
    start: date | None = None
    until: date | None = None


class FactTable(_Table, frozen=True):
    """`asked` is how it is asked for amid a sentence; without it, "the" and the label."""

    label: str
    kind: FactKind = "text"
    asked: str = ""


class OpeningTable(_Table, frozen=True):
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    opens: time
    closes: time


class NumberTable(_Table, frozen=True, kw_only=True):
    name: str
    number: str
    hours: Hours = "office"
    area: str = ""
    said: str = ""
    open: tuple[OpeningTable, ...] = ()
    start: date | None = None
    until: date | None = None
    verified: date | None = None


class CouncilTable(_Table, frozen=True, kw_only=True):
    name: str = ""
    team: str = ""
    policy: str = ""
