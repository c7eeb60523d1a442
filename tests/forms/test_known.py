"""What is known settles a doubtful character, in sight; what is plainly written stays."""

from __future__ import annotations

from datetime import date

from parsers.documents.pdf_page import Page
from parsers.documents.sheet import Sheet, documents, missing
from parsers.forms.checks import finish
from parsers.forms.definition import forms
from parsers.forms.reader import Doubtful, FoundForm, Seen
from parsers.reading import Referral
from parsers.values.upn import check_letter

WRITTEN = date(2014, 11, 24)
TAIL = "931220114027"
NUMBER = check_letter(TAIL) + TAIL


def seen(raw: str, *doubts: Doubtful, recognised: bool = True) -> Seen:
    return Seen(raw, "attachment p.jpg, page 1", doubts=doubts, recognised=recognised)


def read(hand: bool = False, **fields: Seen) -> Referral:
    form = next(f for f in forms() if f.name == "hub-referral")
    names = {name.replace("__", "."): value for name, value in fields.items()}
    return finish(FoundForm(form, names, hand), WRITTEN)


def test_the_check_letter_finds_the_character() -> None:
    misread = NUMBER.replace("4", "A")
    referral = read(child__upn=seen(misread, Doubtful("A", 0.6, (("4", 0.3),))))
    upn = referral.fields["child.upn"]
    assert (upn.value, upn.raw, upn.sure) == (NUMBER, misread, False)
    assert any(p.field == "child.upn" and NUMBER in p.problem for p in referral.problems)


def test_a_number_that_was_typed_is_never_changed() -> None:
    typed = NUMBER.replace("4", "5")
    assert read(child__upn=seen(typed, recognised=False)).fields["child.upn"].value == typed


def test_a_number_that_two_readings_would_mend_is_not_mended() -> None:
    misread = NUMBER[:-2] + "0" + NUMBER[-1]
    wrong = misread if check_letter(misread[1:]) != misread[0] else NUMBER[:-2] + "9" + NUMBER[-1]
    upn = read(child__upn=seen(wrong)).fields["child.upn"]
    assert upn.value == wrong
    assert not upn.sure


def test_letters_and_digits_have_their_places_in_a_postcode() -> None:
    postcode = read(address__postcode=seen("EX9O 4TD", Doubtful("O", 0.7))).fields["address.postcode"]
    assert (postcode.value, postcode.raw, postcode.sure) == ("EX90 4TD", "EX9O 4TD", False)


def test_a_box_that_may_be_ticked_leaves_no_sure_blank() -> None:
    assert not read(child__gender=seen("", Doubtful("☐", 0.5))).fields["child.gender"].sure
    assert read(child__gender=seen("")).fields["child.gender"].sure


def test_a_name_that_begins_with_two_small_l_begins_with_an_i() -> None:
    again = seen("llkay Yıldız")
    referral = read(child__forenames=seen("llkay"), child__surname=seen("Yıldız"), check__child_name=again)
    forenames = referral.fields["child.forenames"]
    assert (forenames.value, forenames.raw, forenames.sure) == ("Ilkay", "llkay", False)
    assert not any("another child" in p.problem for p in referral.problems)
    assert read(child__surname=seen("lloyd")).fields["child.surname"].value == "lloyd"
    assert read(child__surname=seen("llkay", recognised=False)).fields["child.surname"].value == "llkay"


def test_a_name_read_alike_in_two_places_is_sure() -> None:
    doubtful = Doubtful("č", 0.6)
    once = read(child__surname=seen("Kovač", doubtful), child__forenames=seen("Ana"))
    twice = read(
        child__surname=seen("Kovač", doubtful), child__forenames=seen("Ana"), check__child_name=seen("Ana Kovač")
    )
    assert not once.fields["child.surname"].sure
    assert twice.fields["child.surname"].sure


def test_a_label_among_the_letters_of_a_hand_is_no_value_of_the_box_before_it() -> None:
    over = seen("Has school attemnted lo phone ofher named confacts")
    address = seen("12 Beacon Rise, Long Marling, next to the school")
    referral = read(hand=True, carer_1__address=over, address__last_known=address)
    assert (referral.fields["carer_1.address"].value, referral.fields["carer_1.address"].raw) == (None, over.raw)
    assert referral.fields["address.last_known"].value == address.raw


def test_nothing_that_is_written_by_hand_is_sure() -> None:
    referral = read(hand=True, child__surname=seen("Kovač"), child__forenames=seen("Ana"))
    assert not referral.fields["child.surname"].sure
    assert referral.problems[0].field == ""


def test_a_handwritten_label_that_was_misread_is_no_number() -> None:
    referral = read(hand=True, child__upn=seen("PARENTICARER"), child__date_of_birth=seen("3 May 2005"))
    assert (referral.fields["child.upn"].value, referral.fields["child.upn"].raw) == (None, "PARENTICARER")
    assert referral.fields["child.date_of_birth"].value == "2005-05-03"


def _sheet(form: str, number: int, source: str) -> Sheet:
    return Sheet(form, number, Page(1, (), ()), source=source)


def test_pages_are_put_together_in_the_order_of_the_form() -> None:
    taken = [_sheet("hub-referral", n, s) for n, s in ((2, "a"), (1, "b"), (1, "c"), (2, "d"))]
    assert ["".join(s.source for s in one) for one in documents(taken)] == ["ba", "cd"]


def test_another_form_is_another_document() -> None:
    taken = [_sheet("hub-referral", 1, "a"), _sheet("cme-referral", 1, "b"), _sheet("hub-referral", 2, "c")]
    assert len(documents(taken)) == 3


def test_a_page_that_was_not_sent_is_asked_for() -> None:
    assert missing((_sheet("hub-referral", 1, "a"),)) == [2]
    assert missing((_sheet("hub-referral", 1, "a"), _sheet("hub-referral", 2, "b"))) == []
    assert missing((_sheet("", 0, "a"),)) == []


def test_a_letter_that_may_be_large_or_small_leaves_no_doubt() -> None:
    title = read(carer_1__title=seen("Miss", Doubtful("M", 0.9, (("m", 0.09),), "Miss"))).fields["carer_1.title"]
    assert title.sure
    other = read(carer_1__title=seen("Miss", Doubtful("M", 0.9, (("H", 0.09),), "Miss"))).fields["carer_1.title"]
    assert not other.sure


def test_a_year_that_was_read_in_two_is_one() -> None:
    for raw, born in (("06-10-20 04", "2004-10-06"), ("9 March 20 05", "2005-03-09")):
        referral = read(child__date_of_birth=seen(raw))
        assert (referral.fields["child.date_of_birth"].value, referral.fields["child.date_of_birth"].sure) == (
            born,
            False,
        )
        assert any(p.field == "child.date_of_birth" and raw in p.problem for p in referral.problems)
    typed = read(child__date_of_birth=seen("06-10-20 04", recognised=False))
    assert typed.fields["child.date_of_birth"].value != "2004-10-06"
