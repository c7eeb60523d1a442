"""A report as a document, and a mail with a file."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from outbound.compose import compose
from outbound.letter import Enclosure
from outbound.message import BadHeader
from outbound.report import Bar, Plot, Report, Table, lines, render_report
from tests.outbound.samples import letter, wording


def report(*, small: bool) -> Report:
    bars = (Bar("Year 6", 2), Bar("Year 7", 40), Bar("Year 8", 0))
    table = Table("Cases", ("Child",), (("<b>Farthingale</b>",),))
    return Report(title="Figures", period="2014", council="County", figures=bars, plots=(Plot("Years", bars),),
                  tables=(table,), small=small)  # fmt: skip


def test_small_numbers_are_hidden_from_those_who_may_not_know_them() -> None:
    assert lines(report(small=True)) == ("Year 6: fewer than 5", "Year 7: 40", "Year 8: 0")
    assert lines(report(small=False))[0] == "Year 6: 2"


def test_a_hidden_number_cannot_be_measured_in_the_plot() -> None:
    one, four = (
        render_report(
            Report(title="", period="", council="", figures=(), plots=(Plot("", (Bar("x", n), Bar("y", 40))),))
        )
        for n in (1, 4)
    )
    assert one == four


def test_what_people_wrote_is_data_and_nothing_is_fetched() -> None:
    page = render_report(report(small=False)).decode()
    assert "<b>Farthingale" not in page and "&lt;b&gt;" in page
    assert "http" not in page and "<script" not in page and "src=" not in page


def test_a_mail_with_a_file_is_read_by_a_strict_parser() -> None:
    content = render_report(report(small=True))
    made = letter("report-data", "board", questions=(), facts={"figures": ("Open cases: 7",)})
    raw = compose(replace(made, enclosures=(Enclosure("figures-2014.html", "text/html", content),)), wording())
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage) and not mail.defects
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "figures-2014.html" and file.get_payload(decode=True) == content
    body = mail.get_body(("plain",))
    assert body is not None and "Open cases: 7" in body.get_content()
    assert max(map(len, raw.split(b"\r\n"))) < 998


def test_a_file_name_that_would_break_the_header_is_refused() -> None:
    made = letter("report-data", "board", questions=(), facts={"figures": ()})
    with pytest.raises(BadHeader):
        compose(replace(made, enclosures=(Enclosure('a"\r\nBcc: x', "text/html", b""),)), wording())
