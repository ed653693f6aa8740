"""The stages of a kind as a transitions machine: checked, drawn, and the table derived from it."""

from collections.abc import Iterator

from transitions import Machine

from rules.belonging import ANY, Belonging
from rules.kinds import Kind
from rules.machine_table import StageTable
from rules.steps import Step
from rules.values import Names

#: Where the machine keeps the stage on what it moves; a name that no step can have.
STAGE = "_stage"


def steps_of(belonging: Belonging, kind: str) -> dict[str, Step]:
    """The steps of a kind, in the file's order."""
    return {name: row for name, row in belonging.file.step.items() if kind in belonging.of[f"step.{name}"]}


def moves(row: Kind, steps: dict[str, Step]) -> Iterator[tuple[str, str, str]]:
    """Every (step, stage before, stage after) of a kind; names of stages that it does not have are left out."""
    stages = {stage.name: stage for stage in row.stages}
    for name, step in steps.items():
        sources = [stage for stage in stages if not stages[stage].final] if ANY in step.from_ else step.from_
        for source in sources:
            target = step.to or source
            if source in stages and target in stages:
                yield name, source, target


def machine(row: Kind, steps: dict[str, Step]) -> Machine:
    """A machine that moves what is added to it by the steps of a kind, and by nothing else."""
    return Machine(
        model=None,
        model_attribute=STAGE,
        states=[stage.name for stage in row.stages],
        initial=row.stages[0].name,
        transitions=[{"trigger": step, "source": source, "dest": target} for step, source, target in moves(row, steps)],
        # transitions would otherwise add to_<stage>() for every stage, which no clause allows
        auto_transitions=False,
    )


def stage_table(row: Kind, steps: dict[str, Step]) -> StageTable:
    """The table that a machine of the kind answers from, read off the machine once."""
    built = machine(row, steps)
    table: dict[tuple[str, str], str] = {}
    open_steps: dict[str, list[str]] = {stage: [] for stage in built.states}
    for step, event in built.events.items():
        for source, transitions in event.transitions.items():
            table[source, step] = str(transitions[0].dest)
            open_steps[source].append(step)
    order = {step: place for place, step in enumerate(steps)}
    return StageTable(
        entry=str(built.initial),
        moves=table,
        open_steps={stage: tuple(sorted(names, key=order.__getitem__)) for stage, names in open_steps.items()},
        final=frozenset(stage.name for stage in row.stages if stage.final),
    )


def reached(table: StageTable, entries: Names) -> frozenset[str]:
    """The stages that some order of steps leads to."""
    found = set(entries)
    waiting = list(entries)
    while waiting:
        stage = waiting.pop()
        for step in table.open_steps.get(stage, ()):
            target = table.moves[stage, step]
            if target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)


def entries_of(row: Kind) -> Names:
    """The stages in which a case of the kind may begin: the first, and every other one with an ``entry``."""
    return tuple(stage.name for index, stage in enumerate(row.stages) if index == 0 or stage.entry)


def mermaid(row: Kind, steps: dict[str, Step], lang: str = "en") -> str:
    """The journey of a kind as the text of a Mermaid state diagram, titles in ``zh`` or ``en``."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {stage.name}: {getattr(stage.title, lang)}" for stage in row.stages]
    lines += [f"    [*] --> {stage}" for stage in entries_of(row)]
    for name, source, target in moves(row, steps):
        if source != target:
            lines.append(f"    {source} --> {target}: {getattr(steps[name].title, lang)}")
    lines += [f"    {stage.name} --> [*]" for stage in row.stages if stage.final]
    return "\n".join(lines) + "\n"
