"""An answer that a colleague gave, sent on with "see below": heard as the colleague's, and confirmed by its sender."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from tests.stories.story import Story, plain
from tests.stories.test_tracking import tracked

THEIRS = (
    "From: Arun Pell <arun.pell@police.example>\nSent: 13 November 2014 09:12\n"
    "To: Enquiries <enquiries@police.example>\nSubject: RE: enquiry\n\nNo trace on our systems.\n\nArun\n\n"
)


def enquired(story: Story) -> EmailMessage:
    tracked(story).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    return story.bot_asks("police", "agency-enquiry")


def sent_on(story: Story, mail: EmailMessage, text: str) -> Story:
    reply = EmailMessage(policy=SMTP)
    reply["Authentication-Results"] = "mx.council.example; dmarc=pass header.from=police.example"
    reply["From"], reply["To"] = "enquiries@police.example", str(mail["Reply-To"] or mail["From"])
    reply["Subject"], reply["In-Reply-To"] = f"Re: {mail['Subject']}", str(mail["Message-ID"])
    reply["Message-ID"] = "<below@police.example>"
    reply.set_content(text)
    return story.at("2014-11-13 10:00").drop(reply.as_bytes())


def test_a_colleagues_answer_below_is_shown_back_to_be_confirmed(story: Story) -> None:
    mail = enquired(story)
    ours = "".join(f"> {line}\n" for line in plain(mail).splitlines())
    sent_on(story, mail, f"See below.\n\n{THEIRS}On Wed, 12 Nov 2014 at 12:00, CME team wrote:\n{ours}")
    asked = plain(story.bot_asks("police", "confirm"))
    assert "No trace" in asked and "Arun Pell" in asked
    story.yes("police")
    assert "agency.no-trace" in story.events()


def test_our_own_mail_below_is_nobodys_answer(story: Story) -> None:
    """It lists the answers that may be given."""
    mail = enquired(story)
    ours = "".join(f"> {line}\n" for line in plain(mail).splitlines())
    sent_on(story, mail, f"See below.\n\nOn Wed, 12 Nov 2014 at 12:00, CME team wrote:\n{ours}")
    assert "did not understand" in plain(story.last("police"))
