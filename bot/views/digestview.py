"""What stands in a digest: gathered from the cases, the quarantine and the outbox, for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.council.directory import Contact
from bot.council.office import Office
from bot.outbox.modes import concordance
from bot.register.rows import CaseRow, OutboxRow
from bot.register.unit import Snapshot, Unit
from bot.views.casefile import stored_case
from bot.views.claimed import how_to_release
from bot.views.health import SENDING, troubles
from bot.views.holding import on_hold
from outbound import dates
from outbound.digest import DigestRow, DigestView
from outbound.disclosure import without_places
from rules import Case, Party
from rules.calendar import LONDON
from rules.case import Ask

_Heading = Literal["overdue", "yours", "escalated", "waiting"]


@dataclass(frozen=True, slots=True)
class _Owed:
    """An answer that somebody owes us: the ask, its case, and who is asked (None: nobody holds the role)."""

    row: CaseRow
    case: Case
    ask: Ask
    of: Contact | None


def view(office: Office, unit: Snapshot | Unit, to: Party, since: datetime, now: datetime) -> DigestView:
    """What one reader must know. A Hub manager is shown the own Hub's cases, and of others what the own Hub owes; mail
    that nobody could read goes to the two officers."""
    everything = to.role != "hub-manager"
    every = [(row, stored_case(office, unit, row)) for row in unit.cases() if row.state != "closed"]
    cases = [(row, case) for row, case in every if everything or _own(to, row)]
    every += [(row, stored_case(office, unit, row)) for row in unit.open_lists()] if everything else []
    owed = [one for row, case in every for one in _owed(office, row, case) if _concerns(office, to, one)]
    me = office.directory.holder(to)
    refs = {row.ref for row, _ in cases} | {one.row.ref for one in owed}
    sent = [row for row in unit.sent_between(since, now) if row.kind != "digest"]

    def under(heading: _Heading) -> tuple[DigestRow, ...]:
        return tuple(_rows(office, [one for one in owed if _heading(one, me, since, now) == heading], now))

    return DigestView(
        title=f"{to.which.capitalize()} Hub" if to.which else "",
        concerns=tuple(
            _line(row, case, "serious concern", row.opened) for row, case in every if row.concern and row.ref in refs
        ),
        new=tuple(_line(row, case, _pathway(row), row.opened) for row, case in cases if row.opened > since),
        yours=under("yours"),
        overdue=under("overdue"),
        escalated=under("escalated"),
        waiting=under("waiting"),
        unread=(*_failing(unit, boxes=True), *dict.fromkeys(_unread(office, unit, since))) if everything else (),
        held=(*_failing(unit, boxes=False), *_once(map(_held, unit.held()))) if everything else (),
        sent_count=len([row for row in sent if everything or row.ref in refs]),
        note=_trial(office, unit),
    )


def _trial(office: Office, unit: Snapshot | Unit) -> str:
    """While the bot does not send alone: its mode, and how many of its mails officers would have sent."""
    if office.config.mode == "live" and not office.config.modes:
        return ""
    told = concordance(unit)
    judged = (told["right"] or 0) + (told["wrong"] or 0)
    share = f" Of {judged} mails that you judged, you would have sent {told['right']} ({told['percent']}%)."
    return f"The bot works in the mode {office.config.mode}.{share if judged else ''}"


def _own(to: Party, row: CaseRow) -> bool:
    return row.hub == to.which and row.pathway == "hub"


def _concerns(office: Office, to: Party, one: _Owed) -> bool:
    """All of the own Hub's cases; of a tracking case, what this Hub's manager or one of its workers was asked (C2b)."""
    if to.role != "hub-manager" or _own(to, one.row):
        return True
    party = one.ask.party
    if party.role == "hub-worker":
        worker = office.directory.who_is(one.of.address) if one.of else None
        return worker is not None and worker.which == to.which
    return party.role == "hub-manager" and party.which == to.which


def _owed(office: Office, row: CaseRow, case: Case) -> Iterator[_Owed]:
    for ask in case.open_asks():
        yield _Owed(row, case, ask, _asked(office, ask.party))


def _asked(office: Office, party: Party) -> Contact | None:
    """A writer is asked where he wrote from, and goes by the directory's name; everybody else as the directory says."""
    if "@" not in party.which:
        return office.directory.holder(party)
    person = office.directory.who_is(party.which)
    return Contact(party.which, person.name if person else "")


def _heading(one: _Owed, me: Contact | None, since: datetime, now: datetime) -> _Heading:
    """Under which heading it stands: one only. What was due at 5pm yesterday is late at 7am, though the reminder, and
    what silence then means, leave at 9am; whoever owes it, the reader too."""
    if one.ask.state == "overdue" or one.ask.due < now:
        return "overdue"
    if me is not None and one.of is not None and one.of.address == me.address:
        return "yours"
    return "escalated" if one.ask.escalated and one.ask.asked > since else "waiting"


def _rows(office: Office, owed: Iterable[_Owed], now: datetime) -> Iterator[DigestRow]:
    """A line for each request of a case, with all who owe its answer: "Jo Pettifer: Home visit needed". The questions
    of one mail are one request."""
    mails: dict[tuple[str, str], list[_Owed]] = {}
    for one in owed:
        mails.setdefault((one.row.ref, one.ask.mail), []).append(one)
    requests: dict[tuple[str, str], list[_Owed]] = {}
    for (ref, _), asks in mails.items():
        requests.setdefault((ref, _request(office, asks)), []).extend(asks)
    for (ref, request), asks in requests.items():
        names = ", ".join(dict.fromkeys(_name(one.of) + _away(one) for one in asks))
        first = asks[0]
        due = min(one.ask.due for one in asks)
        what = f"{names}: {request}{on_hold(first.case, now)}"
        yield DigestRow(ref, what, _child(first.row), due, _groups(first.case))


def _request(office: Office, asks: list[_Owed]) -> str:
    """The short words of one mail's questions: its own wording for all of them where there is one."""
    questions = list(dict.fromkeys(one.ask.question for one in asks))
    day = asks[0].ask.asked.astimezone(LONDON).date()
    together = office.wording.find(asks[0].ask.rule, "", day) or office.wording.find("+".join(questions), "", day)
    return together.subject if together else "; ".join(office.wording.title(question, day) for question in questions)


def _name(of: Contact | None) -> str:
    return of.name or of.address if of else "nobody: the role is not filled"


def _away(one: _Owed) -> str:
    """What the automatic reply of the one who was asked says, while it holds: until when, and who stands in."""
    told = [
        o for o in one.case.seen.get("auto-replied", ())
        if one.of and o.values.get("address") == one.of.address and o.received >= one.ask.asked
    ]  # fmt: skip
    if not told:
        return ""
    back, deputy = str(told[-1].values.get("back-on") or ""), str(told[-1].values.get("deputy") or "")
    until = f" until {dates.day(date.fromisoformat(back), year=False)}" if back else ""
    return f" (away{until}{f', deputy: {deputy}' if deputy else ''})"


def _line(row: CaseRow, case: Case, what: str, at: datetime) -> DigestRow:
    return DigestRow(row.ref, what, _child(row), at, _groups(case))


def _pathway(row: CaseRow) -> str:
    return {"hub": "Hub", "tracking": "tracking"}.get(row.pathway, row.pathway)


def _child(row: CaseRow) -> str:
    return " ".join(filter(None, (row.forenames, row.surname)))


def _groups(case: Case) -> tuple[str, ...]:
    groups = str(case.facts.get("risk.groups") or "")
    return tuple(part.strip() for part in groups.split(",") if part.strip())


def _unread(office: Office, unit: Snapshot | Unit, since: datetime) -> Iterator[DigestRow]:
    for mail in unit.quarantined():
        what = f"From {mail.sender or 'an unknown sender'}: {without_places(mail.why)}"
        yield DigestRow("", f"{what}{how_to_release(office, unit, mail)}", at=mail.received)
    wrong = unit.wrong_codes_since(since)
    if wrong:
        yield DigestRow("", f"{len(wrong)} codes that are none of ours came back in mails", at=wrong[0].at)


def _failing(unit: Snapshot | Unit, *, boxes: bool) -> Iterator[DigestRow]:
    """Mailboxes that cannot be read; or that nothing can leave."""
    for trouble in troubles(unit):
        if (trouble.what != SENDING) is boxes:
            yield DigestRow("", trouble.sentence, at=trouble.since)


def _held(row: OutboxRow) -> DigestRow:
    return DigestRow(row.ref, f"Mail to {row.address or row.role}: {row.why}", at=row.created)


def _once(rows: Iterable[DigestRow]) -> tuple[DigestRow, ...]:
    """Several mails of a case that wait for the same reason are one line, the oldest."""
    kept: dict[tuple[str, str], DigestRow] = {}
    for row in rows:
        kept.setdefault((row.ref, row.what), row)
    return tuple(kept.values())
