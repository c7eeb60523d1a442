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
    stays: bool = False
    """It is not written down yet, and looked at again at the next poll."""


DONE = Verdict("done", "done")
NOT_BELIEVED = "a reply from somebody whose word does not count there"
WAIT = Verdict("done", "waiting", "its files are still being scanned", stays=True)


def quarantine(why: str) -> Verdict:
    """It waits, untouched, for a person; every digest says so until someone has seen it."""
    return Verdict("quarantine", "quarantined", why)
