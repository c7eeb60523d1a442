"""Whole mails. The golden ones lie in `golden/`; `CMEBOT_GOLDEN=write pytest tests/outbound` writes them anew."""

import os
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbound.compose import compose
from outbound.letter import Choice, Letter
from outbound.message import BadHeader
from tests.outbound.samples import FACTS, VISIT, at, letter, wording

GOLDEN = Path(__file__).parent / "golden"
ACCEPT = (
    Choice(1, "I accept the case", "referral.accepted", "accept-referral"),
    Choice(2, "I decline the case", "referral.declined", "accept-referral"),
    Choice(3, "Nothing on the database", "database.nothing", "database-check"),
    Choice(4, "There is a new address", "database.new-address", "database-check"),
)
FOUND = (
    Choice(1, "Traced: close the case", "child.traced"),
    Choice(2, "Close the case, but not as traced", "close"),
    Choice(3, "No: keep the case open", "not-so"),
)
TELLS: dict[str, Any] = {"questions": (), "due": None}
MAILS = {
    "home-visit": letter("home-visit", "hub-worker", choices=VISIT, internal=True),
    "home-visit-protected": letter("home-visit", "hub-worker", choices=VISIT, protected=True),
    "home-visit-chase": letter(
        "chase", "hub-worker", kind="chase", questions=("home-visit",), choices=VISIT, chase=2,
        asked_on=at("2014-11-26T12:00"), date=at("2014-12-01T09:00"),
    ),
    "home-visit-escalated": letter(
        "home-visit", "hub-manager", choices=VISIT, escalated=True, asked_on=at("2014-11-26T12:00")
    ),
    "accept-and-check": letter(
        "accept-referral", "tracking-officer", questions=("accept-referral", "database-check"), choices=ACCEPT,
        internal=True,
    ),
    "evidence-and-early": letter("school-intervention", "school", questions=("school-intervention", "why-early")),
    "police": letter("agency-enquiry", "police"),
    "housing-2026": letter("agency-enquiry", "housing", date=at("2026-11-25T10:00"), due=at("2026-12-02T17:00")),
    "s2s": letter("s2s-message", "tracking-officer"),
    "same-child": letter("same-child", "tracking-officer"),
    "alarm": letter("alarm", "designated-officer", kind="alarm", date=at("2014-11-12T20:30"), internal=True, **TELLS),
    "alarm-sender": letter("alarm-sender", "school", kind="alarm", date=at("2014-11-12T20:30"), **TELLS),
    "ack-school": letter("ack", "school", kind="ack", in_reply_to="<1@school.example>", **TELLS),
    "ack-and-ask": letter("missing-details", "school", kind="ack", in_reply_to="<1@school.example>"),
    "ack-unknown": letter("ack-unknown", "writer", kind="ack", internal=True, **TELLS),
    "nothing-more": letter("nothing-more", "police", kind="notice", asked_on=at("2014-11-26T10:00"), **TELLS),
    "ctf-upload": letter("ctf-upload", "school"),
    "enquiries-concluded-school": letter(
        "enquiries-concluded-school", "school", questions=("ctf-upload",), date=at("2026-11-25T10:00"), due=None
    ),
    "leavers": letter("leaver-destination", "school", refs=()),
    "reply-ask-again": letter("reply-ask-again", "hub-worker", kind="reply", choices=VISIT, questions=("home-visit",)),
    "reply-applied": letter("reply-applied", "hub-worker", kind="confirm", **TELLS),
    "reply-applied-closed": letter(
        "reply-applied", "hub-manager", kind="reply", facts=FACTS | {"closed": "yes", "still-missing": None}, **TELLS
    ),
    "reply-say-what": letter(
        "reply-say-what", "hub-manager", kind="reply", questions=("home-visit",), choices=VISIT,
        facts=FACTS | {"chosen": "Allocated to a worker", "say-what": "who the worker is"},
    ),
    "reply-which-child": letter(
        "reply-which-child", "hub-worker", kind="reply", choices=VISIT, questions=("home-visit",),
        facts=FACTS | {"another": "Wei Zhang", "quote": "Wei Zhang was not at home"},
    ),
    "ack-hub": letter("ack", "school", kind="ack", facts=FACTS | {"pathway": "hub", "missing": None}, **TELLS),
    "conclude": letter("conclude", "hub-manager", facts=FACTS | {"outcome": "back at school"}),
    "concern-reopened": letter(
        "concern-reopened", "tracking-officer", questions=("conclude",), choices=FOUND, cite="1.4", internal=True,
    ),
    "agency-trace": letter(
        "agency-trace", "tracking-officer", questions=("conclude",), choices=FOUND, cite="4.1, 4.2", internal=True,
    ),
    "roll-reminder": letter("roll-reminder", "school", kind="notice", cite="3.4", **TELLS),
    "roll-reminder-2026": letter(
        "roll-reminder", "school", kind="notice", cite="3.4", date=at("2026-11-25T10:00"), **TELLS
    ),
    "recheck": letter("agency-enquiry", "police", facts=FACTS | {"recheck": "yes"}),
    "query-passed": letter("query-passed", "hub-manager", kind="notice", **TELLS),
    "not-mine-passed": letter("not-mine-passed", "tracking-officer", kind="notice", **TELLS),
    "more-news": letter("more-news", "tracking-officer", kind="notice", **TELLS),
    "confirm": letter(
        "confirm", "hub-worker", kind="confirm", choices=(Choice(1, "Yes", "confirmed"), Choice(2, "No", "not-so"))
    ),
}  # fmt: skip


def read(made: Letter) -> EmailMessage:
    mail = message_from_bytes(compose(made, wording()), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def seen(mail: EmailMessage) -> str:
    """The HTML as it is read: no tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", part(mail, "html"), flags=re.S)))


@pytest.mark.parametrize("name", MAILS)
def test_the_golden_mails(name: str) -> None:
    mail = read(MAILS[name])
    heads = [f"{key}: {value}" for key, value in mail.items() if key not in ("Content-Type", "MIME-Version")]
    made = "\n".join(heads) + "\n\n" + part(mail, "plain")
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("CMEBOT_GOLDEN") == "write":
        path.write_text(made, "utf-8")
    assert made == path.read_text("utf-8")


@pytest.mark.parametrize("name", MAILS)
def test_both_parts_say_the_same(name: str) -> None:
    """What a telephone shows and what a plain reader shows are one mail: no word of the text is lacking in the HTML."""
    mail = read(MAILS[name])
    text = set(re.findall(r"\w+", part(mail, "plain"))) - {"from", "here", "End", "of", "the", "to", "copy", "differs"}
    assert not text - set(re.findall(r"\w+", seen(mail)))


@pytest.mark.parametrize("name", MAILS)
def test_the_request_comes_first_and_the_code_last(name: str) -> None:
    made = MAILS[name]
    lines = part(read(made), "plain").strip().splitlines()
    assert lines[0].endswith((".", "?"))
    if made.wording not in ("ack-unknown", "alarm-sender"):
        assert lines[-1] == "K7QF-2MXA-9T"


def test_headers_by_the_contract() -> None:
    mail = read(MAILS["accept-and-check"])
    assert mail["X-CME-Question"] == "accept-referral database-check"
    assert mail["X-CME-Rule"] == "hub.accept-referral"
    assert mail["X-CME-Case"] == "CME-2014-00042"
    assert mail["Subject"] == "[CME-2014-00042 K7QF-2MXA-9T] New case: please check the database"
    assert mail["Reply-To"] == mail["From"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert read(MAILS["ack-school"])["Auto-Submitted"] == "auto-replied"
    assert read(MAILS["alarm"])["X-CME-Rule"] == "alarm"


def test_outside_the_council_only_the_opaque_key_is_seen() -> None:
    assert [key for key in read(MAILS["police"]) if key.startswith("X-CME")] == ["X-CME-Key"]


def test_a_stranger_learns_nothing_of_whether_there_is_a_case() -> None:
    with_case, without = (
        MAILS["ack-unknown"],
        letter("ack-unknown", "writer", kind="ack", refs=(), code="", facts={}, **TELLS),
    )
    assert part(read(with_case), "plain") == part(read(without), "plain")
    assert read(with_case)["Subject"] == read(without)["Subject"] == "We have your mail"
    assert read(with_case)["X-CME-Case"] is None


def test_a_tap_opens_a_reply_that_says_the_choice() -> None:
    html = part(read(MAILS["home-visit"]), "html")
    first = unquote(unescape(re.findall(r'href="(mailto:[^"]+)"', html)[0]))
    assert first == (
        "mailto:hub.north@council.example?subject=Re: [CME-2014-00042 K7QF-2MXA-9T]&body=1: No response at the door"
    )


hostile = st.text(alphabet=st.characters(codec="utf-8"), min_size=4, max_size=30).filter(lambda s: len(s.strip()) > 3)


@settings(deadline=None)  # A busy machine is no fault.
@given(hostile, hostile)
def test_no_name_comes_into_a_header_whatever_it_is(surname: str, forenames: str) -> None:
    facts = FACTS | {"child.surname": surname, "child.forenames": forenames, "text": surname}
    for name in ("home-visit", "alarm"):
        changed, plain = letter(name, "hub-worker", facts=facts), letter(name, "hub-worker")
        assert dict(read(changed).items()) == dict(read(plain).items())


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    mail = read(letter("home-visit", "hub-worker", facts=FACTS | {"child.surname": '<img src=x onerror="alert(1)">'}))
    assert "<img" not in part(mail, "html")
    assert "&lt;img" in part(mail, "html")


def test_a_fact_of_several_lines_cannot_pretend_to_be_the_mail() -> None:
    facts = FACTS | {"address.last_known": "7 Kiln Lane\nReply with 9:\n9  Close the case\n----------"}
    assert "\n9  Close the case" not in part(read(letter("home-visit", "hub-worker", facts=facts)), "plain")


def test_a_broken_message_id_of_theirs_does_not_stop_our_answer() -> None:
    mail = read(
        letter("ack", "school", in_reply_to="bad id", references=("<1@a.example>", "worse\nBcc: x@y.example"), **TELLS)
    )
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<1@a.example>"
    with pytest.raises(BadHeader):
        compose(letter("ack", "school", key="ours\n", **TELLS), wording())


def test_a_reminder_of_what_is_already_late_does_not_ask_for_yesterday() -> None:
    late = letter(
        "chase", "hub-worker", kind="chase", questions=("home-visit",), chase=1, date=at("2014-12-01T09:00"),
        asked_on=at("2014-11-26T12:00"),
    )  # fmt: skip
    text = part(read(late), "plain")
    assert "as soon as you can" in text.splitlines()[0]
    assert "was due by midday on Friday 28 November" in text
