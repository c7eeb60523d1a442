"""Rows B4 to B10 and B15: the Hub's pathway (policy 3.7 and its chart)."""

from tests.stories.story import SCHOOL, Story, plain


def referred(story: Story, when: str = "2014-11-26 10:00", **fields: str) -> Story:
    return story.at(when).hub_referral(fields)


def visiting(story: Story) -> Story:
    """A worker has been asked to visit, on Wednesday at noon."""
    referred(story).at("2014-11-26 11:00").reply("admissions", "Not on roll anywhere else, sorry.")
    story.at("2014-11-26 12:00").reply("hub-manager", "Please give this one to hub.worker.north@council.example")
    story.bot_asks("hub-worker", "home-visit")
    return story


# B4: the referral of the fourth day.


def test_b4_a_whole_referral_is_acknowledged_and_goes_to_admissions(story: Story) -> None:
    referred(story)
    ack = story.bot_tells("school", story.cases[0]["case"])
    assert ack["X-CME-Rule"] == "ack" and ack["Auto-Submitted"] == "auto-replied"
    story.bot_asks("admissions", "on-roll-elsewhere")
    assert story.cases[0]["pathway"] == "hub"


def test_b4_without_evidence_it_is_on_hold_and_the_school_is_asked(story: Story) -> None:
    nothing = {"intervention.contacted_parents": "no", "intervention.phoned_named_contacts": "no"}
    referred(story, **nothing)
    story.bot_asks("school", "school-intervention")
    story.bot_asks_nothing("admissions", "on-roll-elsewhere")
    assert story.cases[0]["state"] == "on-hold"
    story.at("2014-11-26 14:00").reply("school", "We rang mum on 21 and 24 November and wrote on the 25th. No answer.")
    story.bot_asks("admissions", "on-roll-elsewhere")


def test_b4_the_hub_manager_may_waive_the_evidence_and_silence_waives_it(story: Story) -> None:
    referred(story, **{"intervention.contacted_parents": "no", "intervention.phoned_named_contacts": "no"})
    story.until("2014-11-28 09:00").bot_asks("hub-manager", "waive-evidence")
    story.until("2014-12-02 10:00").bot_asks("admissions", "on-roll-elsewhere")
    assert "evidence.waived" in story.events()


def test_b4_only_the_first_day_of_absence_missing_is_no_hold(story: Story) -> None:
    referred(story, **{"information.other": ""})
    asked = story.bot_asks("school", "missing-details")
    assert "first day of absence" in plain(asked).lower()
    story.bot_asks("admissions", "on-roll-elsewhere")
    assert len(story.to("school")) == 1, "one mail to the school, not two"


def test_b4_a_bare_day_is_the_one_day_that_was_asked_for(story: Story) -> None:
    referred(story, **{"information.other": ""})
    story.at("2014-11-26 14:00").reply("school", "4th Nov", "missing-details")
    assert "details.given" in story.events()
    (given,) = [e for e in story.case()["events"] if e["event"] == "details.given"]
    assert given["values"]["fields"]["absence.first_day"] == "2014-11-04"


def test_b4_the_hub_is_that_of_the_school_whichever_mailbox_it_came_to(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral(box="hub.south")
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll elsewhere")
    story.bot_asks("hub.manager.north@council.example", "allocate-worker")


# B5: day five.


def test_b5_not_on_roll_a_worker_is_asked_for_and_two_agencies(story: Story) -> None:
    referred(story).at("2014-11-26 11:00").reply("admissions", "We have no record of her at any other school.")
    story.bot_asks("hub-manager", "allocate-worker")
    story.bot_asks("police", "agency-enquiry")
    story.bot_asks("health", "agency-enquiry")
    story.bot_asks_nothing("housing", "agency-enquiry")


def test_b5_admissions_silent_at_the_end_of_day_five(story: Story) -> None:
    referred(story).until("2014-11-27 17:00").bot_asks_nothing("hub-manager", "allocate-worker")
    story.until("2014-11-28 09:00").bot_asks("hub-manager", "allocate-worker")


def test_b5_on_roll_elsewhere_needs_a_tap_and_then_nobody_visits(story: Story) -> None:
    referred(story).at("2014-11-26 11:00").reply("admissions", "Yes, on roll at Ridgeway Junior School since Monday")
    assert "roll.elsewhere" not in story.events()
    story.at("2014-11-26 11:05").yes("admissions")
    story.bot_tells("school", "ridgeway")
    story.bot_asks("hub-manager", "conclude")
    story.until("2014-11-28 12:00").bot_asks_nothing("hub-manager", "allocate-worker")


# B6: the visit within 48 hours.


def test_b6_a_high_risk_goes_to_the_manager_first(story: Story) -> None:
    referred(story, **{"risk.threatening_environment": "high"})
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll elsewhere")
    story.at("2014-11-26 12:00").reply("hub-manager", "hub.worker.north@council.example please")
    story.bot_asks("hub-manager", "visit-risk")
    story.bot_asks_nothing("hub-worker", "home-visit")
    story.at("2014-11-26 13:00").reply("hub-manager", "Yes, go ahead, but only in daylight", "visit-risk")
    visit = story.bot_asks("hub-worker", "home-visit")
    assert "High" in plain(visit) and "Friday 28 November" in plain(visit)


def test_b6_a_silent_manager_does_not_stop_the_visit(story: Story) -> None:
    referred(story, **{"risk.threatening_environment": "high"})
    story.at("2014-11-26 11:00").reply("admissions", "Not on roll elsewhere")
    story.at("2014-11-26 12:00").reply("hub-manager", "hub.worker.north@council.example please")
    story.until("2014-11-26 17:00", 1).bot_asks("hub-worker", "home-visit")
    story.bot_tells("designated-officer", "high")


def test_b6_reassigned_the_second_worker_has_the_time_that_is_left(story: Story) -> None:
    visiting(story).at("2014-11-27 10:00").reply(
        "hub-manager", "Sorry - hub.worker2.north@council.example instead", "allocate-worker"
    )
    second = story.bot_asks("hub.worker2.north@council.example", "home-visit")
    assert "Friday 28 November" in plain(second)
    story.bot_tells("hub-worker", "nothing more")


def test_b6_no_visit_in_48_hours_the_manager_is_told_and_asked_to_allocate_anew(story: Story) -> None:
    visiting(story).until("2014-11-28 12:00", 2)
    story.bot_asks("hub-manager", "allocate-worker")
    assert "visit.not-made" in story.events()
    story.until("2014-12-03 09:00").bot_asks("hub-worker", "cme-referral")


# B7, B8: no response.


def test_b7_no_response_is_understood_and_what_it_leaves_out_is_asked_after(story: Story) -> None:
    visiting(story).at("2014-11-27 15:30").reply("hub-worker", "Knocked twice this afternoon, no reply.")
    assert "visit.no-response" in story.events()
    story.bot_tells("hub-worker", "card")


def test_b8_two_working_days_after_a_thursday_is_tuesday(story: Story) -> None:
    visiting(story).at("2014-11-27 15:30").reply("hub-worker", "No response. Card left, neighbours haven't seen them.")
    story.until("2014-12-02 08:00").bot_asks_nothing("hub-worker", "cme-referral")
    mail = story.until("2014-12-02 09:00").bot_asks("hub-worker", "cme-referral")
    assert "safeguarding-discussion" in str(mail["X-CME-Question"])
    reply = (
        "Please take this as my CME referral. Spoke to social care, they will ring the aunt; not a safeguarding matter."
    )
    story.at("2014-12-02 11:00").reply("hub-worker", reply, "cme-referral")
    asked = story.bot_asks("tracking-officer", "database-check")
    assert "accept-referral" in str(asked["X-CME-Question"])
    assert [c["pathway"] for c in story.cases] == ["tracking"]
    assert {"hub.referred", "safeguarding.agreed"} <= set(story.events())


def test_b8_the_parents_ring_and_nothing_is_asked(story: Story) -> None:
    visiting(story).at("2014-11-27 15:30").reply("hub-worker", "No response, card left, neighbours not in.")
    story.at("2014-11-28 10:00").mails(
        SCHOOL, "Mum rang us this morning: they are at her sister's.", answers=story.last("school")
    )
    assert "parents.made-contact" in story.events()
    story.bot_asks("hub-manager", "conclude")
    story.until("2014-12-02 12:00").bot_asks_nothing("hub-worker", "cme-referral")


def test_b8_no_referral_from_the_worker_tracking_starts_from_what_is_known(story: Story) -> None:
    visiting(story).at("2014-11-27 15:30").reply("hub-worker", "No response. Left a card. Neighbours know nothing.")
    story.until("2014-12-04 09:00", 3).bot_tells("tracking-officer", "has not sent the cme referral")
    story.bot_asks("tracking-officer", "database-check")


# B9, B10: left, or at home.


def test_b9_the_family_has_left(story: Story) -> None:
    visiting(story).at("2014-11-27 15:30").reply(
        "hub-worker", "They've moved out. House empty, landlord says they left a fortnight ago."
    )
    story.bot_asks("assessment-teams", "known-to-social-care")
    story.bot_asks("tracking-officer", "database-check")
    assert story.cases[0]["pathway"] == "tracking"


def test_b10_at_home_needs_a_tap_then_school_and_attendance_hear_it(story: Story) -> None:
    visiting(story).at("2014-11-27 15:30").reply(
        "hub-worker", "Ottilie is at home with mum, she has been ill and won't go back yet."
    )
    assert story.cases[0]["state"] != "closed"
    story.at("2014-11-27 15:40").yes("hub-worker")
    story.bot_tells("school", "attendance procedure")
    story.bot_tells("attendance", "not attending school")
    assert story.cases[0]["outcome"] == "at-address"
    assert not story.until("2014-12-15 09:00", 24).asked("police", "agency-enquiry")


# B15: back, found, in error.


def test_b15_back_at_its_desk_the_open_asks_are_withdrawn_at_once(story: Story) -> None:
    visiting(story).at("2014-11-27 09:30").mails(
        SCHOOL, "Ottilie is back in school today.", answers=story.last("school")
    )
    for role in ("hub-worker", "police", "health"):
        told = story.bot_tells(role, "nothing more is needed")
        assert "back" not in plain(told).lower().split("nothing more is needed")[0]
    story.bot_asks("hub-manager", "conclude")
    assert story.cases[0]["state"] != "closed"


def test_b15_that_was_his_brother_and_the_case_has_its_next_step_again(story: Story) -> None:
    visiting(story).at("2014-11-27 09:30").mails(
        SCHOOL, "Ottilie is back in school today.", answers=story.last("school")
    )
    story.at("2014-11-27 10:00").reply("hub-manager", "No - that was her sister.", "conclude")
    story.bot_asks("hub-worker", "home-visit")
    assert "undone" in story.events()


def test_b9_a_question_already_passed_on_is_not_told_again_when_the_case_moves(story: Story) -> None:
    visiting(story)
    story.at("2014-11-26 15:00").reply("hub-worker", "Which address should I go to?")
    assert "which address" in plain(story.bot_tells("hub-manager", "which address")).lower()
    story.at("2014-11-27 15:30").reply(
        "hub-worker", "They've moved out. House empty, landlord says they left a fortnight ago."
    )
    assert story.cases[0]["pathway"] == "tracking"
    assert not [m for m in story.to("tracking-officer") if "which address" in plain(m).lower()]
