"""The tables of the ledger database; the migrations create exactly these."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from rules.instants import stamp

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: The instant of an outbox row that may be taken at once, and of a lease that nobody holds.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)

#: How much of a value the index of fields keeps, so that no database refuses to index it.
INDEXED = 200


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, whole seconds, as text with ``Z``: readable, sorted by time, the same in every database."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text of an instant."""
        return stamp(value) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The instant of a text."""
        return datetime.fromisoformat(value) if value else None


def _case() -> Column[Any]:
    return Column("case_id", ForeignKey("cases.id"), primary_key=True)


cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text),
    Column("pack_id", Text, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("kind", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("opened_at", Instant),
    Column("opened_by", Text, nullable=False),
    Column("next_due", Instant),
    Column("closed", Boolean, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("face", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("written", Instant),
    UniqueConstraint("number"),
    Index(None, "pack_id", "kind", "opened_at"),
)

entries = Table(
    "entries",
    metadata,
    _case(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("event", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("noticed", Instant, nullable=False),
    Column("by_whom", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("house", Boolean, nullable=False),
    Column("data", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("written", Instant),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    _case(),
    Column("command_id", Text, primary_key=True),
    Column("what", Text, nullable=False),
    Column("by_whom", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("happened_at", Instant),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("refusal", Text),
    Column("salt", String(64)),
    Column("written", Instant),
    sqlite_with_rowid=False,
)

personal = Table(
    "personal",
    metadata,
    _case(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("field", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("salt", String(64)),
    Column("value", Text),
)

field_index = Table(
    "field_index",
    metadata,
    _case(),
    Column("field", Text, primary_key=True),
    Column("value", String(INDEXED), nullable=False),
    Index(None, "field", "value"),
    sqlite_with_rowid=False,
)

numbers = Table(
    "numbers",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("next_try", Instant, nullable=False),
    Column("leased_until", Instant, nullable=False),
    Column("leased_by", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("result", Text, nullable=False),
    UniqueConstraint("key"),
    Index(None, "done", "next_try"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("key", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("person", Text, nullable=False),
    Column("for_person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("means", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

organisation_versions = Table(
    "organisation_versions",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("valid_from", Instant, nullable=False),
    Column("applied_by", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
)

organisation_rows = Table(
    "organisation_rows",
    metadata,
    Column("what", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("since", ForeignKey("organisation_versions.version"), primary_key=True),
    Column("until", ForeignKey("organisation_versions.version")),
    Column("place", Integer, nullable=False),
    Column("data", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    _case(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("link", Text, nullable=False),
    Column("other", Text, nullable=False, index=True),
    Column("hold", Boolean, nullable=False),
)

kept_rows = Table(
    "kept_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pack_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("written_at", Instant, nullable=False),
    Column("by_whom", Text, nullable=False),
    Column("origin", Text, nullable=False),
    UniqueConstraint("pack_id", "name", "key", "origin"),
)

cycles = Table(
    "cycles",
    metadata,
    Column("pack_id", Text, primary_key=True),
    Column("cycle", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("each", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
)

cycle_runs = Table(
    "cycle_runs",
    metadata,
    Column("pack_id", Text, primary_key=True),
    Column("running", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Column("by_whom", Text, nullable=False),
)
