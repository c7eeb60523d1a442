"""What a gateway keeps from us, told by the words of a mail: those that a reader sees, wherever they stand."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from parsers.mail import gateways
from tests.mail.test_reader import mail, read

SAYS = "A. Clerk sent you a protected message. Open it with your account."


def of_html(html: str, plain: str | None = None) -> EmailMessage:
    message = mail(plain or "")
    if plain is None:
        message.set_content(html, subtype="html")
    else:
        message.add_alternative(html, subtype="html")
    return message


@pytest.mark.parametrize("plain", [None, " \n\n"], ids=["HTML alone", "HTML beside a blank text"])
@pytest.mark.parametrize("style", ["", f"<style>{'p { margin: 0 }' * 10_000}</style>"], ids=["short", "long style"])
def test_a_mail_of_html_that_leads_to_a_gateway(plain: str | None, style: str) -> None:
    html = f"<html><head>{style}</head><body><p>{SAYS}</p></body></html>"
    assert read(of_html(html, plain)).locked == "a Microsoft encrypted message"


@pytest.mark.parametrize("filled", [False, True])
def test_no_more_than_a_bounded_piece_of_the_words_is_looked_at(filled: bool) -> None:
    before = "word " * (gateways.MAX_TEXT // 5) if filled else ""
    html = f"<html><body><p>{before}</p><p>{SAYS}</p></body></html>"
    assert bool(read(of_html(html)).locked) is not filled
