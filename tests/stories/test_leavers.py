"""Row C8: the leavers report, from the mail that brings it to a case for each child whose destination nobody knows."""

from collections.abc import Sequence

from tests.stories.story import PTO, SCHOOL, Story, plain

RIDGEWAY = "office@ridgeway.example"
HEAD = "Legal Surname,Legal Forename,Date of birth,Base Name,Leaving date,Destination,Notes"
TEMI = "Ogunbanjo,Temi,14/06/2003,Bardwell Hill Academy,03/10/2014,,"
ZOE = "Łukasik,Zoë,1/9/2005,Bardwell Hill Academy,10/10/2014,Not known,"
RHYS = "Penhaligon,Rhys,20/06/2004,Ridgeway Junior School,10/10/2014,,"
LISTED = [TEMI, ZOE, RHYS]


def report(story: Story, rows: Sequence[str] = LISTED, at: str = "2014-11-12 10:00", **more: str) -> Story:
    data = "\n".join([HEAD, *rows]).encode("utf-8-sig")
    sender = more.pop("sender", PTO)
    return story.at(at).mails(sender, "The leavers report.", subject="Leavers", files={"leavers.csv": data})


def of(story: Story, surname: str) -> dict[str, object]:
    """The one case of that child, as `case REF --json` has it."""
    found = [n for n, case in enumerate(story.cases) if case["child"]["surname"] == surname]
    assert len(found) == 1, f"{surname} has {len(found)} cases"
    return story.case(found[0])


def events(case: dict[str, object]) -> list[str]:
    told = case["events"]
    assert isinstance(told, list)
    return [event["event"] for event in told]


def test_c8_one_mail_a_school_with_a_code_for_each_child(story: Story) -> None:
    report(story)
    asked = [m for m in story.out if m["X-CME-Question"] == "leaver-destination"]
    assert sorted(str(m["To"]).partition(" <")[0] for m in asked) == ["Bardwell Hill Academy", "Ridgeway Junior School"]
    mail = plain(story.bot_asks("school", "leaver-destination"))
    assert "L2: Temi Ogunbanjo" in mail and "L3: Zoë Łukasik" in mail and "Penhaligon" not in mail
    assert not story.cases, "no case before the school was asked"
    assert not [m for m in story.sent if "Ogunbanjo" in str(m["Subject"])]


def test_c8_the_sender_is_told_what_was_read_and_why_a_row_was_rejected(story: Story) -> None:
    bad = [
        "Bad,Ivo,31/02/2004,Ridgeway Junior School,10/10/2014,,",
        ",,20/06/2004,Ridgeway Junior School,10/10/2014,,",
        "Lost,Tom,20/06/2004,Nowhere School,10/10/2014,,",
    ]
    known = [
        "Known,Joy,20/06/2004,Ridgeway Junior School,10/10/2014,Windrush Community College,",
        "Old,Max,20/06/1997,Windrush Community College,10/7/2014,,",
    ]
    report(story, [*LISTED, *bad, *known])
    told = plain(story.bot_tells("tracking-officer", "8 rows"))
    assert "Row 5, Ivo Bad: “31/02/2004” is not a date" in told
    assert "Row 6" in told and "no surname" in told and "Nowhere School" in told
    assert "Rejected:                        3" in told and "Asked about:                     3" in told
    assert "over school age: 2" in told
    assert not story.asked("office@windrush.example", "leaver-destination")


def test_c8_the_answers_of_one_reply_each_find_their_row(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "L2 went to Larkmead Vale Primary School\nZoë: no idea, sorry")
    assert [case["child"]["surname"] for case in story.cases] == ["Łukasik"]
    case = of(story, "Łukasik")
    assert events(case)[:2] == ["leaver.listed", "destination.unknown"] and case["pathway"] == "tracking"
    story.bot_asks("tracking-officer", "database-check")
    story.bot_tells("school", "L2 Temi Ogunbanjo", "L3 Zoë Łukasik")


def test_c8_a_reply_that_answers_some_leaves_the_others_open(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "Temi has gone to Larkmead Vale Primary School.")
    receipt = plain(story.bot_tells("school", "we still need an answer"))
    assert "Zoë" in receipt and not story.cases
    story.until("2014-11-21 09:00", 24)
    reminder = plain(story.bot_asks("school", "leaver-destination"))
    assert "Zoë" in reminder and "Temi" not in reminder


def test_c8_silence_is_chased_and_then_makes_a_case_of_each(story: Story) -> None:
    report(story)
    story.until("2014-11-27 17:00", 24)
    assert len(story.asked("school", "leaver-destination")) == 3, story.shown()
    assert not story.cases
    story.until("2014-11-28 17:00", 24)
    assert len(story.cases) == 3 and all(case["pathway"] == "tracking" for case in story.cases)
    assert events(of(story, "Ogunbanjo"))[:2] == ["leaver.listed", "destination.unanswered"]


def test_c8_a_late_answer_still_counts(story: Story) -> None:
    report(story)
    story.until("2014-12-05 17:00", 24)
    story.at("2014-12-08 10:00").reply("school", "Temi Ogunbanjo: Larkmead Vale Primary School", "leaver-destination")
    assert "destination.known" in events(of(story, "Ogunbanjo"))
    story.bot_asks("tracking-officer", "conclude")
    assert of(story, "Ogunbanjo")["state"] != "closed"


def test_c8_a_second_answer_that_takes_the_first_back_opens_the_case(story: Story) -> None:
    report(story, [TEMI])
    story.at("2014-11-13 10:00").reply("school", "Larkmead Vale Primary School", "leaver-destination")
    assert not story.cases
    story.at("2014-11-14 10:00").reply("school", "Sorry, L2: not known after all", "leaver-destination")
    story.at("2014-11-14 10:05").reply("school", "L2: not known", "leaver-destination")
    assert "destination.unknown" in events(of(story, "Ogunbanjo"))


def test_c8_a_leaver_who_went_abroad_is_tracked_and_the_school_is_asked_for_the_details(story: Story) -> None:
    """Row B3 from a list: policy 3.6."""
    report(story)
    story.at("2014-11-13 10:00").reply("school", "L2 gone back to Nigeria with his mum\nL3 gone abroad")
    for surname, country in (("Ogunbanjo", "Nigeria"), ("Łukasik", "")):
        assert "abroad.reported" in events(of(story, surname)) and of(story, surname)["pathway"] == "tracking"
        assert [m for m in story.asked("school", "abroad-details") if surname in plain(m)], surname
        told = next(plain(m) for m in story.asked("tracking-officer", "database-check") if surname in plain(m))
        assert country in told


def test_d2_a_leaver_who_is_taught_at_home_goes_the_way_of_home_education(story: Story) -> None:
    """The school is asked for the parent's letter, and the case is closed on the home education team's word (7.1)."""
    report(story)
    story.at("2014-11-13 10:00").reply("school", "L2: home educated now")
    assert of(story, "Ogunbanjo")["pathway"] == "home-education"
    story.bot_asks("school", "parents-letter")
    story.bot_asks_nothing("tracking-officer", "database-check")
    story.at("2014-11-13 11:00").reply("school", "Yes, her letter came on 6 October 2014", "parents-letter")
    story.bot_asks("ehe@council.example", "ehe-registration")


def test_c8_perhaps_at_home_is_asked_again(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "L2: possibly home educated, not sure")
    assert not story.cases
    story.bot_tells("school", "please answer again")


def test_c8_what_is_not_understood_is_asked_again_with_the_codes(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "Custard and bananas.", "leaver-destination")
    again = plain(story.bot_tells("school", "please answer again"))
    assert "L2: Temi" in again and "Custard" in again and not story.cases
    story.at("2014-11-13 10:10").reply("school", "L2 and L9 not known", "leaver-destination")
    assert not story.cases, "L9 is no row of ours: the line is in doubt"
    story.at("2014-11-13 10:20").reply("school", "L3 Temi: not known", "leaver-destination")
    assert not story.cases, "the code and the name are of two children"


def test_c8_more_time_is_no_answer(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "We will check and get back to you on Friday", "leaver-destination")
    assert not story.cases
    story.until("2014-11-20 09:00", 24)
    assert story.asked("school", "leaver-destination")


def test_c8_the_list_may_come_back_filled_in(story: Story) -> None:
    report(story)
    rows = [HEAD, TEMI.replace(",,", ",Larkmead Vale Primary School,"), ZOE]
    mail = story.last("school", "leaver-destination")
    story.at("2014-11-13 10:00").mails(
        SCHOOL, "Filled in, see attached.", answers=mail, files={"back.csv": "\n".join(rows).encode()}
    )
    assert [case["child"]["surname"] for case in story.cases] == ["Łukasik"]


def test_c8_nobody_answers_for_another_school(story: Story) -> None:
    report(story)
    mail = story.last("school", "leaver-destination")
    story.at("2014-11-13 10:00").mails(RIDGEWAY, "L2 not known", answers=mail)
    story.at("2014-11-13 10:10").mails(SCHOOL, "L2 not known", answers=mail, believed=False)
    assert not story.cases and len(story.quarantine) == 2


def test_c8_the_same_list_again_changes_nothing(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "L2 Larkmead Vale Primary School\nL3 not known")
    report(story, at="2014-11-13 11:00")
    assert not [m for m in story.out if m["X-CME-Question"]], story.shown()
    assert "Told before:" in plain(story.bot_tells("tracking-officer", "3 rows"))
    assert len(story.cases) == 1


def test_c8_the_same_mail_again_has_no_effect_at_all(story: Story) -> None:
    data = {"leavers.csv": "\n".join([HEAD, *LISTED]).encode()}
    for at in ("10:00", "10:30"):
        story.at(f"2014-11-12 {at}").mails(PTO, "The report.", files=data, message_id="<once@council.example>")
    assert not story.out


def test_c8_a_child_on_a_case_already_is_not_asked_about(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    report(story, ["Tregenza,Ottilie,14/06/2003,Bardwell Hill Academy,03/10/2014,,"])
    assert not story.asked("school", "leaver-destination")
    assert story.events().count("leaver.listed") == 1 and len(story.cases) == 1
    assert "On a case already:" in plain(story.bot_tells("tracking-officer", story.cases[0]["case"]))


def test_c8_doubtful_matches_are_one_review_mail(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    doubtful = ["Tregenza,Otilie,14/06/2003,Bardwell Hill Academy,03/10/2014,,"]
    doubtful.append("Tregenza,Ottilie,,Bardwell Hill Academy,03/10/2014,,")
    report(story, [*doubtful, RHYS])
    mails = story.asked("tracking-officer", "same-child")
    assert len(mails) == 1 and "L2: Otilie" in plain(mails[0]) and "L3: Ottilie" in plain(mails[0])
    assert "Otilie" in plain(story.bot_asks("school", "leaver-destination")), "the search waits for nobody"
    story.at("2014-11-12 11:00").reply("tracking-officer", "L2 same\nL3 different", "same-child")
    assert story.events(0).count("leaver.listed") == 1
    story.until("2014-11-21 09:00", 24)
    reminder = plain(story.bot_asks("school", "leaver-destination"))
    assert "Ottilie" in reminder and "Otilie" not in reminder


def test_c8_the_same_child_said_after_the_case_was_opened_closes_it_as_a_duplicate(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    report(story, ["Tregenza,Otilie,14/06/2003,Bardwell Hill Academy,03/10/2014,,"])
    story.at("2014-11-13 10:00").reply("school", "Not known", "leaver-destination")
    assert len(story.cases) == 2
    story.at("2014-11-13 11:00").reply("tracking-officer", "same", "same-child")
    assert [case["outcome"] for case in story.cases] == [None, "duplicate"]


def test_c8_twins_are_never_one(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    report(story, ["Tregenza,Maurice,14/06/2003,Bardwell Hill Academy,03/10/2014,,"])
    story.bot_asks("school", "leaver-destination")
    story.bot_asks_nothing("tracking-officer", "same-child")


def test_c8_two_children_in_one_sentence_are_two_answers(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "Temi is at Larkmead Vale Primary School, Zoë is not known")
    assert [case["child"]["surname"] for case in story.cases] == ["Łukasik"]
    story.bot_tells("school", "L2 Temi Ogunbanjo", "L3 Zoë Łukasik")


def test_c8_of_two_in_one_sentence_the_plain_one_counts_and_the_other_is_asked_about(story: Story) -> None:
    report(story)
    story.at("2014-11-13 10:00").reply("school", "Temi is at Larkmead Vale Primary School, Zoë never came")
    story.bot_tells("school", "L2 Temi Ogunbanjo", "L3: Zoë Łukasik", "still need an answer")
    assert not story.cases
