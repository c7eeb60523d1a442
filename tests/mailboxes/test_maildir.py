"""What only files do: a name comes again, a person moves one, a half-written one lies in tmp."""

from __future__ import annotations

import os
from collections.abc import Iterator
from mailbox import Maildir
from pathlib import Path

import pytest

from bot.mailboxes.maildir import MaildirMailbox
from bot.mailboxes.port import MailboxError
from tests.mailboxes.boxes import ADDRESS, letter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def mailbox(path: Path) -> Iterator[MaildirMailbox]:
    opened = MaildirMailbox(path, "hub", ADDRESS)
    yield opened
    opened.close()


def contents(folder: Path) -> list[bytes]:
    return sorted(file.read_bytes() for file in folder.iterdir())


def test_a_name_used_again_destroys_no_earlier_mail(mailbox: MaildirMailbox, path: Path) -> None:
    for n in (1, 2, 3):
        for target in ("done", "quarantine"):
            (path / "cur" / "letter.eml:2,S").write_bytes(letter(n))
            (arrived,) = mailbox.fetch(1)
            mailbox.finish(arrived.place, target)
    assert contents(path / ".Done" / "cur") == [letter(1), letter(2), letter(3)]
    assert contents(path / ".Quarantine" / "new") == [letter(1), letter(2), letter(3)]


def test_what_a_person_moves_away_meanwhile_is_passed_over(mailbox: MaildirMailbox, path: Path) -> None:
    for n in (1, 2, 3):
        (path / "new" / f"{n}").write_bytes(letter(n))
        os.utime(path / "new" / f"{n}", ns=(n, n))
    reading = mailbox.fetch(3)
    first = next(reading)
    (path / "new" / "2").rename(path / ".Quarantine" / "cur" / "2:2,S")
    assert [arrived.raw for arrived in reading] == [letter(3)]
    (path / "new" / "1").unlink()
    mailbox.finish(first.place, "done")
    assert contents(path / ".Done" / "cur") == []


def test_what_a_mail_program_has_shown_meanwhile_is_still_found(mailbox: MaildirMailbox, path: Path) -> None:
    (path / "new" / "1").write_bytes(letter(1))
    (arrived,) = mailbox.fetch(1)
    (path / "new" / "1").rename(path / "cur" / "1:2,S")
    mailbox.finish(arrived.place, "done")
    assert [file.name for file in (path / ".Done" / "cur").iterdir()] == ["1:2,S"]


def test_what_is_being_delivered_and_what_is_no_mail_is_left_alone(mailbox: MaildirMailbox, path: Path) -> None:
    (path / "tmp" / "1").write_bytes(b"half of a let")
    (path / "new" / ".hidden").write_bytes(b"an editor's file")
    (path / "new" / "folder").mkdir()
    (path / "new" / "link").symlink_to("/etc/hostname")
    assert list(mailbox.fetch(10)) == []


def test_one_that_may_not_be_read_stops_no_other(mailbox: MaildirMailbox, path: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root may read everything")
    for n in (1, 2):
        (path / "new" / f"{n}").write_bytes(letter(n))
    (path / "new" / "1").chmod(0)
    reading = mailbox.fetch(10)
    assert next(reading).raw == letter(2)
    with pytest.raises(MailboxError, match="may not be read"):
        next(reading)


def test_its_folders_are_those_that_mail_programs_show(mailbox: MaildirMailbox, path: Path) -> None:
    assert sorted(Maildir(path, create=False).list_folders()) == ["Done", "Quarantine"]
    assert (path / ".Done" / "maildirfolder").exists()
