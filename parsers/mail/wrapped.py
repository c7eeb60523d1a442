"""S/MIME that is signed only, which mail programs open by themselves.

A signature is not checked here: who wrote a mail is the word of our own server (bot.arrivals.trust).
"""

from __future__ import annotations

from asn1crypto import cms

from parsers.documents.layout import Unreadable

SMIME_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


def signed_content(data: bytes) -> bytes:
    """The mail inside an opaque signature (RFC 8551 3.5.2, CMS SignedData); b"" where it is encrypted. Raises
    Unreadable."""
    try:
        outer = cms.ContentInfo.load(data)
        if outer["content_type"].native != "signed_data":
            return b""
        content = outer["content"]["encap_content_info"]["content"].native
    except Exception as problem:  # whatever it does to its reader, the file goes to a person
        raise Unreadable("The signature of the mail cannot be opened. A person must look at it.") from problem
    return content if isinstance(content, bytes) else b""
