"""What lay in a mailbox before the first day is not taken in, and not forgotten either: `status` says so."""

from __future__ import annotations

from bot.mailboxes.port import Mailbox
from bot.register.register import Register


def note_left_alone(register: Register, box: Mailbox, told: set[str]) -> None:
    """Once for each mailbox in `told`, as soon as it has been looked into."""
    left = getattr(box, "left_alone", None)
    if left is None or box.name in told:
        return
    told.add(box.name)
    with register.begin() as unit:
        unit.set_meta(f"left|{box.name}", str(left))
