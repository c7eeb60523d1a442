from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from outbound.transports.maildir import MaildirTransport
from outbound.transports.port import Posted

FROM, TO = "missing.pupils@borough.example", "office@school.example"


def mail(key: str, minute: int = 0, words: str = "Hello") -> bytes:
    head = f"Date: Wed, 04 Mar 2026 09:{minute:02d}:00 +0000\nMessage-ID: <{key}@borough.example>\nX-CME-Key: {key}\n"
    return f"{head}\n{words}\n".encode()


def delivered(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted((path / "new").iterdir())]


def test_lies_there_whole_and_in_the_order_of_its_date(tmp_path: Path) -> None:
    sent = MaildirTransport(tmp_path)
    for key, minute in (("later", 30), ("sooner", 5)):
        assert sent.send(mail(key, minute), FROM, TO).state == "sent"
    assert delivered(tmp_path) == [mail("sooner", 5), mail("later", 30)]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_sent_again_after_a_crash_it_is_there_once(tmp_path: Path) -> None:
    for _ in range(2):
        assert MaildirTransport(tmp_path).send(mail("k"), FROM, TO).state == "sent"
    assert delivered(tmp_path) == [mail("k")]


def test_also_when_someone_has_read_it_meanwhile(tmp_path: Path) -> None:
    sent = MaildirTransport(tmp_path)
    sent.send(mail("k"), FROM, TO)
    (lying,) = (tmp_path / "new").iterdir()
    lying.rename(tmp_path / "cur" / f"{lying.name}:2,S")
    assert sent.send(mail("k"), FROM, TO).state == "sent"
    assert delivered(tmp_path) == []


def test_a_half_written_one_is_written_anew(tmp_path: Path) -> None:
    sent = MaildirTransport(tmp_path)
    sent.send(mail("k"), FROM, TO)
    (lying,) = (tmp_path / "new").iterdir()
    lying.rename(tmp_path / "tmp" / lying.name)
    (tmp_path / "tmp" / lying.name).write_bytes(b"half of it, and lo")
    assert sent.send(mail("k"), FROM, TO).state == "sent"
    assert delivered(tmp_path) == [mail("k")]


def test_two_recipients_or_two_keys_are_two_mails(tmp_path: Path) -> None:
    sent = MaildirTransport(tmp_path)
    for raw, recipient in ((mail("k"), TO), (mail("k"), "head@school.example"), (mail("l"), TO)):
        sent.send(raw, FROM, recipient)
    assert len(delivered(tmp_path)) == 3


@pytest.mark.parametrize("raw", [b"", b"no header at all", b"Date: nonsense\n\nHello\n", b"Date: Mon, 99 Foo 2026\n\n"])
def test_a_mail_without_a_date_or_a_key_is_delivered_too(tmp_path: Path, raw: bytes) -> None:
    sent = MaildirTransport(tmp_path)
    assert sent.send(raw, FROM, TO).state == "sent"
    assert delivered(tmp_path) == [raw]


def test_a_disk_that_refuses_means_later(tmp_path: Path) -> None:
    sent = MaildirTransport(tmp_path)
    (tmp_path / "tmp").rmdir()
    (tmp_path / "tmp").write_bytes(b"")
    delivery = sent.send(mail("k"), FROM, TO)
    assert delivery.state == "later"
    assert str(tmp_path) in delivery.detail


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def test_what_the_disk_has_no_room_for_is_not_delivered_in_part(tmp_path: Path) -> None:
    sent = MaildirTransport(tmp_path)
    long = mail("k", words="Hello. " * 1000)
    with no_file_larger_than(4096):
        assert sent.send(long, FROM, TO).state == "later"
    assert delivered(tmp_path) == []
    assert sent.send(long, FROM, TO).state == "sent"
    assert delivered(tmp_path) == [long]


def test_of_many_each_has_its_own_answer_in_their_order(tmp_path: Path) -> None:
    sent = MaildirTransport(tmp_path)
    mails = [mail(f"k{n}", n, words="Hello. " * (1000 if n in (3, 11) else 1)) for n in range(20)]
    with no_file_larger_than(4096):
        states = [told.state for told in sent.send_all([Posted(raw, FROM, TO) for raw in mails])]
    assert states == ["later" if n in (3, 11) else "sent" for n in range(20)]
    assert {told.state for told in sent.send_all([Posted(raw, FROM, TO) for raw in mails])} == {"sent"}
    assert delivered(tmp_path) == mails
