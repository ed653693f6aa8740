"""The ledger as it began."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("pack_id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.String(length=20), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("next_due", sa.String(length=20), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("face", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_table(
        "deliveries",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("for_person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_case_id"), "deliveries", ["case_id"])

    op.create_table(
        "numbers",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_numbers")),
    )
    op.create_table(
        "organisation_versions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.String(length=20), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_organisation_versions")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=20), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("next_try", sa.String(length=20), nullable=False),
        sa.Column("leased_until", sa.String(length=20), nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_done_next_try"), "outbox", ["done", "next_try"])

    op.create_table(
        "decisions",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.String(length=20), nullable=False),
        sa.Column("happened_at", sa.String(length=20), nullable=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "command_id", name=op.f("pk_decisions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entries",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=20), nullable=False),
        sa.Column("noticed", sa.String(length=20), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("house", sa.Boolean(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_entries_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_entries")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "field_index",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_field_index_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "field", name=op.f("pk_field_index")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_field_index_field_value"), "field_index", ["field", "value"])

    op.create_table(
        "organisation_rows",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["since"], ["organisation_versions.version"], name=op.f("fk_organisation_rows_since_organisation_versions")
        ),
        sa.ForeignKeyConstraint(
            ["until"], ["organisation_versions.version"], name=op.f("fk_organisation_rows_until_organisation_versions")
        ),
        sa.PrimaryKeyConstraint("what", "key", "since", name=op.f("pk_organisation_rows")),
    )
    op.create_table(
        "personal",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_personal_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "seq", "field", name=op.f("pk_personal")),
    )


def downgrade() -> None:
    """Takes the change back."""
    op.drop_table("personal")
    op.drop_table("organisation_rows")
    op.drop_index(op.f("ix_field_index_field_value"), "field_index")

    op.drop_table("field_index")
    op.drop_table("entries")
    op.drop_table("decisions")
    op.drop_index(op.f("ix_outbox_done_next_try"), "outbox")

    op.drop_table("outbox")
    op.drop_table("organisation_versions")
    op.drop_table("numbers")
    op.drop_index(op.f("ix_deliveries_case_id"), "deliveries")

    op.drop_table("deliveries")
    op.drop_table("cases")
