"""What does not work, and since when: kept in the register, shown by `status` and the digest, told to the operator.

A token that can no longer be renewed went unnoticed for ten days elsewhere (osTicket#6455). So whatever keeps a mailbox
unread, or mails unsent, for half an hour is told by mail, and again every day until it is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import msgspec
import structlog

from bot.council.office import Office
from bot.outbox.codes import Codes
from bot.outbox.gate import Gate
from bot.outbox.posting import ALARM, Posting
from bot.register.unit import Snapshot, Unit
from outbound import dates
from outbound.letter import Letter
from outbound.operator_mail import compose_operator_mail
from rules import Party

log = structlog.get_logger()

TELL_AFTER = timedelta(minutes=30)
TELL_AGAIN = timedelta(days=1)
SENDING = "sending"
"""What is failing where it is no mailbox."""
_KEY = "troubles"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`what` fails: the name of a mailbox, or SENDING. `why` is what it says. `told` is when the operator was last."""

    what: str
    since: datetime
    why: str
    told: datetime | None = None

    @property
    def sentence(self) -> str:
        if self.what == SENDING:
            return f"No mail of ours can leave since {dates.moment(self.since)}: {self.why}"
        return f"The mailbox {self.what} cannot be read since {dates.moment(self.since)}: {self.why}"


def troubles(unit: Snapshot | Unit) -> list[Trouble]:
    """The longest first."""
    kept = msgspec.json.decode(unit.meta(_KEY) or "[]", type=list[Trouble])
    return sorted(kept, key=lambda trouble: trouble.since)


class Health:
    """Told of each success and each failure. Successes cost nothing while nothing is wrong."""

    def __init__(self, office: Office, begin: Callable[[], AbstractContextManager[Unit]]) -> None:
        self._office = office
        self._begin = begin
        self._failing: set[str] | None = None

    def failed(self, what: str, why: str, now: datetime) -> None:
        with self._begin() as unit:
            known = {trouble.what: trouble for trouble in troubles(unit)}
            trouble = replace(known.get(what, Trouble(what, now, why)), why=why)
            if _to_be_told(trouble, now):
                log.error("does not work", what=what, since=trouble.since.isoformat())
                if what != SENDING:
                    tell_operator(self._office, unit, trouble.what, now, *_not_working(trouble))
                trouble = replace(trouble, told=now)
            known[what] = trouble
            _keep(unit, known.values())
            self._failing = set(known)

    def works(self, what: str, now: datetime) -> None:
        if self._failing is not None and what not in self._failing:
            return
        with self._begin() as unit:
            known = {trouble.what: trouble for trouble in troubles(unit)}
            mended = known.pop(what, None)
            if mended is not None:
                _keep(unit, known.values())
            if mended is not None and mended.told is not None:
                log.warning("works again", what=what, since=mended.since.isoformat())
                tell_operator(self._office, unit, what, now, *_works_again(mended, now))
            self._failing = set(known)


def _to_be_told(trouble: Trouble, now: datetime) -> bool:
    if now - trouble.since < TELL_AFTER:
        return False
    return trouble.told is None or now - trouble.told >= TELL_AGAIN


def _keep(unit: Unit, kept: object) -> None:
    unit.set_meta(_KEY, msgspec.json.encode(list(kept)).decode())  # type: ignore[call-overload]


def _not_working(trouble: Trouble) -> tuple[str, list[str]]:
    return f"CME Bot cannot read the mailbox {trouble.what}", [
        f"Please mend this: {trouble.sentence}",
        "Mails that arrive there wait, and are taken in when it works again. Until then nothing comes of them.",
        "You hear of this again every day, and once when it works again.",
    ]


def _works_again(trouble: Trouble, now: datetime) -> tuple[str, list[str]]:
    what = "CME Bot can send mails again" if trouble.what == SENDING else f"The mailbox {trouble.what} is read again"
    return what, [f"It works again since {dates.moment(now)}.", f"Until then: {trouble.sentence}"]


def tell_operator(office: Office, unit: Unit, about: str, now: datetime, subject: str, paragraphs: list[str]) -> None:
    """Queues a mail that leaves before all others, to whoever runs the bot."""
    for name, address in _operators(office):
        key = Codes.of(unit).opaque(f"operator|{about}|{subject}|{now.isoformat()}|{address}")
        sender = office.config.main_box().address
        letter = Letter(
            key=key, rule="operator", kind="notice", wording="operator", to_address=address, to_name=name,
            role="operator", from_address=sender, from_name="CME Bot", date=now, internal=office.internal(address),
        )  # fmt: skip
        written = partial(compose_operator_mail, letter, subject, paragraphs)
        Gate(office, unit, now).queue(Posting(office, unit, now).row(letter, written, priority=ALARM))


def _operators(office: Office) -> Iterator[tuple[str, str]]:
    """Who runs the bot; where nobody is named, the tracking officer, who would miss the mails first."""
    if office.config.operator:
        yield "", office.config.operator
    elif contact := office.directory.holder(Party("tracking-officer")):
        yield contact.name, contact.address
