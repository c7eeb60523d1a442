"""Whose word on a sender is believed, by each profile, and what a forger may put into a mail that gains nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.arrivals.trust import authenticated
from bot.config.trust import TrustSettings
from bot.inspecting.checking import check_all
from bot.running.startup import office_of
from parsers.reader import read_mail
from parsers.reading import MailReading
from tests.mail.test_authentication import GOOGLE, M365, M365_SPOOFED, OPENDMARC
from tests.stories.story import PTO, Story

RECEIVED = datetime(2026, 11, 11, 9, 31, tzinfo=UTC)
OWN = ("council.example",)
SCHOOL, OFFICER = "office@harebell.example", "tracking.officer@council.example"
INTERNAL = [("X-MS-Exchange-Organization-AuthAs", "Internal"), ("X-MS-Exchange-Organization-AuthMechanism", "04")]
ANONYMOUS = [("X-MS-Exchange-Organization-AuthAs", "Anonymous")]
NOT_SIGNED = "dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=council.example;"


def mail(sender: str, *results: str, headers: list[tuple[str, str]] | None = None) -> MailReading:
    lines = [
        *(("Authentication-Results", r) for r in results),
        *(headers or []),
        ("From", sender),
        ("Subject", "Hello"),
    ]
    raw = "".join(f"{name}: {value.replace(chr(10), chr(13) + chr(10))}\r\n" for name, value in lines)
    return read_mail(f"{raw}\r\nHello\r\n".encode(), received=RECEIVED)


def believed(reading: MailReading, profile: Any, authserv_id: str = "mx.council.example") -> bool:
    return authenticated(reading, TrustSettings(profile=profile, authserv_id=authserv_id), OWN)


def test_microsoft_365_on_a_school_outside() -> None:
    assert believed(mail(SCHOOL, M365, headers=ANONYMOUS), "m365")


def test_microsoft_365_on_a_colleague() -> None:
    assert believed(mail(OFFICER, NOT_SIGNED, headers=INTERNAL), "m365")
    assert believed(mail(OFFICER, headers=INTERNAL), "m365"), "within one organisation it may write no results at all"


def test_exchange_on_a_colleague_and_on_nobody_else() -> None:
    assert believed(mail(OFFICER, headers=INTERNAL), "exchange-onprem")
    assert not believed(mail(SCHOOL, M365, headers=ANONYMOUS), "exchange-onprem")


def test_google_and_opendmarc_on_a_school_outside() -> None:
    assert believed(mail(SCHOOL, GOOGLE), "authserv", "mx.google.com")
    assert believed(mail(SCHOOL, OPENDMARC), "authserv")


FORGED = [
    pytest.param(
        "m365", mail(OFFICER, M365_SPOOFED, M365.replace("harebell", "council")), id="theirs below Microsoft's"
    ),
    pytest.param("m365", mail(OFFICER, M365), id="a pass for another domain"),
    pytest.param("m365", mail(SCHOOL, OPENDMARC), id="another server's word on top"),
    pytest.param("m365", mail(SCHOOL, M365.replace("compauth=pass", "compauth=softpass")), id="half a pass"),
    pytest.param("m365", mail(SCHOOL, M365.replace("dmarc=pass", "dmarc=bestguesspass")), id="guessed"),
    pytest.param("m365", mail(SCHOOL, M365.partition(";compauth")[0]), id="without compauth"),
    pytest.param("m365", mail(OFFICER, M365_SPOOFED, headers=INTERNAL), id="within, and yet spoofed (Direct Send)"),
    pytest.param("m365", mail(SCHOOL, M365, headers=INTERNAL), id="a colleague as a school"),
    pytest.param("m365", mail(OFFICER, NOT_SIGNED, headers=INTERNAL * 2), id="within, twice"),
    pytest.param("m365", mail(OFFICER, NOT_SIGNED, headers=[(INTERNAL[0][0], "internal")]), id="in other letters"),
    pytest.param("m365", mail(OFFICER, "spf=none (never closed", headers=INTERNAL), id="results that are none"),
    pytest.param("m365", mail(f"{OFFICER}, {SCHOOL}", M365, headers=INTERNAL), id="two in From"),
    pytest.param("exchange-onprem", mail(SCHOOL, headers=INTERNAL), id="a colleague as a school, on premises"),
    pytest.param("exchange-onprem", mail(OFFICER, M365.replace("harebell", "council")), id="results, on premises"),
    pytest.param("authserv", mail(OFFICER, NOT_SIGNED, headers=INTERNAL), id="Exchange's word where it has none"),
    pytest.param("authserv", mail(SCHOOL, M365), id="no id"),
    pytest.param("none", mail(SCHOOL, OPENDMARC, headers=INTERNAL), id="nobody"),
]


@pytest.mark.parametrize(("profile", "reading"), FORGED)
def test_what_gains_nothing(profile: str, reading: MailReading) -> None:
    assert not believed(reading, profile)


def test_an_officer_within_is_obeyed_and_one_from_outside_is_not(tmp_path: Path) -> None:
    story = Story(tmp_path / "county")
    text = story.config.read_text("utf-8")
    story.config.write_text(text.replace('profile     = "authserv"', 'profile     = "m365"'), "utf-8")
    story.at("2014-11-12 10:00").memo()
    asked = story.last("tracking-officer", "database-check")
    words = "Nothing on the database."
    spoofed = [("Authentication-Results", M365_SPOOFED), *ANONYMOUS]
    story.at("2014-11-12 11:00").mails(PTO, words, answers=asked, believed=False, headers=spoofed)
    assert "database.nothing" not in story.events()
    story.at("2014-11-12 11:05").mails(PTO, words, answers=asked, believed=False, headers=INTERNAL)
    assert "database.nothing" in story.events()


GOOGLES = '{ profile = "authserv", authserv_id = "mx.google.com" }'


def with_trust(story: Story, box: str, trust: str) -> None:
    """A mailbox that lies behind another server than the rest."""
    text = story.config.read_text("utf-8")
    name = f'name    = "{box}"\n'
    assert name in text
    story.config.write_text(text.replace(name, f"{name}trust = {trust}\n"), "utf-8")


@pytest.mark.parametrize(("box", "heard"), [("hub.north", True), ("missing.pupils", False)])
def test_each_mailbox_believes_the_server_that_it_lies_behind(tmp_path: Path, box: str, heard: bool) -> None:
    story = Story(tmp_path / "county")
    with_trust(story, "hub.north", GOOGLES)
    story.at("2014-11-12 10:00").memo()
    asked = story.last("tracking-officer", "database-check")
    passed = "mx.google.com; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=council.example"
    word = [("Authentication-Results", passed)]
    story.mails(PTO, "Nothing on the database.", box, answers=asked, believed=False, headers=word)
    assert ("database.nothing" in story.events()) is heard


def test_what_counts_elsewhere_counts_no_more_where_a_mailbox_has_its_own(tmp_path: Path) -> None:
    story = Story(tmp_path / "county")
    with_trust(story, "hub.north", '{ profile = "none" }')
    story.at("2014-11-12 10:00").memo()
    asked = story.last("tracking-officer", "database-check")
    story.mails(PTO, "Nothing on the database.", "hub.north", answers=asked)
    assert "database.nothing" not in story.events()
    story.mails(PTO, "Nothing on the database.", answers=asked)
    assert "database.nothing" in story.events()


def test_check_looks_at_each_mailboxs_own(tmp_path: Path) -> None:
    story = Story(tmp_path / "county")
    with_trust(story, "hub.north", '{ profile = "authserv" }')
    with_trust(story, "hub.south", '{ profile = "none" }')
    told = {(f.where, f.level) for f in check_all(office_of(story.config)) if "trust" in f.where}
    assert told == {
        ("config.toml, trust of mailbox hub.north", "error"),
        ("config.toml, trust of mailbox hub.south", "warning"),
    }
