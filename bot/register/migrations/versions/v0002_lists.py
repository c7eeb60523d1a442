"""The rows of lists (leavers, rising fives, police, pupils on roll), staged with their mail, worked off in batches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_row",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("surname_key", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Text(), nullable=True),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("case_ref", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"]),
        sa.PrimaryKeyConstraint("mail_id", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("roster_row_staged", "roster_row", ["mail_id", "n"], sqlite_where=sa.text("state = 'staged'"))
    op.create_index("roster_row_due", "roster_row", ["due"], sqlite_where=sa.text("due IS NOT NULL"))
    op.create_index("roster_row_list", "roster_row", ["ref", "state"])
    op.create_index("roster_row_content", "roster_row", ["content"])
    op.create_index("roster_row_child", "roster_row", ["state", "surname_key"])
    op.create_index("roster_row_birth", "roster_row", ["state", "date_of_birth"])
    op.create_index("roster_row_case", "roster_row", ["case_ref"])
