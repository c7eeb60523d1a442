from parsers.values import email, laestab, phone


def test_a_number_stays_as_it_is_written() -> None:
    for raw in ("01632 960 118", "+44 1632 960118", "07700900622", "01632 960407 ext 3"):
        assert (phone.parse(raw).value, phone.parse(raw).confidence) == (raw, 1.0)


def test_several_numbers_in_one_box_all_stay() -> None:
    raw = "07700 900 111 / 01632 960 222 (gran)"
    assert phone.parse(raw).value == raw
    assert phone.parse(raw).confidence == 1.0


def test_what_cannot_be_rung_is_doubted() -> None:
    assert phone.parse("0163").confidence < 0.8
    assert phone.parse("ask the office").problem
    assert phone.parse("none").value is None


def test_a_mail_address_is_taken_out_of_its_marks() -> None:
    assert email.parse("<mailto:office@saltmarsh.example>").value == "office@saltmarsh.example"
    assert email.parse("office@salt\nmarsh.example").value == "office@saltmarsh.example"


def test_two_mail_addresses_or_none_are_doubted() -> None:
    assert email.parse("a@saltmarsh.example; b@saltmarsh.example").confidence < 0.8
    assert email.parse("office at saltmarsh").problem


def test_a_school_number_has_seven_digits() -> None:
    for raw in ("805/4000", "805-4000", "8054000", "805 4000"):
        assert laestab.parse(raw).value == "805/4000"
    assert laestab.parse("4000").confidence < 0.8
