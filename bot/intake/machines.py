"""What is done with a mail that a machine wrote, that came twice, or that a gateway still holds back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import Verdict
from bot.cases.casework import Casework
from bot.register.rows import MailRow
from parsers.reading import MailReading

LONGEST_SCAN = timedelta(hours=6)
"""After that a person looks at the placeholder: a scan takes minutes."""
_FORGOTTEN = timedelta(days=2)
_CALENDAR = "text/calendar"


def still_scanned(work: Casework, reading: MailReading) -> bool:
    """A mail whose files a gateway holds back stays where it lies, and is looked at again. Words of serious concern
    do not wait for a virus scanner."""
    if not reading.scanning or reading.concerns:
        return False
    since = work.unit.meta(f"waiting|{reading.identity}")
    if since is None:
        _tidy(work)
        work.unit.set_meta(f"waiting|{reading.identity}", work.now.isoformat())
        return True
    return work.now < datetime.fromisoformat(since) + LONGEST_SCAN


def _tidy(work: Casework) -> None:
    """The finished mail has another identity than its placeholder, so that nobody else forgets these."""
    for identity, since in work.unit.noted("waiting").items():
        if datetime.fromisoformat(since) + _FORGOTTEN < work.now:
            work.unit.forget(f"waiting|{identity}")


def first_copy(work: Casework, reading: MailReading, who: Writer, same_id: Sequence[MailRow]) -> MailRow | None:
    """The same mail, which came straight or through a list before: a list adds a footer and a word to the subject, and
    may put itself into From. All that this copy says is said by that one, which is believed no less (a list breaks the
    sender's signature). `same_id`: the mails that have its Message-ID."""
    for known in same_id:
        earlier = work.unit.reading(known.id)
        if (
            earlier is not None
            and known.trust >= who.trust
            and known.state != "quarantined"
            and _says_no_more(reading, earlier)
        ):
            return known
    return None


def _says_no_more(reading: MailReading, earlier: MailReading) -> bool:
    if not (reading.via_list or (earlier.via_list and earlier.sender == reading.sender)):
        return False
    if {a.digest for a in reading.attachments} != {a.digest for a in earlier.attachments}:
        return False
    one, other = " ".join(reading.new_text.split()), " ".join(earlier.new_text.split())
    return bool(one) and (one in other or other in one)


def once_said(work: Casework, reading: MailReading) -> MailReading:
    """An automatic reply that says the same each time ("if a child is in danger, ring ...") alarms once."""
    if reading.kind != "auto-reply" or not reading.concerns:
        return reading
    quotes = "\n".join(c.quote for c in reading.concerns)
    sender = reading.sender.address if reading.sender else ""
    key = f"said|{hashlib.sha256(f'{sender}|{quotes}'.encode()).hexdigest()[:32]}"
    if work.unit.meta(key) is not None:
        return replace(reading, concerns=(), child=None)
    work.unit.set_meta(key, work.now.isoformat())
    return reading


def without_content(arrival: Arrival, who: Writer) -> Verdict:
    """Recorded and done; an invitation by somebody known is shown: a person wrote it, and waits for one."""
    reading = arrival.reading
    if who.trust >= Trust.KNOWN and any(a.content_type == _CALENDAR for a in reading.attachments):
        return Verdict("done", "quarantined", f"an invitation from {who.address}, for a person to answer")
    return Verdict("done", "done", f"a machine wrote it: {reading.machine}")
