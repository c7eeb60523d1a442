"""A school takes back what it wrote, in words that make no letter: the officer hears it before closing the case."""

from tests.stories.story import PTO, SCHOOL, Story

BACK = "Ottilie Tregenza is back in school today."
NOT_BACK = "Please ignore my last mail about Ottilie Tregenza, she has not returned."


def test_what_a_school_takes_back_reaches_the_officer_at_once(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 09:30").mails(SCHOOL, BACK)
    story.at("2014-11-13 09:50").mails(SCHOOL, NOT_BACK)
    story.bot_tells("tracking-officer", "has not returned")
    assert len(story.cases) == 1 and not story.quarantine


def test_of_two_pupils_a_person_says_which(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 11:00").memo(
        {"child.surname": "Zhang", "child.forenames": "Wei", "child.date_of_birth": "2 May 2005"}
    )
    story.at("2014-11-13 09:50").mails(SCHOOL, "Please ignore my last mail about Wei Zhang, I meant Ottilie Tregenza.")
    assert len(story.quarantine) == 1


def test_another_school_or_a_forger_adds_nothing(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 09:50").mails("office@ridgeway.example", NOT_BACK)
    story.at("2014-11-13 09:51").mails(SCHOOL, NOT_BACK, believed=False)
    assert "referral.joined" not in story.events()
    assert not [m for m in story.to(PTO) if "not returned" in m.as_string()]


def test_a_brother_is_not_the_child(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 09:50").mails(SCHOOL, "Please ignore my last mail about Oscar Tregenza.")
    assert "referral.joined" not in story.events()
