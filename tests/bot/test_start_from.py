"""From which day on mails are taken in."""

from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.register.register import Register
from bot.running.opening import _first_day_of_intake
from bot.running.startup import make_register, office_of


@pytest.mark.parametrize(
    ("key", "first"),
    [('start_from = "all"', None), ("start_from = 2026-09-01", date(2026, 9, 1)), ("", date(2026, 11, 2))],
)
def test_the_history_is_taken_in_only_when_asked(tmp_path: Path, key: str, first: date | None) -> None:
    write_sandbox(tmp_path / "county")
    config = tmp_path / "county" / "config.toml"
    config.write_text(config.read_text("utf-8").replace("[trust]", f"{key}\n[trust]"), "utf-8")
    make_register(config)
    office = office_of(config)
    with ExitStack() as stack:
        register = stack.enter_context(Register.open(office.config.register_path, write=True))
        if not key:
            assert _first_day_of_intake(office, register) == datetime.now(UTC).date()
        with register.begin() as unit:
            unit.set_meta("first_day", "2026-11-02")
        assert _first_day_of_intake(office, register) == first
