"""What a cabinet answers about links and kept tables: the same as the desk's drivers, from cases in memory."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rules.entries import Entry
from rules.lookups import kept_row
from rules.state import State


def naming(cases: Iterable[State], link: str, case: str) -> list[str]:
    """The cases that hold a link to a case."""
    return sorted(state.case_id for state in cases if case in state.links.get(link, ()))


def linked_here(cases: Iterable[State], case: str) -> list[str]:
    """The open cases that hold any link to a case."""
    open_cases = (state for state in cases if not state.closed)
    return sorted(state.case_id for state in open_cases if any(case in held for held in state.links.values()))


def held(entries: Iterable[tuple[State, Entry]], case: str) -> str:
    """``now`` while an open case holds a case, ``before`` if one did, else ``never``."""
    closed = [
        state.closed
        for state, entry in entries
        if entry.event == "linked" and entry.data["case"] == case and entry.data.get("hold")
    ]
    return "now" if not all(closed) else "before" if closed else "never"


def kept_rows(entries: Iterable[Entry], rest: str, at: datetime) -> list[dict[str, Any]]:
    """The rows of a kept table that steps wrote, of one key where it is named; of several for one key the newest."""
    name, of_key, key = rest.partition(":")
    written = [
        entry.data
        for entry in entries
        if entry.event == "table_written" and entry.data["table"] == name and (not of_key or entry.data["key"] == key)
    ]
    since = [(datetime.fromisoformat(data["from"]), data) for data in written]
    begun = sorted(((begins, data) for begins, data in since if begins <= at), key=lambda pair: pair[0])
    last = {data["key"]: data["gives"] for _, data in begun}
    return [kept_row(key, last[key]) for key in sorted(last)]
