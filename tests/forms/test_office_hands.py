"""How offices really fill in: boxes that point elsewhere, lines that a mail program broke, labels of their own, a
table of several children."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.documents.layout import Cell, Layout, Part, layout_of
from parsers.forms import read_body, read_document
from parsers.forms.checks import finish
from parsers.forms.reader import find
from parsers.reading import Referral
from tests.documents import made
from tests.documents.test_docx import NAMES, packed
from tests.forms.test_bodies import values

WRITTEN = date(2014, 11, 18)


def memo(*lines: str) -> Referral:
    (referral,) = read_body("\n".join(("MISSING CHILDREN MEMO", *lines)), None, written=WRITTEN)
    return referral


CHILD = ("Surname: Tregenza", "First name: Isla", "DOB: 4.5.06", "Last known address: 8 Slipway")


@pytest.mark.parametrize(
    "words", ["unknown", "not yet issued", "TBA", "none held", "N/K", "to follow", "don't have one"]
)
def test_a_box_that_says_nothing_is_blank(words: str) -> None:
    read = values(memo(*CHILD, f"UPN: {words}", f"Name: {words}"))
    assert "child.upn" not in read and "referrer.name" not in read


@pytest.mark.parametrize("words", ["as above", "See attached", "ditto", "as per register", "same as sibling"])
def test_what_stands_elsewhere_is_no_name(words: str) -> None:
    read = memo(f"Surname: {words}", *CHILD[1:])
    assert not read.fields["child.surname"].sure
    assert [p.field for p in read.problems] == ["child.surname"]


def test_what_is_like_such_words_is_a_name_all_the_same() -> None:
    for name in ("See Mei Ling", "Same Kovač", "Asif Noone", "Nan Register"):
        assert memo(f"Surname: {name}", *CHILD[1:]).fields["child.surname"].sure


def test_a_number_without_a_digit_stays_as_it_was_typed() -> None:
    upn = memo(*CHILD, "UPN: ask Bromcom").fields["child.upn"]
    assert (upn.value, upn.sure) == ("ask Bromcom", False)


def test_the_dot_of_a_label_is_no_part_of_the_answer() -> None:
    assert "child.upn" not in values(memo(*CHILD, "UPN No. : . not known"))


def test_a_line_under_a_number_belongs_to_it_and_a_second_number_is_another() -> None:
    read = values(memo(*CHILD, "Telephone: 01632 960 314", "(mornings,", "not Weds)", "07700 900 271"))
    assert read["referrer.telephone"] == "01632 960 314 (mornings, not Weds), 07700 900 271"


def test_a_value_that_a_mail_program_broke_before_a_label_s_words() -> None:
    broken = ("Other surnames: Pascoe, or Tremain at her", "previous school", "Previous school: Moor Infants")
    (referral,) = read_body("\n".join(("Hub referral", *CHILD[:2], *broken, *CHILD[2:])), None, written=WRITTEN)
    assert values(referral)["child.other_surnames"] == "Pascoe, or Tremain at her previous school"


def test_parents_and_addresses_under_words_of_their_own() -> None:
    read = values(
        memo(
            *CHILD,
            "Town: Port Ennis",
            "Post code: EX96 1CD",
            "Ethnicity: Cornish",
            "Parent / Carer: Mother: Demelza Tregenza",
            "Step-dad: Ross, at sea",
            "First language: English",
        )
    )
    assert read["address.last_known"] == "8 Slipway\nTown: Port Ennis\nPost code: EX96 1CD"
    assert read["carers"] == "Mother: Demelza Tregenza\nStep-dad: Ross, at sea"


def test_a_form_that_marks_its_labels_with_dashes() -> None:
    read = values(
        memo(
            "Enquiry from - Name: Mr Hal Pengelly",
            "Surname - Tregenza",
            "First name - Isla",
            "DOB - 4.5.06",
            "Last known address - 8 Slipway",
            "Parent / Carer - Demelza",
            "Dad - not known",
            "Local Authority -",
            "Why we are worried now - she was not at the bus stop",
            "Any other info, incl. last date of attendance - Here on 12 November 2014.",
            "Thx",
            "Hal",
        )
    )
    assert read["referrer.name"] == "Mr Hal Pengelly"
    assert read["carers"] == "Demelza\nDad - not known"
    assert "address.local_authority" not in read
    assert read["information.other"] == "Here on 12 November 2014."


def test_a_risk_that_does_not_apply_is_no_doubt() -> None:
    lines = ("Hub referral", *CHILD, "Aggressive pupil: n/a", "Aggressive parent: Low")
    (referral,) = read_body("\n".join(lines), None, written=WRITTEN)
    assert not referral.problems
    assert values(referral)["risk.aggressive_parent"] == "low"


def table(*rows: tuple[str, ...]) -> list[Part]:
    return [
        Part(text, "cell", Cell(1, number, column))
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]


ADDRESS = (
    ("Surname", "Tregenza"),
    ("First name", "Isla"),
    ("DOB", "4.5.06"),
    ("Last known address", "8 Slipway"),
    ("", "Port Ennis"),
    ("", "EX96 1CD"),
    ("Parent / Carer", "Demelza Tregenza"),
    ("", "SEN: No"),
)


def in_table(rows: tuple[tuple[str, ...], ...]) -> Layout:
    return layout_of([Part("MISSING CHILDREN MEMO"), *table(*rows)])


@pytest.mark.parametrize("write", [made.odt, made.rtf, made.doc])
def test_rows_beside_a_label_that_is_merged_over_them(write: object) -> None:
    (referral,) = read_document(write(in_table(ADDRESS)), "memo", written=WRITTEN)  # type: ignore[operator]
    read = values(referral)
    assert read["address.last_known"] == "8 Slipway\nPort Ennis\nEX96 1CD"
    assert read["carers"] == "Demelza Tregenza"


def test_the_same_as_word_saves_a_cell_that_goes_on() -> None:
    def row(label: str, value: str) -> str:
        merge = "<w:vMerge w:val='restart'/>" if label else "<w:vMerge/>"
        first = f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{label}</w:t></w:r></w:p></w:tc>"
        return f"<w:tr>{first}<w:tc><w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:tc></w:tr>"

    body = f"<w:p><w:r><w:t>CME Memo</w:t></w:r></w:p><w:tbl>{''.join(row(*r) for r in ADDRESS)}</w:tbl>"
    file = packed(f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
    (referral,) = read_document(file, "memo", written=WRITTEN)
    assert values(referral)["address.last_known"] == "8 Slipway\nPort Ennis\nEX96 1CD"


def test_in_a_picture_a_label_may_be_unread_so_nothing_goes_on() -> None:
    seen = Layout(in_table(ADDRESS).parts, seen=True)
    (found,) = find(seen, "")
    assert finish(found, WRITTEN).fields["address.last_known"].value == "8 Slipway"


def test_a_row_for_each_child() -> None:
    rows = (
        ("Surname", "First name", "DOB", "School last attended"),
        ("Tregenza", "Isla", "4.5.06", "Slipway Primary"),
        ("Tregenza", "Jory", "1.2.08", "as above"),
        ("Pascoe", "Merryn", "30.9.03", "Port Ennis High"),
        ("", "", "", ""),
    )
    parts = [*in_table(rows).parts, Part("Parent / Carer: Demelza Tregenza"), Part("Last known address: 8 Slipway")]
    found = read_document(made.odt(Layout(tuple(parts))), "memo", written=WRITTEN)
    told = [(v["child.forenames"], v["child.date_of_birth"], v["carers"]) for v in map(values, found)]
    assert told == [
        ("Isla", "2006-05-04", "Demelza Tregenza"),
        ("Jory", "2008-02-01", "Demelza Tregenza"),
        ("Merryn", "2003-09-30", "Demelza Tregenza"),
    ]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("( ) Yes (x) No", "no"), ("(X) Yes ( ) No", "yes"), ("[ ] Yes [x] No", "no"), ("Yes (  ) No (x)", "no")],
)
def test_boxes_typed_with_brackets(typed: str, answer: str) -> None:
    for read in (memo(*CHILD, f"SEN: {typed}"), in_word(typed)):
        assert (read.fields["child.sen"].value, read.fields["child.sen"].sure) == (answer, True)


def in_word(answer: str) -> Referral:
    file = made.odt(in_table((*ADDRESS[:4], ("SEN", answer))))
    (referral,) = read_document(file, "memo", written=WRITTEN)
    return referral


@pytest.mark.parametrize("asked", ["(delete as appropriate)", "*delete as applicable", "(please circle one)"])
def test_how_to_answer_is_no_answer(asked: str) -> None:
    sen = memo(*CHILD, f"SEN: Yes / No {asked}").fields["child.sen"]
    assert (sen.value, sen.sure) == (None, True)
    assert memo(*CHILD, f"SEN: Yes / No {asked} No").fields["child.sen"].value == "no"


def test_a_year_that_comes_first_is_followed_by_the_month() -> None:
    read = memo(*CHILD[:2], "DOB: 2006/05/04", CHILD[3])
    assert (read.fields["child.date_of_birth"].value, read.fields["child.date_of_birth"].sure) == ("2006-05-04", True)
