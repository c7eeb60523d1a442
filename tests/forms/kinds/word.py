"""Word files in which values stand in content controls, form fields, text boxes or tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING

from lxml import etree

from tests.forms.kinds.marked import BEGIN, END

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
W = f"{{{NAMES['w']}}}"
_DECLARED = " ".join(f'xmlns:{short}="{name}"' for short, name in NAMES.items())
_PIECES = re.compile(f"([{BEGIN}{END}☒☐])")

Around = Callable[[list["Element"]], str]
"""The XML around the runs of a value (`{}` is where they go)."""


def element(xml: str) -> list[Element]:
    """The elements of a piece of WordprocessingML."""
    return list(etree.fromstring(f"<x {_DECLARED}>{xml}</x>"))


def rewritten(data: bytes, around: Around, box: Callable[[bool], str] | None = None) -> bytes:
    """The file with something around each marked value, and other boxes than ☒ and ☐."""
    root = _document(data)
    for run in list(root.iter(f"{W}r")):
        if any(c in "".join(run.itertext()) for c in (BEGIN, END, "☒", "☐")):
            _rewrite(run, around, box)
    return with_document(data, root)


def _rewrite(run: Element, around: Around, box: Callable[[bool], str] | None) -> None:
    made: list[Element] = []
    inside: list[Element] | None = None
    for piece in _atoms(run):
        if piece == BEGIN:
            inside = []
        elif piece == END and inside is not None:
            made += _filled(around(inside), inside)
            inside = None
        elif piece in ("☒", "☐") and box is not None:
            made += element(box(piece == "☒"))
        else:
            (made if inside is None else inside).append(_run(run, piece))
    for new in made:
        run.addprevious(new)
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)


def _filled(xml: str, runs: Sequence[Element]) -> list[Element]:
    """The elements with copies of the runs at every place that waits for them (a fallback says the same again)."""
    whole = etree.fromstring(f"<x {_DECLARED}>{xml.replace('{}', '<w:here/>')}</x>")
    for place in list(whole.iter(f"{W}here")):
        for run in runs:
            place.addprevious(deepcopy(run))
        parent = place.getparent()
        assert parent is not None
        parent.remove(place)
    return list(whole)


def _atoms(run: Element) -> Iterator[str | Element]:
    for child in run:
        if child.tag == f"{W}t":
            yield from (piece for piece in _PIECES.split(child.text or "") if piece)
        elif child.tag != f"{W}rPr":
            yield child


def _run(like: Element, piece: str | Element) -> Element:
    run = etree.Element(f"{W}r")
    if (style := like.find(f"{W}rPr")) is not None:
        run.append(deepcopy(style))
    if isinstance(piece, str):
        text = etree.SubElement(run, f"{W}t")
        text.text = piece
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        run.append(deepcopy(piece))
    return run


def _document(data: bytes) -> Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def with_document(data: bytes, root: Element) -> bytes:
    """The package with another main part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, etree.tostring(root) if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def controls(data: bytes, seed: int) -> bytes:
    """Content controls around values, some with a prompt of the council's own; around some paragraphs, cells and rows
    again; check boxes as controls."""
    rng = Random(seed)

    def around(runs: list[Element]) -> str:
        if runs:
            return "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
        prompt = rng.choice(("Click or tap here to enter text.", "Enter here", "Pupil name goes in this box", " "))
        shown = f"<w:r><w:rPr><w:rStyle w:val='PlaceholderText'/></w:rPr><w:t>{prompt}</w:t></w:r>"
        return f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"

    def box(on: bool) -> str:
        state = f"<w14:checkbox><w14:checked w14:val='{int(on)}'/></w14:checkbox>"
        shown = f"<w:r><w:t>{'☒' if on else '☐'}</w:t></w:r>"
        return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"

    root = _document(rewritten(data, around, box))
    for kind in ("p", "tc", "tr"):
        for one in list(root.iter(f"{W}{kind}")):
            if rng.random() < 0.3:
                (control,) = element("<w:sdt><w:sdtPr><w:richText/></w:sdtPr><w:sdtContent/></w:sdt>")
                one.addprevious(control)
                control[1].append(one)
    return with_document(data, root)


def fields(data: bytes, seed: int) -> bytes:
    """Legacy form fields: a text field around each value (five blanks in an empty one), check boxes of the same."""
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"

    def around(runs: list[Element]) -> str:
        begin = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='Text'/><w:enabled/><w:textInput/>"
        begin += "</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r>"
        blank = "" if runs else "<w:r><w:t>\u2002\u2002\u2002\u2002\u2002</w:t></w:r>"
        return begin + mark.format("separate") + "{}" + blank + mark.format("end")

    def box(on: bool) -> str:
        held = f"<w:checkBox><w:sizeAuto/><w:default w:val='0'/>{'<w:checked/>' if on else ''}</w:checkBox>"
        begin = f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{held}</w:ffData></w:fldChar></w:r>"
        return begin + "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>" + mark.format("end")

    return rewritten(data, around, box)


def boxes(data: bytes, seed: int) -> bytes:
    """Values in text boxes drawn where the dots are, each said again for older programs."""

    def around(runs: list[Element]) -> str:
        if not runs:
            return ""
        inside = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
        new = f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>"
        new += "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
        old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        both = f"<mc:Choice Requires='wps'>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
        return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"

    return rewritten(data, around)


def changes(data: bytes, seed: int) -> bytes:
    """Tracked changes that nobody has accepted: the dots deleted and the value inserted, here and there after another
    value; boxes changed; a whole row deleted."""
    rng = Random(seed)
    who = "w:id='1' w:author='Office' w:date='2014-11-17T10:00:00Z'"

    def around(runs: list[Element]) -> str:
        old = rng.choice(("………………", "Smith", "see register", "12/12/2012"))
        deleted = f"<w:del {who}><w:r><w:delText>{old}</w:delText></w:r></w:del>"
        return rng.choice((deleted, "")) + f"<w:ins {who}>{{}}</w:ins>" + rng.choice((deleted, ""))

    def box(on: bool) -> str:
        other = f"<w:del {who}><w:r><w:delText>{'☐' if on else '☒'}</w:delText></w:r></w:del>"
        return other + f"<w:ins {who}><w:r><w:t>{'☒' if on else '☐'}</w:t></w:r></w:ins>"

    root = _document(rewritten(data, around, box))
    for row in [r for r in root.iter(f"{W}tr") if rng.random() < 0.15]:
        (gone,) = element(f"<w:tr><w:trPr><w:del {who}/></w:trPr></w:tr>")
        for cell in row.iter(f"{W}tc"):
            gone.append(deepcopy(cell))
        for text in gone.iter(f"{W}t"):
            text.tag = f"{W}delText"
        row.addnext(gone)
    return with_document(data, root)


def wingdings(data: bytes) -> bytes:
    """Boxes as characters of the symbol font (`w:sym`)."""
    return rewritten(
        data,
        lambda runs: "{}",
        lambda on: f"<w:r><w:sym w:font='Wingdings' w:char='{'F0FE' if on else 'F0A8'}'/></w:r>",
    )
