import pytest

from parsers.values import postcode


@pytest.mark.parametrize(("raw", "value"), [("ex98 4td", "EX98 4TD"), ("EX984TD", "EX98 4TD"), ("W1A 1AA", "W1A 1AA")])
def test_one_blank_before_the_last_three(raw: str, value: str) -> None:
    assert postcode.parse(raw).value == value
    assert postcode.parse(raw).confidence == 1.0


@pytest.mark.parametrize(
    ("raw", "value"), [("EX9O 4TD", "EX90 4TD"), ("0X1I 4TD", "OX11 4TD"), ("EX98 OTD", "EX98 0TD")]
)
def test_a_letter_for_a_digit_is_mended_and_doubted(raw: str, value: str) -> None:
    parsed = postcode.parse(raw)
    assert parsed.value == value
    assert parsed.confidence < 0.8
    assert parsed.problem


def test_a_postcode_of_another_country_stays_as_written() -> None:
    parsed = postcode.parse("80-299 Gdynia")
    assert parsed.value == "80-299 Gdynia"
    assert parsed.confidence < 0.8


def test_the_last_postcode_of_an_address_is_found() -> None:
    assert postcode.find("Flat 2\nEasthaven ex99 3qa") == "EX99 3QA"
    assert postcode.find("no code here") is None
