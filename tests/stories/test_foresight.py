"""`simulate` says what then happens; `simulate --pack` what another policy would have made of what has happened."""

import json
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from bot.cli import all_commands
from bot.council.office import Office
from bot.inspecting import replay, simulate
from bot.register.register import Register
from bot.running.startup import office_of
from bot.views.show import UnknownCase
from rules import BadPack
from tests.stories.story import Story, to

BRISK = """
name    = "brisk"
extends = "oxfordshire"
[role.admissions]
then  = "tracking-officer"
chase = { every = "1 working day", times = 1 }
"""


def referred(story: Story) -> Story:
    story.at("2014-11-26 10:00").hub_referral({})
    story.at("2014-11-26 12:00").memo({"child.surname": "Quillfeather", "child.forenames": "Bram"})
    return story.at("2014-11-26 14:00").reply("admissions", "Not on roll anywhere else, sorry.")


def foreseen(story: Story, *refs: str, until: str = "2014-12-12") -> tuple[Office, simulate.Future]:
    office = office_of(story.config)
    with Register.open(office.config.register_path) as register, register.read() as snapshot:
        return office, simulate.simulate(office, snapshot, refs, date.fromisoformat(until))


def called(story: Story, *words: str) -> Any:
    result = CliRunner().invoke(all_commands(), ["-c", str(story.config), *words])
    assert result.exit_code == 0, result.output
    return result.output


def shape(mail: EmailMessage) -> tuple[str, str, str]:
    return str(mail["X-CME-Case"]), to(mail), str(mail["X-CME-Question"] or "")


def test_what_is_foreseen_is_what_happens_when_nobody_does_anything(story: Story) -> None:
    office, future = foreseen(referred(story))
    told = simulate.as_json(office, future)["mails"]
    assert len(told) > 15
    came: list[tuple[str, str, str]] = []
    for moment in sorted({mail["at"] for mail in told}):
        story.at(moment[:16].replace("T", " ")).look()
        came += [shape(m) for m in story.out if m["X-CME-Rule"] != "digest" and shape(m)[0].startswith("CME-")]
    cases = [m for m in told if str(m["case"]).startswith("CME-")]
    assert sorted(came) == sorted((m["case"], m["address"], " ".join(m["questions"])) for m in cases)


def test_what_the_calendar_brings_is_foreseen_too(story: Story) -> None:
    """Reports, the reminder of duties, and a list that does not come: over new year, on their days, to each reader."""
    story.at("2014-11-26 10:00").look()
    office, future = foreseen(story, until="2015-01-20")
    told = simulate.as_json(office, future)["mails"]
    assert {"duties.reminder", "report.designated-officer", "report.data", "leavers.late"} <= {m["rule"] for m in told}
    came: list[tuple[str, str, str]] = []
    for moment in sorted({mail["at"] for mail in told}):
        story.at(moment[:16].replace("T", " ")).look()
        sent = [m for m in story.out if m["X-CME-Rule"] != "digest"]
        came += [(moment, to(m), str(m["X-CME-Rule"])) for m in sent]
    assert sorted(came) == sorted((m["at"], m["address"], m["rule"]) for m in told)
    lines = "\n".join(simulate.lines(office, future))
    days = {(m["at"], m["rule"]) for m in told if m["case"] is None}
    assert lines.count("readers: ") + lines.count("1 reader: ") == len(days)


def test_nothing_in_the_register_is_touched(story: Story) -> None:
    referred(story)
    before = (story.cases, [story.case(n) for n in range(2)])
    called(story, "simulate", "--until", "2015-06-30")
    assert (story.cases, [story.case(n) for n in range(2)]) == before
    assert story.look().shown() == []


def test_one_case_by_itself_and_a_day_on_which_it_ends(story: Story) -> None:
    referred(story)
    ref = story.cases[0]["case"]
    told = json.loads(called(story, "simulate", ref, "--until", "2014-12-01", "--json"))
    assert {mail["case"] for mail in told["mails"]} == {ref}
    assert max(mail["at"] for mail in told["mails"]) < "2014-12-02"
    assert any(event["event"] == "ask.overdue" for event in told["events"])


def test_it_is_read_as_a_diary(story: Story) -> None:
    told = called(referred(story), "simulate", "--until", "2014-12-03")
    assert "if nobody does anything" in told and "Friday 28 November 2014" in told
    assert "the Hub manager <hub.manager.north@council.example>: Please choose a Hub worker" in told


def test_a_case_that_is_not_there(story: Story) -> None:
    with pytest.raises(UnknownCase):
        foreseen(referred(story), "CME-2014-09999")


def test_a_closed_case_has_no_future(story: Story) -> None:
    story.at("2014-11-26 10:00").hub_referral({})
    story.at("2014-11-26 11:00").reply("school", "She is back at her desk this morning, all well.")
    story.at("2014-11-26 12:00").reply("hub-manager", "1", "conclude")
    assert story.cases[0]["state"] == "closed"
    future = foreseen(story, until="2015-11-26")[1]
    assert [ref for ref, _, _ in future.mails if ref.startswith("CME-")] == []


def compared(story: Story, pack: Path | str) -> replay.Compared:
    office = office_of(story.config)
    with Register.open(office.config.register_path) as register, register.read() as snapshot:
        return replay.compare(office, snapshot, Path(pack), ())


def pack_at(story: Story, text: str) -> Path:
    home = story.folder / "packs" / "brisk"
    home.mkdir(parents=True, exist_ok=True)
    (home / "pack.toml").write_text(text, "utf-8")
    return home


def visited(story: Story) -> Story:
    """A case that has come some way, an answer taken back on it, and two weeks more of it, looked at in time."""
    referred(story)
    story.at("2014-11-26 15:00").reply("hub-manager", "Please give this one to hub.worker.north@council.example")
    story.at("2014-11-27 15:30").reply(
        "hub-worker", "No response at the door on 27 November, card left, asked next door."
    )
    story.at("2014-11-28 09:00").look()
    story.at("2014-11-28 11:00").mails(
        "tracking.officer@council.example", f"{story.cases[0]['case']}\nnote: rang the gran"
    )
    return story.until("2014-12-10 09:00", hours=24)


def test_under_its_own_pack_what_happened_happens_again(story: Story) -> None:
    found = compared(visited(story), pack_at(story, 'name = "brisk"\nextends = "oxfordshire"\n'))
    assert found.now.mails == found.then.mails and found.now.missed == found.then.missed
    assert found.now.mails.total() == found.sent and list(replay._changes(found)) == []


def test_lesson_23_another_pack_makes_a_difference_that_is_told(story: Story) -> None:
    visited(story).at("2014-12-10 10:00").hub_referral({"child.surname": "Varcoe", "child.forenames": "Pol"})
    story.until("2014-12-19 09:00", hours=24)
    pack = pack_at(story, BRISK)
    told = called(story, "simulate", "--pack", str(pack))
    assert "3 cases replayed from 26 November 2014 to 19 December 2014." in told
    assert "1 of 3 cases differ." in told and "chase admissions: on-roll-elsewhere: 3 -> 1" in told
    sums = json.loads(called(story, "simulate", "--pack", str(pack), "--json"))
    assert {change["what"] for change in sums["changes"]} == {"on-roll-elsewhere"}
    assert ["admissions", "2014-12-10", 1] in sums["now"]["load"]


def test_the_load_is_drawn_without_anything_from_outside(story: Story, tmp_path: Path) -> None:
    pack = pack_at(visited(story), BRISK)
    for name in ("load.svg", "load.html"):
        called(story, "simulate", "--pack", str(pack), "--plot", str(tmp_path / name))
    svg = (tmp_path / "load.svg").read_text("utf-8")
    assert ElementTree.fromstring(svg).tag.endswith("svg") and "School Admissions" in svg
    page = (tmp_path / "load.html").read_text("utf-8")
    assert page.startswith("<!doctype html>") and svg in page
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_a_pack_that_is_not_there(story: Story) -> None:
    with pytest.raises(BadPack, match="no pack"):
        compared(referred(story), story.folder / "packs" / "atlantis")
