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
