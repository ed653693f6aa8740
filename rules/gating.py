"""Gates: what a step, a task's answer or a verdict waits for."""

from rules.conditions import Condition, failing, holds
from rules.draft import Draft
from rules.duties import Gate


def closed_gates(draft: Draft, what: str) -> tuple[tuple[Gate, Condition], ...]:
    """The gates that refuse what somebody wants to do, each with the first condition that does not hold."""
    ground = draft.ground
    found = []
    for index in draft.pack.gates_of.get(what.removeprefix("step."), ()):
        gate = draft.pack.file.gate[index]
        if holds(gate.when, ground):
            condition = failing(gate.until, ground)
            if condition is not None:
                found.append((gate, condition))
    return tuple(found)
