"""Why somebody gets a mail: the line at its foot."""

from __future__ import annotations

from bot.council.office import Office
from rules import Party, Send
from rules.chasing import LAST_RESORT


def why_person(office: Office, send: Send) -> str:
    """What this person is to a child."""
    role = office.wording.roles.get(send.to.role, send.to.role)
    if send.escalated:
        return f"you are next in line, as {role}, when an answer does not come"
    if send.to.role == LAST_RESORT and send.kind != "notice":
        return "every question that nobody answers ends with you"
    return f"you are {role} for this child" if _person(send.to) else "you may hold records that help to find a child"


def _person(to: Party) -> bool:
    return to.role not in ("police", "health", "housing", "youth-offending", "other-authority", "assessment-teams")


def next_in_line(office: Office, send: Send) -> str:
    """Who is asked when the reminders do not help, as a reader knows the role; "" where nobody is. As in
    `rules.chasing`, which does it."""
    if not all(office.pack.questions[name].passes for name in send.questions):
        return ""
    role = office.pack.roles.get(send.to.role)
    then = LAST_RESORT if send.to.which == "deputy" or role is None else role.then
    return office.wording.roles.get(then, "") if then else ""
