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


def test_a_letter_of_a_long_text_that_is_hardly_read_leaves_no_doubt_a_figure_does() -> None:
    school = "Long Marling Church of England School"
    one = Doubtful("M", 0.5, (("N", 0.4),), "Marling")
    other = Doubtful("E", 0.5, (("F", 0.4),), "England")
    assert read(school__current=seen(school, one)).fields["school.current"].sure
    assert not read(school__current=seen(school, one, other)).fields["school.current"].sure
    for place in (Doubtful("4", 0.5, (("1", 0.4),), "14"), Doubtful("D", 0.5, (("O", 0.4),), "3DB")):
        address = seen("14 Larkspur Walk, Long Marling OX99 3DB", place)
        assert not read(address__last_known=address).fields["address.last_known"].sure
    assert not read(child__surname=seen("Marling", one)).fields["child.surname"].sure


def test_a_letter_of_a_name_must_be_surer_than_one_of_a_date() -> None:
    letter = Doubtful("t", 0.96, (("ž", 0.02),), "Ritter")
    assert not read(child__surname=seen("Ritter", letter)).fields["child.surname"].sure
    again = read(
        child__surname=seen("Ritter", letter), child__forenames=seen("Ana"), check__child_name=seen("Ana Ritter")
    )
    assert again.fields["child.surname"].sure


def test_what_was_read_otherwise_at_a_second_look_puts_a_name_in_doubt_however_unlike() -> None:
    lost = Doubtful("d", 0.95, (("", 0.05),), "attendance")
    assert not read(referrer__email=seen("attendance@marling.example", lost)).fields["referrer.email"].sure
    assert read(risk__other_text=seen("Steps without a rail", lost)).fields["risk.other_text"].sure


def test_a_box_in_the_midst_of_a_name_is_a_letter_misread() -> None:
    assert not read(carer_1__forename=seen("☐ rla")).fields["carer_1.forename"].sure
    assert read(carer_1__forename=seen("Orla")).fields["carer_1.forename"].sure


def test_a_child_without_a_name_or_a_birthday_was_not_seen() -> None:
    referral = read(child__surname=seen(""), child__date_of_birth=seen(""), child__other_surnames=seen(""))
    names = ("child.surname", "child.date_of_birth", "child.other_surnames")
    assert [referral.fields[name].sure for name in names] == [False, False, True]


def test_a_month_has_no_marks() -> None:
    referral = read(referral__date=seen("9 Octóber 2014"))
    assert (referral.fields["referral.date"].value, referral.fields["referral.date"].sure) == ("2014-10-09", False)


def test_no_fact_is_surer_than_the_words_it_is_read_from() -> None:
    said = "Last attended on Thursday 6 November 2014. They have gone abroad to Poland."
    facts = ("attendance.last_day", "destination.country", "referral.reason")
    written = read(hand=True, information__other=seen(said))
    typed = read(information__other=seen(said, recognised=False))
    assert [written.fields[name].sure for name in facts] == [False, False, False]
    assert [typed.fields[name].sure for name in facts] == [True, True, True]
