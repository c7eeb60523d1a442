"""Plays scenes on a sandbox: mails are dropped into its Maildirs, the bot works, and all that happens is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from itertools import count
from pathlib import Path

from bot.council.office import Office
from bot.demo.forms import hub_form, memo
from bot.demo.scenes import Answer, Form, Scene, Wait, Words
from bot.running.opening import open_rounds
from bot.running.ticks import Rounds
from rules.calendar import LONDON


class NobodyWasAsked(LookupError):
    """A scene answers a question that the bot has not put: the scenes and the pack have come apart."""


@dataclass(frozen=True, slots=True)
class Played:
    """A mail that came in or went out, and when."""

    at: datetime
    incoming: bool
    mail: EmailMessage


Show = Callable[[Played], None]


@dataclass
class Player:
    """A sandbox, its clock, and all its mails in the order of time. `show` is told of each as it happens."""

    folder: Path
    office: Office
    show: Show
    played: list[Played] = field(default_factory=list)
    rounds: Rounds | None = None
    _serial: Iterator[int] = field(default_factory=lambda: count(1))
    _seen: set[str] = field(default_factory=set)
    _now: datetime | None = None

    def play(self, scenes: tuple[Scene, ...]) -> None:
        with ExitStack() as stack:
            self.rounds = open_rounds(self.office, stack, inline=True)
            for scene in scenes:
                self._until(_time(scene.until if isinstance(scene, Wait) else scene.at))
                if not isinstance(scene, Wait):
                    self._drop(*self._mail(scene))
                    self._work()

    def _mail(self, scene: Form | Words | Answer) -> tuple[EmailMessage, str]:
        if isinstance(scene, Form):
            text = scene.text if scene.kind == "hub" else memo(scene.fields)
            mail = self._write(scene.sender, f"{scene.box}@council.example", "Missing pupil: referral", text)
            if scene.kind == "hub":
                kind = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
                mail.add_attachment(hub_form(scene.fields), *kind, filename="Hub referral form.docx")
            return mail, scene.box
        if isinstance(scene, Words):
            return self._write(scene.sender, f"{scene.box}@council.example", "A pupil", scene.text), scene.box
        asked = self._asked(scene)
        box = parseaddr(str(asked["Reply-To"] or asked["From"]))[1]
        mail = self._write(_address(asked), box, f"Re: {asked['Subject']}", scene.text + _quoted(asked))
        mail["In-Reply-To"] = str(asked["Message-ID"])
        mail["References"] = f"{asked['References'] or ''} {asked['Message-ID']}".strip()
        return mail, box.partition("@")[0]

    def _asked(self, scene: Answer) -> EmailMessage:
        """The last mail that put that question in that case."""
        for played in reversed(self.played):
            mail = played.mail
            questions = str(mail["X-CME-Question"] or "").split()
            ours = not played.incoming and str(mail["X-CME-Case"] or "").endswith(f"{scene.case:05d}")
            if ours and scene.question in questions and _address(mail).startswith(scene.who):
                return mail
        raise NobodyWasAsked(f"{scene.at}: nobody was asked {scene.question} in case {scene.case}")

    def _write(self, sender: str, to: str, subject: str, text: str) -> EmailMessage:
        assert self._now is not None
        domain = sender.rpartition("@")[2]
        mail = EmailMessage(policy=policy.SMTP)
        mail["Authentication-Results"] = f"mx.council.example; dmarc=pass header.from={domain}"
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Date"] = format_datetime(self._now)
        mail["Message-ID"] = f"<{next(self._serial)}.demo@{domain}>"
        mail.set_content(text)
        return mail

    def _drop(self, mail: EmailMessage, box: str) -> None:
        assert self._now is not None
        name = f"{next(self._serial):08d}.demo"
        (self.folder / "mail" / box / "new" / name).write_bytes(mail.as_bytes())
        self._note(Played(self._now, True, mail))

    def _until(self, goal: datetime) -> None:
        """Time passes: the bot wakes when the register says so, and on the last morning for the digest."""
        assert self.rounds is not None
        while True:
            with self.rounds.register.read() as snapshot:
                wake = snapshot.next_due()
            if wake is None or wake >= goal:
                break
            self._now = wake.astimezone(LONDON)
            self._work(digest=False)
        self._now = goal
        self._work(digest=goal.hour == 7)

    def _work(self, *, digest: bool = False) -> None:
        assert self.rounds is not None and self._now is not None
        self.rounds.start(self._now)
        while self.rounds.poll(self._now) + self.rounds.due(self._now) + self.rounds.send(self._now):
            pass
        if digest:
            self.rounds.digest(self._now)
            self.rounds.send(self._now)
        self._collect()

    def _collect(self) -> None:
        assert self._now is not None
        fresh = [p for p in sorted((self.folder / "mail" / "sent" / "new").iterdir()) if p.name not in self._seen]
        for path in fresh:
            self._seen.add(path.name)
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self._note(Played(self._now, False, mail))

    def _note(self, played: Played) -> None:
        self.played.append(played)
        self.show(played)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def _address(mail: EmailMessage) -> str:
    return parseaddr(str(mail["To"]))[1]


def plain(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    return str(body.get_content()) if body else ""


def _quoted(mail: EmailMessage) -> str:
    """What a mail program puts below a reply."""
    lines = "".join(f"> {line}\n" for line in plain(mail).splitlines())
    return f"\n\nOn {mail['Date']}, {parseaddr(str(mail['From']))[0]} wrote:\n{lines}"
