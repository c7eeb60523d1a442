"""A form reads the same, whatever program it was saved with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from parsers.documents import docx, sniff
from parsers.documents.layout import Layout, Part
from parsers.forms import read_document
from tests.documents import made
from tests.forms.filled import HUB, MEMO
from tests.forms.generate import hub, memo

WRITTEN = date(2014, 11, 18)
FORMS = (
    memo(MEMO),
    memo(MEMO, paragraphs=True, sen="behind"),
    hub(HUB),
    hub(HUB, fill="deleted", twins="table", ticks="✓"),
)

Write = Callable[[Layout], bytes]


@pytest.mark.parametrize("write", [made.odt, made.rtf, made.doc])
@pytest.mark.parametrize("form", FORMS)
def test_as_its_word_file_does(form: bytes, write: Write) -> None:
    saved = write(docx.read(form))
    values = [
        {name: (field.value, field.sure) for name, field in read_document(data, "a", written=WRITTEN)[0].fields.items()}
        for data in (form, saved)
    ]
    assert values[0] == values[1]


@pytest.mark.parametrize("write", [made.odt, made.rtf, made.doc])
@pytest.mark.parametrize("form", FORMS)
def test_no_word_cell_or_strike_is_lost(form: bytes, write: Write) -> None:
    layout = docx.read(form)
    assert [_said(p) for p in sniff.layout(write(layout)).parts] == [_said(p) for p in layout.parts]


def _said(part: Part) -> tuple[str, str, int, int, set[int]]:
    """Tables that follow at once upon each other are one in .rtf and .doc, so rows are not compared."""
    col, span = (part.cell.col, part.cell.span) if part.cell else (-1, 0)
    return part.text, part.after, col, span, {n for a, b in part.struck for n in range(a, b)}
