"""A way out that was barred when it was first tried, and is open again: the next mail leaves, without a restart, and
once, however many were tried before. And one that is barred to all mails says so, or nobody would hear of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from outbound.providers.ews import EwsSettings, open_account
from outbound.providers.graph import GraphClient, GraphSettings
from outbound.transports.ews import EwsTransport
from outbound.transports.graph import LARGEST, GraphTransport
from outbound.transports.port import Delivery, Transport
from outbound.transports.provider import Sending
from outbound.transports.smtp import SmtpSettings, SmtpTransport
from tests.dovecot import Relay, free_port
from tests.mailboxes.boxes import graph_client, graph_tokens
from tests.mailboxes.ews_http import LOGIN, PASSWORD
from tests.mailboxes.graph_world import Answer, error
from tests.mailboxes.test_recovery import later
from tests.transports.conftest import HOST, Certificates, PostOffice, Start
from tests.transports.providers import SCHOOL, SENDER, Exchange, Microsoft365, exchange, mail, microsoft365

TRIES = 6


@pytest.fixture
def cloud() -> Iterator[Microsoft365]:
    yield from microsoft365()


@pytest.fixture
def premises(tmp_path: Path) -> Iterator[Exchange]:
    yield from exchange(tmp_path)


def handed_over(transport: Transport, raw: bytes) -> Delivery:
    """A try that must end: one that hangs keeps back every other mail."""
    done: list[Delivery] = []
    turn = threading.Thread(target=lambda: done.append(transport.send(raw, SENDER, SCHOOL)), daemon=True)
    turn.start()
    turn.join(30)
    assert done, "the try hangs"
    return done[0]


def barred(transport: Transport, raw: bytes, tries: int = TRIES) -> None:
    told = [handed_over(transport, raw) for _ in range(tries)]
    assert {(delivery.state, delivery.shut) for delivery in told} == {("later", True)}, told


def leaves(transport: Transport, raw: bytes) -> None:
    delivery = handed_over(transport, raw)
    assert delivery.state == "sent", delivery.detail


def silent_twice(transport: Transport, relay: Relay) -> None:
    """The server says nothing, and then speaks: at first, and amid a session that was a good one."""
    for key in ("K1", "K2"):
        relay.mute = True
        barred(transport, mail(key), 2)
        relay.mute = False
        relay.cut()
        leaves(transport, mail(key))


def through(cloud: Microsoft365, *, login_at: int = 0, graph_at: int = 0, timeout: float = 10.0) -> GraphTransport:
    def beside(port: int) -> str:
        return f"https://127.0.0.1:{port}" if port else cloud.server.url

    tokens = graph_tokens(cloud.server, authority=beside(login_at), timeout=timeout)
    service = GraphSettings(beside(graph_at), cloud.server.trust, timeout=timeout, patience=0.0)
    return GraphTransport(Sending(SENDER, LARGEST, read_back=0.2, rest=0.0), GraphClient(service, tokens))


@pytest.mark.parametrize("missing", ["login_at", "graph_at"])
def test_microsoft_365_whose_login_or_service_cannot_be_reached_at_first(cloud: Microsoft365, missing: str) -> None:
    port, served = free_port(), urlsplit(cloud.server.url).port or 0
    transport = through(cloud, **{missing: port})
    barred(transport, mail())
    relay = Relay(served, at=port)
    leaves(transport, mail())
    assert len(cloud.sent()) == 1
    transport.close()
    relay.stop()


@pytest.mark.parametrize("status", [401, 403, 404, 429, 502, 503, 504])
@pytest.mark.parametrize("where", ["oauth2/v2.0/token", "sendMail"])
def test_microsoft_365_that_answers_something_else_at_first(
    cloud: Microsoft365, where: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one whose permission was taken away, or whose mailbox was misspelt. A login server that is busy is left
    alone by msal for a minute."""
    transport = through(cloud)
    cloud.server.play(where, *[Answer(status, b"<html>Sign in</html>", headers={"Content-Type": "text/html"})] * 100)
    barred(transport, mail())
    cloud.server.plays.clear()
    later(monkeypatch, 61)
    leaves(transport, mail())
    assert len(cloud.sent()) == 1
    transport.close()


def test_microsoft_365_whose_secret_is_good_again_later(cloud: Microsoft365) -> None:
    cloud.server.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    transport = through(cloud)
    barred(transport, mail())
    cloud.server.login_refused = ""
    leaves(transport, mail())
    transport.close()


def test_microsoft_365_that_no_longer_takes_a_token_gets_a_new_one(cloud: Microsoft365) -> None:
    transport = through(cloud)
    leaves(transport, mail("K1"))
    cloud.server.tokens.clear()
    leaves(transport, mail("K2"))
    transport.close()


def test_microsoft_365_that_says_nothing_is_not_waited_for_and_the_mail_is_looked_for(cloud: Microsoft365) -> None:
    """From the first word on, and amid a session that was a good one. Nobody knows what it did: so Sent is asked."""
    relay = Relay(urlsplit(cloud.server.url).port or 0)
    transport = through(cloud, graph_at=relay.port, timeout=1.0)
    silent_twice(transport, relay)
    assert len(cloud.sent()) == 2
    transport.close()
    relay.stop()


def test_a_mailbox_that_is_closed_to_us_bars_no_other(cloud: Microsoft365) -> None:
    """Mails leave from several mailboxes: what one of them refuses is told, and the next mail is tried at once."""
    cloud.server.play("sendMail", error(403, "ErrorAccessDenied", "Access is denied."))
    transport = GraphTransport(Sending(SENDER, LARGEST, read_back=0.2), graph_client(cloud.server))
    denied = handed_over(transport, mail("K1"))
    assert (denied.state, denied.shut) == ("later", True) and "Mail.Send" in denied.detail
    leaves(transport, mail("K2"))
    transport.close()


# Exchange and SMTP, where only what is not held in their own tests is tried.


def test_exchange_that_says_nothing_is_not_waited_for_and_the_mail_is_looked_for(premises: Exchange) -> None:
    served = urlsplit(premises.server.url).port or 0
    relay = Relay(served)
    url = premises.server.url.replace(str(served), str(relay.port))
    settings = EwsSettings(url, LOGIN, PASSWORD, "basic", ca_file=premises.server.ca_file, timeout=1.0)
    transport = EwsTransport(Sending(SENDER, 1_000_000, read_back=0.2, rest=0.0), partial(open_account, settings))
    silent_twice(transport, relay)
    assert len(premises.sent()) == 2
    transport.close()
    relay.stop()


def test_a_mail_server_that_cannot_be_reached_at_first(start: Start, certificates: Certificates) -> None:
    office, port = PostOffice(), free_port()
    transport = SmtpTransport(SmtpSettings(HOST, port, tls=certificates.trust, rest=0.0))
    barred(transport, mail())
    relay = Relay(start(office), at=port)
    leaves(transport, mail())
    assert len(office.taken) == 1
    transport.close()
    relay.stop()


@pytest.mark.parametrize("answer", ["530 5.7.57 Client not authenticated to send mail", "550 5.7.1 Not from there"])
def test_a_mail_server_that_takes_none_of_our_mails_bars_the_way_and_loses_none(
    start: Start, certificates: Certificates, answer: str
) -> None:
    """Refused one by one, all would be held, and nobody would hear of it: the mail that told would be held, too."""
    office = PostOffice(mail=answer)
    transport = SmtpTransport(SmtpSettings(HOST, start(office), tls=certificates.trust))
    barred(transport, mail())
    office.mail = "250 OK"
    leaves(transport, mail())
    office.mail = "552 5.3.4 Message too big"
    assert handed_over(transport, mail()).state == "refused"
    transport.close()
