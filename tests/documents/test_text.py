from parsers.documents import text
from parsers.documents.layout import EMPTY, TICKED


def test_quote_marks_are_taken_off() -> None:
    assert text.read("> > Surname: Okonjo\n> DOB: 9.3.05").text() == "Surname: Okonjo\nDOB: 9.3.05"


def test_typed_boxes_are_boxes() -> None:
    assert text.read("Yes [x] No [ ] ✓").text() == f"Yes {TICKED} No {EMPTY} {TICKED}"
