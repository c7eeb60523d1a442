"""Where work on cases begins: with what the rules' acts on a list mean for the cases of its rows."""

from __future__ import annotations

from datetime import datetime

from bot.cases.casework import Casework
from bot.council.office import Office
from bot.register.unit import Unit
from bot.rosters.following import follow


def casework(office: Office, unit: Unit, now: datetime) -> Casework:
    return Casework(office, unit, now, follow)
