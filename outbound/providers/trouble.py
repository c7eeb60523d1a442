"""What a provider refuses, or does not answer; and asking again where that may help."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Trouble(Exception):
    """Told for an operator. `status` is HTTP's, 0 where there is none. `after`: seconds to leave the provider alone.
    `passing`: asked again, it may answer. `doubtful`: it may have done what was asked all the same. `refused`: it never
    will, for what was asked is wrong in itself. `unwanted`: that is so because of the address it was to be sent to.
    `login`: it does not let us in."""

    def __init__(
        self,
        what: str,
        status: int = 0,
        *,
        after: float = 0.0,
        passing: bool = False,
        doubtful: bool = False,
        refused: bool = False,
        unwanted: bool = False,
        login: bool = False,
    ) -> None:
        super().__init__(what)
        self.status, self.after = status, after
        self.passing, self.doubtful, self.refused, self.login = passing, doubtful, refused, login
        self.unwanted = unwanted


def of_the_address(code: str, words: str) -> bool:
    """Whether it is the recipient's address that Graph or EWS refuses to send to. Both use the same code for a mail in
    which they find no recipient at all, and that says nothing of the address."""
    return code == "ErrorInvalidRecipients" and "no recipients" not in words


def asked_again(work: Callable[[], T], *, patience: float, tries: int, first_pause: float) -> T:
    """Does `work`, again after pauses that double, while its trouble passes and the patience (seconds for all of them)
    lasts. Raises the last Trouble."""
    for tried in range(1, tries + 1):
        try:
            return work()
        except Trouble as trouble:
            pause = trouble.after or first_pause * 2 ** (tried - 1)
            if not trouble.passing or pause > patience or tried == tries:
                raise
            patience -= pause
            time.sleep(pause)
    raise AssertionError("unreachable: the last try returns or raises")
