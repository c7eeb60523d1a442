"""A mail that a server refused to our face. Where it was the address, what follows is what follows of a mail that comes
back; an alarm goes on to somebody else whatever was refused."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.cases.casework import Casework, Origin
from bot.council.office import Office
from bot.intake import bounces
from bot.outbox.sending import REFUSED, UNWANTED
from bot.register.register import Register
from bot.register.rows import OutboxRow
from bot.rosters.desk import casework
from parsers.reading import Bounce

log = structlog.get_logger()


def follow(office: Office, register: Register, now: datetime) -> None:
    """Each refusal is followed once, in a commit of its own: after a crash, at the next start."""
    with register.read() as snapshot:
        rows = snapshot.held_because(UNWANTED)
        rows += [row for row in snapshot.held_because(REFUSED) if row.kind == "alarm"]
    for row in rows:
        try:
            with register.begin() as unit:
                _follow(casework(office, unit, now), row)
        except Exception as problem:  # one mail must not stop the others from leaving
            log.exception("a refusal was not followed", key=row.key, error=type(problem).__name__)
            with register.begin() as unit:
                unit.hold(row.key, f"refused, and the bot failed to go on from there: {row.why}")


def _follow(work: Casework, row: OutboxRow) -> None:
    from parsers.mail.bounces import answered  # Not before a server refuses: it loads what knows all servers' words.

    said = row.why.removeprefix(UNWANTED).removeprefix(REFUSED)
    bounce = answered(said) if row.why.startswith(UNWANTED) else None
    if bounce is None and row.kind == "alarm":
        bounce = Bounce(meaning="refused", said=said[:300])
    if bounce is None:
        work.unit.hold(row.key, f"refused whatever the address, the mail server takes no mail from us: {said}")
        return
    meaning = bounces.come_back(work, row, bounce, Origin(None, work.now))
    if meaning == "later":
        work.unit.release(row.key, work.now + bounces.AGAIN_AFTER)
    else:
        work.unit.hold(row.key, f"refused, {bounces.WHAT[meaning]}: mend the directory. {said}")
