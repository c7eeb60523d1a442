"""Every answer that a mail offers is understood when it is tapped: what the link writes is what the bot reads."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.stories.story import Story, plain
from tests.stories.test_tracking import tracked, unsolved


def taps(mail: EmailMessage) -> list[str]:
    """What each of the mail's links would write into a reply."""
    html = mail.get_body(("html",))
    assert html is not None
    links = re.findall(r'href="(mailto:[^"]+)"', str(html.get_content()))
    return [parse_qs(urlsplit(unescape(link)).query)["body"][0] for link in links]


def found(story: Story) -> EmailMessage:
    """The tracking officer has found the child in another school, and is asked whether the case can be closed."""
    tracked(story).at("2014-11-12 12:00").reply(
        "tracking-officer", "New school: Ridgeway Junior School.", "database-check"
    )
    return story.bot_asks("tracking-officer", "conclude")


def test_traced_is_offered_once_and_closes_by_one_tap(story: Story) -> None:
    mail = found(story)
    yes, no = taps(mail)
    assert (yes, no) == ("1: Yes: close it as traced", "2: No: keep the case open")
    story.at("2014-11-12 13:00").reply("tracking-officer", yes, "conclude")
    assert (story.cases[0]["state"], story.cases[0]["outcome"]) == ("closed", "traced")
    assert "did not understand" not in plain(story.last("tracking-officer"))


SEEN = "We have seen the family: 14 Charter Street, Leicester LE4 6ZZ, on 12 November."


def news(story: Story) -> EmailMessage:
    """An agency has sent news of the child; nobody has proposed how the case could end."""
    tracked(story).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.at("2014-11-13 10:00").reply("police", SEEN, "agency-enquiry")
    return story.bot_asks("tracking-officer", "conclude")


def test_of_news_of_a_child_traced_is_offered_first(story: Story) -> None:
    """docs/reference/words.md has the answers in that order too."""
    traced, close, no = taps(news(story))
    assert traced == "1: Traced: close the case" and close.startswith("2: Close the case, but not as traced")
    assert no == "3: No: keep the case open"


@pytest.mark.parametrize("said", ["1", "1: Traced: close the case", "She is traced."])
def test_traced_by_its_number_its_line_or_in_words(story: Story, said: str) -> None:
    news(story)
    story.at("2014-11-13 11:00").reply("tracking-officer", said, "conclude")
    if said[0] != "1":
        story.yes("tracking-officer")
    assert (story.cases[0]["state"], story.cases[0]["outcome"]) == ("closed", "traced")


def test_closed_but_not_as_traced_still_needs_to_be_said_how(story: Story) -> None:
    news(story)
    story.at("2014-11-13 11:00").reply("tracking-officer", "2", "conclude")
    assert story.cases[0]["state"] != "closed" and "You chose" in plain(story.last("tracking-officer"))
    story.at("2014-11-13 12:00").reply("tracking-officer", "Close it as returned.", "conclude").yes("tracking-officer")
    assert (story.cases[0]["state"], story.cases[0]["outcome"]) == ("closed", "returned")


@pytest.mark.parametrize("said", ["2", "2: No: keep the case open", "No: keep the case open"])
def test_the_no_beside_it_keeps_the_case_open(story: Story, said: str) -> None:
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", said, "conclude")
    assert story.cases[0]["state"] != "closed"
    assert "did not understand" not in plain(story.last("tracking-officer"))


def test_another_outcome_in_words_is_still_heard(story: Story) -> None:
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", "Close it as returned.", "conclude").yes("tracking-officer")
    assert (story.cases[0]["state"], story.cases[0]["outcome"]) == ("closed", "returned")


def test_what_was_taken_back_is_not_asked_about_again(story: Story) -> None:
    """The school that was named is not hers: nobody is asked to close on it, in mail, reminder or digest."""
    found(story)
    story.at("2014-11-12 13:00").reply("tracking-officer", "1", "conclude")
    before = len(story.sent)
    story.at("2014-11-12 14:00").reply("tracking-officer", "That was a mistake, not her.")
    story.until("2014-11-18 12:00", 24)
    since = [m for m in story.sent[before:] if str(m["To"]).endswith("<tracking.officer@council.example>")]
    asked = [str(m["Subject"]).partition("] ")[2] for m in since if m["X-CME-Question"] == "database-check"]
    assert asked[:1] == ["Reminder: please check the pupil database"]
    assert not [m for m in since if "can this case be closed" in f"{m['Subject']} {plain(m)}".lower()]


@pytest.mark.parametrize("said", ["2", "2: We have information", "We have information\n\nPC 4471 Dunstan\nRecords"])
def test_a_choice_without_its_words_is_asked_what(story: Story, said: str) -> None:
    tracked(story).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on it.", "database-check")
    story.at("2014-11-13 12:00").reply("police", said, "agency-enquiry")
    text = plain(story.last("police"))
    assert "You chose “We have information”. Please also say what you know." in text


@pytest.mark.parametrize("said", ["2", "2: Another authority has answered"])
def test_another_authority_without_its_name_is_asked_which(story: Story, said: str) -> None:
    unsolved(story).at("2014-11-13 12:00").reply("tracking-officer", said, "s2s-message")
    assert "You chose “Another authority has answered”" in plain(story.last("tracking-officer"))
    assert not story.quarantine and "authority.trace" not in story.events()
