"""Steps move a case from stage to stage; a missed clock may take one too."""

from datetime import datetime

from rules.draft import Draft, Happening, happenings
from rules.gating import closed_gates
from rules.instants import stamp
from rules.pack import Pack
from rules.state import State
from rules.values import Names


def take_step(draft: Draft, name: str, at: datetime, instead_of: str = "") -> list[Happening]:
    """Take a step that is open, perhaps for somebody who is away: its entry, the stage after it, what happens by it."""
    step, state = draft.pack.file.step[name], draft.state
    taken = state.steps.get(name)
    stage = draft.pack.machines[state.kind].moves[state.stage, name]
    data: dict[str, object] = {"step": name, "from": state.stage, "to": stage, "times": taken.times + 1 if taken else 1}
    if draft.command.happened_at is not None and draft.by == draft.command.by:
        data["happened_at"] = stamp(draft.command.happened_at)
    if instead_of:
        data["for"] = instead_of
    draft.write("moved", f"step.{name}", at, step.clause, data)
    return [*happenings((f"step.{name}", "step.any"), at), *entered(draft, state.stage, stage, at, step.clause)]


def spent(pack: Pack, state: State, name: str) -> bool:
    """Whether a step was taken as often as it may be: once in the case, or once since its stage was entered."""
    taken = state.steps.get(name)
    if taken is None:
        return False
    again = pack.file.step[name].again
    return again == "once" or (again == "each_round" and taken.seq > state.entered)


def send_back(draft: Draft, approval: str, stage: str, at: datetime, clause: Names) -> list[Happening]:
    """Move the case to the stage that a returned approval names."""
    before = draft.state.stage
    if stage == before:
        return []
    data = {"step": f"approval.{approval}", "from": before, "to": stage, "times": 0}
    draft.write("moved", f"approval.{approval}", at, clause, data)
    return entered(draft, before, stage, at, clause)


def entered(draft: Draft, before: str, stage: str, at: datetime, clause: Names) -> list[Happening]:
    """What happens by entering a stage; a final one closes the case. Nothing where the case stays where it was."""
    if stage == before:
        return []
    events = happenings((f"stage.{stage}",), at)
    if stage in draft.pack.machines[draft.state.kind].final:
        draft.write("closed", f"stage.{stage}", at, clause, {"stage": stage})
        events += happenings(("closed",), at)
    return events


def taken_by_clock(draft: Draft, event: Happening) -> list[Happening]:
    """What happens by the step that a missed clock takes: it skips the role, never a gate."""
    word, _, rest = event.name.partition(".")
    if word != "clock" or not rest.endswith(".missed"):
        return []
    clock = draft.pack.file.clock.get(rest.removesuffix(".missed"))
    if clock is None or clock.on_missed is None:
        return []
    step = clock.on_missed
    reachable = (draft.state.stage, step) in draft.pack.machines[draft.state.kind].moves
    reachable = reachable and not spent(draft.pack, draft.state, step)
    if draft.state.closed or not reachable or closed_gates(draft, f"step.{step}"):
        return []
    return take_step(draft, step, event.at)
