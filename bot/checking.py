"""`cmebot check`: is the configuration sound, does the pack hold together, is anybody there for each role?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.checking_mail import reach, warnings
from bot.connect import open_mailbox, open_transport
from bot.mailboxes.port import MailboxError
from bot.office import Office
from bot.secrets import BadConfig
from rules import Pack, Party
from rules.calendar import LONDON, Calendar, Terms, school_year


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend (error) or to know (warning), and where."""

    level: Literal["error", "warning"]
    where: str
    problem: str


_MANY = frozenset({"hub-worker", "school", "other-school", "writer", "other-authority", "housing"})
"""Roles that a case's facts choose from, so that no single holder is needed."""


def check_all(office: Office, *, connect: bool = False) -> list[Finding]:
    """Everything that can be known without a mail."""
    found = [*check_pack(office.pack), *_words(office), *_people(office), *_trust(office)]
    found += check_calendar(office.pack.calendar, datetime.now(LONDON).date())
    found += [Finding("warning", *warned) for warned in warnings(office.config)]
    return found + (list(_connections(office)) if connect else [])


def check_pack(pack: Pack) -> Iterator[Finding]:
    """Every question asked is there, every answer has a consequence, every question a meaning of silence."""
    asked = {q for rule in pack.rules for q in rule.ask} | {"conclude"}
    heard = set(pack.rules_by_signal) | {e for rule in pack.rules for e in rule.unless} | pack.events
    for rule in pack.rules:
        for asked_name in set(rule.ask) - set(pack.questions):
            yield Finding("error", rule.source, f"asks {asked_name!r}, which is no question of the pack")
        for target in (*rule.of, *rule.tell):
            if target.role not in pack.roles and target.role not in ("writer", "other-school"):
                yield Finding("error", rule.source, f"writes to {target.role!r}, which is no role of the pack")
    for name in sorted(asked & set(pack.questions)):
        question = pack.questions[name]
        if not (question.silence or question.passes or question.chase or f"overdue:{name}" in heard):
            yield Finding("error", question.source, f"question {name}: nothing says what silence means")
        closes = f"closed:{name}" in heard
        for answer in question.answers:
            if answer.event not in heard and not closes:
                yield Finding("warning", question.source, f"question {name}: {answer.event} has no consequence")


def _words(office: Office) -> Iterator[Finding]:
    names = office.wording.names()
    for rule in office.pack.rules:
        wanted = rule.ask if rule.ask and not rule.wording else (rule.wording,) if rule.wording else ()
        combined = "+".join(rule.ask) in names
        for name in wanted:
            if name not in names and not combined:
                yield Finding("error", rule.source, f"there is no wording {name!r}: its mail could not be written")


def _people(office: Office) -> Iterator[Finding]:
    for role in sorted(office.pack.roles):
        hubs = sorted({school.hub for school in office.directory.schools}) if role == "hub-manager" else [""]
        for hub in hubs:
            if role not in _MANY and office.directory.holder(Party(role, hub)) is None:
                yield Finding("warning", "directory", f"nobody holds the role {role} {hub}".rstrip())
    known = {*office.pack.roles, "board", "directorate", "quality", "partners", "data-protection"}
    for person in (*office.directory.people, *office.directory.bodies):
        if person.role not in known:
            yield Finding("error", "directory", f"{person.address}: {person.role!r} is no role of the pack")
    for person in office.directory.people:
        if office.own(person.address):
            yield Finding(
                "error", "directory", f"{person.address} is a mailbox that the bot reads: it would write to itself"
            )


def check_calendar(calendar: Calendar, today: date) -> Iterator[Finding]:
    """Bank holidays are pinned and run out; term dates are published a year at a time."""
    if calendar.known_until() < today + timedelta(days=366):
        problem = f"bank holidays are known until {calendar.known_until():%d %B %Y} only: update the pack's calendar"
        yield Finding("warning", "calendar", problem)
    known = calendar.terms.get("", Terms()).years
    this = school_year(today)
    for year in (this, this + 1) if today.month in (6, 7) else (this,):
        if year not in known:
            problem = f"no term dates for {year}/{(year + 1) % 100:02d}: every working day outside the summer counts"
            yield Finding("warning", "calendar", f"{problem}; add them to terms.csv in the directory")


def _trust(office: Office) -> Iterator[Finding]:
    if office.config.trust.profile == "none":
        yield Finding(
            "warning", "config.toml, [trust]", "profile none: nobody is believed, so that no answer has an effect"
        )
    elif not office.config.trust.authserv_id:
        yield Finding("error", "config.toml, [trust]", "authserv_id is missing: name the id of your own mail server")


def _connections(office: Office) -> Iterator[Finding]:
    config = office.config
    for box in config.mailbox:
        try:
            mailbox = open_mailbox(box, config.register_path.parent, config.microsoft)
        except (MailboxError, BadConfig) as problem:
            yield Finding("error", f"mailbox {box.name}", str(problem))
            continue
        try:
            next(mailbox.fetch(1), None)
        except MailboxError as problem:
            yield Finding("error", f"mailbox {box.name}", str(problem))
        finally:
            mailbox.close()
    try:
        transport = open_transport(config.transport, config.microsoft, config.main_box().address)
    except BadConfig as problem:
        yield Finding("error", "transport", str(problem))
    else:
        if trouble := transport.check():
            yield Finding("error", "transport", trouble)
        transport.close()
    if config.microsoft is not None:
        yield from (Finding("warning", *warned) for warned in reach(config.microsoft))
