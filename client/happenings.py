"""Entries as things that happened: the events that a rehearsal prints and people read."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from client.refusals import refusal_text
from client.times import utc
from rules.entries import Entry
from rules.items import ItemState
from rules.outcomes import Refusal
from rules.pack import Pack
from rules.state import ClockState, State


def happened(entry: Entry, case: str, stage: str, pack: Pack, lang: str) -> dict[str, Any]:
    """What an entry says, as one line of a rehearsal. ``stage`` is the one after it; instants are UTC."""
    data = entry.data
    return {
        "at": utc(entry.at),
        "case": case,
        "event": entry.event,
        "stage": stage,
        "step": _step(entry),
        "by": entry.by,
        "clock": data.get("clock") if entry.subject.startswith("clock.") or "clock" in data else None,
        "due": data.get("due"),
        "to": list(_told(entry)),
        "amount": amount_of(entry),
        "clause": list(entry.clause),
        "why": why(entry, pack, lang),
        "house": entry.house,
        "subject": entry.subject,
        "noticed": utc(entry.noticed),
        "data": dict(data),
    }


def stage_after(stage: str, entry: Entry) -> str:
    """The stage of a case after an entry, from the one before it."""
    if entry.event == "opened":
        return str(entry.data["stage"])
    return str(entry.data["to"]) if entry.event == "moved" else stage


def why(entry: Entry, pack: Pack, lang: str) -> str:
    """The reason of an entry: for a refusal its sentence, else what the clauses say and how they are read."""
    if entry.event == "refused":
        refusal = Refusal(entry.data["code"], entry.clause, dict(entry.data.get("params", {})))
        return refusal_text(refusal, lang, pack=pack).why
    return " ".join(clause_text(name, pack) for name in entry.clause).strip()


def clause_text(name: str, pack: Pack) -> str:
    """What a clause says and, where its words leave something open, how it is read."""
    clause = pack.file.clause.get(name)
    if clause is None:
        return ""
    return f"{clause.says} {clause.reading}".strip()


def looked(at: datetime, case: str, state: State, open_steps: tuple[str, ...]) -> dict[str, Any]:
    """How a case stands at an instant, as one line of a rehearsal."""
    return {
        "at": utc(at),
        "case": case,
        "event": "look",
        "stage": state.stage,
        "step": None,
        "by": None,
        "clock": None,
        "due": utc(state.next_due),
        "to": [],
        "amount": None,
        "clause": [],
        "why": "",
        "house": False,
        "open_steps": [name.removeprefix("step.") for name in open_steps],
        "classes": dict(state.classes),
        "clocks": {name: clock_shown(clock, at) for name, clock in state.clocks.items()},
        "tasks": {name: task.status for name, task in state.tasks.items()},
        "approvals": {name: approval.status for name, approval in state.approvals.items()},
        "consequences": {name: [item_shown(item) for item in items] for name, items in state.consequences.items()},
        "closed": state.closed,
    }


def clock_shown(clock: ClockState, now: datetime) -> Mapping[str, Any]:
    """A clock as scripts read it; ``left`` are seconds of real time to the due, negative once it is over."""
    runs = clock.ticking and clock.due is not None and clock.status != "paused"
    return {
        "status": clock.status,
        "due": utc(clock.due),
        "left": int((clock.due - now).total_seconds()) if runs and clock.due else None,
        "holder": clock.holder,
        "started": utc(clock.started),
        "provisional": clock.provisional,
        "round": clock.round,
    }


def item_shown(item: ItemState) -> Mapping[str, Any]:
    """An item of a consequence as scripts read it: what it waits for or what it came to, and against whom."""
    return {
        "status": item.status,
        "lines": [list(line) for line in item.lines],
        "low": item.low,
        "high": item.high,
        "choice": list(item.choice),
    }


def amount_of(entry: Entry) -> str | None:
    """The sum of the lines of a consequence, None for what has no amount or has none yet."""
    lines = entry.data.get("lines") if entry.event.startswith("consequence_") else None
    amounts = [Decimal(amount) for _, _, amount in lines or () if amount is not None]
    return format(sum(amounts, Decimal(0)), "f") if amounts else None


def _step(entry: Entry) -> str | None:
    data = entry.data
    if entry.event == "moved":
        return str(data.get("step") or "") or None
    if entry.event == "refused":
        return str(data.get("what", "")).removeprefix("step.") or None
    return None


def _told(entry: Entry) -> tuple[str, ...]:
    data = entry.data
    if entry.event == "escalated":
        return tuple(data.get("told", ()))
    return tuple(data.get("to", ())) if entry.event == "notified" else ()
