"""The four ticks of the day's work: poll the mailboxes, do what is due, send, write the digest. The daemon repeats
them; `once` runs them until nothing moves."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

import structlog
from sqlalchemy.exc import OperationalError

from bot.arrivals.arrival import Arrival
from bot.arrivals.reader_process import unreadable
from bot.arrivals.reading_ahead import read_ahead
from bot.arrivals.workers import Readers
from bot.council.office import Office
from bot.digests import digests, occasions, shadowing
from bot.intake import refusals
from bot.intake.intake import set_aside, take
from bot.mailboxes.batches import chunks
from bot.mailboxes.port import Arrived, Mailbox, MailboxError
from bot.outbox.hours import Hours
from bot.outbox.limits import Limits
from bot.outbox.sending import send_due
from bot.register.errors import RegisterError
from bot.register.register import Register
from bot.register.rows import ListRow, Place
from bot.rosters import rounds as roster_rounds
from bot.rosters.desk import casework
from bot.running.left_alone import note_left_alone
from bot.running.moving import Moves
from bot.running.screening import Screening
from bot.views.health import SENDING, Health
from bot.views.roll import call_the_roll
from outbound.transports.port import Delivery, Transport
from parsers.reading import MailReading

log = structlog.get_logger()

BATCH = 25
"""Mails in one commit: few syncs, and little to do again after a crash."""
BATCH_OCTETS = 25_000_000
"""Heavier ones are fewer: some batches are held in memory at once."""
AT_ONCE = 100
"""Cases in one commit."""
AT_MOST = 1000
"""Mails of one mailbox in one poll, so that the others have their turn."""


class ClockWentBack(ValueError):
    """The clock given is before the last one: what was done then cannot be undone by time."""


@dataclass
class Rounds:
    """One open office at work: its register, mailboxes, transport and readers."""

    office: Office
    register: Register
    readers: Readers
    mailboxes: list[Mailbox] = field(default_factory=list)
    transport: Transport | None = None
    troubles: list[str] = field(default_factory=list)
    taken: int = 0
    sent: int = 0
    _turn: Lock = field(default_factory=Lock)
    _health: Health = field(init=False)
    _limits: Limits | None = field(init=False, default=None)
    _told_left: set[str] = field(default_factory=set)
    _screenings: dict[str, Screening] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._health = Health(self.office, self.register.begin)
        if self.office.config.transport.kind != "maildir":
            self._limits = Limits(self.office.config.limits, self.office.internal)

    def start(self, now: datetime) -> None:
        """Checks that the clock goes forward, and moves what a crash left unmoved."""
        with self.register.begin() as unit:
            last = unit.meta("clock")
            if last is not None and now < datetime.fromisoformat(last):
                raise ClockWentBack(
                    f"the clock goes back: the register was last worked at {last}, and {now.isoformat()} is before it"
                )
            unit.set_meta("clock", now.isoformat())
            if unit.meta("first_day") is None:
                unit.set_meta("first_day", now.date().isoformat())
            call_the_roll(self.office, unit, now)
        refusals.follow(self.office, self.register, now)

    def poll(self, now: datetime) -> int:
        """Takes in what lies in the mailboxes; how many. A mailbox that fails never stops the others."""
        return sum(self._guarded(box, now) for box in self.mailboxes)

    def due(self, now: datetime) -> int:
        """Asks the rules of every case whose moment has come; how many."""
        done = 0
        while True:
            with self.register.begin() as unit:
                unit.set_meta("clock", now.isoformat())  # Whoever watches the daemon sees that it lives.
                refs = unit.due(now, limit=AT_ONCE)
            try:
                self._advance(refs, now)
            except Exception as problem:  # one case must not stop the others
                log.exception("a case failed", error=type(problem).__name__)
                for ref in refs:
                    self._advance_by_itself(ref, now)
            done += len(refs)
            if len(refs) < AT_ONCE:
                return done

    def _advance(self, refs: list[str], now: datetime) -> None:
        with self.register.begin() as unit:
            work = casework(self.office, unit, now)
            for ref in refs:
                work.advance(ref)

    def _advance_by_itself(self, ref: str, now: datetime) -> None:
        try:
            self._advance([ref], now)
        except Exception as problem:  # it is tried again, and the operator is told
            log.exception("a case failed", case=ref, error=type(problem).__name__)
            self.troubles.append(f"{ref} cannot be worked on ({type(problem).__name__}): it is tried again in an hour")
            with self.register.begin() as unit:
                row = unit.case(ref)
                if row is not None:
                    unit.store_case(replace(row, next_due=now + timedelta(hours=1)))

    def send(self, now: datetime) -> int:
        """One at a time: two that looked at the same outbox would send the same mails."""
        assert self.transport is not None
        with self._turn:
            sent = send_due(
                self.register, self.transport, now, self._limits, partial(self._heard, now), Hours(self.office)
            )
            self.sent += sent
        return sent

    def _heard(self, now: datetime, deliveries: list[Delivery]) -> None:
        """Whether mails can leave at all; what is wrong with one of them alone is its own matter."""
        shut = [delivery for delivery in deliveries if delivery.shut]
        if shut and len(shut) == len(deliveries):
            self._health.failed(SENDING, shut[0].detail, now)
        else:
            self._health.works(SENDING, now)
        if any(delivery.state == "refused" for delivery in deliveries):
            refusals.follow(self.office, self.register, now)

    def digest(self, now: datetime) -> int:
        with self.register.begin() as unit:
            written = digests.write_due(self.office, unit, now) + occasions.write_due(self.office, unit, now)
            return written + shadowing.write_due(self.office, unit, now)

    def lists(self, now: datetime) -> int:
        """The next batch of rows of lists, one commit; how many. Between two of them other mail has its turn."""
        try:
            with self.register.begin() as unit:
                return roster_rounds.next_batch(casework(self.office, unit, now))
        except Exception as problem:  # one row must not stop the others: each by itself, and the bad one told of
            log.exception("a batch of rows failed", error=type(problem).__name__)
            rows = roster_rounds.waiting(self.register)
            if not rows:
                self.troubles.append(f"lists cannot be worked on ({type(problem).__name__}): it is tried again")
            return sum(self._row_by_itself(row, now) for row in rows)

    def _row_by_itself(self, row: ListRow, now: datetime) -> int:
        try:
            with self.register.begin() as unit:
                roster_rounds.one_row(casework(self.office, unit, now), row)
        except Exception as problem:  # the sender is told which row, and that a person must look
            log.exception("a row failed", error=type(problem).__name__)
            with self.register.begin() as unit:
                roster_rounds.give_up(casework(self.office, unit, now), row, f"{type(problem).__name__}: {problem}")
        return 1

    def once_round(self, now: datetime) -> int:
        """Each tick once, lists to their end; how much moved."""
        moved = self.poll(now) + sum(iter(lambda: self.lists(now), 0))
        return moved + self.due(now) + self.digest(now) + self.send(now)

    def to_rest(self, now: datetime) -> None:
        """All ticks until nothing moves: what `once` does."""
        for _ in range(50):
            if not self.once_round(now):
                return
        raise RuntimeError("the work never comes to rest: see the log for what is sent again and again")

    def _guarded(self, box: Mailbox, now: datetime) -> int:
        before = self.taken
        try:
            self._poll(box, now)
        except Exception as problem:  # also what nobody foresaw stops this mailbox alone, and is told as loudly
            if _of_the_disk(problem):
                raise
            foreseen = isinstance(problem, MailboxError)
            kind = type(problem).__name__
            why = str(problem) if foreseen else f"the bot failed on it ({kind}). The log says where: pass that on"
            self.troubles.append(f"{box.name}: {why}")
            log.error("mailbox failed", mailbox=box.name, error=kind, exc_info=not foreseen)
            self._health.failed(box.name, why, now)
        else:
            self._health.works(box.name, now)
        return self.taken - before

    def _poll(self, box: Mailbox, now: datetime) -> None:
        """Disk and network are waited for while the next batches are worked: one thread speaks with the mailbox, one
        sends."""
        with ThreadPoolExecutor(1, "mailbox") as speaking, ThreadPoolExecutor(1, "sending") as out:
            moves = Moves(self.register, box, speaking)
            moves.begin()
            moves.end()
            sending: Future[int] | None = None
            screening = self._screenings.setdefault(box.name, Screening(box))
            screening.begins(moves.stuck)
            arrived = chunks(box.fetch(AT_MOST, moves.stuck), BATCH, weigh=lambda a: len(a.raw), weight=BATCH_OCTETS)
            for n, (batch, readings) in enumerate(read_ahead(self.readers, speaking, arrived, now)):
                if n and screening.due:
                    self._serious_first(box, screening, speaking, now)
                self._write_down(box, batch, readings, now)
                moves.begin()
                if sending is None or sending.done():
                    sending = self._sending_anew(out, sending, now)
            moves.end()
            if sending is not None:
                self._sending_anew(out, sending, now).result()
        if moves.trouble is not None:
            raise moves.trouble
        note_left_alone(self.register, box, self._told_left)

    def _sending_anew(self, out: ThreadPoolExecutor, before: Future[int] | None, now: datetime) -> Future[int]:
        """The thread that sends starts again, after what it did before has failed or ended."""
        if before is not None:
            before.result()
        return out.submit(self.send, now)

    def _serious_first(self, box: Mailbox, screening: Screening, speaking: Executor, now: datetime) -> None:
        for place in speaking.submit(screening.serious, self.readers).result():
            arrived = speaking.submit(_these, box, [place]).result()
            readings = self.readers.read([(one.raw, one.received or now) for one in arrived])
            self._write_down(box, arrived, readings, now)

    def _write_down(self, box: Mailbox, batch: list[Arrived], readings: list[MailReading], now: datetime) -> None:
        """In one commit: a mail of serious concern before the others of its batch. Alarms leave at once (1.4). A mail
        that cannot be written down stays where it lies."""
        arrivals = [Arrival(a, r, box.address) for a, r in zip(batch, readings, strict=True)]
        arrivals.sort(key=lambda a: not a.reading.concerns)
        try:
            self.taken += self._commit(arrivals, now)
        except Exception as problem:  # one mail must not stop the others: each by itself, and the bad one to a person
            log.exception("a batch failed", mailbox=box.name, error=type(problem).__name__)
            self.taken += sum(self._by_itself(arrival, now) for arrival in arrivals)
        if any(a.reading.concerns for a in arrivals):
            self.send(now)

    def _commit(self, arrivals: list[Arrival], now: datetime) -> int:
        with self.register.begin() as unit:
            work = casework(self.office, unit, now)
            return sum(not take(work, arrival).stays for arrival in arrivals)

    def _by_itself(self, arrival: Arrival, now: datetime) -> int:
        try:
            return self._commit([arrival], now)
        except Exception as problem:  # whatever beats us: the mail goes to quarantine whole, and into the digest
            log.exception("a mail failed", error=type(problem).__name__)
            if _of_the_disk(problem):
                raise  # The disk's fault and not the mail's: it stays where it lies, and is taken in next time.
            self._set_aside(arrival, f"{type(problem).__name__}: {problem}", now)
            return 1

    def _set_aside(self, arrival: Arrival, why: str, now: datetime) -> None:
        """With what was read of it; where it is that which beats us, by its bytes alone."""
        bare = replace(arrival, reading=unreadable(arrival.arrived.raw, why))
        for one in (arrival, bare):
            try:
                with self.register.begin() as unit:
                    set_aside(casework(self.office, unit, now), one, why)
                return
            except Exception as problem:
                log.exception("a mail could not be set aside", error=type(problem).__name__)
                if one is bare:
                    raise


def _these(box: Mailbox, places: list[Place]) -> list[Arrived]:
    return list(box.fetch_these(places))


def _of_the_disk(problem: Exception) -> bool:
    return isinstance(problem, RegisterError) and isinstance(problem.__cause__, OperationalError)
