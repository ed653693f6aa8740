"""Answers to what rules ask of the world, by the word before the colon of a query, inside the desk's transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from activities.drivers.counted_rows import counted
from activities.drivers.earlier import filled, open_cases
from activities.drivers.kept_rows import rows_for_rules
from activities.drivers.links import held, linked_here, naming
from activities.drivers.once import had
from activities.drivers.writing import Writing
from rules.earlier import copies, key_of, number_of_open
from rules.pack import Pack
from rules.state import State

#: Gets the desk's transaction, the pack and the state before the command, the query after its colon, the instant.
Answerer = Callable[[Writing, Pack, State, str, datetime], Any]


def _copies(writing: Writing, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    return copies(filled(writing.connection, state.case_id, rest), rest)


def _open(writing: Writing, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    kind, key = key_of(rest)
    return number_of_open(open_cases(writing.connection, pack.ref.id, kind, key), kind, key)


def _linked(writing: Writing, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    link, _, case = rest.partition(":")
    return naming(writing.connection, link, case)


def _table(writing: Writing, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    name, of_key, key = rest.partition(":")
    return rows_for_rules(writing.connection, pack.ref.id, name, at, key if of_key else None)


def _count(writing: Writing, pack: Pack, state: State, rest: str, at: datetime) -> Any:
    return counted(writing.connection, pack, state, rest)


ANSWERERS: dict[str, Answerer] = {
    "count": _count,
    "copies": _copies,
    "open": _open,
    "linked": _linked,
    "linked_here": lambda writing, pack, state, rest, at: linked_here(writing.connection, rest),
    "held": lambda writing, pack, state, rest, at: held(writing.connection, rest),
    "table": _table,
    "once": lambda writing, pack, state, rest, at: had(writing.connection, pack.ref.id, state.case_id, rest),
}
