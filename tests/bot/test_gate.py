"""One gate before the outbox: nothing answers a machine, two robots come to an end, an alarm passes always."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import bot
from bot.config.sandbox import write_sandbox
from bot.council.office import Office
from bot.outbox.gate import Gate
from bot.register.register import Register
from bot.register.rows import OutboxRow
from bot.register.unit import Unit
from bot.running.startup import make_register, office_of
from parsers.reader import read_mail

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    write_sandbox(tmp_path / "county")
    make_register(tmp_path / "county" / "config.toml")
    return office_of(tmp_path / "county" / "config.toml")


@pytest.fixture
def unit(office: Office) -> Iterator[Unit]:
    with Register.open(office.config.register_path, write=True) as register, register.begin() as unit:
        yield unit


def row(key: str, kind: str = "reply", role: str = "police", ref: str = "CME-2026-00001") -> OutboxRow:
    return OutboxRow(
        key=key, ref=ref, role=role, address="desk@police.example", kind=kind, created=NOW, not_before=NOW,
        raw=b"mail", message_id=f"<{key}@x.example>", priority=0 if kind == "alarm" else 3,
    )  # fmt: skip


MACHINE = read_mail(b"From: desk@police.example\nAuto-Submitted: auto-replied\n\nAway.\n", received=NOW)
PERSON = read_mail(b"From: desk@police.example\n\nHello.\n", received=NOW)


@pytest.mark.parametrize(
    ("kind", "role", "passes"),
    [
        ("reply", "police", False),
        ("ack", "school", False),
        ("notice", "writer", False),
        ("ask", "unknown", False),
        ("ask", "police", True),  # due anyway: it answers nobody
        ("chase", "police", True),
        ("alarm", "designated-officer", True),
    ],
)
def test_no_mail_answers_one_that_a_machine_wrote(
    office: Office, unit: Unit, kind: str, role: str, passes: bool
) -> None:
    gate = Gate(office, unit, NOW)
    with gate.hearing(MACHINE):
        assert gate.queue(row("a", kind, role)) is passes
    with gate.hearing(PERSON):
        assert gate.queue(row("b", kind, role))


def test_a_thread_that_turns_over_too_often_is_stopped_and_shown(office: Office, unit: Unit) -> None:
    most = office.config.most_an_hour
    for n in range(most + 3):
        Gate(office, unit, NOW).queue(row(f"k{n}"))
    held = unit.held()
    assert len(held) == 3 and "within an hour" in held[0].why
    assert len(unit.sendable(NOW, 100)) == most


def test_another_case_and_the_next_hour_are_not_stopped(office: Office, unit: Unit) -> None:
    for n in range(office.config.most_an_hour):
        Gate(office, unit, NOW).queue(row(f"k{n}"))
    Gate(office, unit, NOW).queue(row("other", ref="CME-2026-00002"))
    later = NOW + timedelta(minutes=61)
    Gate(office, unit, later).queue(replace(row("later"), created=later))
    assert not unit.held()


def test_an_alarm_is_never_held(office: Office, unit: Unit) -> None:
    for n in range(5 * office.config.most_an_hour):
        assert Gate(office, unit, NOW).queue(row(f"k{n}", "alarm"))
    assert not unit.held()


def test_nothing_else_in_the_bot_queues_a_mail() -> None:
    """Every path that sends goes through the gate: `unit.queue` is called there and nowhere else."""
    callers = set()
    for path in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "queue"
            if called and ast.unparse(node.func.value).split(".")[-1] in ("unit", "_unit"):
                callers.add(path.name)
    assert callers == {"gate.py"}
