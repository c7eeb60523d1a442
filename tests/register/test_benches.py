"""The benches write the register by hand as well: that they know its columns is seen here."""

from pathlib import Path

from bench import register as intake
from bench import rules


def test_the_due_scan_is_measured_on_cases_as_they_are(tmp_path: Path) -> None:
    seconds, plan = rules.due_scan(tmp_path, rules.DUE)
    assert seconds > 0 and "COVERING INDEX cases_due" in plan


def test_a_mail_is_written_by_hand_as_the_register_writes_it(tmp_path: Path) -> None:
    raws = [b"Subject: Form\r\n\r\nNothing"] * 2
    assert intake.with_driver(tmp_path, raws, 1) > 0
