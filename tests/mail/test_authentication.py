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
