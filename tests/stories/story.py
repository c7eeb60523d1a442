"""Tells a case as it happens: mails and a clock in, mails and a history out; the whole bot, on Maildirs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import count
from pathlib import Path
from typing import Any

from bot.config.sandbox import write_sandbox
from bot.demo.forms import hub_form, memo
from bot.register.register import Register
from bot.running.startup import make_register, office_of, run_once
from bot.views.show import case_json, whole_case_json

SCHOOL = "office@bardwell-hill.example"
PTO = "tracking.officer@council.example"
WHO = {
    "school": SCHOOL, "tracking-officer": PTO, "designated-officer": "designated.officer@council.example",
    "hub-manager": "hub.manager.north@council.example", "hub-worker": "hub.worker.north@council.example",
    "admissions": "admissions@council.example", "assessment-teams": "assessment.teams@council.example",
    "attendance": "attendance@council.example", "police": "enquiries@police.example",
    "health": "enquiries@health.example", "youth-offending": "enquiries@youth-offending.example",
    "housing": "enquiries@housing-cherwell.example", "other-authority": "cme@leicester.example",
}  # fmt: skip

HUB = {
    "child.surname": "Tregenza", "child.forenames": "Ottilie", "child.date_of_birth": "14 June 2003",
    "child.gender": "Female", "child.year_group": "6", "address.last_known": "8 Quarry Steps, Banbury",
    "address.postcode": "OX16 9ZZ", "school.current": "Bardwell Hill Academy", "referral.date": "26 November 2014",
    "referrer.name": "Mr P. Lovegrove", "referrer.telephone": "01632 960417", "referrer.email": SCHOOL,
    "carer_1.title": "Mrs", "carer_1.surname": "Tregenza", "carer_1.forename": "Maud", "carer_1.mobile": "07700 900417",
    "intervention.contacted_parents": "yes", "intervention.contacted_parents_dates": "21/11, 24/11",
    "intervention.phoned_named_contacts": "yes", "intervention.phoned_named_contacts_dates": "24/11",
    "information.other": "First day of absence: 21 November 2014.", "risk.aggressive_parent": "low",
}  # fmt: skip
MEMO = {
    "referrer.name": "Mr P. Lovegrove", "referrer.address": "Bardwell Hill Academy, Banbury",
    "referrer.telephone": "01632 960417", "referrer.email": SCHOOL, "referral.date": "12 November 2014",
    "child.surname": "Tregenza", "child.forenames": "Ottilie", "child.date_of_birth": "14 June 2003",
    "school.last_attended": "Bardwell Hill Academy", "child.sen": "No", "carers": "Mrs Maud Tregenza",
    "address.last_known": "8 Quarry Steps, Banbury OX16 9ZZ", "information.other": "Last attended 3 October 2014.",
}  # fmt: skip
_SERIAL = count(1)


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def to(mail: EmailMessage) -> str:
    return parseaddr(str(mail["To"]))[1]


@dataclass
class Story:
    """One sandbox, and its clock. `out` is all that left since the last look."""

    folder: Path
    now: str = "2014-11-26 10:00"
    sent: list[EmailMessage] = field(default_factory=list)
    out: list[EmailMessage] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        write_sandbox(self.folder)
        make_register(self.config)

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    def at(self, when: str) -> Story:
        self.now = when
        return self

    # What goes in.

    def hub_referral(self, fields: Mapping[str, str] | None = None, box: str = "hub.north", **more: Any) -> Story:
        form = hub_form({**HUB, **(fields or {})})
        return self.mails(more.pop("sender", SCHOOL), "Please find our referral.", box, form=form, **more)

    def memo(self, fields: Mapping[str, str] | None = None, **more: Any) -> Story:
        return self.mails(more.pop("sender", SCHOOL), memo({**MEMO, **(fields or {})}), **more)

    def mails(
        self,
        sender: str,
        text: str,
        box: str = "missing.pupils",
        *,
        form: bytes | None = None,
        files: Mapping[str, bytes] | None = None,
        believed: bool = True,
        answers: EmailMessage | None = None,
        subject: str = "A pupil",
        headers: Iterable[tuple[str, str]] = (),
        message_id: str = "",
    ) -> Story:
        """Somebody writes, and the bot looks in."""
        mail = EmailMessage(policy=policy.SMTP)
        if believed:
            domain = parseaddr(sender)[1].rpartition("@")[2]
            mail["Authentication-Results"] = f"mx.council.example; dmarc=pass header.from={domain}"
        mail["From"], mail["To"] = sender, f"{box}@council.example"
        mail["Message-ID"] = message_id or f"<{next(_SERIAL)}@story.example>"
        for name, value in headers:
            mail[name] = value
        mail["Subject"] = subject if answers is None else f"Re: {answers['Subject']}"
        if answers is not None:
            mail["In-Reply-To"] = str(answers["Message-ID"])
            text += "\n\nSent from my phone\n\nOn Thu, 6 Nov 2014 at 09:00, CME team wrote:\n"
            text += "".join(f"> {line}\n" for line in plain(answers).splitlines())
        mail.set_content(text)
        if form is not None:
            mail.add_attachment(form, maintype="application", subtype="octet-stream", filename="form.docx")
        for name, data in (files or {}).items():
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        return self.drop(mail.as_bytes(), box)

    def drop(self, raw: bytes, box: str = "missing.pupils") -> Story:
        name = f"{next(_SERIAL):08d}.story"
        (self.folder / "mail" / box / "new" / name).write_bytes(raw)
        return self.look()

    def reply(self, role: str, text: str, question: str = "", **more: Any) -> Story:
        """The one who was asked answers in the thread."""
        mail = self.last(role, question)
        box = parseaddr(str(mail["Reply-To"] or mail["From"]))[1].partition("@")[0]
        return self.mails(more.pop("sender", to(mail)), text, box, answers=mail, **more)

    def yes(self, role: str) -> Story:
        """One tap: what was understood is confirmed."""
        return self.reply(role, "Yes", "confirm")

    # Time.

    def look(self) -> Story:
        result = run_once(self.config, self.now.replace(" ", "T"))
        assert not result.troubles, result.troubles
        self.out = []
        for part in ("new", "cur"):
            for path in sorted((self.folder / "mail" / "sent" / part).iterdir()):
                if path.name not in self._seen:
                    self._seen.add(path.name)
                    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
                    assert isinstance(mail, EmailMessage)
                    self.out.append(mail)
        self.sent += self.out
        return self

    def until(self, when: str, hours: int = 6) -> Story:
        """Time passes; the bot looks in every few hours. `out` is then all that left meanwhile."""
        clock, end, out = datetime.fromisoformat(self.now), datetime.fromisoformat(when), []
        while (clock := clock + timedelta(hours=hours)) < end:
            out += self.at(clock.isoformat(" ", "minutes")).look().out
        out += self.at(when).look().out
        self.out = out
        return self

    # What came out.

    def to(self, role: str, *, ever: bool = False) -> list[EmailMessage]:
        address = WHO.get(role, role)
        mails = self.sent if ever else self.out
        return [m for m in mails if to(m) == address and m["X-CME-Rule"] != "digest"]

    def asked(self, role: str, question: str, *, ever: bool = False) -> list[EmailMessage]:
        return [m for m in self.to(role, ever=ever) if question in str(m["X-CME-Question"] or "").split()]

    def bot_asks(self, role: str, question: str) -> EmailMessage:
        found = self.asked(role, question)
        assert found, f"{role} was not asked {question}; went out: {self.shown()}"
        return found[0]

    def bot_asks_nothing(self, role: str, question: str) -> None:
        assert not self.asked(role, question), f"{role} was asked {question}"

    def bot_tells(self, role: str, *words: str) -> EmailMessage:
        """A mail to that role that has these words."""
        found = [m for m in self.to(role) if all(w.lower() in _flat(m) for w in words)]
        assert found, f"{role} was not told {words}; went out: {self.shown()}: {[plain(m) for m in self.to(role)]}"
        return found[0]

    def last(self, role: str, question: str = "") -> EmailMessage:
        mails = self.asked(role, question, ever=True) if question else self.to(role, ever=True)
        assert mails, f"{role} never had a mail {question}"
        return mails[-1]

    def shown(self) -> list[str]:
        return [f"{to(m)}: {m['X-CME-Rule']} {m['X-CME-Question'] or ''}" for m in self.out]

    @property
    def cases(self) -> list[dict[str, Any]]:
        """As `cases --json` has them, oldest first."""
        with Register.open(self.folder / "register.db") as register, register.read() as snapshot:
            return [case_json(row) for row in reversed(snapshot.cases())]

    def case(self, which: int = -1) -> dict[str, Any]:
        ref = self.cases[which]["case"]
        office = office_of(self.config)
        with Register.open(self.folder / "register.db") as register, register.read() as snapshot:
            return json.loads(json.dumps(whole_case_json(office, snapshot, ref)))  # type: ignore[no-any-return]

    def standing(self, which: int = -1) -> dict[str, Any]:
        """How the case stands to the definition of missing education at the story's clock."""
        return self.case(which)["definition"]  # type: ignore[no-any-return]

    def events(self, which: int = -1) -> list[str]:
        return [e["event"] for e in self.case(which)["events"]]

    def subject(self, ref: str) -> dict[str, Any]:
        """A list, or a question about rows of it, as `case LIST-... --json` has it."""
        office = office_of(self.config)
        with Register.open(self.folder / "register.db") as register, register.read() as snapshot:
            return json.loads(json.dumps(whole_case_json(office, snapshot, ref)))  # type: ignore[no-any-return]

    @property
    def quarantine(self) -> list[str]:
        with Register.open(self.folder / "register.db") as register, register.read() as snapshot:
            return [mail.why for mail in snapshot.quarantined()]


def _flat(mail: EmailMessage) -> str:
    return re.sub(r"\s+", " ", plain(mail)).lower()
