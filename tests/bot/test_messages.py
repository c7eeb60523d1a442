"""What the command line says when something is wrong: what happened, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.config.secrets import BadConfig
from bot.config.settings import load_config
from bot.council.directory import load_directory
from bot.council.directory_rows import BadDirectory
from bot.inspecting.keeping import back_up
from bot.register.errors import RegisterError
from bot.register.register import Register
from bot.running.startup import make_register, office_of
from bot.views.show import status_json, status_lines


@pytest.fixture
def county(tmp_path: Path) -> Path:
    write_sandbox(tmp_path / "county")
    return tmp_path / "county"


def _refused(county: Path, old: str, new: str) -> str:
    config = county / "config.toml"
    text = config.read_text("utf-8")
    assert old in text
    config.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BadConfig) as said:
        load_config(config)
    return str(said.value)


def test_a_slip_in_a_key_names_the_line_and_the_key_that_was_meant(county: Path) -> None:
    said = _refused(county, "register  =", "registr  =")
    assert "line 5: registr: there is no such key: do you mean 'register'?" in said


def test_a_slip_in_a_mailbox_points_to_the_reference(county: Path) -> None:
    said = _refused(county, 'path    = "mail/hub.north"', 'paths   = "mail/hub.north"')
    assert "paths: there is no such key: docs/reference/config.md" in said
    assert "path: this is needed and is not there" in said


def test_a_file_of_the_directory_that_is_no_utf8_names_its_line(county: Path) -> None:
    people = county / "directory" / "people.csv"
    people.write_bytes(people.read_bytes() + b"police,,a@police.example,Andr\xe9,\n")
    lines = people.read_bytes().count(b"\n")
    with pytest.raises(BadDirectory, match=f"line {lines}: this is not UTF-8: save it"):
        load_directory(people.parent)


def test_a_column_that_is_missing_stands_beside_those_found(county: Path) -> None:
    (county / "directory" / "schools.csv").write_text("name;office;laestab\n", "utf-8")
    with pytest.raises(BadDirectory, match=r"the column 'name' is missing \(found: name;office;laestab\)"):
        load_directory(county / "directory")


def test_a_directory_that_is_not_there_says_how_to_name_it(county: Path) -> None:
    with pytest.raises(BadDirectory, match="name the folder that has it"):
        load_directory(county / "nowhere")


def test_a_copy_to_nowhere_is_one_sentence(county: Path) -> None:
    make_register(county / "config.toml")
    with pytest.raises(RegisterError, match="Name a folder that is there"):
        back_up(office_of(county / "config.toml"), county / "nowhere" / "copy.db")


def test_status_is_told_in_words(county: Path) -> None:
    make_register(county / "config.toml")
    with Register.open(county / "register.db") as register, register.read() as snapshot:
        said = "\n".join(status_lines(status_json(snapshot)))
    assert "Cases: 0 open" in said and "No trouble." in said and "{" not in said and "None" not in said
