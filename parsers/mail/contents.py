"""What the files, the forwarded mails and the body of one mail hold: forms, and what became of each file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from parsers import forms
from parsers.documents.notes import notes
from parsers.documents.pdf_inside import inside
from parsers.mail import html_text, referrals
from parsers.mail.attempt import attempt
from parsers.mail.carried import FilePart, WalkedMail
from parsers.mail.watch import UNWATCHED, Watch
from parsers.reading import LIST_READ, Attachment, Referral, Roster
from parsers.rosters.lines import read_lines
from parsers.rosters.reader import read_list

SMALL_PICTURE = 15_000
"""Bytes below which a picture is a logo, not a photograph of a form."""

PICTURES = 12
"""Pages of pictures that are read of one mail: a form has two, and a reader has a minute."""

MANY = f"There are more than {PICTURES} pictures of pages in this mail. A person must look at the others."

LOGO = 60_000
"""Bytes below which a picture that is called like a logo is one. Telephones call their photographs IMG too."""

LIST, PICTURE, NO_DOCUMENT, NO_FORM = "a list", "a small picture", "not a document", "no form"

LETTER = 6_000
"""Characters up to which a document that is no form is taken for a letter, and heard like the mail's own text. What is
longer is a report, or a policy whose every second line speaks of harm: a person must read it."""

BLANK = "a form with nothing in it"

CAPTION = 80
"""Characters below which what stands in a picture is the words of a logo, a street sign or a number plate."""

LONG = f"It is no form, and with more than {LETTER:,} characters no letter. A person must read it."

_LIST = re.compile(r".*\.(?:csv|tsv|xlsx|xlsm|xlsb|xls|ods)", re.IGNORECASE)
_HINT = 2_000
"""Characters of the text by which a list without a title is known."""
_LIST_TYPES = frozenset({"text/csv", "text/tab-separated-values"})
_NO_DOCUMENT = re.compile(
    r"message/.*|text/(?:calendar|rfc822-headers|(?:x-)?vcard)|application/(?:(?:x-)?pkcs7|pgp)-signature"
)
_LOGO = re.compile(
    r"(?:image|img|logo|outlook|signature)[\w .-]*\.(?:png|gif|jpe?g|bmp)|.*\.(?:gif|svg)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Contents:
    """Files in order, those of mails within included; the forms, each once; what a person should know."""

    attachments: tuple[Attachment, ...]
    referrals: tuple[Referral, ...]
    remarks: tuple[str, ...]
    rosters: tuple[Roster, ...] = ()


def contents(
    mail: WalkedMail,
    text: str,
    new: str,
    written: date,
    *,
    bounce: bool,
    answer: bool,
    subject: str = "",
    watch: Watch = UNWATCHED,
) -> Contents:
    """All that the mail holds; `text` is its whole text. A `bounce` carries a mail of ours, so no form in it counts;
    what an `answer` quotes was read when it came, so a form in its text counts only where it is `new`."""
    remarks: list[str] = []
    attachments: list[Attachment] = []
    found: list[Referral] = []
    lists: list[Roster] = []
    hint = f"{subject}\n{new[:_HINT]}"
    for one in mails(mail):
        sheets: list[forms.Sheet] = []
        for file in one.files:
            digest = hashlib.sha256(file.data).hexdigest()
            held = forms.Written()
            if file.trouble:
                verdict = file.trouble
            elif _is_list(file):
                verdict = _list(file, digest, written, hint, lists, watch)
            else:
                verdict, held = _file(file, digest, written, watch, remarks, sheets)
            attachments.append(Attachment(file.name, file.content_type, len(file.data), digest, verdict, held.words))
            found += held.forms
        found += attempt("picture", remarks, forms.read_sheets, sheets, written=written) or ()
        if one is not mail:
            remarks += one.remarks
        if one is not mail or not answer or _forms(new, "", written, remarks):
            found += _forms(text if one is mail else body(one), one.html, written, remarks)
    if not (bounce or answer or found or lists):
        written_in = attempt("text", remarks, read_lines, new, subject, written)
        lists += [written_in] if written_in else []
    if bounce:
        return Contents(tuple(attachments), (), tuple(remarks))
    return Contents(tuple(attachments), referrals.together(found), tuple(remarks), tuple(lists))


def mails(mail: WalkedMail) -> Iterator[WalkedMail]:
    """The mail and all that it carries whole; how deep they lie was bounded when they were parsed."""
    yield mail
    for inner in mail.nested:
        yield from mails(inner)


def body(mail: WalkedMail) -> str:
    """The whole text: the plain one, or that of the HTML where there is none."""
    return mail.text if mail.text.strip() else html_text.text_of(mail.html)


def _forms(text: str, html: str, written: date, remarks: list[str]) -> tuple[Referral, ...]:
    return attempt("text", remarks, forms.read_body, text, html or None, written=written) or ()


def _is_list(file: FilePart) -> bool:
    return bool(_LIST.fullmatch(file.name)) or file.content_type in _LIST_TYPES


def _list(file: FilePart, digest: str, written: date, hint: str, lists: list[Roster], watch: Watch) -> str:
    """What became of a file that is a list; the lists in it go with the others. There is no form in it."""
    if digest in watch.forbidden:
        return watch.forbidden[digest]
    watch.opening(digest)
    why: list[str] = []
    found = attempt("list", why, read_list, file.data, file.name, written=written, hint=hint) or ()
    lists += found
    known = [r.kind for r in found if r.kind]
    if len(known) < len(found) or not found:
        return why[0] if why else LIST
    return LIST_READ + ", ".join(dict.fromkeys(known))


def _file(
    file: FilePart, digest: str, written: date, watch: Watch, remarks: list[str], sheets: list[forms.Sheet]
) -> tuple[str, forms.Written]:
    """What became of a file, and the forms or the words in it. A picture's pages are put with the `sheets` of the
    mail: page by page is how forms are photographed."""
    if _NO_DOCUMENT.fullmatch(file.content_type):
        return NO_DOCUMENT, forms.Written()
    if file.content_type.startswith("image/") and len(file.data) < (
        LOGO if _LOGO.fullmatch(file.name) else SMALL_PICTURE
    ):
        return PICTURE, forms.Written()
    if len(sheets) >= PICTURES and forms.is_picture(file.data):
        return MANY, forms.Written()
    if digest in watch.forbidden:
        return watch.forbidden[digest], forms.Written()
    watch.opening(digest)
    remarks += [f"{file.name}: {note}." for note in attempt("attachment", remarks, notes, file.data) or ()]
    verdict, held = _document(file, digest, written, watch, sheets)
    return attempt("attachment", remarks, inside, file.data) or verdict, held


def _document(
    file: FilePart, digest: str, written: date, watch: Watch, sheets: list[forms.Sheet]
) -> tuple[str, forms.Written]:
    why: list[str] = []
    pages = attempt("attachment", why, forms.sheets, file.data, file.name, lambda: watch.opening(digest))
    if pages is not None:
        sheets += pages
        known = ", ".join(dict.fromkeys(p.form for p in pages if p.form))
        return (known, forms.Written()) if known else _no_form(forms.words(pages), at_least=CAPTION)
    held = None if why else attempt("attachment", why, forms.read_written, file.data, file.name, written=written)
    if held is None:
        return why[0] if why else NO_FORM, forms.Written()
    if not held.forms:
        return _pasted(file, digest, held.words, watch, sheets)
    return ", ".join(dict.fromkeys(r.form for r in held.forms if not r.empty)) or BLANK, held


def _pasted(
    file: FilePart, digest: str, words: str, watch: Watch, sheets: list[forms.Sheet]
) -> tuple[str, forms.Written]:
    """A document without a form in its words: a picture in it may be one."""
    why: list[str] = []
    pages: tuple[forms.Sheet, ...] | None = ()
    if len(sheets) < PICTURES:
        pages = attempt("attachment", why, forms.pasted_sheets, file.data, file.name, lambda: watch.opening(digest))
    sheets += pages or ()
    if known := ", ".join(dict.fromkeys(p.form for p in pages or () if p.form)):
        return known, _no_form(words)[1]
    verdict, held = _no_form(f"{words}\n{forms.words(pages or ())}")
    return (why[0] if why else verdict), held


def _no_form(words: str, *, at_least: int = 1) -> tuple[str, forms.Written]:
    words = words.strip()
    if len(words) > LETTER:
        return LONG, forms.Written()
    return NO_FORM, forms.Written(words=words if len(words) >= at_least else "")
