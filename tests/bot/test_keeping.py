"""What is kept can be copied, handed over whole, and erased; and the digest looked at."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.register.register import Register
from tests.stories.story import PTO, SCHOOL, Story

Run = Callable[..., tuple[int, str]]
"""Runs a command: its exit code, and what it printed."""


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "county").at("2014-11-12 10:00").memo()


@pytest.fixture
def run(story: Story, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def command(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["cmebot", "-c", str(story.config), *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out + told.err

    return command


def the_case(story: Story) -> str:
    return str(story.cases[0]["case"])


def test_a_backup_is_a_register_that_can_be_read(story: Story, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", copy)[0] == 0
    with Register.open(copy) as register, register.read() as snapshot:
        assert [row.ref for row in snapshot.cases()] == [the_case(story)]
    code, told = run("backup", copy)
    assert (code, "already" in told) == (1, True)


def test_all_that_is_kept_about_a_child_in_one_folder(story: Story, run: Run, tmp_path: Path) -> None:
    ref = the_case(story)
    folder = tmp_path / "out"
    assert run("export", ref, folder)[0] == 0
    whole = json.loads((folder / "case.json").read_text("utf-8"))
    assert whole["case"] == ref and whole["events"]
    (came,) = (folder / "in").iterdir()
    assert SCHOOL in came.read_text("utf-8", "replace")
    assert len(list((folder / "out").iterdir())) == len([m for m in story.sent if ref in str(m["Subject"])])
    code, told = run("export", ref, folder)
    assert (code, "not empty" in told) == (1, True)
    assert run("export", "CME-2014-99999", tmp_path / "other")[0] == 1


def test_an_open_case_is_not_erased_and_a_closed_one_is_for_good(story: Story, run: Run, tmp_path: Path) -> None:
    ref = the_case(story)
    assert run("erase", ref)[0] == 2, "the reference was not said once more"
    code, told = run("erase", ref, "--yes", ref)
    assert (code, "is open" in told) == (1, True)
    story.at("2014-11-13 10:00").mails("tracking.officer@council.example", f"close {ref} as sent in error")
    story.yes("tracking-officer")
    assert story.cases[0]["state"] == "closed"
    assert run("erase", ref, "--yes", ref)[0] == 0
    assert story.cases == []
    assert run("export", ref, tmp_path / "gone")[0] == 1


def test_an_erased_child_is_in_no_history_of_a_list_and_the_others_are(story: Story, run: Run) -> None:
    head = "Legal Surname,Legal Forename,Date of birth,Base Name,Leaving date,Destination,Notes"
    temi = "Ogunbanjo,Temi,14/06/2003,Bardwell Hill Academy,03/10/2014,,"
    rhys = "Penhaligon,Rhys,20/06/2004,Bardwell Hill Academy,10/10/2014,,"
    data = "\n".join((head, temi, rhys)).encode("utf-8-sig")
    story.at("2014-11-12 10:00").mails(PTO, "The leavers report.", subject="Leavers", files={"leavers.csv": data})
    story.at("2014-11-13 10:00").reply("school", "L2 Temi Ogunbanjo: not known\nL3: not known", "leaver-destination")
    first = next(case["case"] for case in story.cases if case["child"]["surname"] == "Ogunbanjo")
    story.at("2014-11-13 11:00").mails(PTO, f"close {first} as sent in error").yes("tracking-officer")
    assert run("erase", first, "--yes", first)[0] == 0
    with Register.open(story.folder / "register.db") as register, register.read() as snapshot:
        lists = ("LIST-2014-00001", "LIST-2014-00002")
        told = "".join(str(dict(event.values)) for ref in lists for event in snapshot.history(ref))
        assert snapshot.list_rows(lists[0], "opened")[0].fields["child.surname"] == "Penhaligon"
    assert "Ogunbanjo" not in told and "Temi" not in told and "Penhaligon" in told
    assert story.subject(lists[1])["state"] == "closed"
    story.at("2014-11-14 10:00").reply("school", "L3: Windrush Community College", "leaver-destination")
    assert "destination.known" in [event["event"] for event in story.case()["events"]]


def test_the_digest_can_be_looked_at_and_nothing_is_sent(story: Story, run: Run) -> None:
    before = len(story.sent)
    code, told = run("digest")
    assert code == 0 and the_case(story) in told
    story.look()
    assert len(story.sent) == before
    assert run("digest", "hub-manager", "--area", "atlantis") == (
        1,
        "cmebot: nobody in the directory is hub-manager of atlantis\n",
    )
