"""What kind of mail is this: what machines write is recorded and never answered; what a gateway holds back waits."""

from email.message import EmailMessage

import pytest

from tests.stories.story import HUB, SCHOOL, Story, plain

ADMISSIONS = "admissions@council.example"
AWAY = [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]


@pytest.fixture
def asked(story: Story) -> EmailMessage:
    story.at("2014-11-26 10:00").hub_referral()
    return story.last("admissions", "on-roll-elsewhere")


@pytest.mark.parametrize(
    ("subject", "headers", "text"),
    [
        ("Automatische Antwort: Frage", [], "Ich bin nicht da. No, not on roll."),
        ("Réponse automatique : question", [], "Je suis absente. Not on roll anywhere."),
        ("Odpowiedź automatyczna: pytanie", [], "Nie ma mnie. Not on roll."),
        ("Răspuns automat: întrebare", [], "Sunt plecată. Not on roll."),
        ("Re: your question", [("Auto-Submitted", "auto-replied; owner-email=x@y.example")], "Not on roll."),
        ("Re: your question", [("Precedence", "auto_reply")], "Not on roll."),
        ("Re: your question", [("X-Autoreply", "yes")], "Not on roll."),
        ("Read: your question", [("Content-Type", "multipart/report; report-type=disposition-notification")], "read"),
        ("Ticket #4711 opened", [("Auto-Submitted", "auto-generated")], "We have your mail. Not on roll."),
        ("Newsletter", [("List-Unsubscribe", "<mailto:x@y.example>"), ("Precedence", "bulk")], "Not on roll."),
    ],
)
def test_a_machines_words_are_no_answer_get_none_and_stop_no_clock(
    story: Story, asked: EmailMessage, subject: str, headers: list[tuple[str, str]], text: str
) -> None:
    more = [("In-Reply-To", str(asked["Message-ID"])), *(h for h in headers if h[0] != "Content-Type")]
    if headers and headers[0][0] == "Content-Type":
        raw = "\r\n".join(f"{n}: {v}" for n, v in [*more, ("From", ADMISSIONS), ("Subject", subject)])
        story.at("2014-11-26 10:10").drop(
            f"{raw}\r\n{headers[0][0]}: {headers[0][1]}; boundary=b\r\n\r\n--b--".encode()
        )
    else:
        story.at("2014-11-26 10:10").mails(ADMISSIONS, text, subject=subject, headers=more)
    assert "roll.nowhere" not in story.events() and "auto-replied" in story.events()
    assert not story.to("admissions")
    assert "ask.overdue" in story.until("2014-11-28 09:00").events()


def test_an_absence_with_a_deputy_is_shown_to_the_cases_owners(story: Story, asked: EmailMessage) -> None:
    words = "I am out of the office until Monday 8 December. Please contact Di Quill at di.quill@council.example."
    story.at("2014-11-26 10:10").mails(ADMISSIONS, words, answers=asked, headers=AWAY)
    story.until("2014-11-27 07:00")
    for role in ("tracking.officer@", "hub.manager.north@"):
        digest = next(m for m in story.out if role in str(m["To"]))
        assert "away until Monday 8 December, deputy: di.quill@council.example" in " ".join(plain(digest).split())


def test_an_automatic_reply_that_always_speaks_of_danger_alarms_once(story: Story, asked: EmailMessage) -> None:
    words = "We are closed. Our pupil Ines Carvalho came in with bruises on both arms and her uncle hits her."
    for n in range(3):
        story.at(f"2014-11-26 10:1{n}").mails(ADMISSIONS, words, answers=asked, headers=AWAY)
    alarms = [m for m in story.sent if m["X-CME-Rule"] == "alarm" and "bruises" in plain(m)]
    assert len(alarms) == 2, "the tracking officer and the designated officer, once each"
    assert not story.to("admissions")


def test_a_mail_of_ours_that_comes_back_has_no_effect(story: Story, asked: EmailMessage) -> None:
    before = story.events()
    story.at("2014-11-26 10:10").drop(asked.as_bytes())
    assert story.events() == before and not story.out


def test_an_invitation_by_somebody_known_is_shown_and_not_answered(story: Story) -> None:
    def invited(sender: str) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, "missing.pupils@council.example", "Strategy meeting"
        mail["Message-ID"] = f"<{sender}>"
        mail.set_content("You are invited.")
        mail.add_alternative("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", subtype="calendar")
        story.at("2014-11-26 10:00").drop(mail.as_bytes())

    invited(SCHOOL)
    invited("sales@stranger.example")
    assert [w for w in story.quarantine if "invitation" in w] == [
        f"an invitation from {SCHOOL}, for a person to answer"
    ]
    assert not story.out and not story.cases


def test_the_same_mail_through_a_list_is_one_mail(story: Story) -> None:
    words = "A family in our hostel has a girl of 8, Ines Carvalho, born 2 May 2006, who does not go to any school."
    housing = "enquiries@housing-cherwell.example"
    story.at("2014-11-26 10:00").mails(housing, words, message_id="<1@housing.example>")
    history = story.events()
    footer = f"{words}\n\nYou are a member of the list hostels@partners.example"
    listed = [("List-Id", "<hostels.partners.example>"), ("List-Post", "<mailto:hostels@partners.example>")]
    for n, sender in enumerate((housing, "hostels@partners.example")):
        story.at(f"2014-11-26 10:0{n + 1}").mails(
            sender, footer, message_id="<1@housing.example>", headers=listed, subject="[hostels] A pupil"
        )
        assert len(story.cases) == 1 and story.events() == history and not story.out


def test_a_lists_copy_that_comes_first_takes_no_answer_away(story: Story, asked: EmailMessage) -> None:
    """A list breaks the sender's signature: its copy is believed less than the one that came straight."""
    said, same = "Not on roll anywhere else.", {"answers": asked, "message_id": "<1@council.example>"}
    listed = [("List-Id", "<x.partners.example>")]
    footed = f"{said}\n\nTo leave this list, write to leave@partners.example"
    story.at("2014-11-26 10:10").mails(ADMISSIONS, footed, believed=False, headers=listed, **same)
    assert "roll.nowhere" not in story.events()
    story.at("2014-11-26 10:11").mails(ADMISSIONS, said, **same)
    assert "roll.nowhere" in story.events()


def test_a_list_header_hides_no_news(story: Story) -> None:
    """The same Message-ID through a list, with other words: a mail of its own."""
    story.at("2014-11-26 10:00").mails(SCHOOL, "A question.", message_id="<1@school.example>")
    words = "Our pupil Ines Carvalho came in with bruises on both arms and is frightened of her uncle."
    story.at("2014-11-26 10:05").mails(
        SCHOOL, words, message_id="<1@school.example>", headers=[("List-Id", "<x.example>")]
    )
    story.bot_tells("designated-officer", "bruises")


def placeholder(story: Story, text: str = "Please find our referral.") -> EmailMessage:
    mail = EmailMessage()
    mail["Authentication-Results"] = "mx.council.example; dmarc=pass header.from=bardwell-hill.example"
    mail["From"], mail["To"], mail["Subject"] = SCHOOL, "hub.north@council.example", "Referral"
    mail["Message-ID"] = "<atp@bardwell-hill.example>"
    mail.set_content(text)
    mail.add_attachment(b"<html>scanning</html>", maintype="text", subtype="html", filename="ATP Scan In Progress")
    return mail


def test_a_mail_whose_files_are_still_scanned_waits_unmoved(story: Story) -> None:
    from bot.demo.forms import hub_form

    raw = placeholder(story).as_bytes()
    lying = story.folder / "mail" / "hub.north" / "new" / "scan.story"
    lying.write_bytes(raw)
    story.at("2014-11-26 10:00").look()
    assert lying.exists() and not story.cases and not story.out and not story.quarantine
    lying.unlink()  # The gateway puts the finished mail in its place.
    story.at("2014-11-26 10:04").mails(
        SCHOOL, "Please find our referral.", "hub.north", form=hub_form(HUB), message_id="<atp@bardwell-hill.example>"
    )
    assert len(story.cases) == 1 and not story.quarantine


def test_a_scan_that_never_ends_goes_to_a_person(story: Story) -> None:
    lying = story.folder / "mail" / "hub.north" / "new" / "scan.story"
    lying.write_bytes(placeholder(story).as_bytes())
    story.at("2014-11-26 10:00").look()
    story.at("2014-11-26 16:01").look()
    assert not lying.exists() and any("gateway" in why for why in story.quarantine)


def test_words_of_serious_concern_do_not_wait_for_a_scan(story: Story) -> None:
    words = "Our pupil Ines Carvalho came in with bruises on both arms and is frightened of her uncle."
    story.at("2014-11-26 10:00").drop(placeholder(story, words).as_bytes())
    story.bot_tells("designated-officer", "bruises")


@pytest.mark.parametrize(
    ("text", "file", "named"),
    [
        ("Open it at https://switch.egress.com/ui/read/4711", None, "Egress"),
        ("You have been sent a message.", ("message.rpmsg", "application", "x-microsoft-rpmsg-message"), "rpmsg"),
        ("See attached.", ("smime.p7m", "application", "pkcs7-mime"), "S/MIME"),
        ("The form is at https://harebell-my.sharepoint.com/:w:/g/AbC", None, "SharePoint"),
        ("Sent you a protected message. https://outlook.office365.com/Encryption/x", None, "Microsoft encrypted"),
        ("Here: https://we.tl/t-abc", None, "WeTransfer"),
    ],
)
def test_what_is_locked_or_only_linked_is_fetched_by_a_person(
    story: Story, text: str, file: tuple[str, str, str] | None, named: str
) -> None:
    mail = EmailMessage()
    mail["Authentication-Results"] = "mx.council.example; dmarc=pass header.from=bardwell-hill.example"
    mail["From"], mail["To"], mail["Subject"] = SCHOOL, "hub.north@council.example", "Referral"
    mail["Message-ID"] = "<locked@bardwell-hill.example>"
    mail.set_content(text)
    if file:
        encrypted = bytes.fromhex("30820100 06092a864886f70d010703") + b"\0" * 40
        mail.add_attachment(encrypted, maintype=file[1], subtype=file[2], filename=file[0])
    story.at("2014-11-26 10:00").drop(mail.as_bytes(), "hub.north")
    assert not story.cases and any(named in why for why in story.quarantine), story.quarantine
    assert len(story.to("school")) == 1


def test_an_answer_with_a_link_counts_and_a_person_looks_behind_the_link(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    said = "Her date of birth is 14 June 2003. More at https://bardwell.sharepoint.com/:w:/g/AbC"
    story.at("2014-11-12 11:00").reply("school", said, "missing-details")
    assert story.cases[0]["child"]["date_of_birth"] == "2003-06-14"
    assert any("SharePoint" in why for why in story.quarantine)
