"""Thanks, and nothing else: no person has to read them, however many lines of a signature stand below."""

from __future__ import annotations

import pytest

from bot.hearing.unasked import only_thanks


@pytest.mark.parametrize(
    "mail",
    [
        "Many thanks",
        "Thanks\nJo",
        "Many thanks\n\nPat Reeve\nOffice Manager",
        "Thank you\nD. Osei\nPublic Protection Unit",
        "Many thanks\nMrs P. O'Neil\nBusiness Manager\nLarch Hill School\nTel: 01865 900 123\npat@larch.example",
    ],
)
def test_a_signature_says_nothing(mail: str) -> None:
    assert only_thanks(mail)


@pytest.mark.parametrize(
    "mail",
    [
        "Many thanks\nMum Rang",
        "Many thanks\nPat Reeve\nHe is back",
        "Many thanks\nPat Reeve\nTraced To Foxhill Academy",
        "Many thanks\nPat Reeve\nOn Roll At Foxhill School",
        "Many thanks\nPat\nGran Wants Social Services",
        "Many thanks\nPat Reeve\nOffice Manager\nWhy was this sent to us?",
        "Thanks\nRing Me\nOffice",
    ],
)
def test_what_is_said_below_thanks_is_read(mail: str) -> None:
    assert not only_thanks(mail)
