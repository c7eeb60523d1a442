"""A picture of loads: one strip of days for each role, two packs back to back. Plain SVG, so that it opens anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from outbound import dates

_LEFT, _WIDTH, _STRIP, _TOP, _FOOT = 190, 760, 64, 76, 34
_COLOURS = ("#1d70b8", "#f47738")
"""GOV.UK blue and orange: told apart by those who do not see red and green."""
_INK, _FAINT = "#0b0c0c", "#b1b4b6"


@dataclass(frozen=True, slots=True)
class Series:
    """A role's mails a day, under the one pack and the other."""

    name: str
    up: Mapping[date, int]
    down: Mapping[date, int]


def draw(title: str, packs: tuple[str, str], rows: Sequence[Series], *, html: bool = False) -> str:
    """The picture as SVG, or as a page with it. Bars above a line are the first pack, below it the second."""
    days = sorted({day for row in rows for day in (*row.up, *row.down)})
    first, last = (days[0], days[-1]) if days else (date.today(), date.today())  # noqa: DTZ011 - an empty picture
    height = _TOP + _STRIP * max(len(rows), 1) + _FOOT
    body = [*_head(title, packs), *_axis(first, last, height)]
    for at, row in enumerate(rows):
        body += _strip(row, _TOP + _STRIP * at + _STRIP // 2, first, last)
    if not rows:
        body.append(_text(_LEFT, _TOP + 24, "There is nothing to show."))
    svg = "\n".join([_open(title, height), *body, "</svg>"])
    return _page(title, svg) if html else svg


def _open(title: str, height: int) -> str:
    width = _LEFT + _WIDTH + 60
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = 'font-family="Helvetica, Arial, sans-serif" font-size="13"'
    back = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} {style}>\n<title>{escape(title)}</title>\n{back}'


def _head(title: str, packs: tuple[str, str]) -> Iterator[str]:
    yield _text(16, 28, title, size=19, weight="bold")
    x = 16
    for colour, name, where in zip(_COLOURS, packs, ("above", "below"), strict=True):
        yield f'<rect x="{x}" y="42" width="12" height="12" fill="{colour}"/>'
        yield _text(x + 18, 53, f"{name} ({where} the line)")
        x += 40 + 8 * (len(name) + 17)


def _axis(first: date, last: date, height: int) -> Iterator[str]:
    """A faint line and a name at the beginning of each month; of a long time, at fewer."""
    months = [d for n in range((last - first).days + 1) if (d := first + timedelta(n)).day == 1]
    every = 1 + len(months) // 14
    for day in months[::every]:
        x = _x(day, first, last)
        place = f'x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{height - _FOOT}"'
        yield f'<line {place} stroke="{_FAINT}" stroke-width="0.6"/>'
        yield _text(x + 3, height - 14, f"{day:%b %Y}", colour="#505a5f", size=11)
    if not months:
        yield _text(_LEFT, height - 14, f"{dates.day(first)} to {dates.day(last)}", colour="#505a5f", size=11)


def _strip(row: Series, middle: int, first: date, last: date) -> Iterator[str]:
    most = max((*row.up.values(), *row.down.values()), default=1)
    scale = (_STRIP / 2 - 9) / most
    wide = max(1.5, min(16.0, _WIDTH / ((last - first).days + 1) - 0.5))
    yield _text(16, middle + 4, row.name)
    yield f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{middle}" y2="{middle}" stroke="{_INK}" stroke-width="0.7"/>'
    for colour, loads, above in zip(_COLOURS, (row.up, row.down), (True, False), strict=True):
        for day, n in sorted(loads.items()):
            top = middle - n * scale if above else middle
            told = escape(f"{dates.day(day)}: {n} mail{'' if n == 1 else 's'}")
            place = f'x="{_x(day, first, last):.1f}" y="{top:.1f}" width="{wide:.1f}" height="{n * scale:.1f}"'
            yield f'<rect {place} fill="{colour}"><title>{told}</title></rect>'
    yield _text(_LEFT + _WIDTH + 8, middle - 10, f"most {max(row.up.values(), default=0)}", colour=_COLOURS[0], size=11)
    yield _text(_LEFT + _WIDTH + 8, middle + 18, f"most {max(row.down.values(), default=0)}", colour="#b85a10", size=11)


def _x(day: date, first: date, last: date) -> float:
    return _LEFT + _WIDTH * (day - first).days / ((last - first).days + 1)


def _text(x: float, y: float, words: str, *, size: int = 13, colour: str = _INK, weight: str = "normal") -> str:
    look = f'font-size="{size}" fill="{colour}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(words)}</text>'


def _page(title: str, svg: str) -> str:
    head = f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{escape(title)}</title>'
    return f"{head}\n<body>\n{svg}\n</body>\n</html>\n"
