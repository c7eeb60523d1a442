"""A case is found by its home too, and by birthday and name in one index: what matching looks at stays few, however
many children there are; and its columns tell all that is weighed, so that no case is read for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.matching import home
from bot.matching.described import child_of
from rules.case import FOLD_VERSION
from rules.folded import unpack_facts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT_A_TIME = 1000


def upgrade() -> None:
    for name in ("other_surnames", "carers", "postcode", "house"):
        op.add_column("cases", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.drop_index("cases_birth", "cases")
    op.create_index("cases_birth", "cases", ["date_of_birth", "surname_key", "forename_key"])
    op.create_index("cases_postcode", "cases", ["postcode", "surname_key", "forename_key"])
    op.create_index("cases_house", "cases", ["house", "postcode", "surname_key", "forename_key"])
    _fill()


def _fill() -> None:
    """What the cases that are there say. A fold of another version is made anew when its case is next worked on; until
    then that case is known by name, birthday and number."""
    connection = op.get_bind()
    after = ""
    while found := connection.exec_driver_sql(
        "SELECT ref, fold FROM cases WHERE ref > ? AND kind = 'case' AND fold_version = ? AND fold IS NOT NULL"
        " ORDER BY ref LIMIT ?",
        (after, FOLD_VERSION, _AT_A_TIME),
    ).all():
        for ref, fold in found:
            child = child_of(unpack_facts(fold))
            connection.exec_driver_sql(
                "UPDATE cases SET other_surnames = ?, carers = ?, house = ?, postcode = ? WHERE ref = ?",
                (child.other_surnames, "\n".join(child.carers), *home(child), ref),
            )
        after = found[-1][0]
