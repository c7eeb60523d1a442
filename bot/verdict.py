"""What became of a mail."""

from __future__ import annotations

from dataclasses import dataclass

from bot.register.rows import MailState, Target


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whereto the mail is moved, its state in the register, and why (for the digest)."""

    target: Target
    state: MailState
    why: str = ""


DONE = Verdict("done", "done")


def quarantine(why: str) -> Verdict:
    """It waits, untouched, for a person; every digest says so until someone has seen it."""
    return Verdict("quarantine", "quarantined", why)
