"""Mails leave by Exchange whole, and never twice where its Sent folder can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from outbound.providers.ews import EwsSettings, open_account
from outbound.transports.ews import EwsTransport
from outbound.transports.provider import Sending
from tests.mailboxes.ews_http import LOGIN, PASSWORD
from tests.mailboxes.ews_server import EwsServer, run_ews
from tests.mailboxes.ews_world import Fault
from tests.transports.test_graph import SCHOOL, SENDER, mail

Start = Callable[..., EwsTransport]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EwsServer]:
    for one in run_ews(tmp_path):
        one.account(SENDER)
        yield one


@pytest.fixture
def start(server: EwsServer) -> Iterator[Start]:
    running: list[EwsTransport] = []

    def begin(login_by: str = "basic", password: str = PASSWORD, largest: int = 1_000_000) -> EwsTransport:
        settings = EwsSettings(
            server.url, LOGIN, password, login_by, ca_file=server.ca_file, timeout=10.0  # type: ignore[arg-type]
        )  # fmt: skip
        sending = Sending(SENDER, largest, read_back=0.2, rest=0.0)
        running.append(EwsTransport(sending, partial(open_account, settings)))
        return running[-1]

    yield begin
    for transport in running:
        transport.close()


def sent(server: EwsServer) -> list[bytes]:
    return [item.raw for item in server.account(SENDER).items.values() if item.folder == "sentitems"]


def refuse(fault: Exception) -> None:
    raise fault


@pytest.mark.parametrize("login_by", ["basic", "ntlm"])
def test_sent_byte_for_byte(server: EwsServer, start: Start, login_by: str) -> None:
    raw = mail()
    delivery = start(login_by).send(raw, SENDER, SCHOOL)
    assert (delivery.state, delivery.detail, delivery.provider_message_id) == ("sent", "taken by Exchange", None)
    assert sent(server) == [raw]


def test_lesson_5_the_message_id_of_exchange_is_read_back_from_sent(server: EwsServer, start: Start) -> None:
    server.new_ids = True
    transport = start()
    for key in ("K1", "K2"):
        delivery = transport.send(mail(key), SENDER, SCHOOL)
        found = next(raw for raw in sent(server) if f"X-CME-Key: {key}\r".encode() in raw)
        assert delivery.provider_message_id and f"Message-ID: {delivery.provider_message_id}".encode() in found


def test_lesson_20_a_line_cut_after_it_was_sent_makes_no_second_mail(server: EwsServer, start: Start) -> None:
    raw = mail()

    def sent_and_cut() -> None:
        server.account(SENDER).put(raw, "sentitems", datetime.now(UTC))
        raise ConnectionError("cut")

    server.play("CreateItem", sent_and_cut)
    transport = start()
    assert transport.send(raw, SENDER, SCHOOL).state == "later"
    assert transport.send(raw, SENDER, SCHOOL).detail.startswith("It had left before")
    assert sent(server) == [raw]


def test_a_line_cut_before_it_was_sent_is_sent_the_next_time(server: EwsServer, start: Start) -> None:
    raw = mail()
    server.play("CreateItem", lambda: refuse(ConnectionError("cut")))
    transport = start()
    assert [transport.send(raw, SENDER, SCHOOL).state for _ in range(2)] == ["later", "sent"]
    assert sent(server) == [raw]


def test_killed_between_handing_over_and_writing_down_it_is_sent_once(server: EwsServer, start: Start) -> None:
    server.new_ids = True
    raw = mail(age=timedelta(seconds=10))
    start().send(raw, SENDER, SCHOOL)
    again = start().send(raw, SENDER, SCHOOL)
    assert again.detail.startswith("It had left before") and again.provider_message_id
    assert len(sent(server)) == 1


def test_busy_is_later_and_is_not_handed_over_twice(server: EwsServer, start: Start) -> None:
    server.play("CreateItem", lambda: refuse(Fault("ErrorServerBusy", "busy", 100)))
    assert start().send(mail(), SENDER, SCHOOL).state == "later"
    assert server.asked.count("CreateItem") == 1


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("ErrorInvalidRecipients", "refused"),
        ("ErrorMessageSizeExceeded", "refused"),
        ("ErrorSendAsDenied", "refused"),
        ("ErrorMailboxStoreUnavailable", "later"),
        ("ErrorAccessDenied", "later"),
    ],
)
def test_what_it_says_of_the_mail(server: EwsServer, start: Start, code: str, state: str) -> None:
    server.play("CreateItem", lambda: refuse(Fault(code, "so it is")))
    delivery = start().send(mail(), SENDER, SCHOOL)
    assert delivery.state == state and "so it is" in delivery.detail
    assert sent(server) == []


def test_a_mail_too_large_is_not_offered(server: EwsServer, start: Start) -> None:
    assert start(largest=100).send(mail(), SENDER, SCHOOL).state == "refused"
    assert server.asked == []


def test_a_wrong_password_costs_no_mail(server: EwsServer, start: Start) -> None:
    delivery = start(password="wrong").send(mail(), SENDER, SCHOOL)
    assert (delivery.state, "refuses the login" in delivery.detail) == ("later", True)


def test_checking_sends_nothing(server: EwsServer, start: Start) -> None:
    assert start().check() == ""
    assert "refuses the login" in start(password="wrong").check()
    assert sent(server) == []
