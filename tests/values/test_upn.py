from parsers.values import upn


def test_the_check_letter_is_that_of_the_standard() -> None:
    for number in ("A801200001001", "P207000016049", "X931400023001", "W93140002301A", "A838200026003"):
        expected = upn.check_letter(number[1:])
        assert (expected == number[0]) == (upn.parse(number).confidence == 1.0)


def test_a_number_with_blanks_is_read() -> None:
    assert upn.parse("p 207 0000 16049").value == "P207000016049"


def test_a_wrong_letter_is_a_problem_and_the_number_stays_as_written() -> None:
    # A slip of arithmetic makes some help pages say that this number takes a Q.
    parsed = upn.parse("Q207000016049")
    assert parsed.value == "Q207000016049"
    assert "should be P" in parsed.problem
    assert parsed.confidence < 0.8


def test_a_temporary_number_ends_in_a_letter() -> None:
    assert upn.parse("W93140002301A").problem == ""
    assert upn.is_temporary("W93140002301A")
    assert not upn.is_temporary("P207000016049")


def test_an_unknown_authority_warns_but_a_welsh_or_pseudo_one_does_not() -> None:
    def numbered(authority: str) -> str:
        tail = f"{authority}200001001"
        return upn.check_letter(tail) + tail

    assert upn.parse(numbered("667")).confidence == 1.0
    assert upn.parse(numbered("003")).confidence == 1.0
    assert upn.parse(numbered("999")).confidence < 0.8


def test_what_is_said_to_be_none_is_blank_for_certain() -> None:
    for raw in ("", "n/a", "N/A", "None", "not known", "TBC", "-", "......"):
        parsed = upn.parse(raw)
        assert (parsed.value, parsed.confidence) == (None, 1.0), raw
