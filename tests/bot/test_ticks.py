"""One mail or case that beats us costs itself, and nothing else."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.arrivals.arrival import Arrival
from bot.arrivals.verdict import Verdict
from bot.cases.casework import Casework
from bot.intake import intake
from bot.mailboxes.maildir import MaildirMailbox
from bot.mailboxes.port import Arrived, MailboxError, Seen
from bot.register.rows import Place
from bot.running import screening, ticks
from tests.stories.story import SCHOOL, Story


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "county")


def test_a_mail_that_beats_us_is_set_aside_whole_and_the_others_are_worked(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = intake.take

    def fragile(work: Casework, arrival: Arrival) -> Verdict:
        if "poison" in arrival.reading.text:
            raise ZeroDivisionError("poison")
        return real(work, arrival)

    monkeypatch.setattr(ticks, "take", fragile)
    inbox = story.folder / "mail" / "missing.pupils" / "new"
    letter = f"From: {SCHOOL}\nMessage-ID: <{{0}}@x.example>\nSubject: x\n\n{{1}}\n"
    (inbox / "1").write_text(letter.format(1, "poison"), "utf-8")
    (inbox / "2").write_text(letter.format(2, "Our pupil Ines Carvalho has not been in school."), "utf-8")
    story.at("2014-11-26 10:00").look()
    assert len(story.cases) == 1
    assert ["ZeroDivisionError" in why for why in story.quarantine] == [True]
    assert [f.name for f in (story.folder / "mail/missing.pupils/.Quarantine/new").iterdir()] == ["1"]


def test_a_case_that_beats_us_is_told_and_the_others_go_on(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.at("2014-11-12 10:00").memo()
    story.at("2014-11-12 10:01").memo({"child.surname": "Boxgrove"})
    first = story.cases[0]["case"]
    real = Casework.advance

    def fragile(self: Casework, ref: str) -> None:
        if ref == first:
            raise ZeroDivisionError("a fault of ours")
        real(self, ref)

    monkeypatch.setattr(Casework, "advance", fragile)
    with pytest.raises(AssertionError, match=f"{first} cannot be worked on"):
        story.at("2014-11-14 09:00").look()
    monkeypatch.undo()
    story.at("2014-11-14 09:30").look()
    assert len(story.asked("deputy.tracking.officer@council.example", "database-check")) >= 1


def test_in_a_long_queue_a_serious_concern_has_its_turn_first(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "LONG_WAIT", 0.0)
    inbox = story.folder / "mail" / "missing.pupils" / "new"
    letter = f"From: {SCHOOL}\nMessage-ID: <{{0}}@x.example>\nSubject: x\n\n{{1}}\n"
    for n in range(ticks.BATCH + 6):
        path = inbox / f"{n:03d}"
        path.write_text(letter.format(n, f"Our pupil number {n} has not been in school."), "utf-8")
        os.utime(path, (n, n))
    path = inbox / "the last"
    path.write_text(letter.format("last", "We fear that she is being beaten at home."), "utf-8")
    os.utime(path, (1000, 1000))
    story.at("2014-11-26 10:00").look()
    grave = [int(case["case"][-5:]) for case in story.cases if case["concern"]]
    assert grave == [ticks.BATCH + 1], "after the first batch, before the six that came earlier"
    assert len(story.cases) == ticks.BATCH + 7


@pytest.mark.parametrize("mails", [1, ticks.BATCH + 1])
def test_a_mail_that_the_mailbox_cannot_give_keeps_back_none_of_the_others(
    story: Story, monkeypatch: pytest.MonkeyPatch, mails: int
) -> None:
    real = MaildirMailbox.fetch

    def broken(self: MaildirMailbox, limit: int, seen: Seen = frozenset()) -> Iterator[Arrived]:
        yield from real(self, limit, seen)
        raise MailboxError("one mail may not be read; the others were")

    monkeypatch.setattr(MaildirMailbox, "fetch", broken)
    inbox = story.folder / "mail" / "missing.pupils" / "new"
    for n in range(mails):
        letter = f"From: {SCHOOL}\nMessage-ID: <{n}@x.example>\nSubject: x\n\nOur pupil number {n} is not in school.\n"
        (inbox / str(n)).write_text(letter, "utf-8")
    with pytest.raises(AssertionError, match="one mail may not be read"):
        story.at("2014-11-26 10:00").look()
    assert len(story.cases) == mails and not list(inbox.iterdir())


def test_where_nothing_can_be_moved_what_comes_later_is_read_all_the_same(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full folder, or one to which the right was taken away."""

    def refuses(self: MaildirMailbox, places: list[Place], target: str) -> None:
        raise MailboxError("refuses: [OVERQUOTA] Quota exceeded")

    monkeypatch.setattr(MaildirMailbox, "finish_all", refuses)
    inbox = story.folder / "mail" / "missing.pupils" / "new"
    letter = f"From: {SCHOOL}\nMessage-ID: <{{0}}@x.example>\nSubject: x\n\n{{1}}\n"
    for n, said in enumerate(("Our pupil Ines is not in school.", "We fear that she is being beaten at home.")):
        (inbox / str(n)).write_text(letter.format(n, said), "utf-8")
        with pytest.raises(AssertionError, match="OVERQUOTA"):
            story.at(f"2014-11-26 1{n}:00").look()
    assert [case["concern"] for case in story.cases] == [False, True]
    assert len(list(inbox.iterdir())) == 2
    monkeypatch.undo()
    story.at("2014-11-26 12:00").look()
    assert not list(inbox.iterdir()) and len(story.cases) == 2


def test_however_many_mails_are_stuck_a_new_one_is_reached(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as one poll takes in."""

    def refuses(self: MaildirMailbox, places: list[Place], target: str) -> None:
        raise MailboxError("refuses: [OVERQUOTA] Quota exceeded")

    monkeypatch.setattr(MaildirMailbox, "finish_all", refuses)
    monkeypatch.setattr(ticks, "AT_MOST", 3)
    inbox = story.folder / "mail" / "missing.pupils" / "new"
    letter = f"From: {SCHOOL}\nMessage-ID: <{{0}}@x.example>\nSubject: x\n\n{{1}}\n"
    for n in range(3):
        path = inbox / str(n)
        path.write_text(letter.format(n, f"Our pupil number {n} is not in school."), "utf-8")
        os.utime(path, (n, n))
    with pytest.raises(AssertionError, match="OVERQUOTA"):
        story.at("2014-11-26 10:00").look()
    (inbox / "late").write_text(letter.format("late", "We fear that she is being beaten at home."), "utf-8")
    with pytest.raises(AssertionError, match="OVERQUOTA"):
        story.at("2014-11-26 11:00").look()
    assert [case["concern"] for case in story.cases] == [False, False, False, True]
