"""The agencies are asked where a family is (C3 to C7): what each hears, what becomes of its answer, and of silence."""

from __future__ import annotations

from tests.stories.story import PTO, Story, plain
from tests.stories.test_tracking import AGENCIES, enquiring, tracked, unsolved


def test_c3_a5_each_agency_by_itself_with_its_legal_basis_and_no_upn(story: Story) -> None:
    enquiring(story)
    for role in AGENCIES:
        mail = story.bot_asks(role, "agency-enquiry")
        assert "Education Act 1996" in plain(mail) and "Data Protection Act 1998" in plain(mail)
        assert to_one(mail)


def to_one(mail: object) -> bool:
    return "," not in str(mail["To"]) and not mail["Cc"]  # type: ignore[index]


def test_c3_youth_offending_is_not_asked_about_a_child_of_nine(story: Story) -> None:
    tracked(story, **{"child.date_of_birth": "14 June 2005"})
    story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.bot_asks_nothing("youth-offending", "agency-enquiry")


def test_c4_an_agency_logs_it_and_nobody_is_troubled(story: Story) -> None:
    enquiring(story).at("2014-11-13 10:00").reply("police", "Thank you, logged, our ref NICHE 4471.")
    assert not story.to("police") and not story.to("tracking-officer")
    states = [a["state"] for a in story.case()["asks"] if a["of"] == "police"]
    assert states == ["open"]


def test_c4_a_trace_goes_to_the_officer_and_to_that_authority(story: Story) -> None:
    enquiring(story).at("2014-11-13 10:00").reply(
        "police", "Family now at 9 Fosse Lane, Leicester LE3 9ZZ, seen there on 5 November."
    )
    story.bot_asks("other-authority", "place-confirmed")
    story.bot_asks("tracking-officer", "conclude")


def test_c4_what_is_neither_goes_to_the_officer_who_says_which(story: Story) -> None:
    enquiring(story).at("2014-11-13 10:00").reply("police", "We spoke to the uncle in 2012, he was rather vague.")
    asked = story.bot_asks("tracking-officer", "agency-enquiry")
    assert "vague" in plain(asked) and "what this answer means" in " ".join(plain(asked).split())
    story.at("2014-11-13 10:10").reply("tracking-officer", "No trace", "agency-enquiry")
    assert [a["state"] for a in story.case()["asks"] if a["of"] == "police"] == ["answered"]
    assert "agency.no-trace" in story.events()


def test_c4_the_agency_may_still_say_it_plainly(story: Story) -> None:
    enquiring(story).at("2014-11-13 10:00").reply("police", "We spoke to the uncle in 2012, he was rather vague.")
    story.at("2014-11-13 10:10").reply("police", "Sorry: no trace.", "agency-enquiry")
    states = {(a["of"], a["state"]) for a in story.case()["asks"] if a["question"] == "agency-enquiry"}
    assert ("police", "answered") in states and ("tracking-officer", "answered") in states


def test_a4_a_risk_group_heard_in_an_answer_is_recorded_and_weighs(story: Story) -> None:
    tracked(story, **{"information.other": "Last attended 3 October 2014. She has special educational needs."})
    story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.at("2014-11-13 10:00").reply("assessment-teams", "No trace, but she was a looked after child in 2012.")
    told = [e["values"] for e in story.case()["events"] if e["event"] == "fact.corrected"]
    assert told == [{"field": "risk.groups", "from": "sen", "to": "sen, looked-after"}]
    story.at("2014-11-14 10:00").reply("health", "No trace. Not a child in care.")
    assert story.events().count("fact.corrected") == 1


# C5, C6, B14, C7.


def test_c5_all_no_trace_the_officer_posts_on_s2s_with_the_text_ready(story: Story) -> None:
    unsolved(story)
    assert "Tregenza" in plain(story.last("tracking-officer", "s2s-message"))


def test_c5_a_silent_agency_is_chased_twice_and_then_it_goes_on(story: Story) -> None:
    enquiring(story)
    for role in AGENCIES[:-1]:
        story.at("2014-11-13 10:00").reply(role, "No trace, sorry.")
    story.until("2014-12-12 17:00", 12)
    chased = [m for m in story.asked("health", "agency-enquiry") if "Reminder" in str(m["Subject"])]
    assert len(chased) == 2
    story.bot_asks("tracking-officer", "s2s-message")


def test_c6_b14_the_roll_date_goes_to_the_school_with_the_code(story: Story) -> None:
    unsolved(story).at("2014-11-14 10:00").reply("tracking-officer", "3 October 2014", "roll-date")
    mail = story.bot_asks("school", "ctf-upload")
    assert "XXX XXXX" in plain(mail) and "3 October 2014" in plain(mail) and "Unknown Destination" in plain(mail)


def test_c6_today_the_council_says_that_the_enquiries_are_concluded_and_no_more(story: Story) -> None:
    tracked(
        story,
        "2026-11-11 10:00",
        **{
            "child.date_of_birth": "14 June 2015",
            "referral.date": "11 November 2026",
            "information.other": "Last attended 2 October 2026.",
        },
    )
    story.at("2026-11-11 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    for role in AGENCIES:
        story.at("2026-11-12 10:00").reply(role, "No trace, sorry.")
    story.bot_asks("tracking-officer", "enquiries-concluded")
    story.bot_asks_nothing("tracking-officer", "roll-date")
    story.at("2026-11-13 10:00").reply("tracking-officer", "Yes, concluded on 12 November", "enquiries-concluded")
    mail = story.bot_asks("school", "ctf-upload")
    assert "you may delete" not in plain(mail).lower() and "regulation 9" in plain(mail)


def test_c7_still_missing_the_agencies_are_asked_again_after_twenty_working_days(story: Story) -> None:
    unsolved(story).at("2014-11-13 12:00").reply("tracking-officer", "Posted on S2S today", "s2s-message")
    story.until("2014-12-11 17:00", 24).bot_asks_nothing("police", "agency-enquiry")
    story.until("2014-12-12 09:00").bot_asks("police", "agency-enquiry")


def test_left_address_asks_for_the_roll_date_once_the_officer_has_taken_over(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll elsewhere")
    story.at("2014-11-26 12:00").reply("hub-manager", "hub.worker.north@council.example")
    story.at("2014-11-27 15:30").reply("hub-worker", "Family has left the address, house empty.")
    assert len([m for m in story.to(PTO) if m["X-CME-Question"]]) == 1
    story.at("2014-11-27 16:00").reply("tracking-officer", "Accepted, nothing on the database.", "database-check")
    story.bot_asks("tracking-officer", "roll-date")
