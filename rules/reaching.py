"""A count reaches its number: the case remembers it, what waits for it happens, and open cases are told."""

from datetime import datetime
from decimal import Decimal

from rules.conditions import as_number
from rules.counted import Amount, reaching
from rules.counted_here import Here
from rules.draft import Draft, Happening

#: So many cases a line names; all of them count.
_NAMED_AT_MOST = 50
#: What ``tells`` says for the open cases that were counted.
TELLS_OPEN = "open"


def reach(draft: Draft, at: datetime) -> list[Happening]:
    """Write a line for each count that has reached its number for this case for the first time; what happens by it."""
    events: list[Happening] = []
    for name in draft.pack.reached_counts.get(draft.state.kind, ()):
        if name in draft.state.reached:
            continue
        count = draft.pack.file.count[name]
        least = as_number(draft.ground.lookup(count.reached)) if count.reached is not None else None
        here = draft.counts.of(draft.pack, draft.state, name)
        made = here.made.number
        if least is None or not here.own or made is None or made < least:
            continue
        cases = list(dict.fromkeys(row.case_id for row in here.made.rows))
        data = {"count": name, "number": said(made), "cases": cases[:_NAMED_AT_MOST], "of": len(cases)}
        draft.write("counted", f"count.{name}", at, count.clause, data)
        events.append(Happening(f"count.{name}.reached", at))
        if count.tells == TELLS_OPEN:
            _tell(draft, name, least, here)
    return events


def said(amount: Amount) -> int | str | None:
    """A number as lines write it: whole ones as they are, others to four places."""
    if amount is None or amount == int(amount):
        return None if amount is None else int(amount)
    return str(round(amount, 4))


def _tell(draft: Draft, name: str, least: Decimal, here: Here) -> None:
    """Poke the open cases that have reached the number by what this command has changed, and by nothing else."""
    count, calendar = draft.pack.file.count[name], draft.facts.calendar
    now = reaching(count, (*here.others, *here.own), least, calendar)
    own = draft.counts.own_before(draft.pack, draft.state, name)
    before = reaching(count, (*here.others, *own), least, calendar)
    for case in sorted(now - before - {draft.state.case_id}):
        draft.errand("poke", {"case_id": case, "command_id": f"count.{name}/{draft.state.case_id}"})
