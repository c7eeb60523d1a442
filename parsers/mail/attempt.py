"""The one place where whatever a mail or a file does to its reader is caught."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from parsers.documents.layout import Unreadable
from parsers.mail.limits import TooMuch

P = ParamSpec("P")
T = TypeVar("T")


def attempt(what: str, remarks: list[str], call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """What `call` gives, or None and a remark: no mail and no attachment may stop a mailbox.

    The last line of the traceback stands in the remark, for whoever mends the parser; the mail stays in quarantine.
    """
    try:
        return call(*args, **kwargs)
    except (TooMuch, Unreadable) as known:
        remarks.append(str(known))
    except Exception as surprise:  # noqa: BLE001
        line = traceback.format_exception_only(surprise)[-1].strip()[:300]
        remarks.append(f"The {what} could not be read ({line}).")
    return None
