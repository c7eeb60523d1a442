"""What can go wrong between an action and its mail. The messages are read by officers and by who keeps the pack."""

from __future__ import annotations


class WordingError(ValueError):
    """A wording.toml that cannot be used."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"wording.toml, [{where}]: {why}")
        self.where, self.why = where, why


class CannotRender(LookupError):
    """A mail that cannot be written; it waits for a person, and undoes nothing."""

    def __init__(self, wording: str, why: str) -> None:
        super().__init__(f"The mail {wording!r} cannot be written: {why}")
        self.wording, self.why = wording, why
