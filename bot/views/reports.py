"""The reports of policy 4.5 and 9, counted from the cases as the register has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.council.office import Office
from bot.register.rows import CaseRow
from bot.register.unit import Snapshot, Unit
from bot.views.casefile import stored_case
from outbound import dates
from outbound.report import Bar, Plot, Report, Table
from parsers.values.year_group import expected
from rules import Case
from rules.calendar import LONDON
from rules.definition import Standing, standing

Kind = Literal["cases", "figures", "year"]
KINDS: Mapping[str, Kind] = {"cases": "cases", "figures": "figures", "year": "year"}
_BANDS = (
    (14, "under 2 weeks"),
    (28, "2 to 4 weeks"),
    (56, "4 to 8 weeks"),
    (84, "8 to 12 weeks"),
    (182, "12 to 26 weeks"),
    (364, "26 to 52 weeks"),
)
"""How long a child has been missing, as the Department's return has it (CME data return, "duration")."""
_LONGEST = "over 52 weeks"
_PATHWAYS = {
    "hub": "With a Hub", "tracking": "Tracked", "moved-in": "Moved in", "no-show": "Expected, not arrived",
    "exclusion": "Excluded", "home-education": "Home education", "removal": "Taken off roll", "": "Not sorted yet",
}  # fmt: skip
_NOT_COUNTED = frozenset({"duplicate"})


@dataclass(frozen=True, slots=True)
class Child:
    """A case as it is counted."""

    row: CaseRow
    case: Case
    standing: Standing | None

    @property
    def opened(self) -> date:
        return self.row.opened.astimezone(LONDON).date()

    @property
    def closed(self) -> date | None:
        return self.case.closed.astimezone(LONDON).date() if self.case.closed else None

    def open_on(self, day: date) -> bool:
        return self.opened <= day and (self.closed is None or self.closed > day)

    @property
    def excluded(self) -> bool:
        """Permanently excluded, and nobody has confirmed yet where the child is taught."""
        return "exclusion.reported" in self.case.seen and "provision.confirmed" not in self.case.seen


def children(office: Office, unit: Snapshot | Unit, now: datetime) -> list[Child]:
    """Every case, with how it stands to the definition in force; a duplicate is no second child."""
    definition = office.pack.definition(now)
    found = []
    for row in unit.cases():
        if row.outcome in _NOT_COUNTED:
            continue
        case = stored_case(office, unit, row)
        found.append(Child(row, case, standing(case, definition, office.pack.calendar, now) if definition else None))
    return found


def report(office: Office, unit: Snapshot | Unit, kind: Kind, now: datetime) -> Report:
    """`cases`: every open case by name, for the designated officer. `figures`: numbers alone. `year`: those of the last
    whole school year, for the board."""
    every, today = children(office, unit, now), now.astimezone(LONDON).date()
    if kind == "year":
        return _year(office, every, today)
    alive = [child for child in every if child.open_on(today)]
    named = kind == "cases"
    return Report(
        title="Children missing education" if named else "Children missing education: figures",
        period=f"As of {dates.day(today)}",
        council=office.wording.council or office.config.team,
        figures=_figures(every, alive, today - timedelta(days=31), today),
        plots=_plots(alive, today),
        tables=_tables(office, alive, today) if named else (),
        notes=_notes(office, now, named=named),
        small=not named,
    )


def _figures(every: Sequence[Child], alive: Sequence[Child], since: date, today: date) -> tuple[Bar, ...]:
    meets = [c for c in alive if c.standing is not None and c.standing.state == "meets"]
    return (
        Bar("Open cases", len(alive)),
        Bar("of these, missing education by the definition in force", len(meets)),
        Bar("of these, permanently excluded and no provision confirmed", sum(c.excluded for c in alive)),
        Bar("of these, with a serious concern", sum(c.row.concern for c in alive)),
        Bar("Opened in the last month", sum(since < c.opened <= today for c in every)),
        Bar("Closed in the last month", sum(c.closed is not None and since < c.closed <= today for c in every)),
    )


def _plots(alive: Sequence[Child], today: date) -> tuple[Plot, ...]:
    return (
        Plot("How long the open cases have been open", _counted(alive, lambda c: _band(c, today), _ORDER)),
        Plot("Where they stand", _counted(alive, lambda c: _PATHWAYS.get(c.row.pathway, c.row.pathway))),
        Plot("Year group", _counted(alive, lambda c: _year_group(c, today), _YEARS)),
    )


def _year(office: Office, every: Sequence[Child], today: date) -> Report:
    """From 1 September to 31 August: the last school year that is over."""
    last = today.year - 1 if today < date(today.year, 9, 1) else today.year
    start, end = date(last - 1, 9, 1), date(last, 8, 31)
    opened = [c for c in every if start <= c.opened <= end]
    closed = [c for c in every if c.closed is not None and start <= c.closed <= end]
    months = [date(start.year + (start.month + n - 1) // 12, (start.month + n - 1) % 12 + 1, 1) for n in range(12)]
    ends = [(m + timedelta(days=32)).replace(day=1) - timedelta(days=1) for m in months]
    return Report(
        title="Children missing education: annual report",
        period=f"{dates.day(start)} to {dates.day(end)}",
        council=office.wording.council or office.config.team,
        figures=(
            Bar("Cases opened in the year", len(opened)),
            Bar("Cases closed in the year", len(closed)),
            Bar("Open at the end of the year", sum(c.open_on(end) for c in every)),
            Bar("Permanently excluded", sum("exclusion.reported" in c.case.seen for c in opened)),
            Bar("With a serious concern", sum(c.row.concern for c in opened)),
        ),
        plots=(
            Plot("Cases opened, by month", tuple(_by_month(opened, m) for m in months)),
            Plot("Open at the end of each month",
                 tuple(Bar(f"{e:%B %Y}", sum(c.open_on(e) for c in every)) for e in ends)),
            Plot("How cases ended", _counted(closed, lambda c: c.row.outcome.replace("-", " ").capitalize())),
            Plot("How long closed cases had been open", _counted(closed, lambda c: _band(c, end), _ORDER)),
            Plot("Year group of the children", _counted(opened, lambda c: _year_group(c, end), _YEARS)),
            Plot("Risk groups (a child may be in several)", _groups(opened)),
        ),
        notes=_notes(office, datetime.combine(end, datetime.min.time(), LONDON), named=False),
    )  # fmt: skip


def _by_month(opened: Iterable[Child], month: date) -> Bar:
    return Bar(f"{month:%B %Y}", sum((c.opened.year, c.opened.month) == (month.year, month.month) for c in opened))


_ORDER = (*(name for _, name in _BANDS), _LONGEST)
_YEARS = ("Below Year 1", *(f"Year {n}" for n in range(1, 12)), "Above Year 11", "Not known")


def _band(child: Child, today: date) -> str:
    days = ((child.closed or today) - child.opened).days
    return next((name for most, name in _BANDS if days < most), _LONGEST)


def _year_group(child: Child, today: date) -> str:
    born = child.row.date_of_birth
    if born is None:
        return "Not known"
    year = expected(born, today)
    return "Below Year 1" if year < 1 else f"Year {year}" if year <= 11 else "Above Year 11"


def _counted(alive: Iterable[Child], by: Callable[[Child], str], order: Sequence[str] = ()) -> tuple[Bar, ...]:
    counts = Counter(map(by, alive))
    names = order or [name for name, _ in counts.most_common()]
    return tuple(Bar(name, counts[name]) for name in names)


def _groups(opened: Iterable[Child]) -> tuple[Bar, ...]:
    named = Counter(
        g.strip() for c in opened for g in str(c.case.facts.get("risk.groups") or "").split(",") if g.strip()
    )
    return tuple(Bar(_GROUPS.get(n, n.replace("-", " ").capitalize()), count) for n, count in named.most_common())


_GROUPS = {"gypsy-roma-traveller": "Gypsy, Roma and Traveller", "sen": "Special educational needs"}


_COLUMNS = ("Case", "Child", "Born", "School", "Pathway", "Open for", "Missing education")


def _tables(office: Office, alive: Sequence[Child], today: date) -> tuple[Table, ...]:
    """The names, for the one who answers for them all (4.5). No address stands in a report."""
    excluded = [c for c in alive if c.excluded]
    others = [c for c in alive if not c.excluded]
    return (
        Table("Permanently excluded, no provision confirmed", _COLUMNS, _rows(office, excluded, today)),
        Table("All other open cases", _COLUMNS, _rows(office, others, today)),
    )


def _rows(office: Office, some: Sequence[Child], today: date) -> tuple[tuple[str, ...], ...]:
    """Concerns first, then the longest open."""
    ordered = sorted(some, key=lambda c: (not c.row.concern, c.opened, c.row.ref))
    return tuple(_row(office, child, today) for child in ordered)


def _row(office: Office, child: Child, today: date) -> tuple[str, ...]:
    row = child.row
    name = ", ".join(filter(None, (row.surname, row.forenames))) or "not known yet"
    school = office.directory.school(row.school) if row.school else None
    born = f"{row.date_of_birth:%d/%m/%Y}" if row.date_of_birth else ""
    concern = " (serious concern)" if row.concern else ""
    pathway = _PATHWAYS.get(row.pathway, row.pathway) + concern
    return (row.ref, name, born, school.name if school else "", pathway, f"{(today - child.opened).days} days",
            said(child.standing))  # fmt: skip


def said(found: Standing | None) -> str:
    """How a case stands to the definition, in words."""
    if found is None:
        return "not defined"
    day = f"{found.since:%d/%m/%Y}" if found.since else ""
    match found.state:
        case "meets":
            return f"since {day}"
        case "no-longer":
            return f"no longer, since {day}"
        case _:
            return f"not yet: from {day}" if day else "not yet: on a roll"


_HIDDEN = 'One to four children are shown as "fewer than 5", so that nobody can be told from a number.'


def _notes(office: Office, now: datetime, *, named: bool) -> tuple[str, ...]:
    definition = office.pack.definition(now)
    cite = definition.cite if definition else ""
    told = f"paragraph {cite}" if cite[:1].isdigit() else cite
    notes = [f"Missing education: as {told} defines it." if told else ""]
    notes.append("This report names children. Do not pass it on." if named else _HIDDEN)
    return tuple(filter(None, notes))
