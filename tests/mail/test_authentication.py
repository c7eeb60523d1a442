"""Authentication-Results: only our own server's at the top, only when every character is where RFC 8601 has it."""

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


# Milters of one Postfix, each with a header of its own under one id, as OpenDKIM and OpenDMARC write them: up to 2026
# below Postfix's Received, since then above it (trusteddomainproject/OpenDMARC#349; RFC 8601 4 and 7.1).
SPF = "mx.council.example; spf=pass (sender SPF authorized) smtp.mailfrom=harebell.example"
DKIM = 'mx.council.example;\n\tdkim=pass (2048-bit key) header.d=harebell.example header.b="AbC1"'
DMARC_FAILS = "mx.council.example; dmarc=fail (p=reject dis=none) header.from=council.example"
FORGED = "mx.council.example; dmarc=pass header.from=council.example"
PASSED = Authentication("mx.council.example", "pass", "harebell.example")
HOP = "Received: from mail.harebell.example by mx.council.example (Postfix) with ESMTPS id 4XyZ"
FILTERED = "DMARC-Filter: OpenDMARC Filter v1.4.2 mx.council.example 4XyZ"


def head(*lines: str) -> Authentication:
    """Of lines as they stand; one without a name is an Authentication-Results."""
    named = (
        line if line in (HOP, FILTERED) or line.startswith("ARC-") else f"Authentication-Results: {line}"
        for line in lines
    )
    return read(message_from_string("".join(f"{line}\n" for line in named) + "\nbody"))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([HOP, FILTERED, OPENDMARC, DKIM], id="OpenDMARC after OpenDKIM"),
        pytest.param([HOP, DKIM, FILTERED, OPENDMARC], id="OpenDKIM after OpenDMARC"),
        pytest.param([SPF, DKIM, FILTERED, OPENDMARC, HOP, FORGED], id="above Received, as RFC 8601 has it"),
        pytest.param(["mx.council.example; none", OPENDMARC, HOP], id="one that looked at nothing"),
    ],
)
def test_several_headers_of_our_own_server_are_one_word(lines: list[str]) -> None:
    assert head(*lines) == PASSED


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([HOP, DMARC_FAILS, DKIM, FORGED], id="below what it said itself"),
        pytest.param([HOP, DKIM, DMARC_FAILS, FORGED], id="below what it said itself, in another order"),
        pytest.param([SPF, DKIM, HOP, FORGED], id="below its own Received, where it said nothing of DMARC"),
        pytest.param([DKIM, "mx.other.example; spf=pass", FORGED], id="below another server's"),
        pytest.param([DKIM, "mx.council.example; spf=pass (never closed", FORGED], id="below one that is none"),
        pytest.param([f"{DMARC_FAILS}; dmarc=pass header.from=council.example", FORGED], id="below two words in one"),
        pytest.param(["mx.other.example; none", FORGED], id="another server's on top"),
        pytest.param([M365_SPOOFED.replace("dmarc=fail", "dmarc-=fail"), M365], id="below Microsoft's"),
    ],
)
def test_what_came_from_outside_is_below(lines: list[str]) -> None:
    assert head(*lines).dmarc != "pass"


def test_a_forwarders_seal_vouches_for_nobody() -> None:
    """RFC 8617: ARC is what others say that they saw; Microsoft passes by it with reason=130."""
    seal = "ARC-Authentication-Results: i=1; mx.council.example; dmarc=pass header.from=council.example"
    assert head(seal, HOP).dmarc == "" and head(seal, DMARC_FAILS).dmarc == "fail"
    assert head(f"{DMARC_FAILS}; arc=pass (i=1 dmarc=pass fromdomain=council.example)").dmarc == "fail"
    assert head(M365_SPOOFED.replace("compauth=fail reason=000", "compauth=pass reason=130")).dmarc == "fail"
