"""A reply to the right mail about the wrong child: what it says is said of nobody until a person has looked."""

from __future__ import annotations

from bot.demo.forms import hub_form
from tests.stories.story import HUB, SCHOOL, Story, plain

OTHER = {"child.surname": "Boxgrove", "child.forenames": "Hamish", "child.date_of_birth": "9 March 2004"}


def test_news_of_another_pupil_in_an_old_thread_returns_nobody(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    receipt = story.last("school")
    story.at("2014-11-13 10:00").mails(SCHOOL, "Good news: Hamish Boxgrove is back at school.", answers=receipt)
    assert "child.returned" not in story.events()
    assert "Hamish Boxgrove" in plain(story.bot_tells("tracking-officer", "Written by"))
    story.bot_tells("school", "passed it to")
    assert any(ask["state"] == "open" for ask in story.case()["asks"]), "the search goes on"


def test_a_brother_in_her_thread_is_not_she(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    receipt = story.last("school")
    story.at("2014-11-13 10:00").mails(SCHOOL, "Jory Tregenza is back at school.", answers=receipt)
    assert "child.returned" not in story.events()
    story.at("2014-11-13 11:00").mails(SCHOOL, "Ottilie Tregenza is back at school.", answers=receipt)
    assert "child.returned" in story.events()


def test_an_answer_that_names_the_child_of_another_case_is_asked_again_and_read(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 10:10").hub_referral({**OTHER, "carer_1.surname": "Boxgrove"})
    first = story.asked("admissions", "on-roll-elsewhere", ever=True)[0]
    story.at("2014-11-26 11:00").mails(
        "admissions@council.example", "Hamish Boxgrove is not on roll anywhere else.", "hub.north", answers=first
    )
    assert [("roll.nowhere" in story.events(n)) for n in (0, 1)] == [False, False]
    assert any("another child" in why for why in story.quarantine)
    story.bot_asks("admissions", "on-roll-elsewhere")
    story.at("2014-11-26 11:30").mails(
        "admissions@council.example", "Sorry. Ottilie Tregenza is not on roll either.", "hub.north", answers=first
    )
    assert "roll.nowhere" in story.events(0)


def test_a_neighbour_named_in_an_answer_is_nobody_elses_case(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll at any other school. Rosa Pentreath has checked.")
    assert "roll.nowhere" in story.events()


def test_an_answer_beside_another_childs_form_is_an_answer_all_the_same(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    asked = story.bot_asks("school", "missing-details")
    text = "Ottilie's date of birth is 14 June 2003. And here is another one for you, form attached."
    story.at("2014-11-13 10:00").mails(SCHOOL, text, answers=asked, form=hub_form({**HUB, **OTHER}))
    assert [case["child"]["surname"] for case in story.cases] == ["Tregenza", "Boxgrove"]
    assert [case["child"]["date_of_birth"] for case in story.cases] == ["2003-06-14", "2004-03-09"]


def test_words_beside_another_childs_form_that_are_no_answer_are_kept_and_not_asked_about(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    asked = story.bot_asks("school", "missing-details")
    text = "Hello, here is another one for you. Best wishes from all of us."
    story.at("2014-11-13 10:00").mails(SCHOOL, text, answers=asked, form=hub_form({**HUB, **OTHER}))
    assert len(story.cases) == 2 and story.events(0)[-1] == "reply.noted"
    assert {str(mail["X-CME-Rule"]) for mail in story.to("school")} == {"ack"}, "no cover letter is asked about"


def test_of_two_forms_in_a_reply_each_goes_to_its_own_child(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    asked = story.bot_asks("school", "missing-details")
    files = {"a.docx": hub_form({**HUB, **OTHER}), "b.docx": hub_form(HUB)}
    story.at("2014-11-13 10:00").mails(SCHOOL, "Both forms attached.", answers=asked, files=files)
    assert [case["child"]["surname"] for case in story.cases] == ["Tregenza", "Boxgrove"]
    assert story.cases[0]["child"]["date_of_birth"] == "2003-06-14"
