"""The outbox: errands that wait, leased to whoever carries them, tried again until they are done."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, false, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from activities.drivers.ledger import Ledger
from activities.drivers.tables import AT_ONCE, deliveries, outbox
from activities.drivers.writing import errand_row
from rules.outcomes import Errand

#: The kinds of errands: letters to people, and commands to cases.
LETTERS, COMMANDS = ("message",), ("open", "poke")


@dataclass(frozen=True, slots=True)
class Leased:
    """An errand in somebody's hands. ``tries`` counts this one."""

    id: int
    key: str
    case_id: str
    kind: str
    data: dict[str, Any]
    tries: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message: ``status`` is ``sent`` or ``failed``.

    ``person`` got it, in place of ``for_person`` where a substitute did; ``address`` is the one that was used,
    ``means`` is ``mail`` or ``file``; ``error`` says why it failed.
    """

    key: str
    case_id: str
    person: str
    for_person: str
    role: str
    template: str
    means: str
    address: str
    status: str
    error: str
    message_id: str
    at: datetime


def _waits() -> ColumnElement[bool]:
    now = bindparam("now", type_=outbox.c.next_try.type)
    kind = outbox.c.kind.in_(bindparam("kinds", expanding=True))
    return and_(outbox.c.done.is_(false()), outbox.c.next_try <= now, outbox.c.leased_until <= now, kind)


_ANY = select(outbox.c.id).where(_waits()).limit(1)
_OLDEST = (
    select(outbox.c.id)
    .where(_waits())
    .order_by(outbox.c.next_try, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(outbox)
    .where(outbox.c.id.in_(_OLDEST))
    .values(leased_until=bindparam("until"), leased_by=bindparam("worker"), tries=outbox.c.tries + 1)
    .returning(outbox.c.id, outbox.c.key, outbox.c.case_id, outbox.c.kind, outbox.c.data, outbox.c.tries)
)
_END = (
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"))
    .values(done=true(), leased_until=AT_ONCE, leased_by="", error=bindparam("why"), result=bindparam("answer"))
)
_RETRY = (
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"), outbox.c.done.is_(false()))
    .values(leased_until=AT_ONCE, leased_by="", error=bindparam("why"), next_try=bindparam("again"))
)
_REFUSED_OPENING = and_(outbox.c.kind == "open", outbox.c.result.startswith("refused"))
_COLUMNS = [column.name for column in deliveries.columns if column.name != "key"]


class Outbox:
    """The outbox of a ledger. Several workers may carry errands of one ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def lease(
        self, now: datetime, worker: str, limit: int, seconds: int, kinds: tuple[str, ...] = LETTERS + COMMANDS
    ) -> list[Leased]:
        """The oldest errands that are due, at most `limit`, for that many seconds nobody else's; none where none wait.

        Raises:
            LedgerAway: The database does not answer.
        """
        # Mostly nothing waits, and finding that out needs no write transaction.
        with self._ledger.reading() as connection:
            if connection.execute(_ANY, {"now": now, "kinds": kinds}).first() is None:
                return []
        until = now + timedelta(seconds=seconds)
        terms = {"now": now, "worker": worker, "most": limit, "until": until, "kinds": kinds}
        with self._ledger.writing() as connection:
            rows = connection.execute(_LEASE, terms).all()
        leased = [Leased(row.id, row.key, row.case_id, row.kind, json.loads(row.data), row.tries) for row in rows]
        return sorted(leased, key=lambda errand: errand.id)

    def done(self, errand: int, result: str = "", delivery: Delivery | None = None) -> None:
        """Ends an errand; a second end changes nothing but what it says."""
        self._finish(_END, {"of_id": errand, "why": "", "answer": result}, delivery)

    def given_up(self, errand: int, error: str, delivery: Delivery | None = None) -> None:
        """Ends an errand that cannot succeed, saying why."""
        self._finish(_END, {"of_id": errand, "why": error, "answer": "failed"}, delivery)

    def failed(self, errand: int, error: str, next_try: datetime, delivery: Delivery | None = None) -> None:
        """Notes a failed try; the errand waits until `next_try`."""
        self._finish(_RETRY, {"of_id": errand, "why": error, "again": next_try}, delivery)

    def put(self, case_id: str, errands: Iterable[Errand], at: datetime) -> int:
        """Puts errands into the outbox that are not there yet, by their key. Gives back how many were new."""
        rows = [errand_row(case_id, errand, at) for errand in errands]
        # Mostly they are known, and finding that out needs no write transaction.
        with self._ledger.reading() as connection:
            if not _unknown(connection, rows):
                return 0
        with self._ledger.writing() as connection:
            new = _unknown(connection, rows)
            if new:
                connection.execute(outbox.insert(), new)
        return len(new)

    def purge(self, before: datetime, most: int) -> int:
        """Takes out errands that are done and were made before an instant, at most so many. Gives back how many.

        A linked case whose opening was refused stays: its parent shows it.
        """
        old = select(outbox.c.id).where(outbox.c.done.is_(true()), outbox.c.made_at < before, ~_REFUSED_OPENING)
        with self._ledger.reading() as connection:
            found = connection.scalars(old.order_by(outbox.c.id).limit(most)).all()
        if found:
            with self._ledger.writing() as connection:
                connection.execute(delete(outbox).where(outbox.c.id.in_(found)))
        return len(found)

    def refused_openings(self, case_id: str) -> list[tuple[str, str]]:
        """The links of a case whose other case was refused when it was to be opened, each with the code of the refusal."""
        with self._ledger.reading() as connection:
            query = select(outbox.c.data, outbox.c.result).where(outbox.c.case_id == case_id, _REFUSED_OPENING)
            rows = connection.execute(query.order_by(outbox.c.id)).all()
        return [(json.loads(row.data)["carried"].get("link", ""), row.result.partition(" ")[2]) for row in rows]

    def waiting(self) -> int:
        """How many errands are not done."""
        with self._ledger.reading() as connection:
            return connection.scalar(select(func.count()).select_from(outbox).where(outbox.c.done.is_(false()))) or 0

    def _finish(self, statement: Any, terms: dict[str, Any], delivery: Delivery | None) -> None:
        with self._ledger.writing() as connection:
            connection.execute(statement, terms)
            if delivery is not None:
                insert = sqlite.insert if self._ledger.is_sqlite else postgresql.insert
                new = insert(deliveries)
                what = {name: getattr(new.excluded, name) for name in _COLUMNS}
                row = {name: getattr(delivery, name) for name in ("key", *_COLUMNS)}
                connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=what), row)


def _unknown(connection: Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = [row["key"] for row in rows]
    known = set(connection.scalars(select(outbox.c.key).where(outbox.c.key.in_(keys))))
    return [row for row in rows if row["key"] not in known]
