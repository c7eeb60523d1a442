from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from outbound.transports.smtp import InsecureTransport, SmtpSettings, SmtpTransport
from tests.transports.conftest import HOST, Certificates, PostOffice, Start

RAW = b"From: a@borough.example\nTo: b@school.example\nMessage-ID: <1@borough.example>\n\nHello\n.\nafter the dot\n"
SENDER, SCHOOL = "missing.pupils@borough.example", "office@school.example"


@contextmanager
def to(port: int, certificates: Certificates, **other: Any) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(SmtpSettings(HOST, port, tls=certificates.trust, timeout=10, **other))
    yield transport
    transport.close()


def test_sent_whole_over_tls_under_its_envelope(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    with to(start(office, require_starttls=True), certificates) as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
    assert (delivery.state, delivery.detail) == ("sent", "250 taken")
    assert office.taken == [(SENDER, [SCHOOL], RAW.replace(b"\n", b"\r\n"))]


def test_one_connection_for_a_batch(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    with to(start(office), certificates) as smtp:
        for _ in range(3):
            assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"
    assert (len(office.taken), len(office.sessions)) == (3, 1)


def test_nothing_goes_to_a_server_without_tls(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    with to(start(office, tls=False), certificates) as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
    assert delivery.state == "later"
    assert "not sent in clear" in delivery.detail
    assert office.taken == []


def test_nothing_goes_to_a_server_whose_certificate_is_not_known(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    with to(start(office), Certificates(certificates.server, ssl.create_default_context())) as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
    assert delivery.state == "later"
    assert "certificate that cannot be trusted" in delivery.detail
    assert office.taken == []


def test_clear_text_is_for_this_computer_alone() -> None:
    with pytest.raises(InsecureTransport, match="in clear"):
        SmtpTransport(SmtpSettings("mail.borough.example", security="plain"))
    SmtpTransport(SmtpSettings("localhost", security="plain"))


@pytest.mark.parametrize(
    ("answer", "state"),
    [("450 4.2.0 try again in five minutes", "later"), ("550 5.1.1 no such mailbox", "refused")],
)
def test_what_the_recipients_server_says_of_the_recipient(
    start: Start, certificates: Certificates, answer: str, state: str
) -> None:
    office = PostOffice(rcpt=answer)
    with to(start(office), certificates) as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
        office.rcpt = "250 OK"
        assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"  # The next is not made to pay for it.
    assert (delivery.state, delivery.detail) == (state, f"The server answered {answer}")
    assert delivery.unwanted == (state == "refused"), "it is the address"


@pytest.mark.parametrize(
    ("answer", "state"), [("452 4.3.1 disk full", "later"), ("554 5.7.1 looks like spam", "refused")]
)
def test_what_it_says_of_the_mail(start: Start, certificates: Certificates, answer: str, state: str) -> None:
    with to(start(PostOffice(data=answer)), certificates) as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
    assert (delivery.state, delivery.unwanted) == (state, False)


def test_a_line_cut_after_the_mail_was_handed_over_is_tried_again(start: Start, certificates: Certificates) -> None:
    office = PostOffice(at_data=lambda server: server.transport.abort())
    with to(start(office), certificates) as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
        office.at_data = None
        assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"
    assert (delivery.state, delivery.shut) == ("later", True)
    assert "broke off" in delivery.detail
    # The one doubt that SMTP leaves (RFC 5321, 4.5.4.1): both bear the same Message-ID and key, byte for byte.
    assert office.taken == [(SENDER, [SCHOOL], RAW.replace(b"\n", b"\r\n"))] * 2


def test_a_server_that_ended_an_idle_connection_is_called_again(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    port = start(office, timeout=0.2)
    with to(port, certificates) as smtp:
        assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"
        assert smtp._server is not None and smtp._server.sock is not None
        smtp._server.sock.recv(1000)  # Waits until the server has hung up.
        assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"
    assert len(office.sessions) == 2


def test_a_server_that_is_down(certificates: Certificates) -> None:
    with to(1, certificates) as smtp:
        assert smtp.send(RAW, SENDER, SCHOOL).state == "later"


def test_a_server_that_does_not_answer_is_left_alone_for_a_while(certificates: Certificates) -> None:
    with socket.create_server((HOST, 0)) as silent:
        settings = SmtpSettings(HOST, silent.getsockname()[1], tls=certificates.trust, timeout=0.3, rest=0.5)
        smtp = SmtpTransport(settings)
        began = time.monotonic()
        deliveries = [smtp.send(RAW, SENDER, SCHOOL) for _ in range(50)]
        assert time.monotonic() - began < 0.8
        assert {delivery.state for delivery in deliveries} == {"later"}
        assert deliveries[0].detail == deliveries[-1].detail
        time.sleep(0.5)
        began = time.monotonic()
        smtp.send(RAW, SENDER, SCHOOL)
        assert time.monotonic() - began >= 0.3  # Asked again.


def test_a_mail_too_large_is_not_offered(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    with to(start(office, data_size_limit=50), certificates) as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
    assert delivery.state == "refused"
    assert "no more than 50" in delivery.detail
    assert office.taken == []


def test_a_server_hears_the_size_before_it_takes_the_mail(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    with to(start(office, data_size_limit=10_000), certificates) as smtp:
        assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"
    assert office.announced == [f"SIZE={len(RAW.replace(bytes([10]), bytes([13, 10])))}"]


def test_an_address_beyond_ascii_needs_a_server_that_takes_it(start: Start, certificates: Certificates) -> None:
    plain, modern = PostOffice(), PostOffice()
    with to(start(plain, enable_SMTPUTF8=False), certificates) as smtp:
        assert smtp.send(RAW, SENDER, "bj\u00f6rn@school.example").state == "refused"
    with to(start(modern, enable_SMTPUTF8=True), certificates) as smtp:
        assert smtp.send(RAW, SENDER, "bj\u00f6rn@school.example").state == "sent"
    assert [recipients for _, recipients, _ in modern.taken] == [["bj\u00f6rn@school.example"]]


def test_a_wrong_password_costs_no_mail(start: Start, certificates: Certificates) -> None:
    office = PostOffice()
    port = start(office, auth_required=True)
    with to(port, certificates, login="bot", password="wrong") as smtp:
        delivery = smtp.send(RAW, SENDER, SCHOOL)
    assert delivery.state == "later"
    assert "refuses the login" in delivery.detail
    with to(port, certificates, login="bot", password="correct-horse") as smtp:
        assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"
