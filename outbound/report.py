"""A report as a document: one HTML file with its figures, plots and tables in it, and nothing fetched from outside.

Figures that leave the team are shown so that nobody can be told from them: one to four children are "fewer than 5"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outbound.disclosure import clean
from outbound.templating import page

FEW, FEW_SHOWN = 5, "fewer than 5"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Plot:
    """A bar chart; `said` is its meaning in a sentence, for who cannot see it."""

    title: str
    bars: tuple[Bar, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list of cases: the columns' names, and a tuple of texts a row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "None."


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the document shows, in its order. `small` hides small numbers; a report that names children does not."""

    title: str
    period: str
    council: str
    figures: tuple[Bar, ...]
    plots: tuple[Plot, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    small: bool = True


def shown(count: int, *, small: bool) -> str:
    """A number as this reader may know it."""
    return FEW_SHOWN if small and 0 < count < FEW else str(count)


def lines(report: Report) -> tuple[str, ...]:
    """The figures in words, for the mail itself."""
    return tuple(f"{bar.label}: {shown(bar.count, small=report.small)}" for bar in report.figures)


def render_report(report: Report) -> bytes:
    """The document, UTF-8."""
    plots = [(plot, _drawn(plot, small=report.small)) for plot in report.plots]
    rows = [(table, [[clean(cell) for cell in row] for row in table.rows]) for table in report.tables]
    figures = [(bar.label, shown(bar.count, small=report.small)) for bar in report.figures]
    return page("report.html.jinja").render(report=report, figures=figures, plots=plots, tables=rows).encode()


def _drawn(plot: Plot, *, small: bool) -> Sequence[tuple[str, str, int]]:
    """Label, number and length (0 to 400) of each bar; a number that is hidden has one length, whatever it is."""
    most = max((bar.count for bar in plot.bars), default=0) or 1
    counted = [(bar, FEW - 1 if small and 0 < bar.count < FEW else bar.count) for bar in plot.bars]
    return [(b.label, shown(b.count, small=small), round(400 * n / max(most, FEW - 1))) for b, n in counted]
