"""What follows from events: classes, clocks, duties, consequences, links, notices, round by round until all is quiet."""

from datetime import datetime

from rules.agreeing import agree
from rules.counting import ONE_SECOND
from rules.draft import Draft, Happening
from rules.filling import judge
from rules.giving import ask, give, lapse, notify
from rules.linking import link, tell_linked
from rules.moving import taken_by_clock
from rules.raising import raise_by, waiting
from rules.switching import switch
from rules.ticking import end_all, measure, pause, resume, start, stop

#: `parse` refuses circles of what reads what; events that feed each other for ever would be our fault.
_ROUNDS_AT_MOST = 100


def cascade(draft: Draft, events: list[Happening]) -> None:
    """Let everything follow from events, in the fixed order of words, and from what follows from it.

    Raises:
        RuntimeError: The rows of the pack feed each other without end.
    """
    for _ in range(_ROUNDS_AT_MOST):
        events = [*events, *judge(draft, draft.judged), *waiting(draft)]
        if not events and (draft.state.closed or not switch(draft)):
            return
        events = [*_clocks(draft, events), *_duties(draft, events)]
    raise RuntimeError(f"{draft.state.case_id}: the rows of {draft.pack.ref} feed each other without end")


def _clocks(draft: Draft, events: list[Happening]) -> list[Happening]:
    pack, kind = draft.pack, draft.state.kind
    follow: list[Happening] = []
    for event in events:
        key = (kind, event.name)
        for name in pack.clocks_stopped_by.get(key, ()):
            follow.extend(stop(draft, name, _by_then(draft, event)))
        for name, index in pack.clocks_resumed_by.get(key, ()):
            resume(draft, name, index, event.at)
        for name, index in pack.clocks_paused_by.get(key, ()):
            pause(draft, name, index, event.at)
        for name in pack.clocks_started_by.get(key, ()):
            start(draft, name, event.at)
        word, _, name = event.name.partition(".")
        if word == "field":
            follow.extend(agree(draft, name))
        elif word == "form":
            measure(draft)
        follow.extend(taken_by_clock(draft, event))
    return follow


def _by_then(draft: Draft, event: Happening) -> datetime:
    """When a clock is stopped by an event: by a date at the end of that day, or now where the day is not over."""
    word, _, name = event.name.partition(".")
    if word != "field" or draft.ground.type_of(name) != "date":
        return event.at
    calendar = draft.facts.calendar
    return max(event.at, min(calendar.midnight(calendar.local_date(event.at)) - ONE_SECOND, draft.judged))


def _duties(draft: Draft, events: list[Happening]) -> list[Happening]:
    pack, kind = draft.pack, draft.state.kind
    follow: list[Happening] = []
    for event in events:
        for name in pack.tasks_on.get((kind, event.name), ()):
            follow.extend(give(draft, name, event.at))
    for event in events:
        lapse(draft, event)
    for event in events:
        for name in pack.approvals_on.get((kind, event.name), ()):
            follow.extend(ask(draft, name, event.at))
    follow.extend(raise_by(draft, events))
    for event in events:
        for name in pack.links_on.get((kind, event.name), ()):
            follow.extend(link(draft, name, event.at))
    for event in events:
        for index in pack.notices_on.get((kind, event.name), ()):
            notify(draft, index, event)
    if any(event.name == "closed" for event in events):
        end_all(draft, draft.judged)
        tell_linked(draft)
    return follow
