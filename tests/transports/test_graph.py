"""202 alone is success; what is in doubt is looked for in Sent before it is sent again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from outbound.transports.graph import LARGEST, GraphTransport
from outbound.transports.provider import Sending
from tests.mailboxes.boxes import graph_client
from tests.mailboxes.graph_server import GraphServer, cut, run_graph
from tests.mailboxes.graph_world import Answer, error, throttled

SENDER, SCHOOL = "missing.pupils@borough.example", "office@school.example"
Start = Callable[..., GraphTransport]


@pytest.fixture
def server() -> Iterator[GraphServer]:
    for one in run_graph():
        one.account(SENDER)
        yield one


@pytest.fixture
def start(server: GraphServer) -> Iterator[Start]:
    running: list[GraphTransport] = []

    def begin(**other: float) -> GraphTransport:
        settings = Sending(SENDER, LARGEST, **{"read_back": 0.2, "rest": 0.5, **other})
        running.append(GraphTransport(settings, graph_client(server)))
        return running[-1]

    yield begin
    for transport in running:
        transport.close()


def mail(key: str = "K1", age: timedelta = timedelta(minutes=-1), words: str = "Gr\u00fc\u00dfe") -> bytes:
    """`age` below nothing: written after the transport began."""
    head = (
        f"Date: {format_datetime(datetime.now(UTC) - age)}\r\nFrom: {SENDER}\r\nTo: {SCHOOL}\r\n"
        f"Message-ID: <{key}@borough.example>\r\nIn-Reply-To: <1@school.example>\r\nReferences: <1@school.example>\r\n"
        f"Subject: [CME-2026-00042 K7QF-2MXA-9T] A question\r\nX-CME-Key: {key}\r\n\r\n"
    )
    return (head + words + "\r\n").encode()


def sent(server: GraphServer) -> list[bytes]:
    account = server.account(SENDER)
    return [m.raw for m in account.mails.values() if m.folder == "sentitems"]


def test_sent_byte_for_byte_with_the_headers_of_its_thread(server: GraphServer, start: Start) -> None:
    raw = mail()
    delivery = start().send(raw, SENDER, SCHOOL)
    assert (delivery.state, delivery.detail, delivery.provider_message_id) == ("sent", "taken by Microsoft 365", None)
    assert sent(server) == [raw]


def test_lesson_5_the_providers_own_message_id_is_read_back_from_sent(server: GraphServer, start: Start) -> None:
    server.new_ids = True
    transport = start()
    for key in ("K1", "K2"):
        delivery = transport.send(mail(key), SENDER, SCHOOL)
        found = next(raw for raw in sent(server) if f"X-CME-Key: {key}\r".encode() in raw)
        assert delivery.provider_message_id and f"Message-ID: {delivery.provider_message_id}".encode() in found


def test_a_copy_that_appears_late_holds_up_nothing(server: GraphServer, start: Start) -> None:
    server.new_ids, server.lag = True, 1
    began = time.monotonic()
    delivery = start().send(mail(), SENDER, SCHOOL)
    assert (delivery.state, delivery.provider_message_id) == ("sent", None)
    assert time.monotonic() - began < 2


def test_200_is_not_202(server: GraphServer, start: Start) -> None:
    """microsoft-graph-docs-contrib#13979."""
    server.largest = 1000
    delivery = start().send(mail(words="x" * 2000), SENDER, SCHOOL)
    assert delivery.state == "refused"
    assert "200 in place of 202" in delivery.detail
    assert sent(server) == []


def test_a_mail_too_large_is_not_offered(server: GraphServer, start: Start) -> None:
    delivery = start().send(mail(words="x" * 3 * 1024 * 1024), SENDER, SCHOOL)
    assert delivery.state == "refused"
    assert "no more than 3145728" in delivery.detail
    assert server.requests == []


def after_sending(server: GraphServer, raw: bytes) -> Callable[[], Answer]:
    """The server has sent it, and the line is cut before it says so."""

    def act() -> Answer:
        server.account(SENDER).put(raw, "sentitems").received = datetime.now(UTC)
        return cut()

    return act


def test_lesson_20_a_line_cut_after_it_was_sent_makes_no_second_mail(server: GraphServer, start: Start) -> None:
    raw = mail()
    server.play("sendMail", after_sending(server, raw))
    transport = start(rest=0.0)
    assert transport.send(raw, SENDER, SCHOOL).state == "later"
    delivery = transport.send(raw, SENDER, SCHOOL)
    assert (delivery.state, delivery.detail) == ("sent", "It had left before: its copy lies in Sent.")
    assert sent(server) == [raw]


def test_also_when_the_provider_has_renamed_it(server: GraphServer, start: Start) -> None:
    raw = mail()
    renamed = raw.replace(b"<K1@borough.example>", b"<AM0PR01@eurprd01.prod.outlook.example>")
    server.play("sendMail", after_sending(server, renamed))
    transport = start(rest=0.0)
    transport.send(raw, SENDER, SCHOOL)
    delivery = transport.send(raw, SENDER, SCHOOL)
    assert delivery.provider_message_id == "<AM0PR01@eurprd01.prod.outlook.example>"
    assert sent(server) == [renamed]


def test_a_line_cut_before_it_was_sent_is_sent_the_next_time(server: GraphServer, start: Start) -> None:
    raw = mail()
    server.play("sendMail", cut)
    transport = start(rest=0.0)
    assert transport.send(raw, SENDER, SCHOOL).state == "later"
    assert transport.send(raw, SENDER, SCHOOL).state == "sent"
    assert sent(server) == [raw]


def test_killed_between_handing_over_and_writing_down_it_is_sent_once(server: GraphServer, start: Start) -> None:
    raw = mail(age=timedelta(seconds=10))
    start().send(raw, SENDER, SCHOOL)
    assert start().send(raw, SENDER, SCHOOL).detail.startswith("It had left before")
    assert sent(server) == [raw]


def test_what_was_just_written_costs_no_look_into_sent(server: GraphServer, start: Start) -> None:
    start(read_back=0.0).send(mail(), SENDER, SCHOOL)
    first = next(r for r in server.requests if r.path.startswith("/v1.0/"))
    assert first.path.endswith("sendMail")


def test_two_mails_of_one_subject_are_two(server: GraphServer, start: Start) -> None:
    """A listing without headers: the copies themselves are read."""
    server.shows_headers = False
    transport = start()
    old = timedelta(seconds=10)
    for key in ("K1", "K2"):
        assert transport.send(mail(key, old), SENDER, SCHOOL).state == "sent"
    assert len(sent(server)) == 2


def test_throttled_it_rests_as_long_as_it_was_told(server: GraphServer, start: Start) -> None:
    server.play("sendMail", throttled("1"))
    transport = start()
    assert [transport.send(mail(f"K{n}"), SENDER, SCHOOL).state for n in range(50)] == ["later"] * 50
    assert len(server.asked("sendMail")) == 1
    time.sleep(1.0)
    assert transport.send(mail(), SENDER, SCHOOL).state == "sent"


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [
        (400, "ErrorInvalidRecipients", "refused"),
        (413, "ErrorMessageSizeExceeded", "refused"),
        (403, "ErrorAccessDenied", "later"),
        (503, "ErrorServerBusy", "later"),
        (504, "UnknownError", "later"),
    ],
)
def test_what_it_says_of_the_mail(server: GraphServer, start: Start, status: int, code: str, state: str) -> None:
    server.play("sendMail", error(status, code, "so it is"))
    delivery = start().send(mail(), SENDER, SCHOOL)
    assert (delivery.state, delivery.detail) == (state, f"Graph answered {status} {code}: so it is")


def test_a_secret_that_has_expired_is_told_and_not_tried_fifty_times(server: GraphServer, start: Start) -> None:
    server.login_refused = "AADSTS7000222: The provided client secret keys are expired."
    transport = start()
    deliveries = [transport.send(mail(f"K{n}"), SENDER, SCHOOL) for n in range(50)]
    assert {d.state for d in deliveries} == {"later"}
    assert "AADSTS7000222" in deliveries[0].detail
    assert len(server.asked("oauth2/v2.0/token")) == 1


def test_checking_sends_nothing(server: GraphServer, start: Start) -> None:
    assert start().check() == ""
    server.login_refused = "AADSTS700016: Application was not found in the directory."
    assert re.search("AADSTS700016", start().check())
    assert sent(server) == []
