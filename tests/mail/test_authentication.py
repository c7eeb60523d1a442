"""Authentication-Results: only the topmost, only when every character is where RFC 8601 has it."""

from __future__ import annotations

from email import message_from_string

import pytest

from parsers.mail.authentication import read
from parsers.reading import Authentication


def results(*values: str) -> Authentication:
    headers = "".join(f"Authentication-Results: {v}\n" for v in values)
    return read(message_from_string(headers + "\nbody"))


def test_what_our_own_server_says() -> None:
    said = results("mx.council.example; spf=pass smtp.mailfrom=a.example; dmarc=pass (p=none) header.from=A.example")
    assert said == Authentication("mx.council.example", "pass", "a.example")


def test_microsoft_writes_no_authserv_id() -> None:
    said = results(
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dmarc=pass action=none header.from=a.example"
    )
    assert said == Authentication("", "pass", "a.example")


def test_only_the_topmost_counts() -> None:
    said = results(
        "mx.council.example; dmarc=fail header.from=a.example", "mx.council.example; dmarc=pass header.from=a.example"
    )
    assert said.dmarc == "fail"


@pytest.mark.parametrize(
    "value",
    [
        'mx.council.example; spf=none smtp.mailfrom="a;dmarc=pass header.from=council.example"',
        "mx.council.example; spf=none (dmarc=pass header.from=council.example)",
        "mx.council.example; spf=none (a (b) ; dmarc=pass header.from=council.example)",
        r"mx.council.example; spf=none (a \) ; dmarc=pass header.from=council.example)",
        "mx.council.example; spf=none (never closed; dmarc=pass header.from=council.example",
        'mx.council.example; spf=none smtp.mailfrom="never closed; dmarc=pass header.from=council.example',
        "mx.council.example; dmarc=pass header.from=a.example; dmarc=fail header.from=b.example",
        "mx.council.example; dmarc=pass header.from=a.example header.from=b.example",
        "mx.council.example; dmarc=pass header.from",
        "mx.council.example; dmarc=PASSED header.from=a.example",
        "mx.council.example other; dmarc=pass header.from=a.example",
        "mx.council.example; dmarc=pass\x00 header.from=a.example",
        "; dmarc=pass header.from=a.example",
        "",
    ],
)
def test_nothing_can_be_slipped_in(value: str) -> None:
    said = results(value)
    assert (said.dmarc, said.domain) == ("", "")


def test_a_quoted_domain_is_no_domain() -> None:
    assert results('mx.council.example; dmarc=pass header.from="a.example"').domain == ""


# As the vendors document them: https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo,
# https://support.google.com/a/answer/81126, and the manual of OpenDMARC.
M365 = (
    "spf=pass (sender IP is 192.0.2.10)\n smtp.mailfrom=harebell.example; dkim=pass (signature was verified)\n"
    " header.d=harebell.example;dmarc=pass action=none\n header.from=harebell.example;compauth=pass reason=100"
)
M365_SPOOFED = (
    "spf=fail (sender IP is 192.0.2.66) smtp.mailfrom=council.example; dkim=none (message not signed) header.d=none;"
    "dmarc=fail action=oreject header.from=council.example;compauth=fail reason=000"
)
GOOGLE = (
    "mx.google.com;\n       dkim=pass header.i=@harebell.example header.s=s1 header.b=AbC1/+x9;\n"
    "       spf=pass (google.com: domain of office@harebell.example designates 192.0.2.10 as permitted sender)"
    " smtp.mailfrom=office@harebell.example;\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE)"
    " header.from=harebell.example"
)
OPENDMARC = "mx.council.example; dmarc=pass (p=reject dis=none) header.from=harebell.example"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (M365, Authentication("", "pass", "harebell.example", "pass")),
        (M365_SPOOFED, Authentication("", "fail", "council.example", "fail")),
        (GOOGLE, Authentication("mx.google.com", "pass", "harebell.example")),
        (OPENDMARC, Authentication("mx.council.example", "pass", "harebell.example")),
    ],
)
def test_what_the_servers_write(value: str, said: Authentication) -> None:
    assert results(value) == said


def test_two_words_of_microsoft_contradict_each_other() -> None:
    assert results(f"{M365};compauth=fail reason=001").compauth == ""


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (["Internal"], "Internal"),
        (["Anonymous"], "Anonymous"),
        (["Internal", "Internal"], ""),
        (["Anonymous", "Internal"], ""),
        ([], ""),
    ],
)
def test_what_exchange_says_of_the_sender_is_said_once_or_not_at_all(headers: list[str], said: str) -> None:
    mail = message_from_string("".join(f"X-MS-Exchange-Organization-AuthAs: {h}\n" for h in headers) + "\nbody")
    assert read(mail).auth_as == said
