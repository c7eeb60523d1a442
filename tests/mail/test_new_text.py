"""What the sender wrote now, out of what mail programs make of it."""

from __future__ import annotations

import time

import pytest

from parsers.mail.new_text import new_text

SAYS = "Visited today, no reply. Card left."
QUOTES = {
    "gmail": "On Tue, 11 Nov 2014 at 09:00, CME Team <cme@council.example> wrote:\n> Please visit.\n> Thanks",
    "gmail wrapped": "On Tue, 11 Nov 2014 at 09:00, CME Team\n<cme@council.example>\nwrote:\n\n> Please visit.",
    "apple, not marked": "On 11 Nov 2014, at 09:00, CME Team <cme@council.example> wrote:\n\nPlease visit.",
    "outlook": "From: CME Team\nSent: 11 November 2014 09:00\nTo: Pat Quill\nSubject: Visit\n\nPlease visit.",
    "outlook bold": "*From:* CME Team\n*Sent:* 11 November 2014\n*To:* Pat\n*Subject:* Visit\n\nPlease visit.",
    "outlook rule": "_" * 32 + "\nFrom: CME Team\nSent: 11 November 2014\nTo: Pat\nSubject: Visit\n\nPlease visit.",
    "outlook old": "-----Original Message-----\nFrom: CME Team\nPlease visit.",
    "german": "Von: CME Team\nGesendet: 11. November 2014\nAn: Pat\nBetreff: Besuch\n\nPlease visit.",
    "german wrote": "Am 11.11.2014 um 09:00 schrieb CME Team <cme@council.example>:\n> Please visit.",
    "french": "De : CME Team\nEnvoyé : mardi 11 novembre 2014\nÀ : Pat\nObjet : Visite\n\nPlease visit.",
    "french wrote": "Le mar. 11 nov. 2014 à 09:00, CME <cme@council.example> a écrit :\n> Please visit.",
    "polish": "Od: CME Team\nWysłano: 11 listopada 2014\nDo: Pat\nTemat: Wizyta\n\nPlease visit.",
    "polish wrote": "W dniu 11.11.2014 o 09:00, CME Team pisze:\nPlease visit.",
    "polish, gmail": "wt., 11 lis 2014 o 09:00 CME <cme@council.example> napisał(a):\n\nPlease visit.",
    "polish, apple": "Wiadomość napisana przez CME <c@d.example> w dniu 11.11.2014, o godz. 09:00:\n\nPlease",
    "romanian": "De la: CME Team\nTrimis: 11 noiembrie 2014\nCătre: Pat\nSubiect: Vizita\n\nPlease visit.",
    "romanian wrote": "Pe mar., 11 nov. 2014 la 09:00, CME <cme@council.example> a scris:\n> Please visit.",
    "romanian, gmail": "În mar., 11 nov. 2014 la 09:00, CME <cme@council.example> a scris:\n\nPlease visit.",
    "romanian, no address": "marți, 11 nov. 2014, 09:00 CME Team a scris:\n\nPlease visit.",
    "its last words wrapped": "Le mar. 11 nov. 2014 à 09:00, CME <cme@council.example> a\nécrit :\n\nPlease visit.",
    "ukrainian": "вт, 11 лист. 2014 р. о 09:00 CME <cme@council.example> пише:\n\nPlease visit.",
    "turkish": "11 Kas 2014 Sal, 09:00 tarihinde CME Team\n<cme@council.example> şunu yazdı:\nPlease visit.",
    "german, apple": "Anfang der weitergeleiteten Nachricht:\n\nVon: CME\nDatum: 11.11.2014\nAn: Pat\n\nVisit.",
    "french, apple": "Début du message réexpédié :\n\nDe: CME\nDate: 11 novembre 2014\nÀ: Pat\n\nPlease visit.",
}
TAILS = {
    "kind regards": "Kind regards,\n\nPat Quill\nAttendance officer | 01632 960123",
    "thanks and a name": "Many thanks\nPat",
    "thanks, name on the line": "Thanks, Pat",
    "dash dash": "-- \nPat Quill\nHarebell School",
    "telephone": "Sent from my iPhone",
    "outlook on a telephone": "Get Outlook for Android <https://aka.example/x>",
    "disclaimer": "This email and any attachment are confidential and intended solely for the addressee.",
    "no sign-off": "Pat Quill\nAttendance officer\nTel: 01632 960123",
    "marking": "OFFICIAL-SENSITIVE",
    "german": "Mit freundlichen Gruessen\nPat Quill",
    "german from a town": "Viele Grüße aus Banbury\nPat Quill",
    "french": "Bien cordialement,\nPat Quill",
    "polish": "Pozdrawiam serdecznie,\nPat Quill",
    "romanian": "Cu stima,\nPat Quill",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
@pytest.mark.parametrize("tail", ["", *TAILS.values()], ids=["none", *TAILS.keys()])
def test_the_answer_above_a_quote(quote: str, tail: str) -> None:
    assert new_text(f"{SAYS}\n\n{tail}\n\n{quote}\n") == SAYS


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS.keys())
def test_signatures_are_cut_without_a_quote(tail: str) -> None:
    assert new_text(f"{SAYS}\n\n{tail}\n") == SAYS


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL]",
        "CAUTION: This email originated from outside of the organisation. Do not click links or open attachments "
        "unless you recognise the sender and know the content is safe.",
        "[External Email] Please report suspicious mails.",
        "You don't often get email from office@harebell.example. Learn why this is important",
        "OFFICIAL",
    ],
)
def test_the_banner_of_a_gateway_goes(banner: str) -> None:
    assert new_text(f"{banner}\n\n{SAYS}") == SAYS


def test_answers_between_quoted_questions_stay() -> None:
    text = "On Tue, 11 Nov 2014, CME <cme@council.example> wrote:\n> Was a card left?\nYes\n> Neighbours?\nNone in\n"
    assert new_text(text) == "Yes\nNone in"


def test_the_answer_below_the_quote() -> None:
    assert new_text("On 11 Nov 2014, CME wrote:\n> Is he on roll?\n\nNo, he left in July.\n") == "No, he left in July."


def test_thanks_may_open_a_mail() -> None:
    assert new_text("Thanks,\n\nNot on roll here.\n") == "Thanks,\n\nNot on roll here."


def test_a_postscript_was_written_too() -> None:
    text = f"{SAYS}\n\nKind regards\nPat\n\nPS He is scared of his dad.\n\nThis email is confidential"
    assert new_text(text) == f"{SAYS}\n\nPS He is scared of his dad."


def test_only_a_quote_says_nothing() -> None:
    assert new_text(QUOTES["gmail"]) == ""
    assert new_text(QUOTES["outlook"]) == ""
    assert new_text("") == ""


def test_a_word_about_writing_is_no_quote() -> None:
    text = "On Monday his mother wrote: we have moved to Leeds.\nFrom what she says they left in June."
    assert (
        new_text("On reflection I agree.\nFrom: memory, he is 9.") == "On reflection I agree.\nFrom: memory, he is 9."
    )
    assert "they left in June" in new_text(text)


@pytest.mark.parametrize(
    "html",
    [
        '<p>No trace.</p><div class="gmail_quote">On Tue wrote:<blockquote>x</blockquote></div>',
        '<p>No trace.</p><div id="divRplyFwdMsg">From: CME</div><div>Please look.</div>',
        '<p>No trace.</p><div id="appendonsend"></div><hr><div>From: CME</div>',
        '<p>No trace.</p><blockquote type="cite">Please look.</blockquote>',
        "<p>No trace.</p><p><b>From:</b> CME<br><b>Sent:</b> Tuesday<br><b>To:</b> Pat</p><p>Please</p>",
        '<p>No trace.</p><div style="display: none">Close the case</div><span hidden>Yes</span>',
        '<p>No trace.</p><p style="color:#fff;font-size:0px;line-height:0">Close</p><p style="mso-hide:all">Close</p>',
        '<p style="font-size:0.9em">No trace.</p>',
        "<style>p{color:red}</style><script>x()</script><p>No&nbsp;trace.</p><p>Kind regards<br>Pat</p>",
    ],
)
def test_a_mail_in_html_alone(html: str) -> None:
    assert new_text("", f"<html><body>{html}</body></html>") == "No trace."


@pytest.mark.parametrize(
    "quote",
    [
        "On Tue, 11 Nov 2014 at 09:00, CME <cme@council.example> wrote:\nPlease visit.",
        "Am 11.11.2014 um 09:00 schrieb CME <cme@council.example>:\nPlease visit.",
        "11 Kas 2014 Sal, 09:00 tarihinde CME\n<cme@council.example> şunu yazdı:\nPlease visit.",
    ],
)
def test_a_line_of_the_senders_own_right_above_it_stays(quote: str) -> None:
    own = "On 3 November 2014 at 10:00 he was back.\nAm 3. November 2014 um 10:00 war er wieder da."
    assert new_text(f"{own}\n{quote}\n") == own


@pytest.mark.parametrize(
    "text",
    [
        ">" * 1_000_000,
        " " * 1_000_000,
        "\n" * 1_000_000,
        "> " * 500_000,
        "thanks\n" * 140_000,
        "On 1 " * 200_000,
        ("From: a\n" * 120_000),
        "<" * 500_000 + "@" * 500_000,
        "this email " * 90_000,
        "a@" * 500_000,
        "-" * 1_000_000,
        "_" * 1_000_000,
        "regards " * 120_000,
        "(" * 1_000_000,
        ("11 Kas 2014, 09:00 <cme@council.example> tarihinde:x\n" * 20_000),
        ("2014 09:00 <" * 33 + ":\n") * 2_500,
    ],
    ids=range(16),
)
def test_a_megabyte_of_anything_takes_less_than_a_second(text: str) -> None:
    start = time.process_time()
    new_text(text)
    assert time.process_time() - start < 1
