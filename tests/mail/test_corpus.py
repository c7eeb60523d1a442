"""One small awful mail each in tests/corpus/mail, named by what is awful: what must be made of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from parsers.reader import read_mail
from parsers.reading import MailReading

MAILS = Path(__file__).parent.parent / "corpus" / "mail"
RECEIVED = datetime(2014, 11, 11, 9, 31, tzinfo=UTC)
PUPIL = "Our pupil Wren Tolliver has not been in school since Monday."
KEY = "4PRQS87G166TQFCRVA0JH68D70"
OFFICE = "office@harebell.example"

# What must come out: `sender` None for nobody with authority; `remark` is a piece of one; `names` the attachments'.
EXPECTED: dict[str, dict[str, Any]] = {
    "atp_scan_in_progress": {"scanning": True, "new_text": "Please find our referral attached."},
    "authentication_injected": {"dmarc": "", "new_text": PUPIL},
    "authentication_twice": {"dmarc": "fail"},
    "base64_broken": {"new_text": "Our pupil Wren Tolliver!"},
    "binary_rubbish": {"sender": None},
    "bounce_with_our_mail_inside": {"kind": "bounce", "concerns": 0, "codes": ()},
    "bounce_exim": {"kind": "bounce", "bounce": "dead", "keys": (KEY,)},
    "bounce_from_nobody": {"kind": "bounce", "bounce": "refused", "keys": (KEY,)},
    "bounce_from_raw_latin1": {"kind": "bounce", "bounce": "refused", "keys": (KEY,)},
    "bounce_inside_a_bounce": {"kind": "bounce", "keys": (), "child": False},
    "boundary_never_comes": {"new_text": PUPIL, "remark": "not well formed"},
    "boundary_not_closed": {"new_text": PUPIL, "remark": "not well formed"},
    "calendar_invitation": {"kind": "notification", "names": ["unnamed.ics"]},
    "charset_punycode": {"new_text": PUPIL, "remark": "charset"},
    "charset_unknown": {"new_text": f"{PUPIL}\nCafé Lane", "remark": "x-nonsense"},
    "charset_utf8_that_is_latin1": {"new_text": f"{PUPIL}\nZoë", "remark": "utf-8"},
    "content_type_semicolons": {"kind": "unreadable", "sender": OFFICE, "remark": "too long"},
    "content_type_twice": {"new_text": PUPIL, "remark": "two content types"},
    "date_absurd": {"date": None, "new_text": PUPIL},
    "date_missing": {"date": None, "new_text": PUPIL},
    "egress_secure_mail": {"locked": "an Egress secure mail"},
    "empty": {"kind": "unreadable", "remark": "empty"},
    "encoded_words_thousand": {"new_text": PUPIL},
    "external_banner": {"new_text": PUPIL},
    "forwarded_mail_as_file": {"new_text": "See attached.", "names": []},
    "forwarded_mail_in_base64": {"concerns": 1},
    "forwards_twelve_deep": {"kind": "unreadable", "remark": "five deep"},
    "from_bare_cr": {"sender": None},
    "from_dotless_i": {"sender": None},
    "from_encoded_word_in_address": {"sender": None},
    "from_group": {"sender": None},
    "from_missing": {"sender": None, "senders": 0},
    "from_name_is_another_address": {"sender": OFFICE, "remark": "another address"},
    "from_name_raw_latin1": {"sender": OFFICE},
    "from_nul": {"sender": None},
    "from_route": {"sender": None},
    "from_twice": {"sender": None, "senders": 2},
    "from_two_mailboxes": {"sender": None, "senders": 2},
    "from_upper_case": {"sender": OFFICE},
    "greater_than_signs_only": {"new_text": ""},
    "header_without_end": {"sender": OFFICE},
    "html_only_with_gmail_quote": {"new_text": "No trace of Wren here.", "concerns": 0},
    "line_endings_mixed": {"sender": OFFICE, "new_text": PUPIL},
    "message_id_missing": {"message_id": "", "new_text": PUPIL},
    "message_id_twice": {"message_id": "<message_id_twice@harebell.example>", "new_text": PUPIL},
    "multipart_250_deep": {"kind": "unreadable", "sender": OFFICE, "remark": "too deep"},
    "multipart_in_itself": {"sender": OFFICE, "new_text": PUPIL},
    "name_rfc2231_in_pieces": {"names": ["Pupil Zoë.pdf"]},
    "name_traversal_and_bidi": {"names": ["passwdfdp.exe"]},
    "no_header_at_all": {"sender": None, "new_text": PUPIL},
    "newsletter": {"kind": "notification"},
    "nothing": {"kind": "unreadable", "remark": "empty"},
    "parameters_quadratic": {"sender": OFFICE},
    "pdf_inline_without_name": {"names": ["unnamed.pdf"], "new_text": PUPIL},
    "pgp_encrypted": {"locked": "an encrypted PGP mail"},
    "plain_and_html_differ": {"concerns": 1, "remark": "different things"},
    "quoted_printable_cut_off": {"new_text": "Our pupil Wren Tolliver has left the school"},
    "received_three_hundred": {"new_text": PUPIL},
    "references_five_hundred": {"kind": "reply", "answers": [f"<r{n}@harebell.example>" for n in range(499, 494, -1)]},
    "reply_to_another_address": {"sender": OFFICE, "new_text": PUPIL},
    "rpmsg_protected": {"locked": "an encrypted Outlook mail (message.rpmsg)", "kind": "unreadable"},
    "report_charset_rfc2231": {"sender": OFFICE, "new_text": PUPIL, "child": True},
    "report_charset_unknown": {"sender": OFFICE, "new_text": PUPIL, "child": True},
    "sharepoint_link": {"locked": "a link to a file on SharePoint or OneDrive"},
    "signed_multipart": {"new_text": PUPIL, "names": ["signature.asc"], "locked": ""},
    "smime_encrypted": {"locked": "an encrypted S/MIME mail", "kind": "unreadable"},
    "smime_signed_detached": {"new_text": PUPIL, "locked": ""},
    "smime_signed_opaque": {"new_text": PUPIL, "locked": "", "names": []},
    "subject_encoded_words_split": {"subject": "Missing pupil éé"},
    "subject_raw_latin1": {"new_text": PUPIL},
    "subject_twice": {"codes": (), "subject": "Missing pupil"},
    "text_with_file_name": {"names": ["list.txt"], "new_text": ""},
    "tnef_broken": {"names": ["winmail.dat"], "new_text": PUPIL, "remark": "damaged"},
    "tnef_with_a_file": {"names": ["Letter.rtf"], "new_text": PUPIL},
    "two_forwarded_mails": {"concerns": 1, "new_text": "Two for you."},
}


def facts(reading: MailReading) -> dict[str, Any]:
    return {
        "kind": reading.kind,
        "sender": reading.sender.address if reading.sender else None,
        "senders": reading.senders,
        "new_text": reading.new_text,
        "message_id": reading.message_id,
        "subject": reading.subject,
        "date": reading.date,
        "dmarc": reading.authentication.dmarc,
        "concerns": len(reading.concerns),
        "codes": reading.thread.codes,
        "locked": reading.locked,
        "scanning": reading.scanning,
        "bounce": reading.bounce.meaning if reading.bounce else None,
        "keys": reading.bounce.keys if reading.bounce else None,
        "child": reading.child is not None,
        "answers": list(reading.thread.message_ids),
        "names": [a.name for a in reading.attachments if not a.content_type.startswith("message/")],
    }


@pytest.mark.parametrize("name", sorted(p.stem for p in MAILS.glob("*.eml")))
def test_an_awful_mail(name: str) -> None:
    reading = read_mail((MAILS / f"{name}.eml").read_bytes(), received=RECEIVED)
    expected = dict(EXPECTED[name])
    remark = expected.pop("remark", None)
    seen = facts(reading)
    assert {k: seen[k] for k in expected} == expected
    told = (*reading.remarks, *(a.verdict for a in reading.attachments))
    assert remark is None or any(remark in r for r in told), told


def test_two_forwarded_mails_stay_two() -> None:
    reading = read_mail((MAILS / "two_forwarded_mails.eml").read_bytes(), received=RECEIVED)
    assert [c.quote for c in reading.concerns] == ["Second child: Una Stark, there were bruises on her neck."]
    assert "Una" not in reading.new_text
