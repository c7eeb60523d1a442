"""Row D1: another authority or agency tells of a child who has moved into the county (policy 5.1)."""

from email.message import EmailMessage

from tests.stories.story import PTO, Story, plain

LEICESTER = "cme@leicester.example"
TOLD = (
    "We have been told that Juno Faircliffe, born 4 May 2003, has moved into your area, to 12 Mill Cottages, Banbury "
    "OX16 9ZZ. She was last on roll at Fosse Lane Primary School here. We understand that Bardwell Hill Academy is "
    "named."
)

UNCLEAR = (
    "Juno Faircliffe, born 4 May 2003, was permanently excluded here. Her family is at 12 Mill Cottages, Banbury "
    "OX16 9ZZ."
)


def moved_in(story: Story, text: str = TOLD, sender: str = LEICESTER, when: str = "2014-11-12 10:00") -> Story:
    return story.at(when).mails(sender, text, subject="Child moved")


def none_received(story: Story) -> Story:
    return moved_in(story).at("2014-11-13 10:00").reply("admissions", "No application received.", "pending-application")


def named(mails: list[EmailMessage], who: str) -> list[EmailMessage]:
    return [m for m in mails if str(m["To"]).find(who) >= 0]


def test_d1_three_questions_at_once_and_an_answer_to_who_told_us(story: Story) -> None:
    moved_in(story)
    assert story.cases[0]["pathway"] == "moved-in"
    story.bot_tells(LEICESTER, story.cases[0]["case"], "moved into our area")
    asked = story.bot_asks("school", "ask-previous-school")
    assert "Fosse Lane Primary School" in plain(asked) and "Mill Cottages" not in plain(asked)
    story.bot_asks("tracking-officer", "database-check")
    assert "Mill Cottages" in plain(story.bot_asks("admissions", "pending-application"))


def test_d1_no_application_and_the_hub_of_that_address_visits(story: Story) -> None:
    none_received(story)
    asked = story.bot_asks("hub-manager", "allocate-worker")
    assert "Mill Cottages" in plain(asked)
    story.at("2014-11-13 11:00").reply("hub-manager", "hub.worker.north@council.example")
    story.bot_asks("hub-worker", "home-visit")


def test_d1_admissions_silent_over_a_weekend_and_the_visit_goes_ahead(story: Story) -> None:
    moved_in(story, when="2014-11-13 16:30").until("2014-11-17 17:00")  # Thursday; due on Monday.
    story.bot_asks_nothing("hub-manager", "allocate-worker")
    story.until("2014-11-18 09:00").bot_asks("hub-manager", "allocate-worker")


def test_d1_the_child_lives_there_admissions_hear_it_and_nothing_closes_by_itself(story: Story) -> None:
    none_received(story).at("2014-11-13 11:00").reply("hub-manager", "hub.worker.north@council.example")
    story.at("2014-11-14 10:00").reply("hub-worker", "Saw her at home with her mother today.", "home-visit")
    story.yes("hub-worker")
    assert story.cases[0]["state"] != "closed"
    story.bot_tells("admissions", "no application")
    story.bot_asks("tracking-officer", "conclude")
    assert not story.to("attendance", ever=True)


def test_d1_nobody_there_becomes_a_search(story: Story) -> None:
    none_received(story).at("2014-11-13 11:00").reply("hub-manager", "hub.worker.north@council.example")
    story.at("2014-11-14 10:00").reply("hub-worker", "No answer, left a card, neighbours not in.", "home-visit")
    story.until("2014-11-18 17:00").bot_asks_nothing("police", "agency-enquiry")
    story.until("2014-11-19 09:00").bot_asks("police", "agency-enquiry")
    assert story.cases[0]["pathway"] == "tracking"


def test_d1_found_meanwhile_the_officer_closes_and_who_told_us_hears_it(story: Story) -> None:
    moved_in(story).at("2014-11-12 14:00").reply(
        "tracking-officer", "On roll at Windrush Community College", "database-check"
    )
    story.bot_asks("tracking-officer", "conclude")
    story.at("2014-11-12 15:00").reply("tracking-officer", "1", "conclude")
    assert story.cases[0]["state"] == "closed", story.shown()
    story.bot_tells(LEICESTER, "closed our case")
    story.bot_tells("admissions", "nothing more")


def test_d1_the_named_school_has_never_heard_of_the_child(story: Story) -> None:
    moved_in(story).at("2014-11-13 10:00").reply("school", "We have no pupil of that name.", "ask-previous-school")
    story.bot_tells("tracking-officer", "more news")
    assert story.cases[0]["state"] == "waiting"


def test_d1_without_an_address_the_search_begins(story: Story) -> None:
    text = "Juno Faircliffe, born 4 May 2003, has moved into your area. She was on roll at Fosse Lane Primary School."
    moved_in(story, text).at("2014-11-13 10:00").reply("admissions", "No application.", "pending-application")
    story.bot_asks_nothing("hub-manager", "allocate-worker")
    assert story.cases[0]["pathway"] == "tracking"


def test_d1_a_refuge_is_in_no_mail(story: Story) -> None:
    moved_in(story, TOLD + " The family is in a refuge, so the address is confidential.")
    assert story.asked("admissions", "pending-application")
    assert not named([m for m in story.out if "Mill Cottages" in m.as_string()], "@")


def test_d1_sent_in_error_by_the_authority_closes_nothing_by_itself(story: Story) -> None:
    moved_in(story).at("2014-11-12 12:00").mails(
        LEICESTER, "Please ignore, wrong child, sent in error.", answers=story.bot_tells(LEICESTER)
    )
    assert story.cases[0]["state"] != "closed"
    story.bot_tells("tracking-officer", "sent in error")


def test_d1_a_stranger_sets_nothing_off_but_a_case_for_a_person(story: Story) -> None:
    moved_in(story, sender="neighbour@webmail.example")
    assert story.cases[0]["pathway"] == "tracking"
    story.bot_asks_nothing("school", "ask-previous-school")
    story.bot_asks_nothing("admissions", "pending-application")


def test_d1_what_may_only_be_guessed_the_officer_says_by_choice(story: Story) -> None:
    moved_in(story, UNCLEAR)
    asked = story.bot_asks("tracking-officer", "letter-kind")
    assert "Mill Cottages" in plain(asked) and story.cases[0]["pathway"] == ""
    story.at("2014-11-12 12:00").reply("tracking-officer", "7", "letter-kind")
    assert story.cases[0]["pathway"] == "moved-in", story.events()
    assert "Mill Cottages" in plain(story.bot_asks("admissions", "pending-application"))
    story.at("2014-11-13 10:00").reply("admissions", "No application.", "pending-application")
    story.bot_asks("hub-manager", "allocate-worker")


def test_d1_a1_nobody_says_what_it_is_and_the_search_begins(story: Story) -> None:
    moved_in(story, UNCLEAR).until("2014-11-14 09:00")
    assert story.cases[0]["pathway"] == "tracking"
    assert "database-check" in {a["question"] for a in story.case()["asks"]}


def test_d1_a1_nothing_for_us_takes_one_tap(story: Story) -> None:
    text = "Juno Faircliffe, born 4 May 2003, may soon be home educated by her grandmother."
    moved_in(story, text, "office@bardwell-hill.example")
    story.bot_asks("tracking-officer", "letter-kind")
    story.at("2014-11-12 12:00").reply("tracking-officer", "8", "letter-kind", sender=PTO)
    assert story.cases[0]["outcome"] == "not-cme"
