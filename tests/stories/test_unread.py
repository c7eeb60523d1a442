"""What is attached and cannot be read is asked for otherwise, and shown to a person."""

from __future__ import annotations

from email.message import EmailMessage

from bot.demo.forms import hub_form
from tests.documents.made import compound
from tests.forms.test_other_council import filled as another_councils_form
from tests.mail.test_containers import locked_zip
from tests.rosters.test_lists import BOF, RC4, SCRAMBLED
from tests.stories.story import HUB, SCHOOL, Story

AUTHENTICATED = "mx.council.example; dmarc=pass header.from=bardwell-hill.example"


def mail(text: str, *files: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Authentication-Results"] = AUTHENTICATED
    message["From"], message["To"], message["Subject"] = SCHOOL, "hub.north@council.example", "Referral"
    message["Message-ID"] = f"<{len(files)}.{len(text)}@bardwell-hill.example>"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_locked_file_is_asked_for_without_its_password(story: Story) -> None:
    story.at("2014-11-26 10:00").drop(mail("Please see attached.", ("form.zip", locked_zip())), "hub.north")
    asked = story.bot_tells("school", "without its password")
    assert "form.zip" not in asked.as_string()
    assert story.cases == [] and "locked with a password" in story.quarantine[0]


def test_a_locked_list_is_asked_for_without_its_password(story: Story) -> None:
    locked = compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\0" * 600})
    story.at("2014-11-26 10:00").drop(mail("Our leavers.", ("leavers.xlsx", locked)), "missing.pupils")
    story.bot_tells("school", "without its password")
    assert "locked with a password" in story.quarantine[0]


def test_an_old_list_with_a_password_is_asked_for_without_it(story: Story) -> None:
    locked = compound({"Workbook": BOF + RC4 + SCRAMBLED})
    story.at("2014-11-26 10:00").drop(mail("Our leavers.", ("leavers.xls", locked)), "missing.pupils")
    story.bot_tells("school", "without its password")
    assert "locked with a password" in story.quarantine[0]


def test_a_form_that_was_read_does_not_hide_one_that_was_not(story: Story) -> None:
    raw = mail("Two pupils.", ("one.docx", hub_form(HUB)), ("two.zip", locked_zip()))
    story.at("2014-11-26 10:00").drop(raw, "hub.north")
    assert len(story.cases) == 1
    story.bot_tells("school", "without its password")
    assert "locked with a password" in story.quarantine[0]


def test_nobody_unknown_is_told_more_than_that_it_came(story: Story) -> None:
    raw = mail("Please see attached.", ("form.zip", locked_zip())).replace(b"dmarc=pass", b"dmarc=fail")
    story.at("2014-11-26 10:00").drop(raw.replace(b"bardwell-hill.example", b"nobody.example"), "hub.north")
    assert not [m for m in story.sent if "password" in m.as_string()]


def test_a_form_for_which_the_county_has_no_pathway_is_read_by_a_person(story: Story) -> None:
    raw = mail("Our referral, on the form of our neighbours.", ("form.docx", another_councils_form()))
    story.at("2014-11-26 10:00").drop(raw, "hub.north")
    assert story.events()[0] == "letter.received" and story.cases[0]["child"]["surname"] == "Achterberg"
    story.bot_tells("tracking-officer", "Achterberg")
    assert story.cases[0]["next_due"]
