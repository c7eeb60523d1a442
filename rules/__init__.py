"""The council's policy as data and one pure function over it. Imports nothing of ours."""

from rules.case import Case
from rules.folding import fold
from rules.history import Action, Event, Party, Record, Send, Step
from rules.pack import Pack
from rules.packdeclared import BadPack
from rules.packfile import load_pack
from rules.step import Watch, step, step_case

__all__ = [
    "Action", "BadPack", "Case", "Event", "Pack", "Party", "Record", "Send", "Step", "Watch", "fold", "load_pack",
    "step", "step_case",
]  # fmt: skip
