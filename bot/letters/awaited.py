"""What happens next in an open case, in two sentences: a receipt promises that the rules will do, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from bot.council.office import Office
from outbound import dates
from outbound.templating import amid, listing
from parsers.reading import Answer
from rules import Case, Send
from rules.case import Ask
from rules.future import coming
from rules.history import Party
from rules.turns import CONCLUDE

_FAR = timedelta(days=35)
"""What comes later than this is no news in a receipt."""


def whats_next(office: Office, case: Case, now: datetime) -> str:
    """Whom we wait for, and what follows if they do not answer; "" in a closed case."""
    if case.closed is not None:
        return ""
    waits = _told(office, ((ask.question, ask.party) for ask in case.open_asks()), now)
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
    asks = _asks(office, case, now)
    if (first := next(asks, None)) is None:
        return ""
    that_day = [first, *takewhile(lambda later: later[0].date() == first[0].date(), asks)]
    told = _told(office, ((question, send.to) for _, send in that_day for question in send.questions), now)
    return f"If we hear nothing, we ask {told} on {dates.day(first[0].astimezone(dates.LONDON))}."


def _asks(office: Office, case: Case, now: datetime) -> Iterator[tuple[datetime, Send]]:
    for done in coming(office.pack, case, now, now + _FAR):
        if isinstance(done.action, Send) and done.action.kind == "ask" and not done.action.escalated:
            yield done.at, done.action


def _told(office: Office, asked: Iterable[tuple[str, Party]], now: datetime) -> str:
    """ "Police and health (can you help find this family?)": who is asked what, each question once."""
    whom: dict[str, dict[str, None]] = {}
    for question, party in asked:
        whom.setdefault(_title(office, question, now), {})[_role(office, party.role)] = None
    return listing([f"{listing(list(who))} ({what})" for what, who in whom.items()])


def _role(office: Office, role: str) -> str:
    return office.wording.roles.get(role, role.replace("-", " "))


def _title(office: Office, question: str, now: datetime) -> str:
    return amid(office.wording.title(question, now.astimezone(dates.LONDON).date()))
