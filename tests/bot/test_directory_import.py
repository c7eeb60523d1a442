"""New files of the directory take the place of the old ones only when the whole can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.council.directory import load_directory
from bot.council.directory_import import files_in, take_in
from bot.council.directory_rows import BadDirectory

HEADING = "name,office,laestab,hub,postcode\n"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write_sandbox(tmp_path / "county")
    return tmp_path / "county" / "directory"


def test_a_new_list_of_schools_is_in_force_and_the_rest_stays(directory: Path, tmp_path: Path) -> None:
    before = load_directory(directory)
    new = tmp_path / "new.csv"
    new.write_text(f"{HEADING}Harebell School,office@harebell.example,931/9011,north,OX16 9ZZ\n", "utf-8")
    take_in(directory, {"schools.csv": new})
    after = load_directory(directory)
    assert [school.name for school in after.schools] == ["Harebell School"]
    assert (after.people, after.bodies) == (before.people, before.bodies)


def test_a_bad_list_changes_nothing_and_names_the_file_that_was_given(directory: Path, tmp_path: Path) -> None:
    before = (directory / "schools.csv").read_bytes()
    new = tmp_path / "new.csv"
    new.write_text("school,mail\nHarebell School,office@harebell.example\n", "utf-8")
    with pytest.raises(BadDirectory, match=r"new\.csv, line 1: the column 'name' is missing"):
        take_in(directory, {"schools.csv": new})
    assert (directory / "schools.csv").read_bytes() == before


def test_a_folder_without_any_of_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDirectory, match=r"there is none of people\.csv"):
        files_in(tmp_path)


def test_the_terms_of_a_school_are_tried_with_the_schools_that_are_there(directory: Path, tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("school,kind,first,last\n931/9999,term,2026-09-02,2026-10-23\n", "utf-8")
    with pytest.raises(BadDirectory, match=r"terms\.csv, line 2"):
        take_in(directory, files_in(tmp_path))
    assert not (directory / "terms.csv").exists()
