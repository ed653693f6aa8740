"""Before a command is decided, the clocks are brought up to its instant: what fell due earlier happens first."""

from collections.abc import Callable, Iterator
from datetime import datetime

from rules.commands import CLOCK
from rules.counting import due_data, real_between
from rules.draft import Draft, Happening
from rules.instants import stamp
from rules.people import CUSTOMER, HOLDER
from rules.rungs import is_late
from rules.state import RungState, due_said
from rules.ticking import resume
from rules.values import Title

#: What a clock does at an instant, in the order in which it happens when several fall on one instant.
_RESUMES, _MISSES, _CLIMBS = range(3)
#: A guard, far above what any pack can do: clocks that start clocks in the past for ever are our fault.
_AT_MOST = 10_000

Cascade = Callable[[Draft, list[Happening]], None]


def climb(draft: Draft, until: datetime, cascade: Cascade) -> None:
    """Let everything happen that clocks had to do up to an instant, in order, each with what follows from it.

    Raises:
        RuntimeError: The clocks of the pack never come to rest; `parse` should have refused the pack.
    """
    for _ in range(_AT_MOST):
        earliest = min(_waiting(draft, until), default=None)
        if earliest is None:
            return
        at, what, name, index = earliest
        by, draft.by = draft.by, CLOCK
        judged, draft.judged = draft.judged, at
        if what == _RESUMES:
            resume(draft, name, index, at, by_limit=True)
        elif what == _MISSES:
            _miss(draft, name, at, cascade)
        else:
            _climb_rung(draft, name, index, at)
        draft.by, draft.judged = by, judged
    raise RuntimeError(f"{draft.state.case_id}: the clocks of {draft.pack.ref} never come to rest")


def _waiting(draft: Draft, until: datetime) -> Iterator[tuple[datetime, int, str, int]]:
    for name, clock in draft.state.clocks.items():
        if not clock.ticking:
            continue
        if clock.status == "paused":
            if clock.pause_ends is not None and clock.pause_ends <= until:
                yield clock.pause_ends, _RESUMES, name, clock.pause or 0
            continue
        if clock.misses_at is not None and clock.misses_at <= until:
            yield clock.misses_at, _MISSES, name, 0
        yield from _rungs_due(name, clock.rungs, until)


def _rungs_due(name: str, rungs: tuple[RungState, ...], until: datetime) -> Iterator[tuple[datetime, int, str, int]]:
    return ((rung.due, _CLIMBS, name, rung.index) for rung in rungs if rung.due <= until)


def _miss(draft: Draft, name: str, at: datetime, cascade: Cascade) -> None:
    """What a clock comes to when nothing stops it: it is missed, or over where nothing can stop it."""
    clock, now = draft.pack.file.clock.get(name), draft.state.clocks[name]
    if clock is not None and not clock.stops and now.due is not None:
        spent = real_between(now.started, now.due, now.waited)
        data = {"clock": name, "spent": spent, **due_data(now.due, now.due_date)}
        draft.write("clock_met", f"clock.{name}", now.due, clock.clause, data)
        cascade(draft, [Happening(f"clock.{name}.met", now.due)])
        return
    data = {"clock": name, "holder": now.holder, **due_data(now.due, now.due_date)}
    draft.write("clock_missed", f"clock.{name}", at, clock.clause if clock else (), data)
    cascade(draft, [Happening(f"clock.{name}.missed", at)])


def _climb_rung(draft: Draft, name: str, index: int, at: datetime) -> None:
    clock, now = draft.pack.file.clock.get(name), draft.state.clocks[name]
    ladder = draft.pack.file.ladder[clock.ladder] if clock is not None and clock.ladder else None
    if clock is None or ladder is None or index >= len(ladder.rungs):
        data = {"clock": name, "rung": index, "due": stamp(at), "told": [], "persons": [], "raise_to": None}
        draft.write("escalated", f"clock.{name}", at, (), data)
        return
    rung = ladder.rungs[index]
    people = draft.people(now.holder)
    told = [(role, acting) for role in rung.tell if role != CUSTOMER for acting in people.holding(role)]
    roles = [now.holder or HOLDER if role == HOLDER else role for role in rung.tell]
    data = {
        "clock": name,
        "rung": index,
        "due": stamp(at),
        "told": roles,
        "raise_to": rung.raise_to,
        "persons": [[acting.person, acting.instead_of] for acting in dict.fromkeys(acting for _, acting in told)],
        "late": is_late(rung),
    }
    clause = rung.clause or ladder.clause
    draft.write("escalated", f"clock.{name}", at, clause, data)
    draft.climbs(name)
    says = Title(**{lang: _RUNG_SAYS[lang].format(**words) for lang, words in _words(draft, name).items()})
    sent: set[str] = set()
    for role, acting in told:
        if acting.person not in sent:
            sent.add(acting.person)
            draft.tell(acting, role, says, "rung", clause, clock=name)


def _words(draft: Draft, name: str) -> dict[str, dict[str, str]]:
    now = draft.state.clocks[name]
    return draft.words(clock=draft.pack.file.clock[name].title, due=due_said(now, draft.facts.calendar.zone))


_RUNG_SAYS = {
    "zh": "{number}({kind})的时限“{clock}”:应于 {due} 前完成,现处于“{stage}”阶段。",
    "en": 'The clock "{clock}" of {number} ({kind}) is due at {due}; the case is in the stage "{stage}".',
}
