"""The configuration says what is wrong, where, and what to do."""

from pathlib import Path

import pytest

from bot.config import BadConfig, load_config
from bot.sandbox import write_sandbox

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_can_be_used_as_it_is() -> None:
    config = load_config(EXAMPLE)
    assert config.hub_box("north").name == "hub.north" and config.main_box().name == "missing.pupils"
    assert not config.embedded


def test_a_password_in_the_configuration_is_an_error_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('pack = "oxfordshire"\n[transport]\npassword = "hunter2"\n', "utf-8")
    with pytest.raises(BadConfig, match=r"line 3: a password must not stand in the configuration"):
        load_config(file)


def test_an_unknown_setting_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(EXAMPLE.read_text("utf-8").replace("poll_seconds ", "pol_seconds "), "utf-8")
    with pytest.raises(BadConfig, match=r"line \d+: pol_seconds"):
        load_config(file)


def test_a_missing_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="cmebot init"):
        load_config(tmp_path / "nowhere.toml")


def test_a_sandbox_is_never_written_over_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(BadConfig, match="not empty"):
        write_sandbox(tmp_path)


def test_the_sandbox_is_whole(tmp_path: Path) -> None:
    write_sandbox(tmp_path / "s")
    config = load_config(tmp_path / "s" / "config.toml")
    assert config.embedded and [b.name for b in config.mailbox] == [
        "missing.pupils",
        "hub.north",
        "hub.south",
        "hub.city",
    ]
