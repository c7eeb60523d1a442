"""Going live without fear: what leaves, what waits for a tap, and what only would have left.

An alarm leaves in every mode (A2), with the advice to its sender whom to ring: nobody is safer for a trial in which it
did not. The digest leaves too, for it shows the mail that nobody could read.
"""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase

from bot.config.settings import Config, Mode
from bot.register.rows import OutboxRow
from bot.register.unit import Snapshot, Unit

SHADOW = "shadow: it would have been sent"
"""Why a mail that stayed here was cancelled."""
APPROVAL = "waits for a yes"
APPROVE_RULE, EVENING_RULE = "approve", "shadow"
"""The rules of the two mails by which officers judge."""
_ALWAYS = frozenset({"alarm", "digest"})
_OWN = frozenset({APPROVE_RULE, EVENING_RULE, "operator"})  # Who runs the bot hears that it does not work.
_COUNT = "concordance"


def mode_of(config: Config, row: OutboxRow) -> Mode:
    """The mode of the rule that wrote the mail: by its own name, else by the longest pattern, else the whole's."""
    if row.kind in _ALWAYS or row.rule in _OWN:
        return "live"
    rules = sorted((p for p in config.modes if fnmatchcase(row.rule, p)), key=lambda p: (p == row.rule, len(p)))
    return config.modes[rules[-1]] if rules else config.mode


def in_shadow(row: OutboxRow) -> OutboxRow:
    return replace(row, state="cancelled", why=SHADOW)


def stayed_here(row: OutboxRow) -> bool:
    """Whether nobody has that mail: it was written in the shadow, or is held for another reason than want of a yes."""
    if row.state == "held":
        return not row.why.startswith(APPROVAL)
    return row.state == "cancelled" and row.why == SHADOW


def judge(unit: Unit, *, right: int = 0, wrong: int = 0) -> None:
    """Counts what officers said of mails: they would have sent them, or not."""
    for name, more in (("right", right), ("wrong", wrong)):
        if more:
            unit.set_meta(f"{_COUNT}|{name}", str(int(unit.meta(f"{_COUNT}|{name}") or 0) + more))


def concordance(unit: Snapshot | Unit) -> dict[str, int | None]:
    """How many mails officers have judged, and what share of them they would have sent, in percent."""
    right, wrong = (int(unit.meta(f"{_COUNT}|{name}") or 0) for name in ("right", "wrong"))
    return {"right": right, "wrong": wrong, "percent": 100 * right // (right + wrong) if right + wrong else None}
