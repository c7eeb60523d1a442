"""What is lifted out is put back to the byte, whatever stands around it."""

import base64
import email
import email.policy
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.mail.blocks import Lifted
from parsers.mail.walk import walk


def mail(data: bytes, text: str = "Our referral.") -> bytes:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["Message-ID"] = "a@b.example", "<1@b.example>"
    made.set_content(text)
    made.add_attachment(data, maintype="application", subtype="octet-stream", filename="form.bin")
    return made.as_bytes()


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=0, max_size=20_000), st.sampled_from(["\r\n", "\n"]))
def test_an_attachment_is_what_was_attached(data: bytes, ending: str) -> None:
    raw = mail(data * 3).replace(b"\r\n", ending.encode())
    files = walk(raw).files
    assert [f.data for f in files] == ([data * 3] if data else [])


def test_a_last_line_that_is_full_and_stands_on_the_boundary_is_kept() -> None:
    """One file in nineteen ends so; the parser takes that line's end for the boundary's."""
    data = bytes(range(256)) * 57
    lines = base64.encodebytes(data).replace(b"\n", b"\r\n")
    raw = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: application/x-form\r\n'
    raw += b"Content-Transfer-Encoding: base64\r\n\r\n" + lines + b"--b--\r\n"
    assert [f.data for f in walk(raw).files] == [data]


def test_a_long_run_is_not_seen_by_the_parser() -> None:
    lifted = Lifted(mail(bytes(range(256)) * 200))
    assert len(lifted.rest) < 1_000


def test_a_text_that_looks_like_base64_stays_as_it_is() -> None:
    text = "".join(base64.b64encode(bytes([n]) * 57).decode() + "\n" for n in range(80))
    assert walk(mail(b"x", text)).text.replace("\r\n", "\n").strip() == text.strip()


def test_a_mail_that_holds_a_mark_of_another_is_left_alone() -> None:
    text = "lifted-0123456789abcdef01234567-0.\n"
    assert walk(mail(b"y" * 9_000, text)).text.strip() == text.strip()


def test_a_forwarded_mails_attachment_is_its_own() -> None:
    outer = EmailMessage(policy=email.policy.SMTP)
    outer["From"] = "c@d.example"
    outer.set_content("Forwarded.")
    outer.add_attachment(email.message_from_bytes(mail(b"z" * 9_000), policy=email.policy.default))
    (inner,) = walk(outer.as_bytes()).nested
    assert [f.data for f in inner.files] == [b"z" * 9_000]
