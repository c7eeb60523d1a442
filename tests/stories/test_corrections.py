"""Row E2: an officer corrects a detail by mail, and what rested on the old one is taken back by itself."""

from bot.inspecting.explain import explanation
from bot.register.register import Register
from bot.running.startup import office_of
from tests.stories.story import PTO, Story, plain
from tests.stories.test_tracking import enquiring


def test_e2_a_corrected_birthday_takes_back_what_is_not_asked_about_a_child_of_nine(story: Story) -> None:
    enquiring(story).bot_asks("youth-offending", "agency-enquiry")
    ref = story.cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, f"{ref}\ncorrect date of birth 14 June 2005")
    assert story.cases[0]["child"]["date_of_birth"] == "2005-06-14"
    told = plain(story.bot_tells("youth-offending", "nothing more"))
    assert "2005" not in told
    states = {ask["of"]: ask["state"] for ask in story.case()["asks"] if ask["question"] == "agency-enquiry"}
    assert states.pop("youth-offending") == "withdrawn" and set(states.values()) == {"open"}
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        assert "because a detail was corrected" in "\n".join(explanation(office_of(story.config), snapshot, ref))


def test_e2_a_correction_that_is_taken_back_puts_the_question_anew(story: Story) -> None:
    enquiring(story)
    ref = story.cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, f"{ref}\ncorrect date of birth 14 June 2005")
    story.at("2014-11-13 11:00").mails(PTO, f"{ref}\nundo")
    assert story.cases[0]["child"]["date_of_birth"] == "2003-06-14"
    story.bot_asks("youth-offending", "agency-enquiry")
