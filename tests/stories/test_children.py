"""The child behind the row: the same one once, another one never, families and earlier episodes seen, and each referrer
told only what it may know."""

from bot.demo.forms import hub_form
from tests.stories.story import HUB, PTO, SCHOOL, Story, plain

RIDGEWAY = "office@ridgeway.example"
HOUSING = "enquiries@housing-cherwell.example"
UPN = "P207000016049"


def closed(story: Story, outcome: str = "traced") -> None:
    words = {"traced": "traced: Fosse Lane Academy", "not-cme": "close {} not-cme, moved to Wales"}[outcome]
    ref = story.cases[-1]["case"]
    story.mails(PTO, words.format(ref), subject=f"[{ref}] close it")
    story.yes("tracking-officer")
    assert story.cases[-1]["state"] == "closed"


def test_a_birthday_turned_round_and_a_short_name_is_asked_with_both_side_by_side(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.date_of_birth": "4 June 2003"})
    story.at("2014-11-13 10:00").memo({"child.date_of_birth": "6 April 2003", "child.forenames": "Tilly"})
    assert len(story.cases) == 2
    mail = plain(story.bot_asks("tracking-officer", "same-child"))
    assert "4 June 2003" in mail and "6 April 2003" in mail and "Tilly" in mail and "Ottilie" in mail
    assert "day and month of the date of birth swapped" in " ".join(mail.split())


def test_it_was_the_same_child_one_case_goes_on_with_what_both_forms_said(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"carers": ""})
    story.at("2014-11-13 10:00").memo({"child.forenames": "Otilie"})
    story.at("2014-11-13 11:00").reply("tracking-officer", "Yes, it's the same girl", "same-child").yes(
        "tracking-officer"
    )
    first, second = story.cases
    assert (second["state"], second["outcome"]) == ("closed", "duplicate") and first["state"] != "closed"
    assert "referral.joined" in story.events(0) and "Maud" in str(story.case(0)["events"])


def test_an_officers_different_leaves_two_cases(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 10:00").memo({"child.forenames": "Otilie"})
    story.at("2014-11-13 11:00").reply("tracking-officer", "Different child", "same-child")
    assert [case["state"] for case in story.cases] == ["waiting", "waiting"]


def test_a_siblings_number_pasted_in_is_asked_and_joins_nobody(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"child.upn": UPN})
    story.at("2014-11-13 10:00").memo({"child.upn": UPN, "child.forenames": "Barnaby"})
    assert len(story.cases) == 2
    assert "the same surname, date of birth, UPN" in plain(story.bot_asks("tracking-officer", "same-child"))


def test_twins_are_linked_as_brother_and_sister_and_the_officer_sees_it(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 10:00").memo({"child.forenames": "Barnaby"})
    one, two = (case["case"] for case in story.cases)
    assert story.case(0)["linked"]["siblings"] == [two] and story.case(1)["linked"]["siblings"] == [one]
    assert f"{one}: Ottilie Tregenza" in plain(story.bot_asks("tracking-officer", "database-check"))
    assert not [m for m in story.to("school", ever=True) if one in plain(m) and two in plain(m)]


def test_a_twins_form_in_the_other_ones_thread_is_another_case(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"address.last_known": ""})
    asked = story.bot_asks("school", "missing-details")
    form = hub_form({**HUB, "child.forenames": "Barnaby"})
    story.at("2014-11-12 11:00").mails(SCHOOL, "Here are the details.", form=form, answers=asked)
    assert [case["child"]["forenames"] for case in story.cases] == ["Ottilie", "Barnaby"]
    assert "details.given" not in story.events(0)


def test_a_strangers_form_protects_nobody_elses_address(story: Story) -> None:
    """It would stop the enquiries of a case that is none of his."""
    story.at("2014-11-12 10:00").memo()
    words = {"information.other": "They are in a refuge, address confidential.", "child.forenames": "Barnaby"}
    story.at("2014-11-12 10:05").memo(words, sender="evil@stranger.example")
    assert story.case(1)["linked"]["siblings"] and not story.case(0)["linked"]["siblings"]
    assert "fact.corrected" not in story.events(0)


def test_an_erased_child_is_named_in_no_siblings_history(story: Story) -> None:
    story.at("2014-11-12 10:00").memo().at("2014-11-13 10:00").memo({"child.forenames": "Barnaby"})
    assert "Ottilie" not in str(story.case(1)["events"]) and "Barnaby" not in str(story.case(0)["events"])


def test_a_refuge_named_for_one_child_is_kept_out_of_the_others_mails_too(story: Story) -> None:
    story.at("2014-11-12 10:00").memo({"address.last_known": "77 Hidden Close, Banbury OX16 7ZZ"})
    refuge = {"information.other": "Last attended 3 October 2014. They are in a refuge, address confidential."}
    sister = {"child.forenames": "Wilhelmina", "child.date_of_birth": "2 May 2005"}
    before = len(story.sent)
    story.at("2014-11-12 10:05").memo({**refuge, **sister, "address.last_known": "77 Hidden Close, Banbury OX16 7ZZ"})
    story.at("2014-11-12 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    story.until("2014-11-17 12:00")
    later = story.sent[before:]
    assert len(story.cases) == 2 and not [m for m in later if "Hidden Close" in m.as_string()]


def test_the_other_child_of_a_question_may_have_a_protected_address(story: Story) -> None:
    refuge = {"information.other": "Last attended 3 October 2014. They are in a refuge, address confidential."}
    story.at("2014-11-12 10:00").memo({**refuge, "address.last_known": "77 Hidden Close, Banbury OX16 7ZZ"})
    story.at("2014-11-12 10:05").memo({"child.forenames": "Otilie"})
    story.bot_asks("tracking-officer", "same-child")
    assert "Hidden Close" not in "".join(m.as_string() for m in story.sent)


def test_an_earlier_case_is_linked_and_the_officer_sees_how_it_ended(story: Story) -> None:
    story.at("2014-09-10 10:00").memo()
    closed(story.at("2014-09-11 10:00"), "not-cme")
    story.at("2014-11-12 10:00").memo({"referral.date": "12 November 2014"})
    first, second = story.cases
    assert second["state"] != "closed" and story.case(1)["linked"]["earlier"] == [first["case"]]
    assert f"{first['case']}, closed as not cme" in plain(story.bot_asks("tracking-officer", "database-check"))


def test_the_same_child_as_in_a_closed_case_makes_no_duplicate_of_a_new_episode(story: Story) -> None:
    story.at("2014-09-10 10:00").memo()
    closed(story.at("2014-09-11 10:00"), "not-cme")
    story.at("2014-11-12 10:00").memo({"child.forenames": "Otilie"})
    story.bot_asks("tracking-officer", "same-child")
    story.at("2014-11-12 11:00").reply("tracking-officer", "Yes, the same child", "same-child").yes("tracking-officer")
    first, second = story.cases
    assert second["state"] == "waiting" and story.case(1)["linked"]["earlier"] == [first["case"]]
    assert first["state"] == "closed"


# Two referrers.

SECRET = "The mother told our head teacher in confidence that she has left her husband."


def two_schools(story: Story) -> Story:
    """Bardwell Hill, the child's school, refers her; then Ridgeway does, where she was expected."""
    story.at("2014-11-12 10:00").memo(
        {"child.upn": UPN, "information.other": SECRET + " Last attended 3 October 2014."}
    )
    return story.at("2014-11-13 10:00").memo(
        {"school.last_attended": "", "information.other": "She was to start here.", "carers": "Mrs M. Tregenza"},
        sender=RIDGEWAY,
    )


def test_two_schools_that_refer_one_child_have_one_case(story: Story) -> None:
    two_schools(story)
    assert len(story.cases) == 1 and story.case()["linked"]["referrers"] == [SCHOOL, RIDGEWAY]
    assert "referral.joined" in story.events()
    story.bot_tells(RIDGEWAY, story.cases[0]["case"])
    story.bot_tells("tracking-officer", "more news")


def test_each_school_is_told_its_own_words_and_nothing_of_the_others(story: Story) -> None:
    two_schools(story)
    story.at("2014-11-13 11:00").reply(RIDGEWAY, "Who is dealing with this?")
    story.at("2014-11-13 11:10").reply("school", "And who is dealing with it for us?")
    story.until("2014-11-20 12:00")
    for mail in story.to(RIDGEWAY, ever=True):
        for word in (UPN, "Bardwell", "3 October", "confidence", "husband"):
            assert word not in mail.as_string(), word
    for mail in story.to("school", ever=True):
        assert "Ridgeway" not in mail.as_string() and "to start here" not in mail.as_string()


def test_nor_where_a_council_puts_more_into_its_acknowledgement(story: Story) -> None:
    own = story.folder / "packs" / "own"
    own.mkdir(parents=True)
    (own / "pack.toml").write_text('name = "own"\nextends = "oxfordshire"\n', "utf-8")
    (own / "wording.toml").write_text(
        '[wording.ack]\nsubject = "We have it"\nsay = "Thank you."\n'
        'details = ["child.name", "child.upn", "school.name", "attendance.last_day"]\n',
        "utf-8",
    )
    config = story.config.read_text("utf-8")
    story.config.write_text(config.replace('"oxfordshire"', '"own"\npacks = "packs"'), "utf-8")
    two_schools(story)
    mail = plain(story.last(RIDGEWAY))
    assert "Ottilie Tregenza" in mail and UPN not in mail and "Bardwell" not in mail and "3 October" not in mail
    assert any(UPN in plain(told) for told in story.to("school", ever=True))


def test_a_letters_words_are_shown_under_its_own_writers_name_alone(story: Story) -> None:
    """Two schools on one case: what the first wrote is never quoted as the second's."""
    letter = "Our pupil Ottilie Tregenza, born 14 June 2003, has not been in since 3 October. The flat smelt of gas."
    story.at("2014-11-12 10:00").mails(SCHOOL, letter)
    form = hub_form({**HUB, "school.current": "Ridgeway Junior School"})
    story.at("2014-11-13 10:00").mails(RIDGEWAY, "", form=form)
    assert len(story.cases) == 1
    assert "gas" not in plain(story.bot_tells("tracking-officer", "Ridgeway", "more news"))


def test_a_letter_about_a_child_with_a_case_reaches_the_officer(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    words = "A girl, Ottilie Tregenza, born 14 June 2003, does not go to any school. They gave up the flat on Friday."
    story.at("2014-11-13 10:00").mails(HOUSING, words)
    assert len(story.cases) == 1
    story.bot_tells("tracking-officer", "gave up the flat")


def test_words_handed_over_with_a_duplicate_keep_their_writer(story: Story) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-13 10:00").mails(
        HOUSING, "Otilie Tregenza, born 14 June 2003, is not at any school. They gave up the flat."
    )
    story.at("2014-11-13 11:00").reply("tracking-officer", "Yes, it's the same girl", "same-child").yes(
        "tracking-officer"
    )
    mail = plain(story.bot_tells("tracking-officer", "more news", "gave up the flat"))
    assert "Housing team Cherwell" in mail


def test_a_letter_opened_the_case_and_the_schools_form_makes_it_the_schools(story: Story) -> None:
    story.at("2014-11-12 10:00").mails(
        HOUSING, "Ottilie Tregenza, born 14 June 2003, does not go to any school, it seems."
    )
    story.at("2014-11-13 10:00").memo()
    assert len(story.cases) == 1
    story.at("2014-11-13 11:00").mails(SCHOOL, "Ottilie Tregenza is back in school today.")
    assert "child.returned" in story.events()


def test_a_child_is_known_by_what_the_register_kept_of_its_carers_and_its_home(story: Story) -> None:
    """Two of one surname, years apart: brother and sister by their house, strangers without it."""
    story.at("2014-11-12 10:00").memo()
    elder = {"child.forenames": "Barnaby", "child.date_of_birth": "9 May 2001"}
    story.at("2014-11-13 10:00").memo(elder)
    story.memo({**elder, "child.forenames": "Casper", "address.last_known": "3 Elm Row, Witney OX28 1AA", "carers": ""})
    assert [len(story.case(n)["linked"]["siblings"]) for n in range(3)] == [1, 1, 0]
