"""What happens next in an open case, in two sentences: a receipt promises that the rules will do, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.council.office import Office
from outbound import dates
from outbound.templating import listing
from parsers.reading import Answer
from rules import Case, Send
from rules.case import Ask
from rules.chasing import CONCLUDE
from rules.future import coming

_FAR = timedelta(days=35)
"""What comes later than this is no news in a receipt."""


def whats_next(office: Office, case: Case, now: datetime) -> str:
    """Whom we wait for, and what follows if they do not answer; "" in a closed case."""
    if case.closed is not None:
        return ""
    asked: dict[str, list[str]] = {}
    for ask in case.open_asks():
        what = asked.setdefault(_title(office, ask.question, now), [])
        what.append(_role(office, ask.party.role))
    waits = listing([f"{listing(list(dict.fromkeys(who)))} ({what})" for what, who in asked.items()])
    return " ".join(filter(None, (f"We wait for {waits}." if waits else "", _then(office, case, now))))


_REOPENED = (
    "The case is open again. What your last mail said is taken back. Those who were told that it is closed have not "
    "been told this: please tell them."
)


def reopened(office: Office, case: Case, now: datetime) -> str:
    """What an officer hears who has taken back a closing."""
    return f"{_REOPENED} {whats_next(office, case, now)}".strip()


def is_kept_open(answers: Sequence[Answer], asks: Sequence[Ask]) -> bool:
    """An officer's no to "can this case be closed"."""
    return any(answer.event == "not-so" for answer in answers) and any(ask.question == CONCLUDE for ask in asks)


def _then(office: Office, case: Case, now: datetime) -> str:
    """The first new question that goes out by itself; reminders, and who is asked in another's place, are none."""
    asked: dict[str, list[str]] = {}
    first: datetime | None = None
    for at, send in _asks(office, case, now):
        if first is not None and at.date() != first.date():
            break
        first = first or at
        for question in send.questions:
            asked.setdefault(_title(office, question, now), []).append(_role(office, send.to.role))
    if first is None:
        return ""
    told = listing([f"{listing(list(dict.fromkeys(who)))} ({what})" for what, who in asked.items()])
    return f"If we hear nothing, we ask {told} on {dates.day(first.astimezone(dates.LONDON))}."


def _asks(office: Office, case: Case, now: datetime) -> Iterator[tuple[datetime, Send]]:
    for done in coming(office.pack, case, now, now + _FAR):
        if isinstance(done.action, Send) and done.action.kind == "ask" and not done.action.escalated:
            yield done.at, done.action


def _role(office: Office, role: str) -> str:
    return office.wording.roles.get(role, role.replace("-", " "))


def _title(office: Office, question: str, now: datetime) -> str:
    title = office.wording.title(question, now.astimezone(dates.LONDON).date())
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
