"""The page of every mail: whole, in order, and safe to open."""

import re
from html.parser import HTMLParser

from outbound.page import ShownCase, ShownMail, index_page
from tests.outbound.samples import at

CASE = ShownCase(ref="CME-2014-00042", child="Tamsin Farthingale", pathway="hub", state="closed", outcome="at-address")
IN = ShownMail(
    at=at("2014-11-26T10:00"), direction="in", mailbox="hub.north", from_="Jo <office@wychwood-fields.example>",
    to="hub.north@council.example", subject="Missing pupil", text="Please see attached.\n<script>alert(1)</script>",
    refs=("CME-2014-00042",), attachments=("form.docx",), note="Read as a Hub referral.",
)  # fmt: skip
OUT = ShownMail(
    at=at("2014-11-26T09:00"), direction="out", mailbox="hub.north", from_="hub.north@council.example",
    to="Hub worker <hub.worker@council.example>", subject="[CME-2014-00042 K7QF-2MXA-9T] Home visit needed",
    text="Please visit.", html='<p class="x">Please visit.</p><script>alert(2)</script>', refs=("CME-2014-00042",),
)  # fmt: skip


class Tags(HTMLParser):
    """All tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))


def test_every_mail_is_there_in_the_order_of_time() -> None:
    page = index_page([IN, OUT], [CASE])
    assert page.index("Home visit needed") < page.index("Missing pupil")
    assert "10am" in page
    assert "Wednesday 26 November 2014" in page
    assert "Closed: at address" in page


def test_a_mail_runs_nothing_and_fetches_nothing() -> None:
    page = index_page([IN, OUT])
    tags = Tags(page).all
    assert sum(tag == "script" for tag, _ in tags) == 1
    frames = [attrs for tag, attrs in tags if tag == "iframe"]
    assert [frame["srcdoc"] for frame in frames] == [OUT.html]
    assert frames[0]["sandbox"] == "allow-same-origin"
    assert any("default-src 'none'" in str(attrs.get("content")) for tag, attrs in tags if tag == "meta")
    assert not re.search(r"(src|href)=[\"']?(https?:|//)", page)


def test_the_list_is_short_and_the_heading_whole() -> None:
    page = index_page([OUT])
    assert '<span class="subject">Home visit needed</span>' in page
    assert "<h2>[CME-2014-00042 K7QF-2MXA-9T] Home visit needed</h2>" in page


def test_no_mails_at_all() -> None:
    assert "There are no mails yet." in index_page([])
