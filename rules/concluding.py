"""The lines that consequences leave: proposed, decided, dropped, reversed, and what a decision takes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from rules.consequences import Consequence
from rules.draft import Draft, Happening
from rules.items import COUNTER, DECIDED, PROPOSED, RAISED, ItemState, negated
from rules.values import Names

RULE, PERSON = "rule", "person"


def note(
    draft: Draft, event: str, name: str, number: int, item: ItemState, at: datetime, *,
    by: str = RULE, reason: str = "", clause: Names = (), reverses: dict[str, object] | None = None, acting_for: str = "",
) -> Happening:  # fmt: skip
    """Write the entry of an item as it is from now on; what happens by it.

    Args:
        draft: The decision.
        event: ``raised``, ``proposed``, ``decided``, ``dropped`` or ``reversed``.
        name: The consequence.
        number: The item's number, from 1.
        item: Its lines, bounds, choice, keys and date.
        at: The instant from which it holds.
        by: Whether the rule or a person has it so.
        reason: Why, where somebody gives one.
        clause: Clauses besides those of the consequence.
        reverses: The item that is taken back.
        acting_for: For whom a substitute acts.
    """
    row = draft.pack.file.consequence.get(name)
    data: dict[str, object] = {
        "consequence": name,
        "item": number,
        "unit": row.unit if row else "",
        "lines": [list(line) for line in item.lines],
        "on": item.on,
        "by": by,
    }
    also: dict[str, object] = {
        "bounded": item.bounded,
        "low": item.low,
        "high": item.high,
        "raw": item.raw,
        "coefficient": item.coefficient,
        "choice": list(item.choice),
        "once": list(item.once),
        "dated": item.dated,
        "month": item.dated[:7],
        "reason": reason,
        "reverses": reverses,
        "for": acting_for,
    }
    data |= {key: value for key, value in also.items() if value not in (None, "", [], False)}
    cited = tuple(dict.fromkeys((*(row.clause if row else ()), *clause)))
    draft.write(f"consequence_{event}", f"consequence.{name}", at, cited, data)
    return Happening(f"consequence.{name}.{event}", at)


def conclude(
    draft: Draft, name: str, number: int, item: ItemState, at: datetime, *,
    by: str = RULE, reason: str = "", clause: Names = (), acting_for: str = "",
) -> list[Happening]:  # fmt: skip
    """Decide an item: its entry, and counter-entries of what its decision takes back."""
    dated = item.dated or today(draft)
    decided = note(
        draft, "decided", name, number, replace(item, dated=dated), at,
        by=by, reason=reason, clause=clause, acting_for=acting_for,
    )  # fmt: skip
    return [decided, *_take_back(draft, draft.pack.file.consequence[name], at)]


def drop(
    draft: Draft, name: str, number: int, at: datetime, reason: str, by: str = RULE, acting_for: str = ""
) -> Happening:
    """Drop an open item: it leads to nothing."""
    item = draft.state.consequences[name][number - 1]
    kept = ItemState(item.status, item.lines, item.on, choice=item.choice, once=item.once)
    return note(draft, "dropped", name, number, kept, at, by=by, reason=reason, acting_for=acting_for)


def undo(draft: Draft, clock: str, at: datetime) -> list[Happening]:
    """Take back everything that a miss of a clock has led to, now that the clock turns out to be met."""
    now, found = draft.state.clocks.get(clock), []
    for name, items in draft.state.consequences.items():
        for number, item in enumerate(items, start=1):
            since = now is not None and item.at is not None and item.at >= now.started
            if item.on == f"clock.{clock}.missed" and since:
                found += _undo(draft, name, number, item, at, "clock_corrected")
    return found


def today(draft: Draft) -> str:
    """The local date of the decision, as ISO text."""
    return draft.facts.calendar.local_date(draft.judged).isoformat()


def _undo(draft: Draft, name: str, number: int, item: ItemState, at: datetime, reason: str) -> list[Happening]:
    if item.status in (RAISED, PROPOSED):
        return [drop(draft, name, number, at, reason)]
    if item.status != DECIDED:
        return []
    back = ItemState(item.status, negated(item.lines), item.on, choice=item.choice, once=item.once, dated=today(draft))
    return [note(draft, "reversed", name, number, back, at, reason=reason, reverses={"case": "", "item": number})]


def _take_back(draft: Draft, row: Consequence, at: datetime) -> Iterator[Happening]:
    for each in row.reverses:
        parts = each.split(".")
        if parts[0] == "link":
            yield from _counter(draft, parts[1], parts[-1], at)
        else:
            for number, item in enumerate(draft.state.consequences.get(parts[-1], ()), start=1):
                yield from _undo(draft, parts[-1], number, item, at, "taken_back")


def _counter(draft: Draft, link: str, name: str, at: datetime) -> Iterator[Happening]:
    """Negative lines in this case for what was decided in the cases that a link names, each item once."""
    for case in draft.state.links.get(link, ()):
        other = draft.facts.case(case)
        for number, item in enumerate(other.state.consequences.get(name, ()) if other else (), start=1):
            items = draft.state.consequences.get(name, ())
            taken = any(each.status == COUNTER and each.reverses == f"{case}/{number}" for each in items)
            if item.status == DECIDED and not taken:
                back = ItemState(COUNTER, negated(item.lines), item.on, choice=item.choice, dated=today(draft))
                reverses: dict[str, object] = {"case": case, "item": number}
                yield note(draft, "reversed", name, len(items) + 1, back, at, reason="taken_back", reverses=reverses)
