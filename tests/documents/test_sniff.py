from datetime import date

import pytest

from parsers.documents.layout import Unreadable
from parsers.documents.sniff import layout
from parsers.forms import read_document
from tests.documents import made
from tests.forms.filled import MEMO
from tests.forms.generate import memo, pdf


def test_the_bytes_say_what_a_file_is() -> None:
    assert any(p.cell for p in layout(memo(MEMO)).parts)
    assert layout(pdf([(50, 100, "Surname: Okonjo, of Easthaven")])).parts[0].box
    assert layout(b"Surname: Okonjo").mail
    assert layout("Surname: Müller".encode("utf-16")).text() == "Surname: Müller"
    assert layout("Surname: Müller".encode("cp1252")).text() == "Surname: Müller"
    assert layout(rb"{\rtf1 a}").text() == "a"
    assert layout(made.odt_of("<text:p>a</text:p>")).text() == "a"
    assert layout(made.doc(layout(b"a"))).text() == "a"
    assert layout(b"<html><p>a</p></html>").text() == "a"


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", rb"{\rtf1 x",
     b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken",
     b"\0\x01\x02\x03"],
)  # fmt: skip
def test_what_no_machine_reads_goes_to_a_person_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\.$"):
        read_document(data, "a", written=date(2014, 11, 18))
