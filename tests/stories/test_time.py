"""Time as a case lives it: weekends, half term, bank holidays, the change of the clock, August, a school's own days.
Working days, school days and hours are three things."""

from tests.stories.story import Story, plain


def chases(story: Story, role: str) -> list[str]:
    return [str(m["Date"]) for m in story.to(role, ever=True) if "Reminder" in str(m["Subject"])]


def days(story: Story, role: str) -> list[str]:
    """The days on which that role was reminded: "Mon, 03 Nov"."""
    return [" ".join(told.split()[:3]) for told in chases(story, role)]


def memo(story: Story, when: str, last: str) -> Story:
    """A memo that leaves the address out, so that the school owes an answer in two school days."""
    fields = {"address.last_known": "", "referral.date": "", "information.other": f"Last attended {last}."}
    return story.at(when).memo(fields)


def test_over_a_weekend_no_working_day_passes(story: Story) -> None:
    story.at("2014-11-07 10:00").memo()
    assert "Monday 10 November" in plain(story.bot_asks("tracking-officer", "database-check"))
    story.until("2014-11-10 18:00")
    assert not chases(story, "tracking-officer")
    story.until("2014-11-11 09:00")
    assert days(story, "tracking-officer") == ["Tue, 11 Nov"]


def test_over_half_term_no_school_is_chased_and_no_school_day_passes(story: Story) -> None:
    memo(story, "2014-10-23 10:00", "12 September 2014")
    assert "Monday 3 November" in plain(story.bot_asks("school", "missing-details"))
    story.until("2014-11-03 18:00")
    assert not chases(story, "school")
    story.until("2014-11-04 12:00")
    assert days(story, "school") == ["Tue, 04 Nov"]


def test_over_half_term_the_council_works_on(story: Story) -> None:
    story.at("2014-10-24 10:00").memo({"information.other": "Last attended 12 September 2014."})
    story.until("2014-10-28 09:00")
    assert days(story, "tracking-officer") == ["Tue, 28 Oct"]


def test_over_christmas_no_working_day_passes(story: Story) -> None:
    story.at("2014-12-24 10:00").memo({"information.other": "Last attended 3 November 2014."})
    assert "Monday 29 December" in plain(story.bot_asks("tracking-officer", "database-check"))
    story.until("2014-12-30 09:00")
    assert days(story, "tracking-officer") == ["Tue, 30 Dec"]


def test_over_easter_an_agency_has_its_five_working_days(story: Story) -> None:
    story.at("2015-03-31 10:00").memo({"information.other": "Last attended 2 February 2015."})
    story.at("2015-03-31 11:00").reply("tracking-officer", "Nothing on the database.", "database-check")
    assert "Thursday 9 April" in plain(story.bot_asks("police", "agency-enquiry"))
    story.until("2015-04-09 18:00")
    assert not chases(story, "police")
    story.until("2015-04-10 09:00")
    assert days(story, "police") == ["Fri, 10 Apr"]


def test_over_the_change_of_the_clock_forty_eight_hours_are_forty_eight_hours(story: Story) -> None:
    """Allocated on Friday 24 October 2014 at noon (BST): due on Sunday at 11 (GMT), and the manager hears on Monday."""
    absent = {"referral.date": "", "information.other": "First day of absence: 20 October 2014."}
    story.at("2014-10-24 10:00").hub_referral(absent)
    story.at("2014-10-24 11:00").reply("admissions", "Not on roll anywhere else.", "on-roll-elsewhere")
    story.at("2014-10-24 12:00").reply("hub-manager", "hub.worker.north@council.example", "allocate-worker")
    asked = next(a for a in story.case()["asks"] if a["question"] == "home-visit")
    assert asked["due"] == "2014-10-26T11:00:00+00:00"
    assert "11am on Sunday 26 October" in plain(story.bot_asks("hub-worker", "home-visit"))
    story.until("2014-10-27 09:00")
    assert "visit.not-made" in story.events()


def test_in_august_no_school_is_chased_and_the_search_goes_on(story: Story) -> None:
    memo(story, "2015-07-20 10:00", "1 June 2015")
    story.at("2015-07-20 11:00").reply("tracking-officer", "Nothing on the database.", "database-check")
    story.until("2015-09-01 18:00", hours=24)
    assert not [told for told in chases(story, "school") if " Aug " in told]
    assert [told for told in chases(story, "police") if " Aug " in told]
    story.until("2015-09-08 18:00")
    assert [told for told in chases(story, "school") if " Sep " in told]


def test_a_schools_inset_day_is_no_school_day_of_its_own_alone(story: Story) -> None:
    own = "school,kind,first,last\n931/9001,inset,2014-11-14,2014-11-17\n"
    (story.folder / "directory" / "terms.csv").write_text(own, "utf-8")
    memo(story, "2014-11-12 10:00", "1 October 2014")
    assert "Tuesday 18 November" in plain(story.bot_asks("school", "missing-details"))
    other = {"school.last_attended": "Ridgeway Junior School", "child.surname": "Farrant", "child.forenames": "Kit"}
    fields = {"address.last_known": "", "information.other": "Last attended 1 October 2014."}
    story.memo({**other, **fields}, sender="office@ridgeway.example")
    assert "Friday 14 November" in plain(story.bot_asks("office@ridgeway.example", "missing-details"))


def test_past_school_age_an_officer_says_whether_the_search_ends(story: Story) -> None:
    story.at("2015-06-17 10:00").memo(
        {"child.date_of_birth": "3 May 1999", "referral.date": "", "information.other": "Last attended 1 May 2015."}
    )
    story.at("2015-06-17 11:00").reply("tracking-officer", "Nothing on the database.", "database-check")
    story.until("2015-06-28 18:00").bot_asks_nothing("tracking-officer", "conclude")
    mail = plain(story.until("2015-06-29 09:00").bot_asks("tracking-officer", "conclude"))
    assert "past compulsory school age" in mail and "Friday 26 June 2015" in mail
    assert story.cases[0]["state"] != "closed"
    story.at("2015-06-29 10:00").reply("tracking-officer", "1", "conclude")
    assert (story.cases[0]["state"], story.cases[0]["outcome"]) == ("closed", "over-age")


def test_no_keeps_the_search_going_and_the_case_its_pathway(story: Story) -> None:
    story.at("2015-06-17 10:00").memo(
        {"child.date_of_birth": "3 May 1999", "referral.date": "", "information.other": "Last attended 1 May 2015."}
    )
    story.at("2015-06-17 11:00").reply("tracking-officer", "Nothing on the database.", "database-check")
    story.until("2015-06-29 09:00")
    story.at("2015-06-29 10:00").reply("tracking-officer", "No, keep looking. The date of birth is wrong.", "conclude")
    case = story.cases[0]
    assert (
        "not-so" in story.events()
        and case["pathway"] == "tracking"
        and case["state"] != "closed"
        and "undone" not in story.events()
    )
    story.until("2015-07-20 10:00", hours=24)
    assert len(story.asked("tracking-officer", "conclude", ever=True)) == 1
