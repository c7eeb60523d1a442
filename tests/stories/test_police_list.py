"""Row D3: the police's list of missing young people is held against the register; 72 hours from the return."""

import sqlite3
from base64 import b64decode
from contextlib import closing
from pathlib import Path

from bot.register.codec import unpack
from tests.stories.story import Story, plain

POLICE = "enquiries@police.example"
HEAD = "Surname,Forename,DOB,Missing since,Date/time returned,Niche ref"
OTTILIE = "Tregenza,Ottilie,14/06/2003,10/11/2014 21:30,11/11/2014 07:30,43140012345"
OUT = "Tregenza,Ottilie,14/06/2003,10/11/2014 21:30,,43140012345"
OWEN = "Marchbank,Owen,12/07/2001,09/11/2014 18:00,,43140054321"
OFFICER = "interviewing.officer@council.example"


def listed(story: Story, *rows: str, at: str = "2014-11-12 10:00", **more: str) -> Story:
    data = "\n".join([HEAD, *rows]).encode()
    sender = more.pop("sender", POLICE)
    return story.at(at).mails(sender, "This week's list.", subject="Missing young people", files={"list.csv": data})


def all_bytes(folder: Path) -> bytes:
    """All that the register holds, mails unpacked."""
    with closing(sqlite3.connect(folder / "register.db")) as base:
        kept = "SELECT raw FROM mail UNION ALL SELECT reading FROM mail WHERE reading IS NOT NULL"
        mails = [unpack(packed) for (packed,) in base.execute(f"{kept} UNION ALL SELECT raw FROM outbox")]
        rest = [str(row) for table in ("event", "roster_row") for row in base.execute(f"SELECT * FROM {table}")]
    files = [part for mail in mails for word in mail.split() if (part := _decoded(word))]
    return b"".join([*mails, *files, *(text.encode() for text in rest)])


def _decoded(word: bytes) -> bytes:
    try:
        return b64decode(word, validate=True)
    except ValueError:
        return b""


def test_d3_a_match_is_told_to_both_and_the_72_hours_run(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    listed(story, OTTILIE, OWEN)
    assert "Ottilie" in plain(story.bot_tells("tracking-officer", "police list as missing"))
    mail = plain(story.bot_asks(OFFICER, "return-interview"))
    assert (
        "Ottilie" in mail and "7.30am on Friday 14 November" in mail and "43140012345" not in str(mail.splitlines()[0])
    )
    assert "police.listed" in story.events()
    ask = next(a for a in story.case()["asks"] if a["question"] == "return-interview")
    assert ask["due"] == "2014-11-14T07:30:00+00:00"
    assert "Owen" not in "".join(plain(m) for m in story.out)


def test_d3_the_police_hear_what_was_read_and_nothing_of_the_register(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    listed(story, OTTILIE, "Bad,Ivo,31/02/2001,10/11/2014,,")
    told = plain(story.bot_tells(POLICE, "2 rows"))
    assert "Row 3: “31/02/2001” is not a date" in told and "Ivo" not in told
    assert "CME-" not in told and "case" not in told.lower() and "Ottilie" not in told


def test_d3_still_missing_is_told_and_the_return_starts_the_clock(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    listed(story, OUT)
    assert "do not know yet when the child returned" in plain(story.bot_tells(OFFICER, "Ottilie"))
    story.bot_asks_nothing(OFFICER, "return-interview")
    listed(story, OTTILIE, at="2014-11-12 12:00")
    story.bot_asks(OFFICER, "return-interview")
    listed(story, OTTILIE, at="2014-11-12 14:00")
    assert not story.to(OFFICER), "the same again changes nothing"


def test_d3_the_list_may_stand_in_the_mail(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    text = (
        "These young people were reported missing:\n\n1. Ottilie Tregenza, dob 14/06/2003, missing since 10/11/2014"
        " 21:30, returned 11/11/2014 at 7.30am\n2. Owen Marchbank, born 12 July 2001, still missing\n\nPC Alder"
    )
    story.at("2014-11-12 10:00").mails(POLICE, text, subject="Missing persons this week")
    story.bot_asks(OFFICER, "return-interview")
    assert len(story.cases) == 1


def test_d3_an_interview_offered_is_recorded_and_one_not_offered_is_told(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    listed(story, OTTILIE)
    story.at("2014-11-13 10:00").reply(OFFICER, "Offered on 12 November, she declined.", "return-interview")
    assert "interview.offered" in story.events()
    listed(story, OTTILIE.replace("11/11/2014 07:30", "13/11/2014 06:00"), at="2014-11-13 11:00")
    story.at("2014-11-13 12:00").reply(OFFICER, "Not offered, we could not reach the family.", "return-interview")
    story.bot_tells("designated-officer", "no return interview was offered")


def test_d3_past_the_72_hours_the_interviewing_officer_is_reminded(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    listed(story, OTTILIE)
    story.until("2014-11-14 10:00", 24)
    assert story.asked(OFFICER, "return-interview"), "a reminder on Friday morning, the hours being over"
    story.until("2014-11-21 10:00", 24)
    story.bot_asks("designated-officer", "return-interview")


def test_d3_a_name_on_no_case_is_kept_for_a_referral_of_the_day_after(story: Story) -> None:
    listed(story, OTTILIE)
    assert not story.to(OFFICER) and not story.cases
    story.at("2014-11-13 10:00").memo()
    assert "Ottilie" in plain(story.bot_asks(OFFICER, "return-interview"))
    assert "police.listed" in story.events()


def test_d3_and_deleted_after_the_days_that_the_council_sets(story: Story) -> None:
    config = story.config.read_text("utf-8")
    story.config.write_text(config + "\n[lists]\nkeep_unmatched_days = 5\n", "utf-8")
    listed(story, OWEN, "Bad,Marchbank,31/02/2001,10/11/2014,,")
    assert b"Marchbank" in (held := all_bytes(story.folder)) and b"Niche" in held
    story.until("2014-11-16 10:00", 24)
    assert b"Marchbank" in all_bytes(story.folder)
    story.at("2014-11-17 10:00").look()
    left = all_bytes(story.folder)
    assert b"Marchbank" not in left and b"Niche" not in left and not story.quarantine
    story.at("2014-11-18 10:00").memo(
        {"child.surname": "Marchbank", "child.forenames": "Owen", "child.date_of_birth": "12/7/2001"}
    )
    assert "police.listed" not in story.events()


def test_d3_a_doubtful_match_is_told_on_the_officers_word(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    listed(story, OTTILIE.replace("Ottilie", "Otilie"))
    assert not story.to(OFFICER)
    assert "L2: Otilie" in plain(story.bot_asks("tracking-officer", "same-child"))
    story.at("2014-11-12 11:00").reply("tracking-officer", "same", "same-child")
    story.bot_asks(OFFICER, "return-interview")


def test_d3_a_sibling_is_no_match(story: Story) -> None:
    story.at("2014-11-11 10:00").memo()
    listed(story, OTTILIE.replace("Ottilie", "Jago").replace("14/06/2003", "02/02/2001"))
    assert not story.to(OFFICER) and not story.asked("tracking-officer", "same-child")


def test_d3_a_letter_of_a_school_about_a_missing_child_is_a_letter(story: Story) -> None:
    text = "Reported missing to the police:\nWren Abbotsley, dob 14/06/2003\nShe has not been in school. Please help."
    story.at("2014-11-12 10:00").mails("office@bardwell-hill.example", text, subject="Missing children")
    assert len(story.cases) == 1 and "letter.received" in story.events()


def test_d3_three_names_in_one_cell_or_line_are_matched_all_the_same(story: Story) -> None:
    story.at("2014-11-11 10:00").memo({"child.forenames": "Ottilie Rose"})
    text = "Missing young people:\nOttilie Rose Tregenza, 14/06/2003, returned 12/11/2014 07:30\n"
    story.at("2014-11-12 10:00").mails(POLICE, text, subject="Missing young people")
    assert "CME-2014-00001" in plain(story.bot_asks(OFFICER, "return-interview"))
    assert "police.listed" in story.events()


def test_d3_the_list_is_asked_for_once_it_has_come_and_then_does_not(story: Story) -> None:
    """It is due on Mondays. A council to which none ever came is told of none that is missing."""
    story.at("2014-11-06 10:00").look()
    story.until("2014-11-11 10:00", 24)
    assert not story.asked("police", "send-list", ever=True)
    listed(story, OWEN)
    story.until("2014-11-17 16:00", 12)
    assert not story.asked("police", "send-list", ever=True)
    story.until("2014-11-20 12:00", 12)
    assert len(story.asked("police", "send-list", ever=True)) == 1
    assert "missing young people" in plain(story.last("police", "send-list"))
