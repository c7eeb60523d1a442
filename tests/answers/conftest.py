"""A reply to questions, understood with the pack `england`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from parsers.answers import AnswerContext, Says, understand
from parsers.reading import Understanding
from tests.answers.corpus_reader import england

THURSDAY = datetime(2016, 3, 10, 15, 30, tzinfo=ZoneInfo("Europe/London"))
Ask = Callable[..., Understanding]


@pytest.fixture(scope="session")
def says() -> Says:
    return england()


@pytest.fixture
def ask(says: Says) -> Ask:
    def asked(
        questions: str, reply: str, role: str = "", child: str = "", choices: tuple[str, ...] = ()
    ) -> Understanding:
        context = AnswerContext(THURSDAY, role, child, choices)
        return understand(questions.split() or [""], reply, context, says)

    return asked
