"""From a configuration file to work done: what the commands share."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.config.settings import load_config
from bot.council.office import Office, open_office
from bot.register.register import Register
from bot.running.times import moment


class NotEmbedded(ValueError):
    """`--at` was given to an office that has real mailboxes."""


@dataclass(frozen=True, slots=True)
class OnceResult:
    """What `once` did, and what failed and must be retried or mended."""

    at: datetime
    taken: int
    sent: int
    troubles: tuple[str, ...]


def office_of(path: Path) -> Office:
    """Raises BadConfig, BadPack, BadDirectory."""
    return open_office(load_config(path))


def make_register(path: Path) -> None:
    config = load_config(path)
    with Register.open(config.register_path, write=True) as register:
        register.upgrade()


def run_once(path: Path, at: str) -> OnceResult:
    """One whole round at the clock given, or now."""
    from bot.running.logs import set_up
    from bot.running.opening import open_rounds

    set_up()
    office = office_of(path)
    if at and not office.config.embedded:
        raise NotEmbedded("--at sets the clock of a sandbox: it is refused where a mailbox or the transport is real")
    now = moment(at)
    with ExitStack() as stack:
        rounds = open_rounds(office, stack, inline=True)
        rounds.start(now)
        rounds.to_rest(now)
        return OnceResult(now, rounds.taken, rounds.sent, tuple(rounds.troubles))
