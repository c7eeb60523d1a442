"""Rows B1a, B2, B14, C1 to C7, C12: tracking (policy 3.5, 4.1 to 4.4)."""

from tests.stories.story import Story, plain

AGENCIES = ("police", "assessment-teams", "housing", "youth-offending", "health")


def tracked(story: Story, when: str = "2014-11-12 10:00", **fields: str) -> Story:
    story.at(when).memo(fields)
    story.bot_asks("tracking-officer", "database-check")
    return story


def enquiring(story: Story) -> Story:
    return tracked(story).at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")


def unsolved(story: Story) -> Story:
    enquiring(story)
    for role in AGENCIES:
        story.at("2014-11-13 10:00").reply(role, "No trace, sorry.")
    story.bot_asks("tracking-officer", "s2s-message")
    return story


# B2, B1a, C1.


def test_b2_a_memo_is_acknowledged_with_its_reference(story: Story) -> None:
    tracked(story)
    assert story.cases[0]["case"] in plain(story.bot_tells("school"))


def test_b2_what_is_missing_is_asked_and_the_answer_taken_into_the_case(story: Story) -> None:
    tracked(story, **{"child.date_of_birth": ""})
    asked = story.bot_asks("school", "missing-details")
    assert "date of birth" in plain(asked).lower() and "upn" not in plain(asked).lower()
    story.at("2014-11-12 14:00").reply("school", "Sorry! 14 June 2003.")
    assert story.cases[0]["child"]["date_of_birth"] == "2003-06-14"


def test_b2_under_four_weeks_the_school_is_asked_why_and_not_refused(story: Story) -> None:
    tracked(story, **{"information.other": "Last attended 31 October 2014."})
    story.bot_asks("school", "why-early")
    assert story.cases[0]["pathway"] == "tracking"


def test_b2_a_school_that_says_its_concern_is_not_asked_for_it(story: Story) -> None:
    doubt = "We are concerned that mum will not apply for a new school."
    tracked(story, **{"information.other": f"Last attended 31 October 2014. {doubt}"})
    story.bot_asks_nothing("school", "why-early")
    assert "early.explained" in story.events()


def test_b2_no_concerns_are_none(story: Story) -> None:
    words = "Last attended 31 October 2014. We have no concerns: mum said that they will apply for a new school."
    tracked(story, **{"information.other": words}).bot_asks("school", "why-early")


def test_b2_today_a_child_is_missing_from_the_first_day_and_nobody_asks_why(story: Story) -> None:
    today = {
        "child.date_of_birth": "14 June 2015", "referral.date": "11 November 2026",
        "information.other": "Last attended 6 November 2026.",
    }  # fmt: skip
    tracked(story, "2026-11-11 10:00", **today).bot_asks_nothing("school", "why-early")


def test_b2_four_weeks_and_more_nobody_asks_why(story: Story) -> None:
    tracked(story).bot_asks_nothing("school", "why-early")


def test_b1a_c1_one_first_mail_to_the_tracking_officer_not_three(story: Story) -> None:
    tracked(story)
    assert len(story.to("tracking-officer")) == 1


def test_b1a_any_answer_accepts_and_the_school_is_told_who_has_taken_over(story: Story) -> None:
    enquiring(story)
    story.bot_tells("school", "taken over", "roll")
    states = {a["question"]: a["state"] for a in story.case()["asks"]}
    assert states["accept-referral"] == "answered"


def test_b1a_silence_the_deputy_at_once_and_enquiries_the_second_overdue_morning(story: Story) -> None:
    tracked(story).until("2014-11-14 09:00")
    story.bot_asks("deputy.tracking.officer@council.example", "database-check")
    story.bot_asks_nothing("police", "agency-enquiry")
    story.until("2014-11-17 09:00").bot_asks("police", "agency-enquiry")


# C2, C2b, C12.


def test_c2_a_new_address_outside_the_county(story: Story) -> None:
    tracked(story).at("2014-11-12 12:00").reply(
        "tracking-officer", "Capita has 9 Fosse Lane, Leicester LE3 9ZZ since 1 October"
    )
    asked = story.bot_asks("other-authority", "place-confirmed")
    assert "Fosse Lane" in plain(asked)
    story.bot_asks_nothing("police", "agency-enquiry")


def test_c2b_a_new_address_inside_the_county(story: Story) -> None:
    tracked(story).at("2014-11-12 12:00").reply(
        "tracking-officer", "New address on Capita: 3 Mill Cottages, Didcot OX11 9ZZ"
    )
    story.bot_asks("admissions", "pending-application")
    story.at("2014-11-12 14:00").reply("admissions", "No application.")
    asked = story.bot_asks("hub.manager.south@council.example", "allocate-worker")
    assert "Mill Cottages" in plain(asked) and "Quarry Steps" not in plain(asked)


def test_c2b_silence_of_admissions_stops_no_visit(story: Story) -> None:
    tracked(story).at("2014-11-12 12:00").reply(
        "tracking-officer", "New address on Capita: 3 Mill Cottages, Didcot OX11 9ZZ"
    )
    story.at("2014-11-14 16:00").look()
    story.bot_asks_nothing("hub.manager.south@council.example", "allocate-worker")
    story.at("2014-11-17 09:00").look().bot_asks("hub.manager.south@council.example", "allocate-worker")


def test_c1_what_the_rolls_say_stands_in_the_question_about_the_database(story: Story) -> None:
    data = b"Surname,Forename,DOB,Admission date\nTregenza,Ottilie,14/06/2003,03/11/2014\n"
    story.at("2014-11-11 10:00").mails("office@larkmead-vale.example", "Our roll.", subject="Pupils on roll",
                                       files={"roll.csv": data})  # fmt: skip
    told = plain(tracked(story).bot_asks("tracking-officer", "database-check"))
    assert "Larkmead Vale Primary School, by the list of Tuesday 11 November 2014" in " ".join(told.split())
    assert not [m for m in story.to("school", ever=True) if "Larkmead" in plain(m)]


def test_c1_the_rolls_say_nothing_of_a_protected_child_or_of_another_one(story: Story) -> None:
    data = b"Surname,Forename,DOB,Admission date\nTregenza,Ottilie,14/06/2003,03/11/2014\n"
    story.at("2014-11-11 10:00").mails("office@larkmead-vale.example", "Our roll.", subject="Pupils on roll",
                                       files={"roll.csv": data})  # fmt: skip
    refuge = {"information.other": "Last attended 3 October 2014. They are in a refuge, address confidential."}
    assert "Larkmead" not in plain(tracked(story, **refuge).bot_asks("tracking-officer", "database-check"))
    twin = {"child.forenames": "Barnaby"}
    story.at("2014-11-12 11:00").memo({**twin, "address.last_known": "1 Weir Lane, Oxford OX4 9ZZ"})
    assert "Larkmead" not in plain(story.bot_asks("tracking-officer", "database-check"))


def test_b1a_whoever_referred_a_child_that_is_not_taken_on_is_told_why(story: Story) -> None:
    housing = "enquiries@housing-cherwell.example"
    letter = "Ottilie Tregenza, born 14 June 2003, does not go to any school, it seems."
    story.at("2014-11-12 10:00").mails(housing, letter)
    story.at("2014-11-12 11:00").reply("tracking-officer", "Declined: she is taught at home", "accept-referral")
    story.at("2014-11-12 11:05").yes("tracking-officer")
    told = plain(story.bot_tells(housing, "not accepted"))
    assert "roll" not in told.lower() and story.cases[0]["state"] != "closed"


def test_b1a_a_school_that_referred_nobody_is_not_told_that_its_referral_was_declined(story: Story) -> None:
    housing = "enquiries@housing-cherwell.example"
    letter = "Ottilie Tregenza, born 14 June 2003, of Bardwell Hill Academy, is not at school, it seems."
    story.at("2014-11-12 10:00").mails(housing, letter)
    story.at("2014-11-12 11:00").reply("tracking-officer", "Declined: she is taught at home", "accept-referral")
    story.at("2014-11-12 11:05").yes("tracking-officer")
    story.bot_tells(housing, "not accepted")
    assert not [m for m in story.to("school", ever=True) if "not accepted" in plain(m)]


def test_a5_a_school_that_is_asked_for_details_hears_on_what_ground_once(story: Story) -> None:
    asked = plain(tracked(story, **{"child.date_of_birth": ""}).bot_asks("school", "missing-details"))
    assert asked.count("Data Protection Act 1998") == 1
    story.at("2014-11-12 10:10").memo({
        "child.surname": "Angove", "child.forenames": "Jory", "child.date_of_birth": "",
        "information.other": "Last attended 3 October 2014. Family moving back to Portugal.",
    })  # fmt: skip
    both = plain(story.bot_asks("school", "abroad-details"))
    assert both.count("Data Protection Act 1998") == 1


def test_c12_traced_in_leicester_and_everybody_hears_what_they_need(story: Story) -> None:
    unsolved(story).at("2014-11-13 12:00").reply("tracking-officer", "Posted on S2S today", "s2s-message")
    said = "Leicester have come back: she is at a school there"
    story.at("2014-11-20 10:00").reply("tracking-officer", said, "s2s-message")
    story.bot_asks("other-authority", "place-confirmed")
    story.at("2014-11-21 10:00").reply("other-authority", "Yes, on roll at Fosse Lane Primary since 6 October 2014.")
    story.at("2014-11-21 10:05").yes("other-authority")
    story.bot_asks("tracking-officer", "conclude")
    story.at("2014-11-21 11:00").reply(
        "tracking-officer", "Traced at Fosse Lane Primary, Leicester, 6 October 2014", "conclude"
    )
    story.at("2014-11-21 11:05").yes("tracking-officer")
    assert story.cases[0]["outcome"] == "traced"
    story.bot_tells("school", "traced")
    story.bot_tells("tracking-officer", "s2s")


def test_b10_today_a_tracked_child_found_at_home_is_the_officers_to_close(story: Story) -> None:
    today = {
        "child.date_of_birth": "14 June 2015", "referral.date": "11 November 2026",
        "information.other": "Last attended 2 October 2026.",
    }  # fmt: skip
    tracked(story, "2026-11-11 10:00", **today)
    story.at("2026-11-11 12:00").reply("tracking-officer", "New address on Capita: 3 Mill Cottages, Didcot OX11 9ZZ")
    story.at("2026-11-11 14:00").reply("admissions", "No application.")
    south = "hub.manager.south@council.example"
    story.at("2026-11-11 15:00").reply(south, "hub.worker.south@council.example", "allocate-worker")
    worker = "hub.worker.south@council.example"
    story.at("2026-11-12 10:00").reply(worker, "She is at home with her mother.", "home-visit").yes(worker)
    assert story.cases[0]["state"] != "closed"
    story.bot_asks("tracking-officer", "conclude")


# C3, A5, C4.
