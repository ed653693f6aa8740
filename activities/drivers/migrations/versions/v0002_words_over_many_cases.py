"""Links from both ends, tables kept by the installation, periods that were opened."""

import json

import sqlalchemy as sa
from alembic import op

from activities.drivers.refolding import fold_anew

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the change."""
    op.create_index(op.f("ix_cases_pack_id_kind_opened_at"), "cases", ["pack_id", "kind", "opened_at"])
    op.create_table(
        "links",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("hold", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_links_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_other"), "links", ["other"])
    op.create_table(
        "kept_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.String(length=20), nullable=False),
        sa.Column("valid_to", sa.String(length=20), nullable=True),
        sa.Column("written_at", sa.String(length=20), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_rows")),
        sa.UniqueConstraint("pack_id", "name", "key", "origin", name=op.f("uq_kept_rows_pack_id_name_key_origin")),
    )
    op.create_table(
        "cycles",
        sa.Column("pack_id", sa.Text(), nullable=False),
        sa.Column("cycle", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("each", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("pack_id", "cycle", "period", "each", name=op.f("pk_cycles")),
    )
    op.create_table(
        "cycle_runs",
        sa.Column("pack_id", sa.Text(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("since", sa.String(length=20), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pack_id", name=op.f("pk_cycle_runs")),
    )
    for table in ("entries", "decisions", "cases"):
        # Of what is there already nobody knows when it was written; it counts as written when it was noticed.
        op.add_column(table, sa.Column("written", sa.String(length=20), nullable=True))
    _index_classes()
    fold_anew(op.get_bind())


def _index_classes() -> None:
    """The index of fields has the classes of a case too; those of cases that are already there are in their states."""
    connection = op.get_bind()
    index = sa.table("field_index", sa.column("case_id"), sa.column("field"), sa.column("value"))
    for case_id, state in connection.execute(sa.text("SELECT id, state FROM cases")).all():
        rows = [
            {"case_id": case_id, "field": f"class.{name}", "value": json.dumps(value, ensure_ascii=False)}
            for name, value in json.loads(state)["classes"].items()
        ]
        if rows:
            connection.execute(index.insert(), rows)


def downgrade() -> None:
    """Takes the change back."""
    op.execute("DELETE FROM field_index WHERE field LIKE 'class.%'")
    for table in ("entries", "decisions", "cases"):
        op.drop_column(table, "written")
    op.drop_table("cycle_runs")
    op.drop_table("cycles")
    op.drop_table("kept_rows")
    op.drop_index(op.f("ix_links_other"), "links")
    op.drop_table("links")
    op.drop_index(op.f("ix_cases_pack_id_kind_opened_at"), "cases")
