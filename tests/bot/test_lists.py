"""A row that beats the bot costs itself alone; five hundred rows are worked off between other mail."""

from pathlib import Path
from typing import Any

import pytest

from bot.cases.casework import Casework
from bot.register.rows import ListRow
from bot.rosters import working
from tests.stories.story import PTO, Story, plain

HEAD = "Surname,Forename,DOB,School,Date left"


def leavers(count: int) -> bytes:
    rows = [
        f"Nunn{chr(97 + n // 26)}{chr(97 + n % 26)},Isla,03/05/2003,Bardwell Hill Academy,03/10/2014"
        for n in range(count)
    ]
    return "\n".join([HEAD, *rows]).encode()


def test_a_row_that_beats_us_is_told_of_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = working.look

    def stumbling(work: Casework, row: ListRow) -> Any:
        if row.line == 3:
            raise RuntimeError("no foot on this stair")
        return look(work, row)

    monkeypatch.setattr(working, "look", stumbling)
    story = Story(tmp_path / "county").at("2014-11-12 10:00").mails(PTO, "Leavers.", files={"leavers.csv": leavers(4)})
    mail = plain(story.bot_asks("school", "leaver-destination"))
    assert "L2:" in mail and "L3:" not in mail and "L5:" in mail
    assert "Row 3" in plain(story.bot_tells("tracking-officer", "the bot failed on this row"))


def test_many_rows_are_many_commits_and_one_mail_a_school(tmp_path: Path) -> None:
    count = 3 * working.BATCH + 7
    story = (
        Story(tmp_path / "county").at("2014-11-12 10:00").mails(PTO, "Leavers.", files={"leavers.csv": leavers(count)})
    )
    mails = [m for m in story.out if m["X-CME-Question"]]
    assert len(mails) == 1 and plain(mails[0]).count("Isla") == 30
    (table,) = mails[0].iter_attachments()
    assert table.get_content().count("Isla") == count
