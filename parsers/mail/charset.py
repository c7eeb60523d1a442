"""Bytes of a text part into text, whatever its charset is said to be, and encoded words into words."""

from __future__ import annotations

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header

# Only charsets that mail is written in: Python's codecs hold others (punycode takes quadratic time).
_KNOWN = re.compile(
    r"utf-8(-sig)?|utf-16(-[bl]e)?|utf-32(-[bl]e)?|utf-7|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|big5(hkscs)?|"
    r"gbk|gb2312|gb18030|hz|shift_jis\w*|euc_\w+|iso2022_\w+|johab|tis-620|ptcp154|kz1048|latin_1"
)
# WHATWG Encoding: what calls itself ASCII or Latin-1 is Windows-1252 in practice.
_AS_WINDOWS = {"ascii", "iso8859-1"}
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?]{0,4000}\?=")
# Control characters but tab and newline; bidirectional marks and zero-width characters that make a text look otherwise.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def decode(data: bytes, charset: str) -> tuple[str, str]:
    """The text, and "" or a remark when it could not be read as the charset that it names."""
    name = _known(charset)
    if name in _AS_WINDOWS or not charset:
        return clean(_guess(data)), ""
    if name:
        try:
            return clean(data.decode(name)), ""
        except (UnicodeError, ValueError):
            # The codecs of the CJK family raise either on broken bytes; the guess below always gives a text.
            return clean(_guess(data)), f"A text part is not the {charset[:40]} that it claims to be."
    return clean(_guess(data)), f"A text part names a charset that is not known: {charset[:40]}."


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name if charset.isascii() else ""
    except (LookupError, ValueError):
        return ""
    return name if _KNOWN.fullmatch(name) else ""


def _guess(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _cut_off(data) or data.decode("cp1252", "replace")


def _cut_off(data: bytes) -> str:
    """UTF-8 that was cut off within its last character, without that one; else ""."""
    data = data.rstrip(b"\r\n =")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # One byte alone may be a letter of Latin-1.
        cut = error.reason == "unexpected end of data" and len(data) - error.start > 1
        return data[: error.start].decode("utf-8") if cut else ""


def clean(text: str) -> str:
    """Newlines as `\\n`, without control, bidirectional and zero-width characters."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\xa0", " ")


def decode_words(value: str) -> str:
    """A header's value with its encoded words (RFC 2047) decoded, on one line. For display only, never an address."""
    value = " ".join(value.split())[:20_000]
    value = _raw_bytes(value)
    if "=?" not in value:
        return clean(value)
    try:
        pieces = decode_header(_joined(value))
    except (HeaderParseError, ValueError):
        return clean(value)
    words = (p if isinstance(p, str) else decode(p, charset or "")[0] for p, charset in pieces)
    return " ".join(clean("".join(words)).split())


def _raw_bytes(value: str) -> str:
    """8-bit bytes in a header, which RFC 5322 forbids, come as surrogates: read them as UTF-8 or Windows-1252."""
    if value.isascii():
        return value
    return _guess(value.encode("utf-8", "surrogateescape")) if _has_surrogates(value) else value


def _has_surrogates(value: str) -> bool:
    return any("\udc80" <= c <= "\udcff" for c in value)


def _joined(value: str) -> str:
    # decode_header() only sees an encoded word that has a space around it; mail programs leave it out.
    return _ENCODED_WORD.sub(lambda m: f" {m[0]} ", value)
