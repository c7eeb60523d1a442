"""A list with hundreds of rows makes no endless mail: the first stand in it, and all of them in a file that goes with
it. Each can be answered."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from email.message import EmailMessage

from outbound.overlong import MOST, shortened
from outbound.sections import Listed, Section
from tests.stories.story import Story, plain
from tests.stories.test_rising_fives import arrives

COUNT = 150
_HEADS = ("Bar", "Cor", "Dun", "Fel", "Gos", "Hax", "Kit", "Lam", "Mor", "Pen")
_TAILS = ("by", "combe", "field", "grove", "ham", "ley", "mere", "ridge", "stow", "thorpe", "ton", "well", "wick")
_TAILS += ("wold", "worth")
SURNAMES = [head + tail for tail in _TAILS for head in _HEADS]
FORENAMES = ("Ada", "Ben", "Cleo", "Dev", "Elsie", "Femi", "Gwen", "Hal", "Ines", "Joss", "Kofi")


def row(n: int) -> str:
    born = date(2008, 9, 2) + timedelta(days=2 * n)
    return f"{FORENAMES[n % 11]};{SURNAMES[n]};{born:%d/%m/%Y};{n + 1} Mill Steps, Banbury;OX16 9ZZ;"


def named(text: str) -> int:
    return sum(f" {surname}," in text for surname in SURNAMES)


def many(story: Story) -> EmailMessage:
    """Children of school age on no roll, of whom the officer is asked in one mail."""
    arrives(story, *map(row, range(COUNT)))
    return story.bot_asks("tracking-officer", "rising-five-provision")


def enclosed(mail: EmailMessage) -> list[list[str]]:
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("rows.csv", "text/csv")
    return list(csv.reader(io.StringIO(file.get_content().removeprefix("\ufeff"))))


def test_the_first_rows_stand_in_the_mail_and_all_of_them_in_its_file(story: Story) -> None:
    mail = many(story)
    assert named(plain(mail)) == MOST
    assert f"and {COUNT - MOST} more: all {COUNT} are in the attached file rows.csv" in plain(mail)
    head, *rows = enclosed(mail)
    assert head == ["code", "row"] and len(rows) == COUNT
    assert rows[-1][0] == f"L{COUNT + 1}" and SURNAMES[-1] in rows[-1][1]


def test_a_row_that_stands_in_the_file_alone_is_answered_and_the_rest_is_shown_again(story: Story) -> None:
    many(story)
    last = f"L{COUNT + 1}"
    said = "\n".join([f"{last} Larkmead Vale Primary School", *(f"L{n} not known" for n in range(2, MOST + 2))])
    story.at("2014-11-13 10:00").reply("tracking-officer", said, "rising-five-provision")
    closed = [case["child"]["surname"] for case in story.cases if case["state"] == "closed"]
    assert closed == [SURNAMES[-1]]
    (receipt,) = [m for m in story.to("tracking-officer") if m["X-CME-Rule"] == "reply"]
    assert f" {SURNAMES[MOST]}," in plain(receipt), "the next ones"


def test_a_short_list_has_no_file(story: Story) -> None:
    arrives(story, *map(row, range(MOST)))
    mail = story.bot_asks("tracking-officer", "rising-five-provision")
    assert not list(mail.iter_attachments()) and named(plain(mail)) == MOST


def test_no_cell_of_the_file_is_a_formula() -> None:
    lines = ["=1+1", "L2: @cmd", *(f"L{n}: Ada Barby" for n in range(3, MOST + 3))]
    bare = Section("", Listed("", ()), (), None, (), Listed("", tuple(lines)), "", (), (), "", "", "")
    _, (file,) = shortened([bare])
    assert file.content.decode("utf-8-sig").splitlines()[1:3] == [",'=1+1", "L2,'@cmd"]
