"""An answer that a colleague gave, in the mail that the writer quotes ("see below"): heard as the colleague's, for its
sender to confirm. What we wrote ourselves, quoted, is nobody's answer."""

from __future__ import annotations

import re

from bot.council.office import Office
from parsers.answers import points_below
from parsers.reading import MailReading

_OURS = re.compile(r"\bCME-\d{4}-\d{3,6}\b|Why you got this mail")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MOST = 300
"""Characters of a mail that does no more than point."""


def said_below(office: Office, reading: MailReading) -> str | None:
    """The new text with the colleague's mail under it; None where the reply does not point to one."""
    new = reading.new_text
    if len(new) > _MOST or not points_below(new):
        return None
    from parsers.mail.forward import first_quoted  # It brings lxml, of which the daemon has no need otherwise.

    whose, words = first_quoted(reading.text)
    ours = any(office.own(address.lower()) for address in _ADDRESS.findall(whose))
    if not words or ours or _OURS.search(whose) or _OURS.search(words):
        return None
    return f"{new}\n\n{whose}\n\n{words}"
