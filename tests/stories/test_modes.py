"""Going live without fear: shadow, approve, live; alarms in every mode; what a mailbox held before."""

import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.register.register import Register
from bot.views.show import status_json
from tests.stories.story import PTO, SCHOOL, Story, plain, to

WORDS = "Our pupil Ines Carvalho came in with bruises on both arms and is frightened of her uncle."
ENGINES = {"digest", "alarm", "shadow"}


def in_mode(story: Story, mode: str, more: str = "") -> Story:
    text = story.config.read_text("utf-8").replace('mode      = "live"', f'mode = "{mode}"')
    story.config.write_text(text.replace("[trust]", f"{more}\n[trust]"), "utf-8")
    return story


def status(story: Story) -> dict[str, object]:
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        return status_json(snapshot)


def evening(story: Story, who: str = PTO) -> EmailMessage:
    return next(m for m in story.out if m["X-CME-Rule"] == "shadow" and to(m) == who)


def test_in_the_shadow_nothing_leaves_but_one_evening_mail_to_each_officer(story: Story) -> None:
    in_mode(story, "shadow").at("2014-11-26 10:00").hub_referral()
    assert not story.out and story.cases
    story.at("2014-11-26 17:00").look()
    assert {m["X-CME-Rule"] for m in story.out} == {"shadow"}
    assert {to(m) for m in story.out} == {
        PTO,
        "designated.officer@council.example",
        "hub.manager.north@council.example",
    }
    told = plain(evening(story))
    assert "admissions@council.example" in told and SCHOOL in told
    assert "Tregenza" not in str(evening(story)["Subject"])
    story.at("2014-11-26 18:00").look()
    assert not story.out


def test_an_alarm_is_never_held_back_in_the_shadow(story: Story) -> None:
    in_mode(story, "shadow").at("2014-11-26 10:00").mails(SCHOOL, WORDS)
    story.bot_tells("designated-officer", "bruises")
    story.bot_tells("tracking-officer", "bruises")
    story.bot_tells("school", "you must contact")
    assert {m["X-CME-Rule"] for m in story.out} == {"alarm"}


@pytest.mark.parametrize("mode", ["approve", "shadow"])
def test_a_digest_shows_what_nobody_could_read_in_every_mode(story: Story, mode: str) -> None:
    in_mode(story, mode).at("2014-11-26 10:00").mails("x@stranger.example", "Hello?")
    story.at("2014-11-27 07:00").look()
    assert any(m["X-CME-Rule"] == "digest" and "x@stranger.example" in plain(m) for m in story.out)


def test_officers_judge_the_evening_mail_and_the_figure_is_in_the_status(story: Story) -> None:
    in_mode(story, "shadow").at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 17:00").look()
    judged = evening(story)
    shown = len(re.findall(r"^\W*\d+\. ", plain(judged), re.MULTILINE))
    story.at("2014-11-26 17:30").mails(PTO, "Number 2 was wrong", answers=judged)
    told = status(story)["concordance"]
    assert told == {"right": shown - 1, "wrong": 1, "percent": 100 * (shown - 1) // shown}
    story.at("2014-11-26 17:40").mails(PTO, "all right", answers=judged)
    assert status(story)["concordance"] == told, "judged once"
    story.at("2014-11-27 07:00").look()
    digest = next(m for m in story.out if m["X-CME-Rule"] == "digest" and to(m) == PTO)
    assert f"you would have sent {shown - 1}" in " ".join(plain(digest).split())


def test_in_the_shadow_an_officer_hears_what_came_of_what_he_was_asked(story: Story) -> None:
    in_mode(story, "shadow").at("2014-11-26 10:00").hub_referral()
    story.at("2014-11-26 17:00").look()
    story.at("2014-11-26 17:30").mails(PTO, "All right", answers=evening(story))
    story.bot_tells("tracking-officer", "thank you", "right, 0 wrong")
    story.at("2014-11-26 17:40").mails(PTO, "status CME-2014-00001")
    assert not story.out, "and nothing else leaves"


def test_in_the_shadow_an_officer_hears_whether_the_mail_counts_that_he_released(story: Story) -> None:
    in_mode(story, "shadow").at("2014-11-26 10:00").memo({"child.date_of_birth": ""})
    late = "Ottilie Tregenza of CME-2014-00001 was born on 3 May 2003."
    story.at("2014-11-26 11:00").mails(SCHOOL, late, believed=False, subject="CME-2014-00001")
    story.at("2014-11-27 07:00").look()
    digest = next(m for m in story.out if m["X-CME-Rule"] == "digest" and to(m) == PTO)
    word = re.search(r"believe \d+-[0-9A-Z]{4}", " ".join(plain(digest).split()))
    assert word, plain(digest)
    story.at("2014-11-27 09:00").mails(PTO, word[0], answers=digest)
    assert [to(m) for m in story.out] == [PTO]
    story.bot_tells("tracking-officer", "counts as written by")


def test_what_stayed_in_the_shadow_is_asked_anew_when_the_bot_goes_live(story: Story) -> None:
    in_mode(story, "shadow").at("2014-11-26 10:00").hub_referral()
    story.config.write_text(story.config.read_text("utf-8").replace('mode = "shadow"', 'mode = "live"'), "utf-8")
    story.until("2014-11-28 09:00")
    asked = story.bot_asks("admissions", "on-roll-elsewhere")
    assert "reminder" not in str(asked["Subject"]).lower()


def asked_for_leave(story: Story, who: str, about: str) -> EmailMessage:
    return next(m for m in story.sent if m["X-CME-Rule"] == "confirm" and to(m) == who and about in plain(m))


def test_in_approve_each_mail_waits_for_one_tap(story: Story) -> None:
    in_mode(story, "approve").at("2014-11-26 10:00").hub_referral()
    assert not story.to("admissions") and not story.to("school")
    manager = "hub.manager.north@council.example"
    leave = asked_for_leave(story, manager, "admissions@council.example")
    assert "another school" in plain(leave).lower() or "on roll" in plain(leave).lower()
    story.at("2014-11-26 10:30").mails(manager, "1", "hub.north", answers=leave)
    story.bot_asks("admissions", "on-roll-elsewhere")
    no = asked_for_leave(story, manager, SCHOOL)
    story.at("2014-11-26 10:40").mails(manager, "No, I rang them", "hub.north", answers=no)
    assert not story.to("school", ever=True)
    assert status(story)["concordance"] == {"right": 1, "wrong": 1, "percent": 50}


def test_in_approve_a_deputy_who_gives_leave_hears_so_without_another_leave(story: Story) -> None:
    in_mode(story, "approve").at("2014-11-26 10:00").hub_referral()
    leave = asked_for_leave(story, "hub.manager.north@council.example", "admissions@council.example")
    deputy = "deputy.hub.manager.north@council.example"
    story.at("2014-11-26 10:30").mails(deputy, "1", "hub.north", answers=leave)
    story.bot_asks("admissions", "on-roll-elsewhere")
    story.bot_tells(deputy, "we have sent it")


def test_in_approve_nothing_leaves_where_nobody_is_there_to_give_leave(story: Story) -> None:
    people = story.folder / "directory" / "people.csv"
    people.write_text(re.sub(r"(?m)^tracking-officer,.*\n", "", people.read_text("utf-8")), "utf-8")
    in_mode(story, "approve").at("2014-11-12 10:00").memo()
    assert not story.out
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        held = [row.why for row in snapshot.held() if row.address == SCHOOL]
    assert held and all("nobody holds that role" in why for why in held)


def test_in_approve_a_strangers_receipt_waits_too(story: Story) -> None:
    in_mode(story, "approve").at("2014-11-26 10:00").mails("x@stranger.example", "Hello?")
    assert not story.to("x@stranger.example")
    leave = asked_for_leave(story, PTO, "x@stranger.example")
    story.at("2014-11-26 10:30").mails(PTO, "1", answers=leave)
    story.bot_tells("x@stranger.example", "thank you")


def test_nobody_else_gives_leave(story: Story) -> None:
    in_mode(story, "approve").at("2014-11-26 10:00").hub_referral()
    leave = asked_for_leave(story, "hub.manager.north@council.example", "admissions@council.example")
    for who in ("hub.manager.south@council.example", SCHOOL, "x@stranger.example"):
        story.at("2014-11-26 10:30").mails(who, "1", "hub.north", answers=leave)
    assert not story.to("admissions", ever=True)
    assert sum("may not give it" in why for why in story.quarantine) == 3


def test_what_was_answered_meanwhile_is_not_sent(story: Story) -> None:
    in_mode(story, "approve").at("2014-11-12 10:00").memo({"child.date_of_birth": ""})
    leave = asked_for_leave(story, PTO, SCHOOL)
    ref = story.cases[0]["case"]
    story.at("2014-11-12 10:30").mails(PTO, f"close {ref} not-cme")
    story.at("2014-11-12 10:35").yes("tracking-officer")
    story.at("2014-11-12 10:40").mails(PTO, "1", answers=leave)
    assert not story.to("school", ever=True) and story.cases[0]["state"] == "closed"


def test_a_mode_for_single_rules(story: Story) -> None:
    in_mode(story, "shadow", '[modes]\n"hub.*" = "live"\n"ack" = "live"\n').at("2014-11-26 10:00").hub_referral()
    story.bot_asks("admissions", "on-roll-elsewhere")
    assert {m["X-CME-Rule"].partition(".")[0] for m in story.out} <= {"hub", "ack"}
    story.at("2014-11-26 10:05").memo({"child.surname": "Okonedo", "child.forenames": "Bram"})
    story.bot_asks_nothing("tracking-officer", "database-check")


def test_a_mode_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    from bot.config.settings import BadConfig, load_config

    path = in_mode(Story(tmp_path / "x"), "dry").config
    with pytest.raises(BadConfig, match=r"line \d+: mode"):
        load_config(path)
