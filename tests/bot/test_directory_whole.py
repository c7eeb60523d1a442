"""A file of the directory that is not whole, or has two where one should stand, is told before we write to anybody."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import all_commands
from bot.council.directory import load_directory
from bot.council.directory_rows import BadDirectory
from bot.running.startup import run_once


@pytest.fixture
def county(config: Path) -> Path:
    return config.parent


def check(county: Path) -> tuple[int, str]:
    result = CliRunner().invoke(all_commands(), ["-c", str(county / "config.toml"), "check"])
    return result.exit_code, result.output + str(result.exception or "")


def put(county: Path, name: str, row: str) -> None:
    with (county / "directory" / name).open("a", encoding="utf-8") as file:
        file.write(row)


@pytest.mark.parametrize(
    "address",
    [
        "a@council.example; b@council.example",
        "a@council.example, b@council.example",
        "a@council.example b@council.example",
        "Anna <a@council.example>",
        "a@council",
        "a.council.example",
        "a@@council.example",
        "",
    ],
)
@pytest.mark.parametrize("name", ["people.csv", "bodies.csv"])
def test_a_row_has_one_address(county: Path, name: str, address: str) -> None:
    put(county, name, f'ehe,,"{address}",Anna{"," if name == "people.csv" else ""}\n')
    lines = (county / "directory" / name).read_text("utf-8").count("\n")
    with pytest.raises(BadDirectory, match=rf"{name}, line {lines}: .*(is not one mail address|address is missing)"):
        load_directory(county / "directory")
    assert check(county)[0] != 0


def test_a_school_may_have_no_address_and_then_nobody_writes_for_it(county: Path) -> None:
    put(county, "schools.csv", "Harebell School,,931/9011,north,\n")
    directory = load_directory(county / "directory")
    assert directory.who_is("") is None and directory.school("931/9011")
    put(county, "schools.csv", '"Otter Lane School","office@otter.example; head@otter.example",931/9012,north,\n')
    with pytest.raises(BadDirectory, match=r"schools.csv, line 11: 'office@otter.example; head@otter.example' is not"):
        load_directory(county / "directory")


def test_a_comma_in_a_name_makes_nobody_a_deputy(county: Path) -> None:
    put(county, "people.csv", "ehe,,a@council.example,Smith, Anna,\n")
    with pytest.raises(BadDirectory, match="more values than line 1 has columns"):
        load_directory(county / "directory")


def test_a_spreadsheet_may_leave_out_empty_values_at_the_end_of_a_row(county: Path) -> None:
    put(county, "people.csv", "ehe,,a@council.example\n")
    assert load_directory(county / "directory").who_is("a@council.example")


def test_a_file_cut_in_half_is_never_taken_for_a_smaller_one(county: Path) -> None:
    """Wherever it is cut: in a row, at its end, or between two."""
    run_once(county / "config.toml", "2026-09-10T09:00")
    people = county / "directory" / "people.csv"
    whole = people.read_bytes()
    assert check(county)[0] == 0
    for at in range(len(whole) // 2 - 70, len(whole) // 2 + 70, 7):
        people.write_bytes(whole[:at])
        code, told = check(county)
        assert code != 0, whole[at - 20 : at]
        assert "people.csv" in told and ("midst" in told or "not one" in told or "missing" in told or "had" in told)
    people.write_bytes(whole)
    assert check(county)[0] == 0


def test_the_daemon_tells_once_that_there_is_less_in_the_directory(county: Path) -> None:
    config, people = county / "config.toml", county / "directory" / "people.csv"
    run_once(config, "2026-09-10T09:00")
    rows = people.read_text("utf-8").splitlines(keepends=True)
    people.write_text("".join(rows[: len(rows) // 2]), "utf-8")
    code, told = check(county)
    assert code == 1 and "nobody holds the role admissions any more" in told
    assert "people.csv has" in told
    for hour in (10, 11):
        run_once(config, f"2026-09-10T{hour}:00")
    sent = [message_from_bytes(f.read_bytes(), policy=policy.default) for f in (county / "mail/sent/new").iterdir()]
    (mail,) = [m for m in sent if m["To"] == "it@council.example"]
    assert mail["Subject"] == "CME Bot: there is less in the directory than before"
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "nobody holds the role admissions any more" in text and "put the whole file back" in text
    assert check(county)[0] == 0


def test_one_person_who_leaves_is_no_alarm(county: Path) -> None:
    run_once(county / "config.toml", "2026-09-10T09:00")
    people = county / "directory" / "people.csv"
    rows = [r for r in people.read_text("utf-8").splitlines(keepends=True) if "hub.worker2.north" not in r]
    people.write_text("".join(rows), "utf-8")
    assert check(county)[0] == 0


def test_a_last_line_without_an_end_is_pointed_out(county: Path) -> None:
    people = county / "directory" / "people.csv"
    people.write_text(people.read_text("utf-8").rstrip("\n"), "utf-8")
    code, told = check(county)
    assert code == 0 and "people.csv: its last line has no end" in told


def test_what_is_taken_in_is_held_against_what_was_there(county: Path, tmp_path: Path) -> None:
    rows = (county / "directory" / "schools.csv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "new.csv").write_text("".join(rows[:5]), "utf-8")
    words = ["-c", str(county / "config.toml"), "import", "schools", str(tmp_path / "new.csv")]
    told = CliRunner().invoke(all_commands(), words).output
    assert "4 schools (it had 8)" in told and "bodies (it had" not in told
