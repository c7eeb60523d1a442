"""What a provider refuses, or does not answer."""

from __future__ import annotations


class Trouble(Exception):
    """Told for an operator. `status` is HTTP's, 0 where there is none. `after`: seconds to leave the provider alone.
    `passing`: asked again, it may answer. `doubtful`: it may have done what was asked all the same. `refused`: it never
    will, for what was asked is wrong in itself. `login`: it does not let us in."""

    def __init__(
        self,
        what: str,
        status: int = 0,
        *,
        after: float = 0.0,
        passing: bool = False,
        doubtful: bool = False,
        refused: bool = False,
        login: bool = False,
    ) -> None:
        super().__init__(what)
        self.status, self.after = status, after
        self.passing, self.doubtful, self.refused, self.login = passing, doubtful, refused, login
