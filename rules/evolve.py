"""How a state takes an entry. The state of a case is the fold of its entries; no pack is needed to fold."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rules import evolve_clocks, evolve_items
from rules.entries import Entry
from rules.judging import PROPOSAL
from rules.pack import PackRef
from rules.state import ApprovalState, State, StepState, TaskState


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
    if "remembered" in entry.data:
        state = replace(state, happened={**state.happened, entry.data["remembered"]: entry.at})
    return replace(state, seq=entry.seq, last_at=entry.noticed)


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
    steps, stage = state.steps, data["to"]
    if entry.subject.startswith("step."):
        steps = {**steps, data["step"]: StepState(data["times"], entry.at, entry.by, entry.seq)}
    if stage == state.stage:
        return replace(state, steps=steps)
    return replace(state, steps=steps, stage=stage, since={**state.since, stage: entry.at}, entered=entry.seq)


def _filled(state: State, entry: Entry) -> State:
    data = entry.data
    return replace(state, copies={**state.copies, data["form"]: data["copy"]}, fields={**state.fields, **data["kept"]})


def _classified(state: State, entry: Entry) -> State:
    if entry.data.get("by") == PROPOSAL:
        return replace(state, proposed={**state.proposed, entry.data["class"]: entry.data["value"]})
    return replace(state, classes={**state.classes, entry.data["class"]: entry.data["value"]})


def _task(state: State, entry: Entry) -> State:
    data = entry.data
    old = state.tasks.get(data["task"])
    if entry.event == "task_given":
        task = TaskState("open", entry.at, asked=tuple(data["asked"]), each=tuple(data.get("each", ())))
    else:
        answered = (*(old.answered if old else ()), entry.by)
        status = "done" if entry.event == "task_done" else "open"
        each = tuple(data.get("each", ()))
        task = TaskState(status, entry.at, asked=tuple(data["asked"]), answered=answered, each=each)
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


def _link_closed(state: State, entry: Entry) -> State:
    name = entry.data["link"]
    closed = (*state.closed_links.get(name, ()), entry.data["case"])
    return replace(state, closed_links={**state.closed_links, name: closed})


def _reached(state: State, entry: Entry) -> State:
    return replace(state, reached={**state.reached, entry.data["count"]: entry.at})


def _edition_adopted(state: State, entry: Entry) -> State:
    return replace(state, pack=PackRef(**entry.data["pack"]))


def _closed(state: State, entry: Entry) -> State:
    return replace(state, closed=True)


_TAKES: dict[str, Callable[[State, Entry], State]] = {
    **evolve_clocks.TAKES,
    "opened": _opened,
    "moved": _moved,
    "filled": _filled,
    "classified": _classified,
    "task_given": _task,
    "task_answered": _task,
    "task_done": _task,
    "approval_asked": _approval,
    "approval_signed": _approval,
    "approval_given": _approval,
    "approval_returned": _approval,
    "approval_lapsed": _approval,
    "consequence_raised": evolve_items.raised,
    "consequence_proposed": evolve_items.proposed,
    "consequence_decided": evolve_items.decided,
    "consequence_dropped": evolve_items.dropped,
    "consequence_reversed": evolve_items.reversed_,
    "linked": _linked,
    "link_closed": _link_closed,
    "counted": _reached,
    "edition_adopted": _edition_adopted,
    "closed": _closed,
}
