"""A child is found by a forename and a birthday that is a slip away, and where no birthday is known by both names: each
of them a search in an index of its own, so that few cases are looked at and none is read for nothing."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("cases_child", "cases")
    op.create_index("cases_child", "cases", ["surname_key", "forename_key"])
    op.create_index("cases_called", "cases", ["date_of_birth", "forename_key", "surname_key", "other_surnames"])
