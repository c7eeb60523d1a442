"""202 alone is success; what is in doubt is looked for in Sent before it is sent again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.mailboxes.graph_world import error, throttled
from tests.transports.providers import SCHOOL, SENDER, Microsoft365, mail, microsoft365


@pytest.fixture
def provider() -> Iterator[Microsoft365]:
    yield from microsoft365()


def test_a_copy_that_appears_late_holds_up_nothing(provider: Microsoft365) -> None:
    provider.server.new_ids, provider.server.lag = True, 1
    began = time.monotonic()
    delivery = provider.start().send(mail(), SENDER, SCHOOL)
    assert (delivery.state, delivery.provider_message_id) == ("sent", None)
    assert time.monotonic() - began < 2


def test_200_is_not_202(provider: Microsoft365) -> None:
    """microsoft-graph-docs-contrib#13979."""
    provider.server.largest = 1000
    delivery = provider.start().send(mail(words="x" * 2000), SENDER, SCHOOL)
    assert delivery.state == "refused"
    assert "200 in place of 202" in delivery.detail
    assert provider.sent() == []


def test_a_mail_too_large_is_not_offered(provider: Microsoft365) -> None:
    delivery = provider.start().send(mail(words="x" * 3 * 1024 * 1024), SENDER, SCHOOL)
    assert delivery.state == "refused"
    assert "no more than 3145728" in delivery.detail
    assert provider.server.requests == []


def test_also_when_the_provider_has_renamed_it(provider: Microsoft365) -> None:
    raw = mail()
    renamed = raw.replace(b"<K1@borough.example>", b"<AM0PR01@eurprd01.prod.outlook.example>")
    provider.cuts_the_line(after=renamed)
    transport = provider.start()
    transport.send(raw, SENDER, SCHOOL)
    delivery = transport.send(raw, SENDER, SCHOOL)
    assert delivery.provider_message_id == "<AM0PR01@eurprd01.prod.outlook.example>"
    assert provider.sent() == [renamed]


def test_what_was_just_written_costs_no_look_into_sent(provider: Microsoft365) -> None:
    provider.start(read_back=0.0).send(mail(), SENDER, SCHOOL)
    first = next(r for r in provider.server.requests if r.path.startswith("/v1.0/"))
    assert first.path.endswith("sendMail")


def test_two_mails_of_one_subject_are_two(provider: Microsoft365) -> None:
    """A listing without headers: the copies themselves are read."""
    provider.server.shows_headers = False
    transport = provider.start()
    old = timedelta(seconds=10)
    for key in ("K1", "K2"):
        assert transport.send(mail(key, old), SENDER, SCHOOL).state == "sent"
    assert len(provider.sent()) == 2


def test_throttled_it_rests_as_long_as_it_was_told(provider: Microsoft365) -> None:
    provider.server.play("sendMail", throttled("1"))
    transport = provider.start(rest=0.5)
    assert [transport.send(mail(f"K{n}"), SENDER, SCHOOL).state for n in range(50)] == ["later"] * 50
    assert len(provider.server.asked("sendMail")) == 1
    time.sleep(1.0)
    assert transport.send(mail(), SENDER, SCHOOL).state == "sent"


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [
        (400, "ErrorInvalidRecipients", "refused"),
        (413, "ErrorMessageSizeExceeded", "refused"),
        (403, "ErrorAccessDenied", "later"),
        (404, "ErrorInvalidUser", "later"),
        (500, "ErrorInternalServerError", "later"),
        (503, "ErrorServerBusy", "later"),
        (504, "UnknownError", "later"),
    ],
)
def test_what_it_says_of_the_mail(provider: Microsoft365, status: int, code: str, state: str) -> None:
    provider.server.play("sendMail", error(status, code, "so it is"))
    delivery = provider.start().send(mail(), SENDER, SCHOOL)
    assert delivery.state == state
    assert delivery.detail.startswith(f"Graph answered {status} {code}: so it is")


def test_a_secret_that_has_expired_is_told_and_not_tried_fifty_times(provider: Microsoft365) -> None:
    provider.server.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    transport = provider.start(rest=0.5)
    deliveries = [transport.send(mail(f"K{n}"), SENDER, SCHOOL) for n in range(50)]
    assert {d.state for d in deliveries} == {"later"}
    assert "AADSTS7000222" in deliveries[0].detail
    assert len(provider.server.asked("oauth2/v2.0/token")) == 1


def test_checking_sends_nothing(provider: Microsoft365) -> None:
    assert provider.start().check() == ""
    provider.server.login_refused = "AADSTS700016: Application was not found in the directory."
    assert re.search("AADSTS700016", provider.start().check())
    assert provider.sent() == []
