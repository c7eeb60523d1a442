"""The real daemon on a sandbox: it answers, it keeps others out, it ends when it is told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.register.errors import RegisterBusy
from bot.register.register import Register
from bot.running.startup import make_register

CMEBOT = Path(sys.executable).parent / "cmebot"
LETTER = """\
Authentication-Results: mx.council.example; dmarc=pass header.from=housing-vale.example
From: enquiries@housing-vale.example
To: missing.pupils@council.example
Subject: A child
Message-ID: <1@housing-vale.example>

Hello, a family in our hostel has a girl of about 8, Ines Carvalho, who does not go to any school. Thanks, Jo
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    write_sandbox(tmp_path / "county")
    make_register(tmp_path / "county" / "config.toml")
    return tmp_path / "county"


@pytest.fixture
def daemon(county: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([CMEBOT, "-c", county / "config.toml", "run"], stderr=subprocess.PIPE)
    yield process
    process.kill()
    process.wait(10)


def until(condition: object, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def test_it_answers_a_mail_and_ends_on_sigterm(county: Path, daemon: subprocess.Popen[bytes]) -> None:
    (county / "mail" / "missing.pupils" / "new" / "1.test").write_text(LETTER, "utf-8")
    sent = county / "mail" / "sent" / "new"
    until(lambda: sent.is_dir() and any(b"housing-vale" in f.read_bytes() for f in sent.iterdir()))
    daemon.send_signal(signal.SIGTERM)
    _, log = daemon.communicate(timeout=30)
    assert daemon.returncode == 0
    assert b"Carvalho" not in log and b"housing-vale" not in log, "the log holds personal data"
    assert (county / "mail" / "missing.pupils" / ".Done" / "cur").is_dir()
    assert not list((county / "mail" / "missing.pupils" / "new").iterdir())


def test_a_once_beside_the_daemon_waits_and_then_says_who_is_there(
    county: Path, daemon: subprocess.Popen[bytes]
) -> None:
    def busy() -> str:
        try:
            Register.open(county / "register.db", write=True, wait=0.1).close()
        except RegisterBusy as told:
            return str(told)
        return ""

    until(busy)
    assert str(daemon.pid) in busy()


def test_the_clock_is_refused_where_a_mailbox_is_real(county: Path) -> None:
    config = county / "config.toml"
    text = config.read_text("utf-8").replace(
        'kind = "maildir"\npath = "mail/sent"', 'kind = "smtp"\nhost = "127.0.0.1"'
    )
    config.write_text(text, "utf-8")
    done = subprocess.run(
        [CMEBOT, "-c", config, "once", "--at", "2014-11-06T10:00"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "sandbox" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["cases"], ["status"], ["quarantine"], ["check"]])
def test_looking_changes_nothing_and_speaks_json(county: Path, command: list[str]) -> None:
    subprocess.run([CMEBOT, "-c", county / "config.toml", "db", "upgrade"], check=True, capture_output=True)
    before = (county / "register.db").read_bytes()
    done = subprocess.run(
        [CMEBOT, "-c", county / "config.toml", *command, "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stdout.strip()[0] in "[{", done.stderr
    assert (county / "register.db").read_bytes() == before


def test_help_loads_no_database_and_each_command_has_an_example() -> None:
    environment = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1", "COLUMNS": "200"}
    shown = subprocess.run([CMEBOT, "--help"], capture_output=True, text=True, env=environment, check=True)
    assert "sqlalchemy" not in shown.stderr
    for command in ("init", "once", "run", "demo", "cases", "case", "explain", "status", "check", "read", "understand"):
        assert command in shown.stdout
        told = subprocess.run([CMEBOT, command, "--help"], capture_output=True, text=True, check=True).stdout
        assert "Example" in told, command
