"""The register as it began.

Histories are append-only: two triggers refuse to change an event, or to delete one. To erase a case by law (UK GDPR,
article 17) its reference is named under `erasing` in `meta`, within the same commit.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEEP = """
CREATE TRIGGER event_keeps BEFORE UPDATE ON event BEGIN
    SELECT RAISE(ABORT, 'An event is never changed: append one that corrects it.');
END
"""
_STAY = """
CREATE TRIGGER event_stays BEFORE DELETE ON event
WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'erasing' AND value = OLD.ref) BEGIN
    SELECT RAISE(ABORT, 'An event is never deleted, unless its case is being erased.');
END
"""


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pathway", sa.Text(), nullable=False),
        sa.Column("concern", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("opened", sa.BigInteger(), nullable=False),
        sa.Column("next_due", sa.BigInteger(), nullable=True),
        sa.Column("surname_key", sa.Text(), nullable=False),
        sa.Column("forename_key", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=False),
        sa.Column("forenames", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Text(), nullable=True),
        sa.Column("upn", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("fold_version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fold", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index("cases_birth", "cases", ["date_of_birth"], unique=False)
    op.create_index("cases_child", "cases", ["surname_key", "date_of_birth"], unique=False)
    op.create_index(
        "cases_due", "cases", ["next_due", "ref"], unique=False, sqlite_where=sa.text("next_due IS NOT NULL")
    )
    op.create_index("cases_upn", "cases", ["upn"], unique=False)
    op.create_table(
        "counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("trust", sa.Integer(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("reading", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('done', 'quarantined', 'waiting')", name="mail_state"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("identity", name="mail_identity"),
    )
    op.create_index("mail_message_id", "mail", ["message_id"], unique=False)
    op.create_index(
        "mail_unsettled",
        "mail",
        ["received", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'quarantined' AND seen = 0"),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "outbox",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("provider_message_id", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'held', 'cancelled')", name="outbox_state"),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("code", name="outbox_code"),
    )
    op.create_index(
        "outbox_held", "outbox", ["priority", "created", "key"], unique=False, sqlite_where=sa.text("state = 'held'")
    )
    op.create_index("outbox_message_id", "outbox", ["message_id"], unique=False)
    op.create_index("outbox_provider_message_id", "outbox", ["provider_message_id"], unique=False)
    op.create_index("outbox_ref", "outbox", ["ref"], unique=False)
    op.create_index("outbox_sent_at", "outbox", ["sent_at"], unique=False)
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["priority", "created", "key"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_index("outbox_when", "outbox", ["not_before"], unique=False, sqlite_where=sa.text("state = 'waiting'"))
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("wrong_code_at", "wrong_code", ["at"], unique=False)
    op.create_table(
        "event",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=True),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("values", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["mail.id"],
        ),
        sa.PrimaryKeyConstraint("ref", "seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("event_mail", "event", ["mail_id"], unique=False, sqlite_where=sa.text("mail_id IS NOT NULL"))
    op.create_table(
        "place",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("moved", sa.Boolean(), nullable=False),
        sa.CheckConstraint("target IN ('done', 'quarantine')", name="place_target"),
        sa.ForeignKeyConstraint(
            ["mail_id"],
            ["mail.id"],
        ),
        sa.PrimaryKeyConstraint("mailbox", "folder", "uidvalidity", "uid"),
        sqlite_with_rowid=False,
    )
    op.create_index("place_mail", "place", ["mail_id"], unique=False)
    op.create_index("place_unmoved", "place", ["mailbox", "mail_id"], unique=False, sqlite_where=sa.text("moved = 0"))
    op.execute(_KEEP)
    op.execute(_STAY)
