"""Times as people give them on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from rules.calendar import LONDON


def moment(text: str) -> datetime:
    """A time without a zone is Europe/London; none is now."""
    if not text:
        return datetime.now(UTC)
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=LONDON)
