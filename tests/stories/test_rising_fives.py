"""Row C10: School Admissions' yearly list of rising fives; a case for each child of school age on no roll."""

from tests.stories.story import PTO, Story, plain

ADMISSIONS = "admissions@council.example"
HEAD = "First name;Last name;Date of birth;Address;Post code;Provision"
IDA = "Ida;Quartermaine;11/07/2009;9 Mill Steps, Banbury;OX16 9ZZ;"
NOAH = "Noah;Abara;30/08/2009;2 Mill Steps, Banbury;OX16 9ZZ;Little Ducks nursery"
MIA = "Mia;Fenn;02/12/2009;3 Mill Steps, Banbury;OX16 9ZZ;"
SAM = "Sam;Holt;01/06/2009;4 Mill Steps, Banbury;OX16 9ZZ;Larkmead Vale Primary School"


def arrives(story: Story, *rows: str, at: str = "2014-11-12 10:00") -> Story:
    data = "\n".join([HEAD, *rows]).encode("cp1252")
    return story.at(at).mails(ADMISSIONS, "The rising fives.", subject="Rising 5s", files={"rising5.csv": data})


def test_c10_a_case_for_each_child_of_age_with_no_school(story: Story) -> None:
    arrives(story, IDA, NOAH, MIA, SAM)
    assert sorted(case["child"]["surname"] for case in story.cases) == ["Abara", "Quartermaine"]
    assert story.events(0)[0] == "rising-five.listed"
    mails = story.asked("tracking-officer", "rising-five-provision")
    assert len(mails) == 1 and "L2: Ida Quartermaine" in plain(mails[0]) and "L3: Noah Abara" in plain(mails[0])
    assert "the list says: Little Ducks nursery" in plain(mails[0]) and "Mia" not in plain(mails[0])
    told = plain(story.bot_tells(ADMISSIONS, "4 rows"))
    assert "Cases opened:                    2" in told and "Not yet of school age:           1" in told


def test_c10_who_is_not_yet_of_age_waits_until_then(story: Story) -> None:
    arrives(story, MIA)
    assert not story.cases
    story.until("2014-12-30 10:00", 24 * 6)
    assert not story.cases
    story.until("2014-12-31 10:00", 12)
    assert [case["child"]["surname"] for case in story.cases] == ["Fenn"]
    assert "Mia" in plain(story.bot_asks("tracking-officer", "rising-five-provision"))


def test_c10_the_officers_answers_close_or_open_the_search(story: Story) -> None:
    arrives(story, IDA, NOAH)
    story.at("2014-11-13 10:00").reply("tracking-officer", "L2 Larkmead Vale Primary School\nL3 not known")
    states = {case["child"]["surname"]: (case["state"], case["outcome"]) for case in story.cases}
    assert states["Quartermaine"] == ("closed", "on-roll-elsewhere") and states["Abara"][0] == "waiting"
    mails = story.asked("tracking-officer", "database-check")
    assert len(mails) == 1 and "Noah" in plain(mails[0])


def test_c10_silence_starts_the_search_by_itself(story: Story) -> None:
    arrives(story, IDA)
    story.until("2014-11-19 17:00", 24)
    assert [case["pathway"] for case in story.cases] == [""]
    story.until("2014-11-20 10:00", 12)
    assert [case["pathway"] for case in story.cases] == ["tracking"]
    story.bot_asks("tracking-officer", "database-check")


def test_c10_a_child_on_the_roll_of_a_school_is_no_case(story: Story) -> None:
    roll = "Surname,Forename,DOB,Admission date\nQuartermaine,Ida,11/07/2009,02/09/2014\n"
    story.at("2014-11-11 10:00").mails(
        "office@larkmead-vale.example", "Our roll.", files={"on roll.csv": roll.encode()}
    )
    arrives(story, IDA, NOAH)
    assert [case["child"]["surname"] for case in story.cases] == ["Abara"]


def test_c10_a_bad_row_never_loses_the_rest(story: Story) -> None:
    arrives(story, "Bo;Bad;31/02/2009;;;", "Uma;Undated;;;;", IDA)
    assert len(story.cases) == 1
    told = plain(story.bot_tells(ADMISSIONS, "3 rows"))
    assert "Row 2, Bo Bad: “31/02/2009” is not a date" in told and "Row 3, Uma Undated" in told


def test_c10_the_list_again_changes_nothing(story: Story) -> None:
    arrives(story, IDA, MIA)
    arrives(story, IDA, MIA, at="2014-11-13 10:00")
    assert len(story.cases) == 1 and not story.asked("tracking-officer", "rising-five-provision")


def test_c10_only_admissions_and_the_officers_send_it(story: Story) -> None:
    data = "\n".join([HEAD, IDA]).encode()
    story.at("2014-11-12 10:00").mails("enquiries@health.example", "List.", files={"rising5.csv": data})
    assert not story.cases and story.quarantine


def test_c10_the_list_is_asked_for_when_it_does_not_come(story: Story) -> None:
    story.at("2014-09-25 10:00").look()
    story.at("2014-10-01 10:00").look()
    assert "rising fives" in plain(story.bot_asks("admissions", "send-list"))
    arrives(story, IDA, at="2014-10-03 10:00")
    story.until("2014-10-20 10:00", 24 * 3)
    story.bot_asks_nothing("admissions", "send-list")


def test_c10_a_doubtful_match_is_a_case_and_a_question(story: Story) -> None:
    arrives(story, IDA)
    arrives(story, IDA.replace("Ida", "Idah"), at="2014-11-13 10:00")
    assert len(story.cases) == 2
    assert "L2: Idah" in plain(story.bot_asks("tracking-officer", "same-child"))
    story.at("2014-11-13 11:00").reply("tracking-officer", "1", "same-child")
    assert [case["outcome"] for case in story.cases] == [None, "duplicate"]
    assert PTO in str(story.last("tracking-officer")["To"])
