"""The open cases of today: taken in whole or not at all, once, with what was last asked of whom."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from bot.cases import importing
from bot.cases.importing_table import read_table
from bot.register.register import Register
from bot.rosters.desk import casework
from bot.running.startup import office_of
from rules.calendar import LONDON
from tests.stories.story import Story, plain

CMEBOT = Path(sys.executable).parent / "cmebot"
HEAD = "Family name,First name,DOB,School,Address,Type,Last asked,Asked of,Asked on,Ref\n"
ONE = (
    'Okonedo,Bram,2 May 2004,931/9001,"2 Elm Row, Banbury OX16 1AA",tracking,Agency enquiry,police,'
    "3 November 2014,KB/17\n"
)
TWO = 'Tregear,Jory,14/06/2003,Bardwell Hill Academy,"8 Quarry Steps, Banbury OX16 9ZZ",hub,,,,\n'


def imported(story: Story, text: str, *more: str) -> subprocess.CompletedProcess[str]:
    path = story.folder / "open.csv"
    path.write_text(text, "utf-8")
    return run(story, path, *more)


def run(story: Story, path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [CMEBOT, "-c", story.config, "import", "cases", path, "--json", *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "county")


def test_a_case_under_way_goes_on_where_it_is(story: Story) -> None:
    done = imported(story, HEAD + ONE)
    assert done.returncode == 0, done.stderr
    assert [t["why"] for t in json.loads(done.stdout)] == [""]
    case = story.case()
    assert case["pathway"] == "tracking" and case["child"]["surname"] == "Okonedo"
    (ask,) = case["asks"]
    assert (ask["question"], ask["of"], ask["state"]) == ("agency-enquiry", "police", "overdue")
    assert ask["due"].startswith("2014-11-10T17:00"), "five working days after Monday 3 November 2014"
    assert not [e for e in case["events"] if e["event"] == "pathway.opened"], "nothing is asked from the beginning"


def test_a_case_of_which_nothing_was_asked_begins_as_the_policy_says(story: Story) -> None:
    assert imported(story, HEAD + TWO).returncode == 0
    assert {"case.imported", "pathway.opened"} <= set(story.events())


def test_the_same_file_twice_is_once(story: Story) -> None:
    imported(story, HEAD + ONE + TWO)
    again = imported(story, HEAD + ONE + TWO.replace("Jory", "Jory "))
    assert [t["why"] for t in json.loads(again.stdout)] == ["this line was taken in before"] * 2
    assert len(story.cases) == 2
    other = imported(story, HEAD + ONE.replace("KB/17", "KB/18"))
    assert json.loads(other.stdout)[0]["why"] == "the child has an open case"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (ONE.replace("Okonedo", ""), "line 3: child.surname is missing"),
        (ONE.replace("2 May 2004", "soon"), "child.date_of_birth"),
        (ONE.replace("931/9001", "Hogwarts"), "not in the directory"),
        (ONE.replace("Agency enquiry", "Coffee"), "'coffee' is none of the pack's"),
        (ONE.replace("police", "the milkman"), "no role"),
        (ONE.replace(",tracking,", ",boat,"), "none of hub and tracking"),
    ],
)
def test_one_wrong_line_and_nothing_is_taken_in(story: Story, line: str, said: str) -> None:
    done = imported(story, HEAD + TWO + line)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert not story.cases


def test_a_dry_run_changes_nothing(story: Story) -> None:
    done = imported(story, HEAD + ONE, "--dry-run")
    assert done.returncode == 0 and json.loads(done.stdout)[0]["case"]
    assert not story.cases


def test_columns_are_said_once_and_remembered(story: Story) -> None:
    text = "Kind;Who;Geb\nx;Okonedo;2.5.2004\n"
    assert "left out" in imported(story, text, "--dry-run").stderr
    told = ["--column", "Who=child.surname", "--column", "Geb=child.date_of_birth", "--column", "Kind=note"]
    assert imported(story, text, *told).returncode == 0
    assert imported(story, text.replace("Okonedo", "Tregear")).returncode == 0
    assert [c["child"]["surname"] for c in story.cases] == ["Okonedo", "Tregear"]


def test_what_was_asked_before_our_time_is_chased(story: Story) -> None:
    (story.folder / "open.csv").write_text(HEAD + ONE, "utf-8")
    table = read_table(story.folder / "open.csv", lambda heading: importing.is_heading(heading, {}))
    found = importing.lines(table, importing.guess(table.headings, {}))
    office, now = office_of(story.config), datetime(2014, 11, 6, 9, tzinfo=LONDON)
    with Register.open(office.config.register_path, write=True) as register, register.begin() as unit:
        importing.take_in(casework(office, unit, now), found)
    story.at("2014-11-10 17:00").look()
    assert not story.to("police"), "it is not late yet"
    reminder = story.at("2014-11-11 09:00").look().bot_asks("police", "agency-enquiry")
    assert "Okonedo" in plain(reminder) and "reminder" in str(reminder["Subject"]).lower()
