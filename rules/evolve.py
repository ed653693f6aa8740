"""How a state takes an entry. The state of a case is the fold of its entries; no pack is needed to fold."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rules.entries import Entry
from rules.pack import PackRef
from rules.state import ApprovalState, ClockState, RungState, State, StepState, TaskState


def fold(case_id: str, entries: Iterable[Entry]) -> State:
    """The state after all entries of a case, in the order of their seq."""
    state = State(case_id=case_id)
    for entry in entries:
        state = evolve(state, entry)
    return state


def evolve(state: State, entry: Entry) -> State:
    """The state after one more entry.

    Raises:
        ValueError: The entry is not the next one of this case.
    """
    if entry.seq != state.seq + 1:
        raise ValueError(f"{state.case_id}: entry {entry.seq} does not follow {state.seq}")
    take = _TAKES.get(entry.event)
    state = take(state, entry) if take else state
    return replace(state, seq=entry.seq, last_at=entry.noticed)


def instant(text: str | None) -> datetime | None:
    """An instant as entries write it (ISO 8601, UTC, Z), None for None."""
    return datetime.fromisoformat(text) if text else None


def _opened(state: State, entry: Entry) -> State:
    data = entry.data
    return replace(
        state,
        pack=PackRef(**data["pack"]),
        kind=data["kind"],
        number=data["number"],
        stage=data["stage"],
        since={data["stage"]: entry.at},
        opened_at=entry.at,
        opened_by=entry.by,
        carried=data.get("carried", {}),
    )


def _moved(state: State, entry: Entry) -> State:
    data = entry.data
    steps, since, stage = state.steps, state.since, data["to"]
    if entry.subject.startswith("step."):
        steps = {**steps, data["step"]: StepState(times=data["times"], at=entry.at, by=entry.by)}
    if stage != state.stage:
        since = {**since, stage: entry.at}
    return replace(state, steps=steps, stage=stage, since=since)


def _filled(state: State, entry: Entry) -> State:
    data = entry.data
    return replace(state, copies={**state.copies, data["form"]: data["copy"]}, fields={**state.fields, **data["kept"]})


def _classified(state: State, entry: Entry) -> State:
    return replace(state, classes={**state.classes, entry.data["class"]: entry.data["value"]})


def _with_clock(state: State, entry: Entry, clock: ClockState) -> State:
    return replace(state, clocks={**state.clocks, entry.data["clock"]: clock})


def _counted(entry: Entry) -> dict[str, Any]:
    data = entry.data
    due_date = data.get("due_date")
    return {
        "due": instant(data["due"]),
        "due_date": date.fromisoformat(due_date) if due_date else None,
        "misses_at": instant(data["misses_at"]),
        "rungs": tuple(RungState(index, datetime.fromisoformat(due)) for index, due in data["rungs"]),
        "provisional": data["provisional"],
    }


def _clock_started(state: State, entry: Entry) -> State:
    data = entry.data
    waited = ((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in data.get("waited", ()))
    clock = ClockState(
        status="running",
        started=entry.at,
        holder=data["holder"],
        round=data["round"],
        waited=tuple(waited),
        climbed=tuple(data.get("climbed", ())),
        **_counted(entry),
    )
    return _with_clock(state, entry, clock)


def _clock_moved(state: State, entry: Entry) -> State:
    old = state.clocks[entry.data["clock"]]
    return _with_clock(state, entry, replace(old, agreed=True, **_counted(entry)))


def _clock_recounted(state: State, entry: Entry) -> State:
    return _with_clock(state, entry, replace(state.clocks[entry.data["clock"]], **_counted(entry)))


def _clock_paused(state: State, entry: Entry) -> State:
    old, data = state.clocks[entry.data["clock"]], entry.data
    paused = replace(old, status="paused", paused_at=entry.at, pause=data["pause"], pause_ends=instant(data["ends"]))
    return _with_clock(state, entry, paused)


def _clock_resumed(state: State, entry: Entry) -> State:
    old = state.clocks[entry.data["clock"]]
    waited = (*old.waited, (old.paused_at or entry.at, entry.at))
    resumed = replace(
        old, status="running", waited=waited, paused_at=None, pause=None, pause_ends=None, **_counted(entry)
    )
    return _with_clock(state, entry, resumed)


def _clock_met(state: State, entry: Entry) -> State:
    old = state.clocks[entry.data["clock"]]
    ended = replace(old, status="met", ticking=False, rungs=(), misses_at=None, paused_at=None, pause_ends=None)
    return _with_clock(state, entry, ended)


def _clock_missed(state: State, entry: Entry) -> State:
    return _with_clock(state, entry, replace(state.clocks[entry.data["clock"]], status="missed", misses_at=None))


def _clock_off(state: State, entry: Entry) -> State:
    old = state.clocks.get(entry.data["clock"]) or ClockState(status="off", started=entry.at)
    status = "missed" if old.status == "missed" else "off"
    ended = replace(old, status=status, ticking=False, rungs=(), misses_at=None, paused_at=None, pause_ends=None)
    return _with_clock(state, entry, ended)


def _escalated(state: State, entry: Entry) -> State:
    data = entry.data
    old = state.clocks[data["clock"]]
    left = tuple(rung for rung in old.rungs if rung.index != data["rung"])
    raised = state.raised
    if data["raise_to"] and data["raise_to"] not in raised:
        raised = (*raised, data["raise_to"])
    climbed = replace(old, rungs=left, climbed=(*old.climbed, data["rung"]))
    return replace(_with_clock(state, entry, climbed), raised=raised)


def _task(state: State, entry: Entry) -> State:
    data = entry.data
    old = state.tasks.get(data["task"])
    if entry.event == "task_given":
        task = TaskState("open", entry.at, asked=tuple(data["asked"]))
    else:
        answered = (*(old.answered if old else ()), entry.by)
        status = "done" if entry.event == "task_done" else "open"
        task = TaskState(status, entry.at, asked=tuple(data["asked"]), answered=answered)
    return replace(state, tasks={**state.tasks, data["task"]: task})


def _approval(state: State, entry: Entry) -> State:
    data = entry.data
    old = state.approvals.get(data["approval"])
    status = entry.event.removeprefix("approval_")
    if status == "asked" or old is None:
        approval = ApprovalState(status, entry.at, asked=tuple(data["asked"]), copy=data["copy"], proposed_by=entry.by)
    else:
        answered = old.answered if status == "lapsed" else (*old.answered, entry.by)
        approval = replace(
            old,
            status="asked" if status == "signed" else status,
            at=entry.at,
            asked=tuple(data["asked"]),
            answered=answered,
        )
    return replace(state, approvals={**state.approvals, data["approval"]: approval})


def _linked(state: State, entry: Entry) -> State:
    name = entry.data["link"]
    return replace(state, links={**state.links, name: (*state.links.get(name, ()), entry.data["case"])})


def _edition_adopted(state: State, entry: Entry) -> State:
    return replace(state, pack=PackRef(**entry.data["pack"]))


def _closed(state: State, entry: Entry) -> State:
    return replace(state, closed=True)


_TAKES: dict[str, Callable[[State, Entry], State]] = {
    "opened": _opened,
    "moved": _moved,
    "filled": _filled,
    "classified": _classified,
    "clock_started": _clock_started,
    "clock_moved": _clock_moved,
    "clock_recounted": _clock_recounted,
    "clock_paused": _clock_paused,
    "clock_resumed": _clock_resumed,
    "clock_met": _clock_met,
    "clock_corrected": _clock_met,
    "clock_missed": _clock_missed,
    "clock_off": _clock_off,
    "escalated": _escalated,
    "task_given": _task,
    "task_answered": _task,
    "task_done": _task,
    "approval_asked": _approval,
    "approval_signed": _approval,
    "approval_given": _approval,
    "approval_returned": _approval,
    "approval_lapsed": _approval,
    "linked": _linked,
    "edition_adopted": _edition_adopted,
    "closed": _closed,
}
