"""How sure we are who wrote (docs/explanation/design.md): T0 unknown, T1 known but not authenticated, T2 authenticated
at the domain of a known body, T3 an authenticated person in a role."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from bot.config.trust import TrustSettings
from bot.council.directory import Directory, Person
from parsers.reading import Authentication, MailReading

_INTERNAL = "Internal"


class Trust(IntEnum):
    """Each level may do what the ones below it may."""

    UNKNOWN = 0
    KNOWN = 1
    BODY = 2
    PERSON = 3


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a mail, as far as it can be believed."""

    address: str
    trust: Trust
    person: Person | None = None

    @property
    def role(self) -> str:
        return self.person.role if self.person else ""

    @property
    def which(self) -> str:
        return self.person.which if self.person else ""

    @property
    def answered_at(self) -> str:
        """Where he may be answered: where he wrote from, if that is proved; else at the directory's address, if it has
        one; else not at all."""
        if self.trust >= Trust.BODY:
            return self.address
        return self.person.address if self.trust is Trust.KNOWN and self.person else ""

    @property
    def officer(self) -> bool:
        return self.trust is Trust.PERSON


def writer(reading: MailReading, settings: TrustSettings, directory: Directory, own: Collection[str] = ()) -> Writer:
    """Who wrote it. Only one From, and only the word of our own server, count (RFC 8601, section 5). `own`: the
    council's own domains."""
    if reading.sender is None or reading.senders != 1:
        return Writer("", Trust.UNKNOWN)
    address = reading.sender.address
    person = directory.who_is(address)
    if not authenticated(reading, settings, own):
        return Writer(address, Trust.KNOWN if person else Trust.UNKNOWN, person)
    if person is None:
        return Writer(address, Trust.UNKNOWN)
    return Writer(address, Trust.PERSON if person.officer else Trust.BODY, person)


def authenticated(reading: MailReading, settings: TrustSettings, own: Collection[str] = ()) -> bool:
    """Whether our own mail server says that the mail comes from the domain in From."""
    if reading.sender is None:
        return False
    word, domain = reading.authentication, reading.sender.domain
    match settings.profile:
        case "authserv":
            ours = word.authserv_id.lower() == settings.authserv_id.lower() != ""
            return ours and _passes(word, domain)
        case "m365":
            if word.auth_as == _INTERNAL:
                return _internal(word, domain, own)
            return not word.authserv_id and word.compauth == "pass" and _passes(word, domain)
        case "exchange-onprem":
            return word.auth_as == _INTERNAL and _internal(word, domain, own)
        case "none":
            return False


def _passes(word: Authentication, domain: str) -> bool:
    return word.dmarc == "pass" and word.domain == domain


def _internal(word: Authentication, domain: str, own: Collection[str]) -> bool:
    """Somebody who had logged in may write in the name of the council, and of nobody else. Where the server says in
    the same breath that the sender is not genuine, nothing is believed."""
    return domain in {one.lower() for one in own} and "fail" not in (word.dmarc, word.compauth)
