"""By what an answer is known, whatever a mail program has done to it (docs/decisions/044)."""

from __future__ import annotations

import pytest

from tests.stories.story import SCHOOL, Story, plain, to

ADMISSIONS = "admissions@council.example"
NOWHERE = "Not on roll anywhere else."
INDEX = ("Thread-Index", "AdAJY1mQq0r3m5tFQ0iF0m2o2m5v8QAAKxZg")


@pytest.fixture
def asked(story: Story) -> Story:
    """Admissions have been asked about Ottilie Tregenza."""
    return story.at("2014-11-26 10:00").hub_referral()


def quoted(story: Story, sender: str = ADMISSIONS, question: str = "on-roll-elsewhere") -> str:
    """Our mail as Outlook quotes it."""
    mail = story.last(sender, question)
    head = f"From: CME team <{mail['From']}>\nSent: 26 November 2014 10:00\nTo: {to(mail)}\nSubject: {mail['Subject']}"
    return f"\n\n-----Original Message-----\n{head}\n\n{plain(mail)}"


def subject(story: Story) -> str:
    return str(story.last(ADMISSIONS, "on-roll-elsewhere")["Subject"])


def answered(story: Story) -> bool:
    assert len(story.cases) == 1
    return "roll.nowhere" in story.events()


def test_a_changed_subject_with_the_headers_of_a_reply(asked: Story) -> None:
    ours = str(asked.last(ADMISSIONS, "on-roll-elsewhere")["Message-ID"])
    asked.mails(ADMISSIONS, NOWHERE, subject="Your enquiry", headers=[("In-Reply-To", ours)])
    assert answered(asked)


def test_a_changed_subject_with_nothing_but_the_quoted_mail(asked: Story) -> None:
    asked.mails(ADMISSIONS, NOWHERE + quoted(asked), subject="Your enquiry")
    assert answered(asked)


def test_a_changed_subject_that_outlook_keeps_as_the_topic_of_the_thread(asked: Story) -> None:
    topic = [INDEX, ("Thread-Topic", subject(asked))]
    asked.mails(ADMISSIONS, NOWHERE, subject="Your enquiry", headers=topic)
    assert answered(asked)


def test_the_subject_as_it_is_now_comes_before_the_topic_that_the_thread_once_had(asked: Story) -> None:
    bram = {"child.surname": "Okonedo", "child.forenames": "Bram", "child.date_of_birth": "2 May 2004"}
    first = subject(asked)
    asked.at("2014-11-26 10:30").hub_referral(bram)
    asked.mails(ADMISSIONS, NOWHERE, subject=f"RE: {subject(asked)}", headers=[INDEX, ("Thread-Topic", first)])
    assert "roll.nowhere" not in asked.events(0) and "roll.nowhere" in asked.events(1)


def test_an_index_of_outlooks_alone_is_no_clue_and_the_officer_is_asked_which_child(asked: Story) -> None:
    asked.mails(ADMISSIONS, "Ottilie Tregenza is not on roll anywhere else.", subject="Ottilie", headers=[INDEX])
    assert "roll.nowhere" not in asked.events(0)
    asked.bot_asks("tracking-officer", "same-child")


def test_a_topic_without_a_right_to_answer_is_no_authority(asked: Story) -> None:
    topic = [INDEX, ("Thread-Topic", subject(asked))]
    asked.mails("x@stranger.example", NOWHERE, subject="Hello", headers=topic)
    asked.mails(ADMISSIONS, NOWHERE, subject="Hello", headers=topic, believed=False)
    assert not answered(asked)


@pytest.mark.parametrize("who", [SCHOOL, "attendance@council.example", ADMISSIONS, "x@stranger.example"])
def test_a_forward_answers_nothing_in_the_name_of_the_one_it_quotes(asked: Story, who: str) -> None:
    head = f"From: {ADMISSIONS}\nSent: 26 November 2014 11:00\nTo: {who}\nSubject: RE: {subject(asked)}"
    passed_on = f"Please see below.\n\n{head}\n\n{NOWHERE}{quoted(asked)}"
    topic = [INDEX, ("Thread-Topic", subject(asked))]
    asked.mails(who, passed_on, subject=f"FW: {subject(asked)}", headers=topic)
    assert not answered(asked)


def test_a_fresh_mail_that_quotes_an_old_one_is_about_the_child_that_it_names(asked: Story) -> None:
    words = "Our pupil Wei Zhang, born 2 February 2005, has not been at school since Monday, and nobody is at home."
    asked.mails(SCHOOL, words + quoted(asked, SCHOOL, ""), subject="Another pupil")
    assert [case["child"]["surname"] for case in asked.cases] == ["Tregenza", "Zhang"]
    assert "query" not in asked.events(0)


def test_a_fresh_mail_that_quotes_an_old_one_about_the_same_child_is_its_answer(asked: Story) -> None:
    words = "Ottilie Tregenza is not on roll anywhere else."
    asked.mails(ADMISSIONS, words + quoted(asked), subject="Ottilie")
    assert answered(asked)


@pytest.mark.parametrize("also", ["", "Ottilie is not on roll anywhere else. "])
def test_a_reply_that_tells_of_another_child_is_read_by_a_person(asked: Story, also: str) -> None:
    """Whatever becomes of it as an answer: nobody had asked about that one."""
    other = "Wei Zhang, born 2 February 2005, has stopped coming to school."
    asked.mails(ADMISSIONS, also + other, answers=asked.last(ADMISSIONS, "on-roll-elsewhere"))
    (why,) = asked.quarantine
    assert "another child" in why and not answered(asked)


def test_a_reply_that_tells_of_the_child_it_is_about_is_not(asked: Story) -> None:
    words = "Ottilie Tregenza, born 14 June 2003, has stopped coming to school. Not on roll anywhere else."
    asked.mails(ADMISSIONS, words, answers=asked.last(ADMISSIONS, "on-roll-elsewhere"))
    assert not asked.quarantine


def test_nor_is_one_that_gives_the_day_of_birth_that_was_asked_for(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    story.at("2014-11-12 11:00").reply("school", "She was born on 14 June 2003. She is in Year 6.", "missing-details")
    assert not story.quarantine and story.cases[0]["child"]["date_of_birth"] == "2003-06-14"
