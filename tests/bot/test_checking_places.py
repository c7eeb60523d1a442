"""`cmebot check` finds a slip of the pen in addresses, Hubs and school numbers."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import all_commands
from bot.config.sandbox import write_sandbox


def check(county: Path) -> tuple[int, str]:
    result = CliRunner().invoke(all_commands(), ["-c", str(county / "config.toml"), "check"])
    return result.exit_code, result.output


def slip(county: Path, name: str, right: str, wrong: str) -> None:
    write_sandbox(county)
    path = county / name
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("config.toml", '"hub.north@council.example"', '"hub north"', "'hub north' is no address"),
        ("config.toml", 'hub     = "north"', 'hub     = "nroth"', "hub = 'nroth': nobody manages it"),
        ("directory/postcodes.csv", "cherwell,north", "cherwell,nroth", "nobody manages the Hub 'nroth'"),
        ("directory/schools.csv", "931/9003", "931/903", "'931/903' is no LAESTAB"),
        ("directory/schools.csv", "931/9003", "931/9002", "have one LAESTAB, 9319002"),
    ],
)
def test_a_slip_is_an_error_that_says_what_to_mend(
    tmp_path: Path, name: str, right: str, wrong: str, told: str
) -> None:
    slip(tmp_path / "county", name, right, wrong)
    code, output = check(tmp_path / "county")
    assert code == 1 and told in output


def test_a_school_without_a_number_is_none(tmp_path: Path) -> None:
    slip(tmp_path / "county", "directory/schools.csv", "931/9003", "")
    assert check(tmp_path / "county")[0] == 0
