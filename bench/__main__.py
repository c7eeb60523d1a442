"""`make bench`: the figures of docs/performance.md. Ratios of one run are to be quoted; absolute times vary."""

from __future__ import annotations

import argparse

from bench import intake, lists, matching, startup
from bot.running.logs import set_up


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=1000, help="mails for the rate")
    parser.add_argument("--waiting", type=int, default=10_000, help="mails before the alarm; 0 leaves it out")
    parser.add_argument("--rows", type=int, default=5000, help="rows of a list in one mail")
    parser.add_argument("--children", type=int, default=100_000, help="children to be known again")
    parser.add_argument("--forms", type=int, default=5000, help="forms about them, with slips")
    wanted = parser.parse_args()
    set_up()
    startup.measure()
    matching.measure(wanted.children, wanted.forms)
    intake.measure(wanted.mails, wanted.waiting)
    lists.measure(wanted.rows)


if __name__ == "__main__":
    main()
