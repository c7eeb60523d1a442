"""A question or a notice leaves in its reader's working time, also after a night off, and after a yes at night."""

from email.message import EmailMessage

from tests.stories.story import Story, plain
from tests.stories.test_modes import asked_for_leave, in_mode


def reports(story: Story) -> list[EmailMessage]:
    return [m for m in story.out if m["X-CME-Rule"] == "report.designated-officer"]


def test_c9_a_report_that_waited_for_nine_leaves_on_no_evening(story: Story) -> None:
    story.at("2014-11-13 10:00").memo()
    assert not reports(story.at("2014-12-01 20:00").look())
    assert not reports(story.at("2014-12-02 19:00").look())
    assert len(reports(story.at("2014-12-03 09:00").look())) == 1
    assert not reports(story.at("2014-12-03 10:00").look())


def test_e2_a_yes_at_night_lets_a_question_go_in_the_morning(story: Story) -> None:
    in_mode(story, "approve").at("2014-11-26 10:00").hub_referral()
    manager = "hub.manager.north@council.example"
    leave = asked_for_leave(story, manager, "admissions@council.example")
    story.at("2014-11-26 21:00").mails(manager, "1", "hub.north", answers=leave)
    assert not story.asked("admissions", "on-roll-elsewhere")
    said = next(m for m in story.sent if "working time" in plain(m))
    assert "Thursday 27 November" in plain(said)
    story.at("2014-11-27 09:00").look().bot_asks("admissions", "on-roll-elsewhere")
