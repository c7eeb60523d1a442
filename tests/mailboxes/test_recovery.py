"""A server that was not there when it was first asked, or answered something else, and is well again: the next poll
reads, without a restart, however many polls have failed before."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.mailboxes.graph import GraphBox as GraphBoxSettings
from bot.mailboxes.graph import GraphMailbox
from bot.mailboxes.imap import ImapMailbox
from bot.mailboxes.port import Mailbox, MailboxError
from outbound.providers.graph import GraphClient, GraphSettings
from tests.dovecot import Dovecot, Relay, free_port, run_dovecot
from tests.mailboxes.boxes import EwsBox, GraphBox, ImapBox, graph_tokens, letter
from tests.mailboxes.ews_http import PASSWORD
from tests.mailboxes.ews_server import EwsServer
from tests.mailboxes.graph_server import GraphServer
from tests.mailboxes.graph_world import Answer

POLLS = 6
"""More than the connections of one account on Exchange (4): one lost at each would be felt."""


_REAL_CLOCK = time.time


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """The clock of tokens has gone on by so much since the test began."""
    monkeypatch.setattr("time.time", lambda: _REAL_CLOCK() + seconds)


def polled(mailbox: Mailbox) -> list[bytes]:
    """A poll that must end: one that hangs is the worst of all, for nothing tells of it."""
    done: list[list[bytes] | MailboxError] = []

    def poll() -> None:
        try:
            done.append([arrived.raw for arrived in mailbox.fetch(100)])
        except MailboxError as trouble:
            done.append(trouble)

    turn = threading.Thread(target=poll, daemon=True)
    turn.start()
    turn.join(30)
    assert done, "the poll hangs"
    if isinstance(done[0], MailboxError):
        raise done[0]
    return done[0]


def fails(mailbox: Mailbox, *, match: str | None = None, polls: int = POLLS) -> None:
    for _ in range(polls):
        with pytest.raises(MailboxError, match=match):
            polled(mailbox)


@pytest.fixture
def box(exchange: EwsServer, tmp_path: Path) -> EwsBox:
    made = EwsBox(exchange, tmp_path / "lease")
    made.put(letter(1))
    return made


def by_token(box: EwsBox, graph: GraphServer) -> Mailbox:
    box.server.tokens = graph.tokens
    settings = box.settings(login_by="oauth", access="impersonate", tokens=graph_tokens(graph))
    return box.open(settings, patience=0.0)


@pytest.fixture(params=["ntlm", "basic", "oauth"])
def mailbox(request: pytest.FixtureRequest, box: EwsBox) -> Iterator[Mailbox]:
    if request.param == "oauth":
        opened = by_token(box, request.getfixturevalue("graph"))
    else:
        opened = box.open(box.settings(login_by=request.param), patience=0.0)
    yield opened
    opened.close()


def test_exchange_that_is_busy_or_answers_something_else_at_first(box: EwsBox, mailbox: Mailbox) -> None:
    for instead in ((503, b"busy"), (200, b"<html>Sign in</html>"), (200, b""), (404, b"no"), (401, b"")):
        box.server.instead = instead
        fails(mailbox, polls=2)
        box.server.instead = None
        assert polled(mailbox) == [letter(1)]


def test_exchange_that_cannot_be_reached_at_first(box: EwsBox) -> None:
    port = free_port()
    served = urlsplit(box.server.url).port or 0
    url = box.server.url.replace(str(served), str(port))
    mailbox = box.open(box.settings(url=url), patience=0.0)
    fails(mailbox, match="Connection refused")
    relay = Relay(served, at=port)
    assert polled(mailbox) == [letter(1)]
    mailbox.close()
    relay.stop()


def test_exchange_whose_password_is_set_right_later(box: EwsBox, monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = box.open(patience=0.0)
    monkeypatch.setattr("tests.mailboxes.ews_http.PASSWORD", "another")
    fails(mailbox, match="refuses the login")
    monkeypatch.setattr("tests.mailboxes.ews_http.PASSWORD", PASSWORD)
    assert polled(mailbox) == [letter(1)]
    mailbox.close()


def test_exchange_by_a_token_that_the_login_server_gives_later(box: EwsBox, graph: GraphServer) -> None:
    graph.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    mailbox = by_token(box, graph)
    fails(mailbox, match="AADSTS7000222")
    graph.login_refused = ""
    assert polled(mailbox) == [letter(1)]
    mailbox.close()


def test_exchange_by_a_token_that_can_not_be_renewed_for_a_while(
    box: EwsBox, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library gives up a connection for good where a new token is refused amid a request."""
    graph.expires_in = 100  # msal renews in the last five minutes.
    mailbox = by_token(box, graph)
    assert polled(mailbox) == [letter(1)]
    graph.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    graph.tokens.clear()
    later(monkeypatch, 400)
    fails(mailbox, match="AADSTS7000222")
    graph.login_refused = ""
    assert polled(mailbox) == [letter(1)]
    mailbox.close()


def test_exchange_that_is_down_for_longer_than_a_token_lives(
    box: EwsBox, graph: GraphServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = by_token(box, graph)
    assert polled(mailbox) == [letter(1)]
    box.server.instead = (503, b"busy")
    for n in range(15):
        later(monkeypatch, 244 * (n + 1))
        fails(mailbox, polls=1)
    graph.tokens.clear()
    box.server.instead = None
    later(monkeypatch, 244 * 16)
    assert polled(mailbox) == [letter(1)]
    mailbox.close()


def test_exchange_that_no_longer_takes_a_token_gets_a_new_one(box: EwsBox, graph: GraphServer) -> None:
    mailbox = by_token(box, graph)
    assert polled(mailbox) == [letter(1)]
    graph.tokens.clear()
    assert polled(mailbox) == [letter(1)]
    mailbox.close()


# Microsoft 365.


@pytest.fixture
def in_the_cloud(graph: GraphServer, tmp_path: Path) -> GraphBox:
    made = GraphBox(graph, tmp_path / "lease")
    made.put(letter(1))
    return made


def beside(graph: GraphServer, port: int) -> str:
    return f"https://127.0.0.1:{port}" if port else graph.url


def opened(box: GraphBox, *, login_at: int = 0, graph_at: int = 0, timeout: float = 10.0) -> Mailbox:
    tokens = graph_tokens(box.server, authority=beside(box.server, login_at), timeout=timeout)
    service = GraphSettings(beside(box.server, graph_at), box.server.trust, timeout=timeout, patience=0.0)
    return GraphMailbox(GraphBoxSettings(**box.usual()), GraphClient(service, tokens))  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", ["login_at", "graph_at"])
def test_microsoft_365_whose_login_or_service_cannot_be_reached_at_first(in_the_cloud: GraphBox, missing: str) -> None:
    port, served = free_port(), urlsplit(in_the_cloud.server.url).port or 0
    mailbox = opened(in_the_cloud, **{missing: port})
    fails(mailbox, match="cannot be reached")
    relay = Relay(served, at=port)
    assert polled(mailbox) == [letter(1)]
    mailbox.close()
    relay.stop()


@pytest.mark.parametrize("status", [200, 401, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("where", ["openid-configuration", "oauth2/v2.0/token", "delta"])
def test_microsoft_365_that_answers_something_else_at_first(
    in_the_cloud: GraphBox, where: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A login server that is busy is left alone by msal for a minute."""
    mailbox = opened(in_the_cloud)
    page = Answer(status, b"<html>Sign in</html>", headers={"Content-Type": "text/html"})
    in_the_cloud.server.play(where, *[page] * 100)
    fails(mailbox)
    in_the_cloud.server.plays.clear()
    later(monkeypatch, 61)
    assert polled(mailbox) == [letter(1)]
    mailbox.close()


def test_microsoft_365_whose_secret_is_good_again_later(in_the_cloud: GraphBox) -> None:
    in_the_cloud.server.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    mailbox = opened(in_the_cloud)
    fails(mailbox, match="AADSTS7000222")
    in_the_cloud.server.login_refused = ""
    assert polled(mailbox) == [letter(1)]
    mailbox.close()


# IMAP.


def test_imap_that_cannot_be_reached_at_first(dovecot: Dovecot, tmp_path: Path) -> None:
    box = ImapBox(dovecot, tmp_path / "lease")
    box.put(letter(1))
    port = free_port()
    mailbox = ImapMailbox(box.settings(port=port))
    fails(mailbox, match="cannot be reached")
    relay = Relay(dovecot.tls_port, at=port)
    assert polled(mailbox) == [letter(1)]
    mailbox.close()
    relay.stop()
    box.relay.stop()


def test_imap_whose_certificate_is_mended_later(dovecot: Dovecot, tmp_path: Path) -> None:
    """At first somebody else answers there, whom our authority does not know; then it speaks no TLS at all."""
    box = ImapBox(dovecot, tmp_path / "lease")
    box.put(letter(1))
    port = free_port()
    mailbox = ImapMailbox(box.settings(port=port))
    for other in run_dovecot():
        stranger = Relay(other.tls_port, at=port)
        fails(mailbox, match="certificate that cannot be trusted")
        stranger.stop()
    mute = Relay(dovecot.clear_port, at=port)
    fails(mailbox, polls=2)
    mute.stop()
    relay = Relay(dovecot.tls_port, at=port)
    assert polled(mailbox) == [letter(1)]
    mailbox.close()
    relay.stop()
    box.relay.stop()


# A server that says nothing more.


@pytest.fixture(params=["imap", "graph", "ews"])
def through_a_relay(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Mailbox, Relay]]:
    """A mailbox of one letter, which waits a second for each answer."""
    box: ImapBox | GraphBox | EwsBox
    if request.param == "imap":
        box = ImapBox(request.getfixturevalue("dovecot"), tmp_path / "lease")
        relay, mailbox = box.relay, ImapMailbox(box.settings(timeout=1.0, delays=()))
    elif request.param == "graph":
        box = GraphBox(request.getfixturevalue("graph"), tmp_path / "lease")
        relay = Relay(urlsplit(box.server.url).port or 0)
        box.server.url = beside(box.server, relay.port)  # What it says of itself leads through the relay, too.
        mailbox = opened(box, timeout=1.0)
    else:
        box = EwsBox(request.getfixturevalue("exchange"), tmp_path / "lease")
        served = urlsplit(box.server.url).port or 0
        relay = Relay(served)
        url = box.server.url.replace(str(served), str(relay.port))
        mailbox = box.open(box.settings(url=url, timeout=1.0), patience=0.0)
    box.put(letter(1))
    yield mailbox, relay
    mailbox.close()
    relay.stop()


def test_a_server_that_says_nothing_is_not_waited_for(through_a_relay: tuple[Mailbox, Relay]) -> None:
    """From the first word on, and amid a session that was a good one."""
    mailbox, relay = through_a_relay
    for _ in range(2):
        relay.mute = True
        fails(mailbox, polls=2)
        relay.mute = False
        relay.cut()
        assert polled(mailbox) == [letter(1)]
