"""The list of open cases as the team keeps it: a spreadsheet, with a title above it and other sheets beside it."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.cases.importing_table import BadImport, read_table
from tests.bot.test_importing import run
from tests.rosters.made import csv_bytes, xlsx_bytes
from tests.stories.story import Story

HEAD = ("Family name", "First name", "DOB", "School", "Type", "Last asked", "Asked of", "Asked on", "Days open")
BRAM = ("Okonedo", "Bram", date(2004, 5, 2), 9319001, "tracking", "Agency enquiry", "police", date(2014, 11, 3), 12)
NOBODY = ("", "Jory", date(2003, 6, 14), "", "", "", "", "", "")
TITLE = [("Children missing education, open cases",), (), ("As at", date(2014, 11, 6))]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "county")


def book(story: Story, sheets: dict[str, list[tuple[object, ...]]]) -> Path:
    path = story.folder / "Open cases.xlsx"
    path.write_bytes(xlsx_bytes(sheets))
    return path


def test_a_spreadsheet_is_taken_in_as_it_stands(story: Story) -> None:
    done = run(story, book(story, {"Open": [*TITLE, HEAD, BRAM]}))
    assert done.returncode == 0, done.stderr
    assert "'Days open' is left out" in done.stderr
    assert [told["line"] for told in json.loads(done.stdout)] == [5], "as the spreadsheet counts its rows"
    case = story.case()
    assert (case["child"]["surname"], case["child"]["date_of_birth"]) == ("Okonedo", "2004-05-02")
    (ask,) = case["asks"]
    assert (ask["question"], ask["of"], ask["due"][:10]) == ("agency-enquiry", "police", "2014-11-10")


def test_the_same_list_as_csv_is_the_same_list(story: Story) -> None:
    run(story, book(story, {"Open": [HEAD, BRAM]}))
    path = story.folder / "Open cases.csv"
    path.write_bytes(csv_bytes([HEAD, BRAM], delimiter=";", encoding="utf-16"))
    (again,) = json.loads(run(story, path).stdout)
    assert again["why"] == "this line was taken in before" and len(story.cases) == 1


def test_which_of_several_sheets_is_asked_for(story: Story) -> None:
    path = book(story, {"Open": [HEAD, BRAM], "Closed": [HEAD, BRAM], "Empty": []})
    asked = run(story, path)
    assert asked.returncode == 2 and "several sheets (Open, Closed)" in asked.stderr and not story.cases
    assert "no sheet 'Old'" in run(story, path, "--sheet", "Old").stderr
    assert run(story, path, "--sheet", "open").returncode == 0
    assert len(story.cases) == 1


def test_a_wrong_row_is_named_as_the_spreadsheet_numbers_it(story: Story) -> None:
    done = run(story, book(story, {"Open": [*TITLE, HEAD, BRAM, (), NOBODY]}))
    assert done.returncode == 2 and "line 7: child.surname is missing" in done.stderr and not story.cases


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 cut off", "damaged"),
        (b"", "nothing stands in it"),
        (xlsx_bytes({"A": []}), "nothing stands in it"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(data)
    with pytest.raises(BadImport, match=said):
        read_table(path, lambda heading: False)


def test_a_file_that_is_not_there_is_told(story: Story) -> None:
    done = run(story, story.folder / "nowhere.xlsx")
    assert done.returncode == 1 and "nowhere.xlsx" in done.stderr and "Traceback" not in done.stderr


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("surname,note,note,\nOkonedo,a,b,c\n", "utf-8")
    table = read_table(path, lambda heading: heading == "surname")
    assert table.rows == [{"surname": "Okonedo", "note": "a", "note (3)": "b", "column 4": "c"}]
