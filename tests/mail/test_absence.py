"""What automatic replies say, in the languages that reach a council: when the person is back, and who stands in."""

from datetime import UTC, date, datetime

import pytest

from parsers.mail import absence
from parsers.reader import read_mail
from parsers.reading import Absence

WRITTEN = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "back", "deputy"),
    [
        ("I am out of the office until Monday 7 December. Please contact Di Quill at di.quill@harebell.example.",
         date(2026, 12, 7), "di.quill@harebell.example"),
        ("On annual leave, back on 1st December", date(2026, 12, 1), ""),
        ("Thank you for your email. I am away and will return to work on 14/12/2026. In my absence: Ben Otway",
         date(2026, 12, 14), "Ben Otway"),
        ("Ich bin bis zum 12. Dezember nicht im Büro. Bitte wenden Sie sich an meine Vertretung, Frau Uta Heller.",
         date(2026, 12, 12), ""),
        ("Ich bin wieder ab 3. Dezember erreichbar. Es vertritt mich Uta Heller (uta.heller@amt.example).",
         date(2026, 12, 3), "uta.heller@amt.example"),
        ("Je suis absente jusqu'au 3 décembre. Vous pouvez contacter Lise Perrin.", date(2026, 12, 3), "Lise Perrin"),
        ("Jestem na urlopie do 4 grudnia. W pilnych sprawach proszę o kontakt z Ewa Lis", date(2026, 12, 4), "Ewa Lis"),
        ("Sunt în concediu până pe 5 decembrie. Contactați pe Ana Rusu.", date(2026, 12, 5), "Ana Rusu"),
        ("We have had your mail. Somebody will look at it.", None, ""),
        ("The office closed until further notice. Contact the police if a child is in danger.", None, ""),
    ],
)  # fmt: skip
def test_back_on_and_deputy(text: str, back: date | None, deputy: str) -> None:
    found = absence.read(text, WRITTEN)
    assert found.back_on == back
    assert deputy in found.deputy and bool(found.deputy) >= bool(deputy)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: [CME-2026-00042 K7QF-2MXA-9T]",
        "Automatische Antwort: [CME-2026-00042 K7QF-2MXA-9T]",
        "Réponse automatique : [CME-2026-00042 K7QF-2MXA-9T]",
        "Odpowiedź automatyczna: [CME-2026-00042 K7QF-2MXA-9T]",
        "Răspuns automat: [CME-2026-00042 K7QF-2MXA-9T]",
        "Respuesta automática: [CME-2026-00042 K7QF-2MXA-9T]",
        "Ymateb awtomatig: [CME-2026-00042 K7QF-2MXA-9T]",
        "Out of Office Re: [CME-2026-00042 K7QF-2MXA-9T]",
    ],
)
def test_exchange_without_any_header_is_known_by_its_subject(subject: str) -> None:
    raw = f"From: di@harebell.example\nSubject: {subject}\n\nBack on 1 December.\n".encode()
    reading = read_mail(raw, received=datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert reading.kind == "auto-reply" and reading.absence == Absence(date(2026, 12, 1), "")


def test_a_long_text_costs_little() -> None:
    assert absence.read("contact until " * 100_000, WRITTEN) == Absence()
