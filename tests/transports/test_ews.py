"""What Exchange says of a mail, and of who brings it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from tests.mailboxes.ews_world import Fault
from tests.transports.providers import SCHOOL, SENDER, Exchange, exchange, mail


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Exchange]:
    yield from exchange(tmp_path)


def refuse(fault: Exception) -> None:
    raise fault


@pytest.mark.parametrize("login_by", ["basic", "ntlm"])
def test_let_in_by_password(provider: Exchange, login_by: Literal["basic", "ntlm"]) -> None:
    assert provider.start(login_by).send(mail(), SENDER, SCHOOL).state == "sent"
    assert provider.sent()


def test_busy_is_later_and_is_not_handed_over_twice(provider: Exchange) -> None:
    provider.server.play("CreateItem", lambda: refuse(Fault("ErrorServerBusy", "busy", 100)))
    assert provider.start().send(mail(), SENDER, SCHOOL).state == "later"
    assert provider.server.asked.count("CreateItem") == 1


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
def test_what_it_says_of_the_mail(provider: Exchange, code: str, state: str) -> None:
    provider.server.play("CreateItem", lambda: refuse(Fault(code, "so it is")))
    delivery = provider.start().send(mail(), SENDER, SCHOOL)
    assert delivery.state == state and "so it is" in delivery.detail
    assert provider.sent() == []


def test_a_mail_too_large_is_not_offered(provider: Exchange) -> None:
    assert provider.start(largest=100).send(mail(), SENDER, SCHOOL).state == "refused"
    assert provider.server.asked == []


def test_a_wrong_password_costs_no_mail(provider: Exchange) -> None:
    delivery = provider.start(password="wrong").send(mail(), SENDER, SCHOOL)
    assert (delivery.state, "refuses the login" in delivery.detail) == ("later", True)


def test_checking_sends_nothing(provider: Exchange) -> None:
    assert provider.start().check() == ""
    assert "refuses the login" in provider.start(password="wrong").check()
    assert provider.sent() == []


@pytest.mark.parametrize("login_by", ["basic", "ntlm"])
def test_a_server_that_was_not_there_at_first_takes_the_mail_later(
    provider: Exchange, login_by: Literal["basic", "ntlm"]
) -> None:
    transport = provider.start(login_by)
    for instead in ((404, b"nothing here"), (200, b"<html>Sign in</html>"), (401, b"")):
        provider.server.instead = instead
        assert {transport.send(mail(), SENDER, SCHOOL).state for _ in range(6)} == {"later"}
    provider.server.instead = None
    sent = transport.send(mail(), SENDER, SCHOOL)
    assert sent.state == "sent", sent.detail
    assert len(provider.sent()) == 1
