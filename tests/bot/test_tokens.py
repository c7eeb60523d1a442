"""A token that can no longer be renewed is told to the operator within the hour, whichever protocol it is for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from bot.config.sandbox import write_sandbox
from bot.running.opening import open_rounds
from bot.running.startup import make_register, office_of
from tests.dovecot import Dovecot, run_dovecot
from tests.mailboxes.ews_server import EwsServer, run_ews
from tests.mailboxes.graph_server import CLIENT, SECRET, TENANT, GraphServer, run_graph

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
ADDRESS = "hub.city@council.example"


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    yield from run_graph()


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[EwsServer]:
    yield from run_ews(tmp_path)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    yield from run_dovecot()


@pytest.fixture(params=["graph", "ews", "imap"])
def box(request: pytest.FixtureRequest, graph: GraphServer) -> str:
    """The table of a mailbox that is let in by a token of the application."""
    kind = request.param
    if kind == "graph":
        graph.account(ADDRESS)
        return 'kind = "graph"'
    if kind == "ews":
        server = request.getfixturevalue("exchange")
        server.account(ADDRESS)
        return f'kind = "ews"\nurl = "{server.url}"\nlogin_by = "oauth"\nca_file = "{server.ca_file}"'
    dovecot = request.getfixturevalue("dovecot")
    return (
        f'kind = "imap"\nhost = "127.0.0.1"\nport = {dovecot.tls_port}\nlogin = "city"\nlogin_by = "oauth"\n'
        f'ca_file = "{dovecot.ca_file}"'
    )


@pytest.fixture
def config(tmp_path: Path, graph: GraphServer, box: str) -> Path:
    folder = tmp_path / "county"
    write_sandbox(folder)
    (folder / "ca.pem").write_bytes(graph.ca)
    (folder / "secret").write_text(SECRET, "utf-8")
    (folder / "secret").chmod(0o600)
    before, _, after = (folder / "config.toml").read_text("utf-8").rpartition("[[mailbox]]")
    (folder / "config.toml").write_text(
        f'operator = "it@council.example"\n{before}[[mailbox]]\n{box}\nname = "hub.city"\naddress = "{ADDRESS}"\n'
        f'hub = "city"\n[microsoft]\ntenant = "{TENANT}"\nclient_id = "{CLIENT}"\nsecret_file = "secret"\n'
        f'ca_file = "ca.pem"\nlogin_url = "{graph.url}"\ngraph_url = "{graph.url}"\n'
        f"{after[after.index('[transport]') :]}",
        "utf-8",
    )
    make_register(folder / "config.toml")
    return folder / "config.toml"


def test_lesson_15_a_token_that_cannot_be_renewed_is_an_alarm_within_the_hour(config: Path, graph: GraphServer) -> None:
    graph.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    letter = "From: office@windrush.example\nMessage-ID: <1@w.example>\nSubject: x\n\nOur pupil Ines is away.\n"
    (config.parent / "mail" / "hub.north" / "new" / "1").write_text(letter, "utf-8")
    with ExitStack() as stack:
        rounds = open_rounds(office_of(config), stack, inline=True)
        rounds.start(NOW)
        for minute in range(0, 61, 10):
            rounds.once_round(NOW + timedelta(minutes=minute))
        assert rounds.taken == 1, "another mailbox stood still"
    sent = config.parent / "mail" / "sent" / "new"
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sent.iterdir()]
    (told,) = [m for m in mails if m["To"] == "it@council.example"]
    assert told["Subject"] == "CME Bot cannot read the mailbox hub.city"
    assert "AADSTS7000222" in told.get_body(("plain",)).get_content()  # type: ignore[union-attr]
