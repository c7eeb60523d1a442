"""Rows A1, B1, B7, B15: what a reply in a thread tells without having been asked."""

from email.message import EmailMessage

from tests.stories.story import PTO, SCHOOL, Story, plain
from tests.stories.test_hub import visiting
from tests.stories.test_orders import enquiring


def receipt(story: Story) -> EmailMessage:
    story.at("2026-11-10 10:00").memo({"child.date_of_birth": "14 June 2015", "information.other": "Left in October."})
    return story.last("school")


def test_b1_off_roll_told_in_the_thread_of_a_receipt_is_reminded_of_and_checked(story: Story) -> None:
    words = "Just to say that we took her off roll on 23 October 2026, as the policy lets us backdate."
    asked = receipt(story)
    story.at("2026-11-10 13:00").mails(SCHOOL, words, answers=asked)
    assert "removal.reported" in story.events()
    assert [m for m in story.to("school") if m["X-CME-Rule"] == "removal.remind"]
    assert [m for m in story.to("school") if m["X-CME-Rule"] == "removal.backdated"]
    story.bot_tells("tracking-officer", "backdated")


def test_b1_a_question_about_the_roll_is_no_removal(story: Story) -> None:
    asked = receipt(story)
    story.at("2026-11-10 13:00").mails(SCHOOL, "When can we take her off roll?", answers=asked)
    assert "removal.reported" not in story.events()
    story.bot_tells("tracking-officer", "off roll")


def test_b1_another_school_takes_nobody_off_that_roll(story: Story) -> None:
    asked = receipt(story)
    story.at("2026-11-10 13:00").mails("office@windrush.example", "We took her off roll.", answers=asked)
    assert "removal.reported" not in story.events()


def test_a1_thanks_for_the_receipt_trouble_nobody(story: Story) -> None:
    asked = receipt(story)
    story.at("2026-11-10 13:00").mails(SCHOOL, "Many thanks!\n\nPat Lovegrove", answers=asked)
    assert not story.to("school") and not story.to("tracking-officer")
    story.at("2026-11-10 14:00").mails(SCHOOL, "Many thanks!\n\nMaud Is Back", answers=asked)
    assert story.to("tracking-officer")


def test_b15_the_officers_own_word_that_the_parents_rang_asks_to_conclude(story: Story) -> None:
    ref = enquiring(story) or str(story.cases[0]["case"])
    words = f"{ref}: mum has just phoned me, they are at the grandparents'."
    story.at("2014-11-13 10:00").mails(PTO, words, subject="Ottilie's family")
    assert "parents.made-contact" in story.events()
    story.bot_asks("tracking-officer", "conclude")
    assert story.cases[0]["state"] != "closed"


def test_b15_an_officers_word_that_she_is_back_waits_for_a_tap(story: Story) -> None:
    ref = enquiring(story)
    story.at("2014-11-13 10:00").mails(PTO, f"{ref}: she is back in school today.", subject="Back")
    assert "child.returned" not in story.events()
    story.at("2014-11-13 10:10").yes("tracking-officer")
    assert "child.returned" in story.events()


def test_b7_a_mum_who_is_named_after_her_child_has_rung(story: Story) -> None:
    visiting(story).at("2014-11-27 15:30").reply("hub-worker", "No response. Card left, neighbours asked.")
    words = "Mum of Ottilie Tregenza (14/06/2003) rang us this morning: they are at her sister's."
    story.at("2014-11-28 09:30").mails(SCHOOL, words, "hub.north", subject="Ottilie")
    assert "parents.made-contact" in story.events()
    assert "sister" in plain(story.bot_asks("hub-manager", "conclude"))


def test_a1_the_officer_sees_who_wrote_of_a_child_and_a_stranger_is_told_nothing(story: Story) -> None:
    words = "Please confirm the address and the school of Ottilie TREGENZA, born 14 June 2015. J. Munro, benefits"
    story.at("2026-11-10 10:00").mails("claims@benefits.example", words, subject="Enquiry CB/1177")
    assert "claims@benefits.example" in plain(story.bot_asks("tracking-officer", "database-check"))
    assert story.cases[0]["child"]["surname"] == "TREGENZA"
    (receipt_of_a_stranger,) = story.to("claims@benefits.example")
    assert "tregenza" not in plain(receipt_of_a_stranger).lower()
