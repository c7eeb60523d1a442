"""What can go wrong with the register, in sentences for whoever runs it."""

from __future__ import annotations


class RegisterError(Exception):
    """Anything that the register refuses."""


class RegisterBusy(RegisterError):
    """Another process is writing."""


class RegisterMissing(RegisterError):
    """There is no register at that path."""


class RegisterOutdated(RegisterError):
    """The file was made by another version."""


class HistoryConflict(RegisterError):
    """An event is there already under that number."""


class NestedUnit(RegisterError):
    """A unit of work was begun inside another of the same thread: an error of the program."""
