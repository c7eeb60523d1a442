"""Row D2: a parent chooses to educate a child at home (policy 7)."""

from tests.stories.story import SCHOOL, Story, plain

EHE = "ehe@council.example"
CHILD = "Ottilie Tregenza, born 14 June 2003,"


def told(story: Story, text: str, when: str = "2014-11-12 10:00") -> Story:
    return story.at(when).mails(SCHOOL, text, subject="Home education")


def chosen(story: Story) -> Story:
    return told(story, f"The mother of {CHILD} has decided to home educate her.")


def test_d2_the_letter_is_asked_for_and_then_the_team(story: Story) -> None:
    chosen(story)
    assert story.cases[0]["pathway"] == "home-education"
    story.bot_asks("school", "parents-letter")
    story.bot_asks_nothing(EHE, "ehe-registration")
    story.at("2014-11-12 14:00").reply("school", "Yes, we hold her letter dated 10 November.", "parents-letter")
    story.bot_tells("school", "off your roll now", "written notice")
    story.bot_asks(EHE, "ehe-registration")


def test_d2_a_letter_that_the_mail_speaks_of_is_not_asked_for(story: Story) -> None:
    told(story, f"{CHILD} is to be home educated. We have received a letter from her mother dated 10 November 2014.")
    assert "letter.held" in story.events()
    story.bot_asks_nothing("school", "parents-letter")
    story.bot_asks(EHE, "ehe-registration")


def test_d2_registered_and_the_officer_closes(story: Story) -> None:
    chosen(story).at("2014-11-12 14:00").reply("school", "Yes, letter of 10 November.", "parents-letter")
    story.at("2014-11-20 10:00").reply(EHE, "Contacted the family, registered on 19 November.", "ehe-registration")
    story.bot_asks("tracking-officer", "conclude")
    story.at("2014-11-20 11:00").reply("tracking-officer", "1", "conclude")
    assert story.cases[0]["outcome"] == "home-educated"


def test_d2_not_registered_is_missing_education_again(story: Story) -> None:
    chosen(story).at("2014-11-12 14:00").reply("school", "Yes, letter of 10 November.", "parents-letter")
    story.at("2014-11-20 10:00").reply(EHE, "Not registered, no response from the family.", "ehe-registration")
    story.bot_tells("tracking-officer", "not registered", "search begins")
    story.bot_asks("tracking-officer", "database-check")
    assert story.cases[0]["pathway"] == "tracking"


def test_d2_a_silent_team_is_chased_and_then_the_officer_asked(story: Story) -> None:
    chosen(story).at("2014-11-12 14:00").reply("school", "Yes, letter of 10 November.", "parents-letter")
    story.until("2014-11-26 17:00", 24)
    assert not story.asked(EHE, "ehe-registration")
    story.until("2014-12-03 17:00", 12)
    assert len([m for m in story.asked(EHE, "ehe-registration") if "Reminder" in str(m["Subject"])]) == 3
    story.bot_asks("tracking-officer", "ehe-registration")


def test_d2_b1_no_letter_the_child_stays_on_roll_and_the_school_is_asked_once_more(story: Story) -> None:
    chosen(story).at("2014-11-12 14:00").reply("school", "No letter, she only told us by phone.", "parents-letter")
    story.bot_tells("school", "keep", "until you hold")
    story.bot_asks_nothing(EHE, "ehe-registration")
    story.until("2014-11-26 17:00", 24).bot_asks_nothing("school", "parents-letter")
    story.until("2014-11-27 09:00").bot_asks("school", "parents-letter")
    story.until("2014-12-04 12:00").bot_asks("tracking-officer", "conclude")
    assert story.cases[0]["state"] != "closed"


def test_d2_the_child_is_back_after_all(story: Story) -> None:
    chosen(story).at("2014-11-13 10:00").reply("school", "She is back in school today.", "parents-letter")
    assert story.cases[0]["state"] != "closed"
    story.bot_asks("tracking-officer", "conclude")


def test_d2_today_the_name_comes_off_once_the_stated_day_has_passed(story: Story) -> None:
    text = (
        "The mother of Ottilie Tregenza, born 14 June 2017, has decided to home educate her. We have received her "
        "letter dated 9 November 2026."
    )
    told(story, text, "2026-11-10 10:00")
    mail = plain(story.bot_tells("school", "written notice", "once the day that the notice states has passed"))
    assert "ground (f)" in mail


def test_d2_today_a_spoken_word_reaches_the_team_early(story: Story) -> None:
    told(
        story, "The mother of Ottilie Tregenza, born 14 June 2017, has decided to home educate her.", "2026-11-10 10:00"
    )
    story.at("2026-11-10 14:00").reply("school", "No letter, she only told us by phone.", "parents-letter")
    story.bot_tells(EHE, "no written notice")
    story.bot_asks_nothing(EHE, "ehe-registration")


def test_d2_perhaps_is_asked_of_the_officer(story: Story) -> None:
    told(story, f"I think the mother of {CHILD} may home educate her. We have not seen her for a week.")
    story.bot_asks("tracking-officer", "letter-kind")
    story.bot_asks_nothing("school", "parents-letter")
