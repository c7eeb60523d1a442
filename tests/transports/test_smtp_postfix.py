"""What a real Postfix makes of our mails."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from outbound.transports.smtp import SmtpSettings, SmtpTransport
from tests.postfix import DOMAIN, Postfix, run_postfix
from tests.transports.test_smtp import RAW, SENDER

SCHOOL = f"office@{DOMAIN}"


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    yield from run_postfix()


@pytest.fixture
def smtp(postfix: Postfix) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(SmtpSettings("127.0.0.1", postfix.port, tls=postfix.trust, timeout=20))
    yield transport
    transport.close()


def test_it_takes_a_batch_over_tls_and_delivers_each_once(postfix: Postfix, smtp: SmtpTransport) -> None:
    for n in range(3):
        delivery = smtp.send(RAW.replace(b"<1@", f"<{n}@".encode()), SENDER, SCHOOL)
        assert delivery.state == "sent" and "queued as" in delivery.detail
    found = postfix.delivered("office", 3)
    assert len(found) == 3
    assert all(b"\nHello\n.\nafter the dot\n" in raw for raw in found)


def test_each_recipient_has_its_own_answer(smtp: SmtpTransport) -> None:
    nobody = smtp.send(RAW, SENDER, f"nobody@{DOMAIN}")
    busy = smtp.send(RAW, SENDER, f"busy@{DOMAIN}")
    assert (nobody.state, nobody.shut) == ("refused", False) and "5.1.1" in nobody.detail
    assert (busy.state, busy.shut) == ("later", False) and "come later" in busy.detail
    assert smtp.send(RAW, SENDER, SCHOOL).state == "sent"


def test_a_mail_too_large_is_not_offered(smtp: SmtpTransport) -> None:
    delivery = smtp.send(RAW + b"x" * 30_000, SENDER, SCHOOL)
    assert delivery.state == "refused" and "no more than 20000" in delivery.detail


def test_an_unknown_certificate_is_not_trusted(postfix: Postfix) -> None:
    transport = SmtpTransport(SmtpSettings("127.0.0.1", postfix.port, tls=ssl.create_default_context(), timeout=20))
    delivery = transport.send(RAW, SENDER, SCHOOL)
    transport.close()
    assert (delivery.state, delivery.shut) == ("later", True)
