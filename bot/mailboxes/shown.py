"""What a provider tells of its mails beside their bytes: when each arrived, and the beginning of its text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from rules.calendar import LONDON


def beginning(day: date | None) -> datetime:
    """The first moment of that day in London; without a day, before all mails."""
    return datetime.min.replace(tzinfo=UTC) if day is None else datetime.combine(day, time(0), LONDON)


def as_mail(subject: str, text: str, size: int) -> bytes:
    """Subject and at most `size` characters of text, written as a mail."""
    subject = " ".join(subject.split())
    head = f"Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (head + text[:size]).encode("utf-8", "replace")
