"""The digest: what matters first, in one glance."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from outbound.digest import DigestRow, DigestView, compose_digest
from tests.outbound.samples import at, letter, wording

READER = letter(
    "digest", "hub-manager", kind="digest", questions=(), refs=(), code="", date=at("2014-11-27T07:00"), internal=True
)  # fmt: skip
LATE = DigestRow("CME-2014-00031", "Home visit: Jo Pettifer", "Odd Nilsen", at("2014-11-25T17:00"))
LATE_AND_AT_RISK = DigestRow(
    "CME-2014-00039", "School evidence: Ridgeway", "Bea Tolliver", at("2014-11-26T16:00"), ("SEN", "looked after")
)  # fmt: skip
HARM = DigestRow("CME-2014-00042", "serious concern", "Tamsin <Farthingale>", at("2014-11-26T20:30"))


def read(view: DigestView) -> tuple[EmailMessage, str, str]:
    mail = message_from_bytes(compose_digest(READER, view, wording()), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    parts = [mail.get_body((kind,)) for kind in ("plain", "html")]
    text, html = (part.get_content() if part else "" for part in parts)
    return mail, text, html


def test_concerns_stand_first_then_late_by_risk_and_age() -> None:
    _, text, _ = read(DigestView(overdue=(LATE, LATE_AND_AT_RISK), concerns=(HARM,)))
    assert text.index("00042") < text.index("00039") < text.index("00031")


def test_the_subject_counts_and_names_nobody() -> None:
    mail, _, _ = read(DigestView(concerns=(HARM,), overdue=(LATE, LATE_AND_AT_RISK)))
    assert mail["Subject"] == "Thursday 27 November: 1 concern, 2 late"
    assert mail["X-CME-Rule"] == "digest"


def test_nothing_to_say_is_said_in_one_line() -> None:
    mail, text, html = read(DigestView(title="North Hub"))
    said = [line for line in text.split("----------")[0].splitlines() if line.strip()]
    assert said[0] == "North Hub, Thursday 27 November 2014"
    assert said[1] == "Nothing to report."
    assert len(said) == 3
    assert "Nothing to report." in html
    assert mail["Subject"] == "Thursday 27 November: nothing to report"


def test_a_long_section_is_cut_and_counted_but_a_concern_never() -> None:
    many = tuple(DigestRow(f"CME-2014-{n:05}", "x", at=at("2014-11-25T17:00")) for n in range(1, 41))
    _, text, _ = read(DigestView(waiting=many, concerns=many))
    concerns, waiting = text.split("Waiting for an answer")
    assert concerns.count("CME-2014-") == 40
    assert waiting.count("CME-2014-") == 12
    assert "and 28 more" in waiting


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    _, text, html = read(DigestView(concerns=(HARM,)))
    assert "Tamsin &lt;Farthingale&gt;" in html
    assert "Tamsin <Farthingale>" in text


def test_what_is_held_and_unread_is_told_with_its_reason() -> None:
    row = DigestRow("", "From office@ridgeway.example: the attachment is locked", at=at("2014-11-26T15:00"))
    _, text, _ = read(DigestView(unread=(row,), sent_count=1))
    assert "* From office@ridgeway.example: the attachment is locked (came in at 3pm on Wednesday 26 November)" in text
    assert "Sent since the last digest: 1 mail." in text
