"""Mail of ours that comes back: the question goes on, the clock too, and a forged report changes nothing."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from bot.register.register import Register
from bot.register.rows import OutboxRow
from tests.stories.reports import exchange, exim, qmail, report
from tests.stories.story import PTO, SCHOOL, Story, plain

GONE = "550 5.1.1 User unknown in local recipient table"
ADMISSIONS = "admissions@council.example"


@pytest.fixture
def asked(story: Story) -> EmailMessage:
    story.at("2014-11-26 10:00").hub_referral()
    return story.last("admissions", "on-roll-elsewhere")


def bounced(story: Story) -> list[dict[str, object]]:
    return [e["values"] for e in story.case()["events"] if e["event"] == "bounced"]


def _row(story: Story, mail: EmailMessage) -> OutboxRow:
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        row = snapshot.outbox(str(mail["X-CME-Key"]))
    assert row is not None
    return row


@pytest.mark.parametrize("form", [lambda m: report(m, "5.1.1", GONE), exim, qmail, exchange])
def test_a_dead_address_is_told_to_who_keeps_the_directory_and_the_question_goes_on(
    story: Story, asked: EmailMessage, form: Callable[[EmailMessage], bytes]
) -> None:
    story.at("2014-11-26 10:05").drop(form(asked))
    assert [(b["meaning"], b["address"]) for b in bounced(story)] == [("dead", ADMISSIONS)]
    told = story.bot_tells("tracking-officer", "another address", ADMISSIONS)
    assert "no such mailbox" in plain(told)
    on = story.bot_asks("tracking-officer", "on-roll-elsewhere")
    assert "came back" in plain(on) and "has not answered" not in plain(on)
    assert "roll.nowhere" not in story.events() and story.case()["state"] == "waiting"
    assert any(ADMISSIONS in why for why in story.quarantine)


def test_the_one_who_was_asked_instead_answers_for_both(story: Story, asked: EmailMessage) -> None:
    story.at("2014-11-26 10:05").drop(report(asked, "5.1.1", GONE))
    story.at("2014-11-26 11:00").reply("tracking-officer", "Not on roll anywhere else.", "on-roll-elsewhere")
    assert "roll.nowhere" in story.events()
    story.bot_asks("hub-manager", "allocate-worker")


def test_the_clock_of_a_question_that_came_back_runs_on(story: Story, asked: EmailMessage) -> None:
    story.at("2014-11-26 10:05").drop(report(asked, "5.1.1", GONE))
    story.until("2014-11-28 09:00")
    assert "ask.overdue" in story.events()


def test_the_digest_says_what_came_back_and_what_is_held_for_it(story: Story, asked: EmailMessage) -> None:
    story.at("2014-11-26 10:05").drop(report(asked, "5.1.1", GONE))
    story.until("2014-12-01 07:00")
    digest = [m for m in story.out if m["X-CME-Rule"] == "digest" and "tracking" in str(m["To"])][-1]
    assert "came back" in plain(digest) and "name another address" in " ".join(plain(digest).split())
    assert not [m for m in story.out if ADMISSIONS in str(m["To"])], "nothing is sent to a dead address"


def test_a_deputy_takes_the_place_of_a_dead_address(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    asked = story.last("tracking-officer", "database-check")
    story.at("2014-11-12 10:05").drop(report(asked, "5.1.1", GONE))
    story.bot_asks("deputy.tracking.officer@council.example", "database-check")
    story.bot_tells("deputy.tracking.officer@council.example", "another address")


def test_the_digest_of_a_dead_address_goes_to_the_deputy(story: Story) -> None:
    """Else nobody would read what is late, morning after morning."""
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-27 07:05").look()
    (digest,) = [m for m in _digests(story) if f"<{PTO}>" in str(m["To"])]
    story.at("2014-11-27 07:10").drop(report(digest, "5.1.1", GONE))
    story.at("2014-11-28 07:05").look()
    readers = [str(m["To"]) for m in _digests(story)]
    assert [r for r in readers if "<deputy.tracking" in r] and not [r for r in readers if f"<{PTO}>" in r]


def _digests(story: Story) -> list[EmailMessage]:
    return [m for m in story.out if m["X-CME-Rule"] == "digest"]


def test_who_writes_again_from_a_dead_address_lives(story: Story, asked: EmailMessage) -> None:
    story.at("2014-11-26 10:05").drop(report(asked, "5.1.1", GONE))
    story.at("2014-11-26 10:30").mails(ADMISSIONS, "Not on roll elsewhere", answers=asked)
    assert "roll.nowhere" in story.events()
    story.at("2014-11-27 10:00").hub_referral(
        {"child.surname": "Okonedo", "child.forenames": "Bram", "child.date_of_birth": "2 May 2004"}
    )
    story.bot_asks("admissions", "on-roll-elsewhere")


@pytest.mark.parametrize(("status", "said"), [("4.4.7", "451 4.4.7 expired"), ("5.2.2", "552 5.2.2 mailbox full")])
def test_what_may_pass_leaves_again_later_with_the_same_key(
    story: Story, asked: EmailMessage, status: str, said: str
) -> None:
    story.at("2014-11-26 10:05").drop(report(asked, status, said))
    assert [b["meaning"] for b in bounced(story)] == ["later"]
    story.bot_asks_nothing("tracking-officer", "on-roll-elsewhere")
    assert not story.to("admissions")
    assert _row(story, asked).state == "waiting"
    story.at("2014-11-26 13:50").look()
    assert _row(story, asked).attempts == 1, "too early"
    story.at("2014-11-26 14:10").look()  # A Maildir keeps one file a key: the register tells of the second time.
    assert (_row(story, asked).state, _row(story, asked).attempts) == ("sent", 2)


def test_what_never_passes_goes_to_a_person_in_the_end(story: Story, asked: EmailMessage) -> None:
    for n, day in enumerate(("11-27", "11-28", "12-01", "12-02")):
        story.at(f"2014-{day} 02:00").drop(report(asked, "5.2.2", "552 5.2.2 mailbox full", n=n))
        story.at(f"2014-{day} 10:00").look()
    assert any("came back" in why for why in story.quarantine)


def test_a_delay_is_only_noted(story: Story, asked: EmailMessage) -> None:
    story.at("2014-11-26 10:05").drop(report(asked, "4.4.1", "451 timeout", action="delayed"))
    assert [b["meaning"] for b in bounced(story)] == ["trying"]
    assert not story.out and not story.quarantine


def test_a_forged_bounce_changes_nothing(story: Story, asked: EmailMessage) -> None:
    """Who knows only what stands in a subject, or guesses: the code, the reference, a Message-ID, a key."""
    made_up = "Message-ID: <abc@council.example>\r\nX-CME-Key: 0123456789ABCDEFGHJKMNPQRS\r\n"
    story.at("2014-11-26 10:05").drop(
        report(asked, "5.1.1", GONE, original=made_up + f"Subject: {asked['Subject']}\r\n")
    )
    assert not bounced(story) and not story.out
    assert any("does not show which" in why for why in story.quarantine)
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        assert not snapshot.noted("dead")


def test_backscatter_troubles_nobody(story: Story, asked: EmailMessage) -> None:
    spam = EmailMessage()
    spam["To"], spam["Subject"], spam["Message-ID"] = "x@elsewhere.example", "Cheap pills", "<1@elsewhere.example>"
    story.at("2014-11-26 10:05").drop(report(spam, "5.1.1", GONE))
    assert not story.quarantine and not story.out


def test_an_alarm_that_comes_back_goes_to_the_deputy_at_once(story: Story) -> None:
    words = "Our pupil Ines Carvalho came in with bruises on both arms and is frightened of her uncle."
    story.at("2014-11-29 22:00").mails(SCHOOL, words)  # a Saturday night
    story.at("2014-11-29 22:01").drop(report(story.last("designated-officer"), "5.1.1", GONE))
    alarm = story.bot_tells("deputy.designated.officer@council.example", "bruises")
    assert alarm["X-CME-Rule"] == "alarm"
    story.at("2014-11-29 22:02").drop(report(story.last("designated-officer"), "5.1.1", GONE, n=2))
    assert not story.to("deputy.designated.officer@council.example"), "once"


def test_a_bounce_is_never_answered_nor_read_for_a_child(story: Story) -> None:
    story.at("2014-11-26 10:00").mails(SCHOOL, "Our pupil Ottilie Tregenza came in with bruises on both arms.")
    before = len(story.cases)
    alarm = story.last("designated-officer")
    story.at("2014-11-26 10:05").drop(exim(alarm))
    assert len(story.cases) == before and not story.to("MAILER-DAEMON@mx.council.example")
