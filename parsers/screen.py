"""A first look at a mail that waits in a long queue: does it speak of serious concern? Then it is read before all the
others (policy 1.4: at once, before anything else)."""

from __future__ import annotations

from parsers import concerns
from parsers.mail import headers, limits, new_text, walk


def looks_serious(raw: bytes) -> bool:
    """By the words of the mail's subject and its own text; what an attached form says is seen when the form is read. A
    mail that cannot be opened here has its turn in the queue, where it goes to a person."""
    try:
        mail = walk.walk(raw[: limits.FIRST_BYTES])
    except limits.TooMuch:
        return False
    said = (headers.read(mail.message).subject, new_text.new_text(mail.text, mail.html))
    return any(map(concerns.concerns, said))
