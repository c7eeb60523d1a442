"""What a server refuses to our face, told over real SMTP: the question goes on, as if the mail had come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.register.register import Register
from bot.register.rows import OutboxRow
from outbound.transports.smtp import SmtpSettings, SmtpTransport
from tests.dovecot import free_port
from tests.stories.story import SCHOOL, Story, plain

GONE = "550 5.1.1 User unknown in virtual mailbox table"
ADMISSIONS = "admissions@council.example"
OFFICER = "designated.officer@council.example"
DEPUTY = "deputy.designated.officer@council.example"
BRUISES = "Our pupil Ines Carvalho came in with bruises on both arms and is frightened of her uncle."


@dataclass
class Server:
    """Answers for single recipients, and for whole mails to them; what it takes lies in a Maildir."""

    sent: Path
    refuses: dict[str, str] = field(default_factory=dict)
    refuses_mail: dict[str, str] = field(default_factory=dict)
    serial: Iterator[int] = field(default_factory=count)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:
        answer = self.refuses.get(to, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(to)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (to,) = envelope.rcpt_tos
        if refusal := self.refuses_mail.get(to):
            return refusal
        assert isinstance(envelope.original_content, bytes)
        (self.sent / f"{next(self.serial):06d}.smtp").write_bytes(envelope.original_content)
        return "250 taken"


@pytest.fixture
def server(story: Story, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server(story.folder / "mail" / "sent" / "new")
    port = free_port()
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    settings = SmtpSettings("127.0.0.1", port, security="plain", timeout=10.0, rest=0.0)
    monkeypatch.setattr("bot.running.opening.open_transport", lambda *_: SmtpTransport(settings))
    yield made
    controller.stop()


def held(story: Story) -> list[OutboxRow]:
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        return snapshot.held()


def bounced(story: Story) -> list[dict[str, Any]]:
    return [e["values"] for e in story.case()["events"] if e["event"] == "bounced"]


def test_an_unknown_address_is_told_to_who_keeps_the_directory_and_the_question_goes_on(
    story: Story, server: Server
) -> None:
    server.refuses[ADMISSIONS] = GONE
    story.at("2014-11-26 10:00").hub_referral()
    assert [(b["meaning"], b["address"], b["status"]) for b in bounced(story)] == [("dead", ADMISSIONS, "5.1.1")]
    assert "no such mailbox" in plain(story.bot_tells("tracking-officer", "another address", ADMISSIONS))
    story.bot_asks("tracking-officer", "on-roll-elsewhere")
    (waits,) = held(story)
    assert waits.why.startswith("refused, there is no such address: mend the directory") and GONE in waits.why
    story.look().look()
    assert len(bounced(story)) == 1 and not story.out, "once"


def test_a_full_mailbox_is_tried_again_later(story: Story, server: Server) -> None:
    server.refuses[ADMISSIONS] = "552 5.2.2 mailbox full"
    story.at("2014-11-26 10:00").hub_referral()
    assert [b["meaning"] for b in bounced(story)] == ["later"] and not held(story)
    server.refuses.clear()
    story.at("2014-11-26 13:50").look()
    assert not story.to("admissions"), "too early"
    story.at("2014-11-26 14:10").look().bot_asks("admissions", "on-roll-elsewhere")
    story.bot_asks_nothing("tracking-officer", "on-roll-elsewhere")


@pytest.mark.parametrize("words", ["554 5.7.1 Relay access denied", "550 relay not permitted"])
def test_a_server_that_does_not_take_our_mail_says_nothing_of_the_address(
    story: Story, server: Server, words: str
) -> None:
    """Else a relay set wrong would hand every question in the county to somebody else within a minute."""
    server.refuses[ADMISSIONS] = words
    story.at("2014-11-26 10:00").hub_referral()
    assert not bounced(story)
    story.bot_asks_nothing("tracking-officer", "on-roll-elsewhere")
    (row,) = held(story)
    assert "takes no mail from us" in row.why and row.why.endswith(words)


def test_a_refused_mail_is_not_a_refused_address(story: Story, server: Server) -> None:
    server.refuses_mail[ADMISSIONS] = "554 5.6.0 I do not like the look of this"
    story.at("2014-11-26 10:00").hub_referral()
    assert not bounced(story) and "the mail server refused it" in held(story)[0].why


@pytest.mark.parametrize(
    ("refuses", "words"), [("refuses", GONE), ("refuses", "550 relay denied"), ("refuses_mail", "554 5.7.1 spam")]
)
def test_a_refused_alarm_goes_to_the_deputy_at_once_whatever_was_refused(
    story: Story, server: Server, refuses: str, words: str
) -> None:
    getattr(server, refuses)[OFFICER] = words
    story.at("2014-11-29 22:00").mails(SCHOOL, BRUISES)  # a Saturday night
    assert story.bot_tells(DEPUTY, "bruises")["X-CME-Rule"] == "alarm"
    story.look()
    assert not story.to(DEPUTY), "once"


def test_lesson_24_a_reminder_that_failed_to_leave_is_not_written_again(story: Story, server: Server) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    server.refuses[ADMISSIONS] = "451 4.3.0 try again later"
    story.until("2014-11-28 12:00", hours=1)
    assert not story.to("admissions")
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        rows = [row for row in snapshot.outbox_of(story.case()["case"]) if row.address == ADMISSIONS]
    (waits,) = [row for row in rows if row.state == "waiting"]
    assert waits.attempts > 3 and "451" in waits.why
    server.refuses.clear()
    story.until("2014-11-28 19:00", hours=1)
    (left,) = story.to("admissions")
    assert left["X-CME-Key"] == waits.key


def test_what_a_crash_left_undone_is_done_at_the_next_start(
    story: Story, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.refuses[ADMISSIONS] = GONE
    with monkeypatch.context() as crash, pytest.raises(KeyboardInterrupt):
        crash.setattr("bot.intake.refusals._follow", _dies)
        story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 10:01").look()
    story.bot_asks("tracking-officer", "on-roll-elsewhere")


def test_one_that_cannot_be_followed_is_shown_and_keeps_back_no_other(
    story: Story, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.refuses[ADMISSIONS] = GONE
    monkeypatch.setattr("bot.intake.refusals._follow", _fails)
    story.at("2014-11-26 10:00").hub_referral()
    assert story.to("school") and "failed to go on" in held(story)[0].why


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def _fails(*_: object) -> None:
    raise LookupError
