"""`cmebot check`: is the configuration sound, does the pack hold together, is anybody there for each role?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.config.secrets import BadConfig
from bot.config.settings import Box, Config
from bot.config.trust import TrustSettings
from bot.council.directory_import import FILES
from bot.council.directory_rows import unended
from bot.council.office import Office
from bot.inspecting import pack_words
from bot.inspecting.checking_mail import reach, warnings
from bot.inspecting.checking_places import misnamed
from bot.inspecting.finding import Finding
from bot.inspecting.forgeries import try_boundary
from bot.inspecting.signing import HOW_TO_SIGN, SIGNED_OFF, signed_off
from bot.mailboxes.port import MailboxError
from bot.register.errors import RegisterError
from bot.register.register import Register
from bot.running.connect import open_mailbox, open_transport
from bot.views.roll import lost
from rules import Pack, Party
from rules.calendar import LONDON, Calendar, Terms, school_year
from rules.packlines import places
from rules.soundness import faults

_MANY = frozenset({"hub-worker", "school", "other-school", "writer", "other-authority", "housing"})
"""Roles that a case's facts choose from, so that no single holder is needed."""

_TOLD_ONLY = frozenset({"board", "directorate", "quality", "partners", "data-protection"})
"""Roles that are told and never asked, so that no chain of chases begins with them."""


def check_all(office: Office, *, connect: bool = False) -> list[Finding]:
    """Everything that can be known without a mail."""
    where = places(office.pack.name, office.packs)
    found = [*check_pack(office.pack, where), *pack_words.findings(office, where), *_facts(office, where)]
    found += [*_people(office), *misnamed(office), *_whole(office), *_trust(office)]
    found += check_calendar(office.pack.calendar, datetime.now(LONDON).date())
    found += [Finding("warning", *warned) for warned in warnings(office.config)]
    return found + ([*_connections(office), *try_boundary(office)] if connect else [])


def check_pack(pack: Pack, where: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Every rule can be set off, every question is asked and answered, every answer and every silence leads to
    something, every chain of asking ends."""
    for fault in faults(pack):
        yield Finding(fault.level, (where or {}).get(fault.about, fault.about), f"{_named(fault.about)}{fault.problem}")


def _named(about: str) -> str:
    kind, _, name = about.partition(" ")
    return "" if kind == "question" else f"{name}: "


def _facts(office: Office, where: Mapping[str, str]) -> Iterator[Finding]:
    """What rests on a fact for which no source was found, until the council has signed it off."""
    signed = signed_off(office.config.directory)
    for fact in office.pack.unverified:
        if fact.name not in signed:
            told = f"{fact.name}: {fact.says} On it rest: {', '.join(fact.rests)}. {HOW_TO_SIGN}"
            yield Finding("unverified", where.get(f"unverified {fact.name}", fact.source), told)
    for name in sorted(signed.keys() - {fact.name for fact in office.pack.unverified}):
        yield Finding("warning", SIGNED_OFF, f"{name}: the pack knows no unverified fact of that name")


def _people(office: Office) -> Iterator[Finding]:
    for role in sorted(office.pack.roles):
        hubs = sorted({school.hub for school in office.directory.schools}) if role == "hub-manager" else [""]
        for hub in hubs:
            if role not in _MANY and office.directory.holder(Party(role, hub)) is None:
                yield Finding("warning", "directory", f"nobody holds the role {role} {hub}".rstrip())
    known = {*office.pack.roles, *_TOLD_ONLY}
    for person in (*office.directory.people, *office.directory.bodies):
        if person.role not in known:
            yield Finding("error", "directory", f"{person.address}: {person.role!r} is no role of the pack")
    for person in office.directory.people:
        if office.own(person.address):
            yield Finding(
                "error", "directory", f"{person.address} is a mailbox that the bot reads: it would write to itself"
            )


def _whole(office: Office) -> Iterator[Finding]:
    """A file that breaks off between two rows can be read; what is missing is told by what was there before."""
    for name in FILES:
        if unended(office.config.directory / name):
            problem = f"{name}: its last line has no end, as if the file broke off there: look whether it is whole"
            yield Finding("warning", "directory", problem)
    if not office.config.register_path.is_file():
        return
    try:
        with Register.open(office.config.register_path) as register, register.read() as snapshot:
            missing = lost(snapshot, office.directory)
    except RegisterError as problem:
        yield Finding("warning", "directory", f"it is not known what it held when the bot last started: {problem}")
        return
    for sentence in missing:
        told = f"{sentence} when the bot last started: put the whole file back. If it is right so, restart the bot"
        yield Finding("error", "directory", told)


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
    """Of the table [trust] with the mailboxes that it holds for, and of each mailbox that has one of its own."""
    config = office.config
    shared = [box for box in config.mailbox if box.trust is None]
    if shared:
        yield from _believed(office, config.trust, shared, "config.toml, [trust]")
    for box in config.mailbox:
        if box.trust is not None:
            yield from _believed(office, box.trust, [box], f"config.toml, trust of mailbox {box.name}")


def _believed(office: Office, trust: TrustSettings, boxes: Sequence[Box], where: str) -> Iterator[Finding]:
    if trust.profile == "none":
        yield Finding("warning", where, "profile none: nobody is believed, so that no answer has an effect")
    elif trust.profile == "authserv" and not trust.authserv_id:
        yield Finding("error", where, "authserv_id is missing: name the id of your own mail server")
    elif trust.profile != "authserv" and not office.config.own_domains:
        yield Finding("error", "config.toml", "own_domains is missing: name the domains in which colleagues write")
    if trust.profile == "authserv" and any(box.kind == "graph" for box in boxes):
        yield Finding("warning", where, 'Microsoft 365 writes no id of its own: set profile = "m365"')


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
    yield from _ways_out(config)
    if config.microsoft is not None:
        yield from (Finding("warning", *warned) for warned in reach(config.microsoft))


def _ways_out(config: Config) -> Iterator[Finding]:
    """By a provider mails leave from each mailbox itself; an address that is none there is found before a mail needs
    it."""
    of_each = config.transport.kind in ("graph", "ews")
    for address in [box.address for box in config.mailbox] if of_each else [config.main_box().address]:
        where = f"transport, from {address}" if of_each else "transport"
        try:
            transport = open_transport(config.transport, config.microsoft, address)
        except BadConfig as problem:
            yield Finding("error", where, str(problem))
            return
        if trouble := transport.check():
            yield Finding("error", where, trouble)
        transport.close()
