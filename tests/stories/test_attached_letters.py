"""A letter that comes as a file is a letter: its child is found, its words of concern raise the alarm, and an officer
reads it. What is no letter, or stands beside what was asked, is left to a person."""

from __future__ import annotations

import io

import docx

from bot.demo.forms import hub_form
from tests.stories.story import Story

LETTER = "Our pupil Ottilie Tregenza, born 14 June 2003, was last in school on 20 October, and nobody is at home."
HARM = LETTER + " She told a friend that her stepfather beats her with a belt."


def word(*paragraphs: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def test_a_letter_in_a_word_file_opens_a_case_and_an_officer_reads_it(story: Story) -> None:
    files = {"letter.docx": word("Bardwell Hill Academy", "Dear colleagues,", LETTER, "Yours, P. Lovegrove")}
    story.mails("office@bardwell-hill.example", "Please see attached.", files=files)
    assert [c["child"]["surname"] for c in story.cases] == ["Tregenza"]
    assert story.bot_tells("tracking-officer", "nobody is at home")
    assert story.quarantine == []


def test_a_letter_in_a_text_file_is_heard_alike(story: Story) -> None:
    story.mails("office@bardwell-hill.example", "Please see attached.", files={"note.txt": LETTER.encode()})
    assert [c["child"]["forenames"] for c in story.cases] == ["Ottilie"]


def test_words_of_concern_in_an_attached_letter_raise_the_alarm(story: Story) -> None:
    story.mails("office@bardwell-hill.example", "Please see attached.", files={"letter.docx": word(HARM)})
    assert "beats her" in story.bot_tells("designated-officer", "beats her").as_string()


def test_an_alarm_is_raised_by_a_letter_beside_a_form_and_a_person_reads_the_letter(story: Story) -> None:
    story.hub_referral(files={"letter.docx": word(HARM)})
    assert story.bot_tells("designated-officer", "beats her")
    assert "letter.docx: no form" in story.quarantine[0]


def test_a_letter_attached_to_a_reply_is_not_passed_over(story: Story) -> None:
    story.at("2014-11-12 10:00").memo().reply(
        "tracking-officer", "Nothing on the database.", "database-check", files={"note.docx": word("See Windrush.")}
    )
    assert "database.nothing" in story.events()
    assert "note.docx: no form" in story.quarantine[0]


def test_a_long_document_is_no_letter_and_a_person_must_read_it(story: Story) -> None:
    policy = word(*["A child who is abused or beaten must be reported to the designated lead at once."] * 90)
    story.hub_referral(files={"safeguarding policy.docx": policy})
    assert "safeguarding policy.docx: It is no form" in story.quarantine[0]
    assert not [m for m in story.sent if m["X-CME-Rule"] == "alarm"]


def test_a_blank_form_beside_a_filled_one_is_looked_at_by_a_person(story: Story) -> None:
    story.hub_referral(files={"second child.docx": hub_form({})})
    assert len(story.cases) == 1
    assert "second child.docx: a form with nothing in it" in story.quarantine[0]
