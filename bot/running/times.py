"""Times as people give them on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from rules.calendar import LONDON


class BadTime(ValueError):
    """A time that cannot be read."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no time: write it as 2014-11-06T10:00")


def moment(text: str) -> datetime:
    """A time without a zone is Europe/London; none is now."""
    if not text:
        return datetime.now(UTC)
    try:
        read = datetime.fromisoformat(text)
    except ValueError as problem:
        raise BadTime(text) from problem
    return read if read.tzinfo else read.replace(tzinfo=LONDON)
