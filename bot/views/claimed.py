"""Mails in the name of a school or an agency that nobody vouches for: whom to ring, and by which word the officer who
has rung them lets such a mail count."""

from __future__ import annotations

from bot.arrivals.trust import Trust
from bot.arrivals.verdict import NOT_BELIEVED
from bot.council.directory import Person
from bot.council.office import Office
from bot.outbox.codes import Codes
from bot.register.rows import MailRow
from bot.register.unit import Snapshot, Unit


def claimed(office: Office, unit: Snapshot | Unit, mail: MailRow) -> Person | None:
    """Whose name it bears, where an officer may let it count. An officer's own name is not to be had by ringing up: he
    writes again. What speaks of a concern is out already, and the rest of it is a person's to deal with."""
    if mail.state != "quarantined" or mail.trust != Trust.KNOWN or NOT_BELIEVED not in mail.why:
        return None
    person, reading = office.directory.who_is(mail.sender), unit.reading(mail.id)
    return None if person is None or person.officer or reading is None or reading.concerns else person


def word_for(unit: Snapshot | Unit, mail: MailRow) -> str:
    """Its number, with four signs that nobody hits by a slip of the finger."""
    return f"{mail.id}-{Codes.of(unit).opaque(f'believe|{mail.id}')[:4]}"


def how_to_release(office: Office, unit: Snapshot | Unit, mail: MailRow) -> str:
    """What stands behind its line in the digest; "" where it cannot be released."""
    person = claimed(office, unit, mail)
    if person is None:
        return ""
    return (
        f". Our mail server cannot tell whether {person.name or person.address} wrote it: ring them on the number that "
        f"you know, not on one in the mail. If they did, answer this mail with: believe {word_for(unit, mail)}"
    )
