"""`cmebot explain` as an officer calls it: the story of a case in plain words, in the order of time."""

import json

import pytest
from typer.testing import CliRunner

from bot.cli import all_commands, main
from tests.stories.story import PTO, Story
from tests.stories.test_tracking import enquiring


def explain(story: Story, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(all_commands(), ["-c", str(story.folder / "config.toml"), "explain", *words])
    return result.exit_code, result.output


def test_what_was_done_what_is_waited_for_and_what_comes_next(story: Story) -> None:
    enquiring(story)
    ref = story.cases[0]["case"]
    code, told = explain(story, ref)
    assert code == 0 and told.startswith(f"{ref}: ")
    happened, _, rest = told.partition("What we wait for")
    waiting, _, coming = rest.partition("What comes next, if nobody does anything")
    assert "we asked the Youth Offending Service" in happened and "(paragraph 4.1)" in happened
    assert "  the Youth Offending Service: Can you help find this family? (asked " in waiting
    assert "we will remind the Youth Offending Service, for the first time" in coming


def test_of_a_corrected_detail_both_values_are_told(story: Story) -> None:
    enquiring(story)
    ref = story.cases[0]["case"]
    story.at("2014-11-13 10:00").mails(PTO, f"{ref}\ncorrect date of birth 14 June 2005")
    _, told = explain(story, ref)
    assert "date of birth corrected: it was 14 June 2003, it is 14 June 2005" in told
    story.at("2014-11-13 11:00").mails(PTO, f"{ref}\nundo")
    _, told = explain(story, ref)
    assert "taken back that" in told


def test_for_programs_the_same_lines(story: Story) -> None:
    enquiring(story)
    ref = story.cases[0]["case"]
    code, told = explain(story, ref, "--json")
    lines = json.loads(told)["lines"]
    assert code == 0 and lines == explain(story, ref)[1].rstrip("\n").split("\n")


def test_a_case_that_there_is_not(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    enquiring(story)
    monkeypatch.setattr("sys.argv", ["cmebot", "-c", str(story.folder / "config.toml"), "explain", "CME-2014-99999"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "there is no case CME-2014-99999: `cmebot cases` lists those there are" in capsys.readouterr().err
