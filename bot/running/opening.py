"""An office opened for work: register, mailboxes, transport, readers; and from which day on mails are taken in."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime

from bot.arrivals.workers import Readers
from bot.council.office import Office
from bot.register.errors import RegisterMissing
from bot.register.register import Register
from bot.running.connect import open_mailbox, open_transport
from bot.running.ticks import Rounds


def _first_day_of_intake(office: Office, register: Register) -> date | None:
    """A mailbox's history is no intake, unless it is asked for."""
    wanted = office.config.start_from
    if isinstance(wanted, date):
        return wanted
    if wanted == "all":
        return None
    with register.read() as snapshot:
        first = snapshot.meta("first_day")
    return date.fromisoformat(first) if first else datetime.now(UTC).date()


def open_rounds(office: Office, stack: ExitStack, *, inline: bool, wait: float = 30.0) -> Rounds:
    """Opens register, mailboxes, transport and readers; all are closed with the stack."""
    if not office.config.register_path.is_file():
        raise RegisterMissing(
            f"there is no register at {office.config.register_path}: if this is the first day, make it with "
            "'cmebot db upgrade'; if not, bring it back from the backup before anything is worked"
        )
    register = stack.enter_context(Register.open(office.config.register_path, write=True, wait=wait))
    register.upgrade()
    readers = Readers(inline=inline)
    stack.callback(readers.close)
    rounds = Rounds(office, register, readers)
    since = _first_day_of_intake(office, register)
    for box in office.config.mailbox:
        mailbox = open_mailbox(box, office.config.register_path.parent, office.config.microsoft, since)
        stack.callback(mailbox.close)
        rounds.mailboxes.append(mailbox)
    config = office.config
    rounds.transport = open_transport(config.transport, config.microsoft, config.main_box().address)
    stack.callback(rounds.transport.close)
    return rounds
