"""Clocks: lengths, windows, what replaces what, and stops that can come."""

from collections.abc import Iterator

from rules.belonging import ANY
from rules.checks import ladders, lengths
from rules.checks.draft import Draft
from rules.clocks import Allow, Clock
from rules.problems import Found, Place, found
from rules.reading import events_of
from rules.values import Names

_SECONDS = {"minutes": 60, "hours": 3600}
#: What only a clock that can be late has.
_OF_LIMITS = ("ladder", "on_missed", "not_before")


def check(draft: Draft) -> Iterator[Found]:
    """The ``[counting]`` block, every clock, every ladder."""
    if draft.whole("counting"):
        yield from lengths.conventions(draft)
    for name, clock in draft.file.clock.items():
        yield from _clock(draft, name, clock)
    yield from _periods(draft)
    yield from _circles(draft)
    yield from ladders.check(draft)


def _clock(draft: Draft, name: str, clock: Clock) -> Iterator[Found]:
    place = ("clock", name)
    if clock.allow:
        yield from lengths.length(draft, (*place, "allow"), clock.allow, clock)
    else:
        for key in (*_OF_LIMITS, "moved_to"):
            if getattr(clock, key):
                yield found(*place, key, code="ladder_without_allow", name=name)
    if clock.not_before:
        yield from lengths.length(draft, (*place, "not_before"), clock.not_before, clock)
        if clock.allow:
            yield from _window((*place, "not_before"), clock.not_before, clock.allow)
    for index, pause in enumerate(clock.pauses):
        yield from lengths.length(draft, (*place, "pauses", index, "most"), pause.most, None)
    yield from lengths.words((*place, "counting"), clock.counting)
    ladder = draft.file.ladder.get(clock.ladder or "")
    for index, rung in enumerate(ladder.rungs if ladder else ()):
        if "holder" in rung.tell and not clock.holder:
            yield found(*place, code="no_holder", name=name, ladder=clock.ladder, index=index)
    if draft.sure("kind", "step", "form", "clock", "task", "approval", "link"):
        yield from _reach(draft, name, clock)


def _window(place: Place, opens: Allow, closes: Allow) -> Iterator[Found]:
    """A window opens before it closes; the first of its days may be its last. Only like lengths can be told apart."""
    first, last = getattr(opens, opens.unit or "unit"), getattr(closes, closes.unit or "unit")
    if not isinstance(first, int) or not isinstance(last, int):
        return
    timed = opens.unit in _SECONDS and closes.unit in _SECONDS
    if timed:
        first, last = first * _SECONDS[opens.unit], last * _SECONDS[closes.unit]
    elif opens.unit != closes.unit:
        return
    if first > last or (timed and first == last):
        yield found(*place, code="window_closed")


def _periods(draft: Draft) -> Iterator[Found]:
    """A clock that nothing stops is running or over, never late: nothing can follow from its being missed."""
    periods = {name for name, clock in draft.file.clock.items() if clock.allow and not clock.stops}
    for name in draft.file.clock:
        for key in _OF_LIMITS if name in periods else ():
            if getattr(draft.file.clock[name], key):
                yield found("clock", name, key, code="period", name=name)
    for place, event in events_of(draft.file):
        word, _, rest = event.partition(".")
        name, _, aspect = rest.partition(".")
        if word == "clock" and aspect == "missed" and name in periods:
            yield found(*place, code="period", name=name)


def _circles(draft: Draft) -> Iterator[Found]:
    """No clock replaces itself, not by way of others either."""
    for name, clock in draft.file.clock.items():
        replaced, waiting = set(), list(clock.replaces)
        while waiting:
            other = waiting.pop()
            if other in draft.file.clock and other not in replaced:
                replaced.add(other)
                waiting += draft.file.clock[other].replaces
        if name in replaced:
            yield found("clock", name, "replaces", code="replaces_itself", name=name)


def _reach(draft: Draft, name: str, clock: Clock) -> Iterator[Found]:
    """Its stops can come after its start, and the step that it takes when missed is open then."""
    kinds = draft.belonging.kinds(f"clock.{name}")
    running = {kind: draft.after(kind, _starts(draft, kind, clock.starts)) for kind in kinds}
    for stop in clock.stops:
        if kinds and not any(_can_happen(draft, kind, stop, running[kind]) for kind in kinds):
            yield found("clock", name, "stops", code="stop_unreachable", name=stop)
    step = draft.file.step.get(clock.on_missed or "")
    if step and kinds and not any(_open(draft, kind, clock.on_missed or "", running[kind]) for kind in kinds):
        yield found("clock", name, "on_missed", code="on_missed_closed", name=clock.on_missed)
    if clock.moved_to in draft.fields and kinds and not _movable(draft, clock, running):
        yield found("clock", name, "moved_to", code="moved_never", name=clock.moved_to)


def _movable(draft: Draft, clock: Clock, running: dict[str, frozenset[str]]) -> bool:
    """Whether something fills the field that moves a clock, once it runs."""
    file = draft.file
    forms = {form for form, row in file.form.items() if row.field(clock.moved_to or "")}
    answered = {task.form for task in file.task.values()} | {approval.form for approval in file.approval.values()}
    if forms & answered:
        return True
    if any(file.kind[kind].opens_with in forms and "opened" in clock.starts for kind in running):
        return True
    steps = [step for step, row in file.step.items() if row.form in forms]
    return any(_open(draft, kind, step, stages) for kind, stages in running.items() for step in steps)


def _starts(draft: Draft, kind: str, events: Names) -> Names:
    """The stages in which the clock can begin to run."""
    table = draft.tables.get(kind)
    stages: set[str] = set()
    for event in events:
        word, _, name = event.partition(".")
        if word == "step" and name != ANY and table:
            stages |= {target for (_, step), target in table.moves.items() if step == name}
        elif word == "stage":
            stages.add(name)
        else:
            stages |= draft.after(kind)
    return tuple(sorted(stages))


def _can_happen(draft: Draft, kind: str, event: str, stages: frozenset[str]) -> bool:
    """Whether an event can come while the case goes through some stages; true where that is not known."""
    table = draft.tables.get(kind)
    word, _, name = event.partition(".")
    if table is None:
        return True
    if event == "closed":
        return bool(stages & table.final)
    if word == "step" and name != ANY:
        return _open(draft, kind, name, stages)
    if word == "stage":
        return name in stages
    return kind in draft.belonging.of_event(event)


def _open(draft: Draft, kind: str, step: str, stages: frozenset[str]) -> bool:
    table = draft.tables.get(kind)
    return table is None or any((stage, step) in table.moves for stage in stages)
