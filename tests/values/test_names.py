from parsers.values import names


def test_a_name_stays_as_its_family_writes_it() -> None:
    for raw in ("MacGillivray-Okonjo", "D'Abruzzo", "Ó Dálaigh", "ŠVEC", "van der Meulen"):
        assert (names.parse(raw).value, names.parse(raw).confidence) == (raw, 1.0)


def test_a_number_is_no_name() -> None:
    assert names.parse("Ana 07700 900 111").confidence < 0.8


def test_comma_or_capitals_say_which_is_the_surname() -> None:
    assert names.split("OKONJO, Siobhán Ngozi") == ("Siobhán Ngozi", "OKONJO", 0.9)
    assert names.split("Siobhán OKONJO") == ("Siobhán", "OKONJO", 0.9)


def test_else_it_is_a_guess() -> None:
    forenames, surname, confidence = names.split("Liesbeth van der Meulen")
    assert (forenames, surname) == ("Liesbeth", "van der Meulen")
    assert confidence < 0.8


def test_a_short_form_is_the_same_child_and_a_sister_is_not() -> None:
    assert names.same_person("Matt D’Abruzzo", "Matteo Luca", "D'Abruzzo")
    assert not names.same_person("Elena D'Abruzzo", "Matteo Luca", "D'Abruzzo")
