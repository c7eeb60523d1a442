"""Row D4: pupils on roll, for matching only, replaced by the next list."""

from bot.register.register import Register
from tests.stories.story import PTO, Story, plain

SCHOOL = "office@larkmead-vale.example"
HEAD = "Surname,Forename,DOB,Admission date"
TEMI = "Ogunbanjo,Temi,14/06/2003,02/09/2014"
LEAVER = b"""Surname,Forename,DOB,School,Date left
Ogunbanjo,Temi,14/06/2003,Bardwell Hill Academy,03/10/2014
Vane,Ada,14/02/2004,Bardwell Hill Academy,03/10/2014
"""


def roll(story: Story, *rows: str, at: str = "2014-11-11 10:00", sender: str = SCHOOL) -> Story:
    data = "\n".join([HEAD, *rows]).encode()
    return story.at(at).mails(sender, "Our pupils on roll.", subject="Pupils on roll", files={"roll.csv": data})


def kept(story: Story) -> list[str]:
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        lists = [ref for n in range(1, 9) if (ref := f"LIST-2014-{n:05d}")]
        return sorted(row.fields["child.surname"] for ref in lists for row in snapshot.list_rows(ref, "roll"))


def test_d4_a_roll_opens_no_case_and_asks_nobody(story: Story) -> None:
    roll(story, TEMI)
    assert not story.cases and kept(story) == ["Ogunbanjo"]
    assert [m["X-CME-Rule"] for m in story.to(SCHOOL)] == ["list.summary"]
    told = plain(story.bot_tells(SCHOOL, "1 row."))
    assert "case" not in told.lower()


def test_d4_a_leaver_on_another_schools_roll_is_found(story: Story) -> None:
    roll(story, TEMI)
    story.at("2014-11-12 10:00").mails(PTO, "Leavers.", files={"leavers.csv": LEAVER})
    mail = plain(story.bot_asks("school", "leaver-destination"))
    assert "Ada" in mail and "Temi" not in mail


def test_d4_the_next_list_takes_its_place(story: Story) -> None:
    roll(story, TEMI)
    roll(story, "Holt,Sam,01/06/2005,02/09/2014", at="2014-11-12 09:00")
    assert kept(story) == ["Holt"]
    story.at("2014-11-12 10:00").mails(PTO, "Leavers.", files={"leavers.csv": LEAVER})
    assert "Temi" in plain(story.bot_asks("school", "leaver-destination"))


def test_d4_another_schools_list_stays(story: Story) -> None:
    roll(story, TEMI)
    roll(story, "Holt,Sam,01/06/2005,02/09/2014", at="2014-11-12 09:00", sender="office@ridgeway.example")
    assert kept(story) == ["Holt", "Ogunbanjo"]


def test_d4_the_data_team_sends_that_of_every_school(story: Story) -> None:
    roll(story, TEMI)
    data = f"{HEAD},School\nHolt,Sam,01/06/2005,02/09/2014,Larkmead Vale Primary School\n".encode()
    story.at("2014-11-12 09:00").mails(PTO, "All rolls.", subject="Pupils on roll", files={"all.csv": data})
    assert kept(story) == ["Holt"]


OTTILIE = "Tregenza,Ottilie,14/06/2003,17/11/2014"


def searched_for(story: Story) -> Story:
    story.at("2014-11-10 10:00").memo()
    return story.at("2014-11-10 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")


def test_d4_a_child_who_is_searched_for_on_another_schools_roll_is_news_and_closes_nothing(story: Story) -> None:
    roll(searched_for(story), OTTILIE, TEMI, at="2014-11-19 10:00")
    asked = story.bot_asks("tracking-officer", "conclude")
    mail = plain(asked)
    assert (
        "is this the child" in str(asked["Subject"])
        and "Larkmead Vale Primary School" in mail
        and "17 November 2014" in mail
    )
    assert story.cases[0]["state"] == "waiting" and len(story.cases) == 1
    assert "Ottilie" not in plain(story.bot_tells(SCHOOL, "2 rows"))
    story.at("2014-11-19 11:00").reply("tracking-officer", "Yes, close it as traced", "conclude")
    if story.asked("tracking-officer", "confirm"):
        story.yes("tracking-officer")
    assert (story.cases[0]["state"], story.cases[0]["outcome"]) == ("closed", "traced")


def test_d4_it_was_another_child_and_the_search_goes_on(story: Story) -> None:
    roll(searched_for(story), OTTILIE, at="2014-11-19 10:00")
    story.at("2014-11-19 11:00").reply("tracking-officer", "No, that is another child", "conclude")
    assert story.cases[0]["state"] == "waiting"
    assert "not-so" in story.events()
    story.until("2014-11-26 12:00", 12)
    assert story.asked("police", "agency-enquiry")


def test_d4_the_same_news_in_the_next_list_is_no_news(story: Story) -> None:
    roll(searched_for(story), OTTILIE, at="2014-11-19 10:00")
    roll(story, OTTILIE, TEMI, at="2014-11-20 10:00")
    story.bot_asks_nothing("tracking-officer", "conclude")
    assert story.events().count("on-roll.listed") == 1


def test_d4_her_own_schools_roll_and_a_namesake_on_another_are_no_news(story: Story) -> None:
    searched_for(story)
    roll(story, OTTILIE, at="2014-11-19 10:00", sender="office@bardwell-hill.example")
    roll(story, OTTILIE.replace("2003", "2007"), at="2014-11-19 10:30")
    assert "on-roll.listed" not in story.events()


def test_d4_a_roll_with_the_first_forename_alone_is_shown_with_it(story: Story) -> None:
    story.at("2014-11-10 10:00").memo({"child.forenames": "Ottilie Rose"})
    story.at("2014-11-10 12:00").reply("tracking-officer", "Nothing on Capita.", "database-check")
    roll(story, OTTILIE.replace("Ottilie", "Otto"), at="2014-11-19 10:00")
    assert "on-roll.listed" not in story.events()
    roll(story, OTTILIE, at="2014-11-20 10:00")
    mail = plain(story.bot_asks("tracking-officer", "conclude"))
    assert "Name on the roll" in mail and "Ottilie Tregenza" in mail and "Ottilie Rose Tregenza" in mail
    assert story.cases[0]["state"] == "waiting"
