"""A mail in a school's or an agency's name, for which the mail server does not vouch, counts after all: an officer has
rung them up, and answers the digest with the word that it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.arrivals.arrival import Arrival
from bot.arrivals.trust import Trust, Writer
from bot.arrivals.verdict import DONE, Verdict
from bot.cases import threads
from bot.cases.authority import ANSWERABLE
from bot.cases.casework import Casework, Origin
from bot.cases.threads import Found
from bot.intake import heard
from bot.mailboxes.port import Arrived
from bot.register.rows import MailRow, Place
from bot.views.claimed import claimed, word_for
from outbound import dates
from parsers.reading import MailReading

Sort = Callable[[Casework, Arrival, Writer, int], Verdict]

_ORDER = re.compile(r"\W*believe\s+(\d{1,9})\s*-\s*([0-9A-Z]{4})\W*", re.IGNORECASE)
_NOT_YOURS = "We have not done that: it is for the tracking officer or the designated officer."


def takes(arrival: Arrival, who: Writer, thread: Found) -> bool:
    """An officer's answer to a digest, with nothing in a line but the order."""
    return who.officer and thread.row is not None and thread.row.kind == "digest" and any(_orders(arrival))


def take(work: Casework, arrival: Arrival, who: Writer, origin: Origin, sort: Sort) -> Verdict:
    """`sort` says what becomes of a mail. Each release is told, with what came of it."""
    if not any(person.role in ANSWERABLE for person in work.office.directory.roles_of(who.address)):
        heard.tell(work, "", arrival, who, _NOT_YOURS)
        return DONE
    told = [_release(work, arrival, origin, sort, *order) for order in dict.fromkeys(_orders(arrival))]
    heard.tell(work, "", arrival, who, " ".join(told))
    return DONE


def _orders(arrival: Arrival) -> Iterator[tuple[int, str]]:
    for line in arrival.reading.new_text.splitlines():
        if found := _ORDER.fullmatch(line.strip()):
            yield int(found[1]), found[2].upper()


def _release(work: Casework, arrival: Arrival, origin: Origin, sort: Sort, number: int, signs: str) -> str:
    mail = work.unit.mail(number)
    if mail is None or word_for(work.unit, mail) != f"{number}-{signs}":
        return f"{number}-{signs} is none of the words in our digests: copy it from there."
    person = claimed(work.office, work.unit, mail)
    if person is None:
        return f"Mail {number} does not wait for this any more: nothing was done."
    reading = work.unit.reading(mail.id)
    assert reading is not None, "claimed() has looked"
    thread = threads.find(work, reading)
    mailbox = thread.row.mailbox if thread and thread.row else arrival.mailbox
    checked = _again(work, mail, reading, mailbox)
    ref = thread.ref if thread else ""
    name = person.name or person.address
    if ref and work.unit.case(ref) is not None:
        text = f"{origin.by} has asked {name}: the mail from {mail.sender} is theirs."
        work.note(ref, "note.added", {"text": text}, origin)
    with work.gate.hearing(reading):
        verdict = sort(work, checked, Writer(mail.sender, Trust.BODY, person), mail.id)
    why = verdict.why or f"{origin.by} asked them: it is theirs"
    work.unit.set_mail_state(mail.id, verdict.state, why)
    done = f"The mail from {mail.sender} of {dates.moment(mail.received)} counts as written by {name}."
    return done if verdict.state == "done" else f"{done} A person must look at it all the same: {verdict.why}."


def _again(work: Casework, mail: MailRow, reading: MailReading, mailbox: str) -> Arrival:
    """As it came. Its clock runs from then."""
    place = Place("", "", 0, "", mail.id)
    return Arrival(Arrived(place, work.unit.raw_mail(mail.id), mail.received), reading, mailbox)
