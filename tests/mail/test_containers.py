"""Forms within mails within files: every one is found, each child stays apart, and nothing unpacks without end."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from parsers.documents.layout import LOCKED, Unreadable
from parsers.mail import mapi, msg
from parsers.mail.carried import FilePart, Room
from parsers.mail.containers import opened
from parsers.reading import MailReading
from tests.documents import made
from tests.forms import generate
from tests.forms.filled import MEMO
from tests.mail import outlook
from tests.mail.test_reader import mail, memo, read, surnames

WREN = generate.memo({**MEMO, "surname": "Tolliver", "first": "Wren"})
FINN = generate.memo({**MEMO, "surname": "Ashgrove", "first": "Finn"})


def zipped(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def holding(*files: tuple[str, bytes], text: str = "Please see attached.") -> EmailMessage:
    message = mail(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def troubles(reading: MailReading) -> list[str]:
    return [a.verdict for a in reading.attachments if a.verdict not in ("cme-referral", "hub-referral", "no form")]


def test_a_zip_of_two_children() -> None:
    reading = read(
        holding(("forms.zip", zipped(("a/wren.docx", WREN), ("__MACOSX/a/._wren.docx", b"x"), ("finn.docx", FINN))))
    )
    assert surnames(reading) == ["Tolliver", "Ashgrove"]
    assert [a.name for a in reading.attachments] == ["wren.docx", "finn.docx"]


def test_a_zip_in_a_zip_and_a_name_that_climbs() -> None:
    reading = read(holding(("out.zip", zipped(("in.zip", zipped(("../../etc/cron.d/wren.docx", WREN)))))))
    assert surnames(reading) == ["Tolliver"]
    assert reading.attachments[0].name == "wren.docx"


def test_outlooks_mail_with_a_form_and_a_mail_within() -> None:
    inner = outlook.tree(
        "Finn", "See attached", [("finn.docx", FINN)], headers="From: b@school.example\r\nSubject: Finn\r\n"
    )
    reading = read(holding(("Referral.msg", outlook.msg("Wren", "Here it is", [("wren.docx", WREN)], [inner]))))
    assert surnames(reading) == ["Tolliver", "Ashgrove"]
    assert troubles(reading) == []


def test_a_form_typed_into_a_mail_that_outlook_saved() -> None:
    reading = read(holding(("Referral.msg", outlook.msg("Wren", memo()))))
    assert surnames(reading) == ["Tolliver"]


def test_winmail_dat() -> None:
    reading = read(holding(("winmail.dat", outlook.winmail([("wren's form.docx", WREN)]))))
    assert surnames(reading) == ["Tolliver"]
    assert [a.name for a in reading.attachments] == ["wren's form.docx"]


def test_a_form_in_the_rich_text_of_a_winmail_dat() -> None:
    from parsers.documents import docx

    reading = read(holding(("winmail.dat", outlook.winmail([], made.rtf(docx.read(WREN)))), text=" "))
    assert surnames(reading) == ["Tolliver"]


def test_a_mail_attached_to_a_mail_keeps_its_child_apart() -> None:
    outer = mail(memo("Tolliver", "Wren"))
    inner = mail(memo("Ashgrove", "Finn"), "Another pupil")
    outer.add_attachment(inner)
    outer.add_attachment(
        holding(("form.docx", FINN)).as_bytes(), maintype="application", subtype="octet-stream", filename="x.eml"
    )
    assert sorted(filter(None, surnames(read(outer)))) == ["Ashgrove", "Ashgrove", "Tolliver"]


def test_packed_rich_text_repeats_what_was_said() -> None:
    # The example of [MS-OXRTFCP] 4.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert mapi.unpacked_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    with pytest.raises(Unreadable):
        mapi.unpacked_rtf(b"short")


@pytest.mark.parametrize("kept", ["<p>Zoë Tolliver</p>", "<p>Zoë Tolliver</p>".encode()], ids=["text", "bytes"])
def test_the_html_of_an_outlook_mail_is_kept_as_text_or_as_bytes(kept: str | bytes) -> None:
    assert mapi.mail_of(mapi.Kept({mapi.HTML: kept})).html == "<p>Zoë Tolliver</p>"


def locked_zip(name: str = "wren.docx") -> bytes:
    data = bytearray(zipped((name, WREN)))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def broken_zip(name: str) -> bytes:
    data = bytearray(zipped((name, WREN)))
    at = data.index(name.encode()) + len(name)
    data[at : at + 200] = b"\xff" * 200
    return bytes(data)


def test_a_locked_zip_says_so() -> None:
    assert troubles(read(holding(("forms.zip", locked_zip())))) == [LOCKED]


def test_a_zip_that_unpacks_to_far_more_than_it_is() -> None:
    (told,) = troubles(read(holding(("forms.zip", zipped(("bomb.txt", b"0" * 30_000_000))))))
    assert "far more" in told


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (locked_zip("leavers.xlsx"), LOCKED),
        (zipped(("leavers.csv", b"0" * 30_000_000)), "far more"),
        (broken_zip("leavers.xlsx"), "damaged in the zip file"),
    ],
    ids=["locked", "bomb", "damaged"],
)
def test_a_list_that_cannot_be_had_of_its_zip_says_why(data: bytes, reason: str) -> None:
    reading = read(holding(("lists.zip", data), text="Our leavers."))
    assert [reason in a.verdict for a in reading.attachments] == [True]
    assert reading.rosters == ()


def test_no_more_is_unpacked_of_one_mail_than_there_is_room_for() -> None:
    room = Room(files=3, bytes=10_000)
    found = opened(FilePart("a.zip", "", zipped(*((f"{n}.txt", b"some words") for n in range(10)))), room)
    assert [bool(f.trouble) for f in found.files] == [False, False, False, True]


def test_zips_without_end() -> None:
    data = zipped(("form.docx", WREN))
    for _ in range(12):
        data = zipped(("in.zip", data))
    (told,) = troubles(read(holding(("out.zip", data))))
    assert "too deep" in told


@pytest.mark.parametrize("kept", [100, 500])
def test_an_outlook_mail_cut_short_is_not_called_a_word_file(kept: int) -> None:
    with pytest.raises(Unreadable, match=r"Outlook mail \(\.msg\) is damaged"):
        msg.mail(outlook.msg("Wren", "Hi", [("a.docx", WREN)])[:kept], Room(), 0)


@pytest.mark.parametrize("place", [0x2C, 0x40, 0x48])
def test_an_outlook_mail_whose_header_names_more_sectors_than_it_has(place: int) -> None:
    data = bytearray(outlook.msg("Wren", "Hi", [("a.docx", WREN)]))
    data[place : place + 4] = b"\xff\xff\xff\x7f"
    (told,) = troubles(read(holding(("Referral.msg", bytes(data)))))
    assert "Outlook mail (.msg) is damaged" in told


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("whole", [outlook.msg("Wren", "Hi", [("a.docx", WREN)]), outlook.winmail([("a.docx", WREN)])])
def test_cut_short(whole: bytes, cut: float) -> None:
    reading = read(holding(("form.msg", whole[: int(len(whole) * cut)])))
    assert reading.kind in ("unreadable", "other", "referral")
