"""The evening mail of the shadow: what would have been sent since the last one, to each who answers for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases.casework import Casework
from bot.council.office import Office
from bot.digests.digests import readers
from bot.letters.drafts import Drafts
from bot.outbox.modes import EVENING_RULE, SHADOW
from bot.outbox.posting import DIGEST
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from bot.rosters.desk import casework
from rules import Case, Party
from rules.calendar import LONDON

MOST = 60
"""Mails told in one evening mail; the others are counted."""


def write_due(office: Office, unit: Unit, now: datetime) -> int:
    """Queues this evening's mails where something stayed here and they are due; how many."""
    local = now.astimezone(LONDON)
    if local.time() < office.config.shadow_at or unit.meta("shadow") == local.date().isoformat():
        return 0
    last = unit.meta("shadow_at")
    since = datetime.fromisoformat(last) if last else now - timedelta(days=7)
    rows = unit.stayed(SHADOW, since)
    unit.set_meta("shadow", local.date().isoformat())
    if not rows:
        return 0
    unit.set_meta("shadow_at", now.isoformat())
    work = casework(office, unit, now)
    mails = [_mail(work, to, [row for row in rows if _theirs(work, to, row)]) for to in readers(office)]
    return sum(work.gate.queue(mail) for mail in mails if mail is not None)


def _theirs(work: Casework, to: Party, row: OutboxRow) -> bool:
    """A Hub manager judges the mails of the own Hub's cases, the two officers all."""
    if to.role != "hub-manager":
        return True
    return bool(row.ref) and work.case(row.ref).facts.get("hub") == to.which


def _mail(work: Casework, to: Party, rows: list[OutboxRow]) -> OutboxRow | None:
    drafts = Drafts(work.office, work.unit, work.now)
    contact = drafts.contact(to)
    if contact is None or not rows:
        return None
    shown = rows[:MOST]
    key = f"{EVENING_RULE}|{work.now.astimezone(LONDON).date().isoformat()}|{to}"
    draft = drafts.draft("", Case(), key, "notice", "shadow-evening", contact, to.role)
    lines = tuple(f"{n}. {_line(work, row)}" for n, row in enumerate(shown, 1))
    more = f"and {len(rows) - MOST} more" if len(rows) > MOST else None
    letter = replace(
        draft,
        rule=EVENING_RULE,
        why="the bot works in the shadow: it sends nothing of its own but alarms and digests",
        facts={"shadow.mails": lines, "shadow.more": more},
        code=drafts.codes.code(key, contact.address),
    )
    return drafts.row("", letter, [r.key for r in shown], DIGEST)


def _line(work: Casework, row: OutboxRow) -> str:
    day = row.created.astimezone(LONDON)
    words = work.office.wording
    asked = ", ".join(words.title(q, day.date()) for q in row.questions)
    about = asked or words.title(row.subject, day.date())
    what = f"Reminder: {about}" if row.kind == "chase" else about
    return f"{row.ref} to {row.address} at {day:%H:%M}: {what}".strip()
