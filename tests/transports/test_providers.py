"""Through every provider mails leave whole, and never twice where its Sent folder can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.transports.providers import SCHOOL, SENDER, Provider, exchange, mail, microsoft365

# As both say it in the field: Azure/Microsoft365R#110, dgroup/lazylead#231, microsoftgraph/msgraph-sdk-dotnet#1891.
NOT_RESOLVED = (
    f"At least one recipient is not valid., Recipient '{SCHOOL}' is not resolved. "
    "All recipients must be resolved before a message can be submitted."
)
NOT_RESOLVED_OF_OLD = NOT_RESOLVED.replace("is not", "isn't").replace(f"'{SCHOOL}'", f'"{SCHOOL}"')
NO_RECIPIENTS = "At least one recipient is not valid., A message can't be sent because it contains no recipients."


@pytest.fixture(params=["graph", "ews"])
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Provider]:
    yield from microsoft365() if request.param == "graph" else exchange(tmp_path)


def test_sent_byte_for_byte_with_the_headers_of_its_thread(provider: Provider) -> None:
    raw = mail()
    delivery = provider.start().send(raw, SENDER, SCHOOL)
    assert (delivery.state, delivery.detail, delivery.provider_message_id) == (
        "sent",
        f"taken by {provider.name}",
        None,
    )
    assert provider.sent() == [raw]


def test_lesson_5_the_providers_own_message_id_is_read_back_from_sent(provider: Provider) -> None:
    provider.gives_new_ids()
    transport = provider.start()
    for key in ("K1", "K2"):
        delivery = transport.send(mail(key), SENDER, SCHOOL)
        found = next(raw for raw in provider.sent() if f"X-CME-Key: {key}\r".encode() in raw)
        assert delivery.provider_message_id and f"Message-ID: {delivery.provider_message_id}".encode() in found


def test_lesson_20_a_line_cut_after_it_was_sent_makes_no_second_mail(provider: Provider) -> None:
    raw = mail()
    provider.cuts_the_line(after=raw)
    transport = provider.start()
    assert transport.send(raw, SENDER, SCHOOL).state == "later"
    delivery = transport.send(raw, SENDER, SCHOOL)
    assert (delivery.state, delivery.detail) == ("sent", "It had left before: its copy lies in Sent.")
    assert provider.sent() == [raw]


@pytest.mark.parametrize(
    ("words", "unwanted"), [(NOT_RESOLVED, True), (NOT_RESOLVED_OF_OLD, True), (NO_RECIPIENTS, False)]
)
def test_an_address_that_it_refuses_is_told_from_a_mail_that_it_refuses(
    provider: Provider, words: str, unwanted: bool
) -> None:
    provider.does_not_know(SCHOOL, words)
    delivery = provider.start().send(mail(), SENDER, SCHOOL)
    assert (delivery.state, delivery.unwanted, delivery.shut) == ("refused", unwanted, False)
    assert words[:100] in delivery.detail and provider.sent() == []


def test_a_line_cut_before_it_was_sent_is_sent_the_next_time(provider: Provider) -> None:
    raw = mail()
    provider.cuts_the_line()
    transport = provider.start()
    assert [transport.send(raw, SENDER, SCHOOL).state for _ in range(2)] == ["later", "sent"]
    assert provider.sent() == [raw]


@pytest.mark.parametrize("renamed", [False, True])
def test_killed_between_handing_over_and_writing_down_it_is_sent_once(provider: Provider, renamed: bool) -> None:
    if renamed:
        provider.gives_new_ids()
    raw = mail(age=timedelta(seconds=10))
    provider.start().send(raw, SENDER, SCHOOL)
    again = provider.start().send(raw, SENDER, SCHOOL)
    assert again.detail.startswith("It had left before") and bool(again.provider_message_id) is renamed
    assert len(provider.sent()) == 1
