"""How the ledger writes what it keeps: JSON texts, and the hash chain over the entries of a case."""

import hashlib
import json
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from rules.entries import Entry
from rules.instants import stamp
from rules.outcomes import Face, Refusal
from rules.state import State

STATE = TypeAdapter(State)
FACE = TypeAdapter(Face)
REFUSAL = TypeAdapter(Refusal)


def state_text(state: State) -> str:
    """A state as JSON, without what is as it is at first: most of a state is."""
    return STATE.dump_json(state, exclude_defaults=True).decode()


#: The hash before the first entry of a case.
START = ""

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> str:
    """The one JSON text of a JSON value: keys sorted, nothing between."""
    return _encode(value)


def link(before: str, case_id: str, entry: Entry) -> str:
    """The hash (hex) of an entry in the chain of its case: the sha256 of the hash before it and of the whole line."""
    line = _encode(
        (
            case_id,
            entry.seq,
            entry.event,
            stamp(entry.at),
            stamp(entry.noticed),
            entry.by,
            entry.subject,
            entry.clause,
            entry.house,
            entry.data,
        )
    )
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()


def entry_row(case_id: str, entry: Entry, chained: str, written: datetime | None) -> dict[str, Any]:
    """The row of the table of entries that keeps an entry, and when it came to stand there."""
    return {
        "case_id": case_id,
        "seq": entry.seq,
        "event": entry.event,
        "at": entry.at,
        "noticed": entry.noticed,
        "written": written,
        "by_whom": entry.by,
        "subject": entry.subject,
        "clause": _encode(entry.clause),
        "house": entry.house,
        "data": _encode(entry.data),
        "hash": chained,
    }


def entry_of(row: Row[Any]) -> Entry:
    """The entry that a row keeps."""
    return Entry(
        seq=row.seq,
        event=row.event,
        at=row.at,
        noticed=row.noticed,
        by=row.by_whom,
        subject=row.subject,
        clause=tuple(json.loads(row.clause)),
        house=row.house,
        data=json.loads(row.data),
    )
