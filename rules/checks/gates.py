"""Gates that can never open: a search over stages, steps, duties and clocks; what it cannot know, it lets pass.

The search only ever adds: a step that was possible stays possible. So it never refuses a gate that some order of steps
opens; values that exclude each other are told apart inside one list of conditions.
"""

from collections.abc import Iterator, Mapping

from rules.amounts import number_of
from rules.checks.draft import Draft
from rules.conditions import Condition, Conditions
from rules.duties import Approval, Task
from rules.machine import entries_of
from rules.problems import Found, found
from rules.steps import Step

#: What a fact of a word can be before anything has happened.
_FROM_THE_START = {
    "step": {"not_taken"},
    "stage": {"never"},
    "clock": {"off"},
    "task": {"none"},
    "approval": {"none"},
    "link": {"none"},
}
#: Words whose events are not searched for.
_ALWAYS = ("field", "form", "class", "consequence", "count")


def check(draft: Draft) -> Iterator[Found]:
    """Every gate, in the kinds of the steps it watches."""
    if not draft.sure("kind", "step", "form", "task", "approval", "clock", "link", "class", "role"):
        return
    searches = {kind: Search(draft, kind) for kind in draft.tables}
    for index, gate in enumerate(draft.file.gate):
        if ("gate", str(index)) in draft.doubtful:
            continue
        watched = [(kind, search) for kind, search in searches.items() if _lives(draft, gate.step, kind)]
        if watched and not any(search.opens(gate.until, gate.step) for _, search in watched):
            yield found("gate", index, code="never_opens", name=", ".join(gate.step))


def _lives(draft: Draft, steps: tuple[str, ...], kind: str) -> bool:
    rows = (step if "." in step else f"step.{step}" for step in steps)
    return any(kind in draft.belonging.of.get(row, ()) for row in rows)


class Search:
    """What can happen at all in a kind of case, whatever persons and clocks do."""

    def __init__(self, draft: Draft, kind: str) -> None:
        self._draft = draft
        self._kind = kind
        self._table = draft.tables[kind]
        #: Final stages that nothing leaves: what happens there happens last.
        self._ends = {
            stage
            for stage in self._table.final
            if all(target == stage for (source, _), target in self._table.moves.items() if source == stage)
        }
        row = draft.file.kind[kind]
        self._stages = set(entries_of(row))
        self._events = {"opened", *(f"stage.{stage}" for stage in self._stages)}
        self._forms = {row.opens_with}
        self._gates = [
            gate
            for index, gate in enumerate(draft.file.gate)
            if not gate.when and ("gate", str(index)) not in draft.doubtful
        ]
        self._reach()

    def opens(self, until: Conditions, steps: tuple[str, ...]) -> bool:
        """Whether the conditions of a gate on some steps can hold where one of those steps is open."""
        places = {stage for stage, step in self._table.moves if step in steps and stage in self._stages}
        own = frozenset(form for step in steps if (form := self._form(step)))
        if any("." in step for step in steps) or not places:
            return self._hold(until, None, own)
        return any(self._hold(until, stage, own) for stage in places)

    def _reach(self) -> None:
        before: tuple[int, int, int] | None = None
        while before != (size := (len(self._events), len(self._stages), len(self._forms))):
            before = size
            for (stage, step), target in self._table.moves.items():
                self._take(stage, step, target)
            self._duties()
            self._clocks()

    def _take(self, stage: str, step: str, target: str) -> None:
        """Adds what taking a step brings, if its gates can be open in that stage."""
        if stage not in self._stages or not self._free(step, stage):
            return
        row = self._draft.file.step[step]
        self._events |= {f"step.{step}", "step.any", f"stage.{target}"}
        self._stages.add(target)
        self._fill(row.form)
        if target in self._table.final:
            self._events.add("closed")

    def _free(self, step: str, stage: str | None) -> bool:
        """Whether no gate without ``when`` keeps a step, task or approval closed for ever."""
        form = self._form(step)
        own = frozenset((form,)) if form else frozenset[str]()
        return all(self._hold(gate.until, stage, own) for gate in self._gates if step in gate.step)

    def _form(self, name: str) -> str | None:
        """The form that a step, ``task.x`` or ``approval.x`` fills: its gates see what the same command fills in."""
        word, _, rest = name.rpartition(".")
        file = self._draft.file
        rows: dict[str, Mapping[str, Step | Task | Approval]] = {
            "": file.step, "task": file.task, "approval": file.approval,
        }  # fmt: skip
        row = rows.get(word, {}).get(rest)
        return row.form if row else None

    def _duties(self) -> None:
        for name, task in self._draft.file.task.items():
            if self._happen(task.on) and self._draft.belonging.of[f"task.{name}"] >= {self._kind}:
                self._events.add(f"task.{name}.given")
                if self._free(f"task.{name}", None):
                    self._events.add(f"task.{name}.done")
                    self._fill(task.form)
        for name, approval in self._draft.file.approval.items():
            if self._happen(approval.on) and self._draft.belonging.of[f"approval.{name}"] >= {self._kind}:
                self._events.add(f"approval.{name}.asked")
                if self._free(f"approval.{name}", None):
                    self._events |= {f"approval.{name}.given", f"approval.{name}.returned"}
                    if approval.returns_to:
                        self._stages.add(approval.returns_to)
                        self._events.add(f"stage.{approval.returns_to}")
                    self._fill(approval.form)
        for name, link in self._draft.file.link.items():
            if self._happen(link.on):
                self._events |= {f"link.{name}.made", f"link.{name}.closed"}

    def _clocks(self) -> None:
        for name, clock in self._draft.file.clock.items():
            if not self._happen(clock.starts):
                continue
            self._events.add(f"clock.{name}")
            if clock.allow is not None:
                self._events.add(f"clock.{name}.{'missed' if clock.stops else 'met'}")
            if clock.stops and self._happen(clock.stops):
                self._events.add(f"clock.{name}.met")

    def _happen(self, events: tuple[str, ...]) -> bool:
        """Whether one of the events can come; those of the words in `_ALWAYS` may always."""
        return any(event in self._events or event.split(".")[0] in _ALWAYS for event in events)

    def _fill(self, form: str | None) -> None:
        if form:
            self._forms.add(form)

    def _hold(self, conditions: Conditions, stage: str | None, own: frozenset[str]) -> bool:
        """Whether conditions can all hold at once in a stage, None for any, for a step that fills its ``own`` forms."""
        left: dict[str, set[object]] = {}
        for condition in conditions:
            if not self._can(condition, stage, own):
                return False
            if named := _meant(condition):
                subject = condition.fact or f"field.{condition.field}"
                left.setdefault(subject, set(named)).intersection_update(named)
        return all(left.values())

    def _can(self, row: Condition, stage: str | None, own: frozenset[str]) -> bool:
        if row.any is not None:
            return any(self._can(part, stage, own) for part in row.any)
        if row.all is not None:
            return self._hold(row.all, stage, own)
        if row.field is not None:
            return row.filled is False or self._asked(row.field, own)
        named = _named(row)
        return row.fact is None or not named or bool(named & self._values(row.fact, stage, named))

    def _asked(self, field: str, own: frozenset[str]) -> bool:
        """Whether a form that can be filled by now has the field; a class may be picked by the rules instead."""
        forms = (self._draft.file.form.get(name) for name in self._forms | own)
        return any(form is not None and form.field(field) is not None for form in forms)

    def _values(self, fact: str, stage: str | None, otherwise: set[str]) -> set[str]:
        """What a fact can be; whatever is asked where that is not known."""
        word, _, name = fact.partition(".")
        if word not in _FROM_THE_START or "." in name:
            return otherwise
        if word == "stage":
            return self._stage(name, stage)
        found = set(_FROM_THE_START[word])
        if word == "step":
            return found | ({"taken"} if fact in self._events and not self._too_late(name, stage) else set())
        if word == "clock" and fact in self._events:
            found.add("running")
        if word == "task" and f"{fact}.given" in self._events:
            found.add("open")
        return found | {event.rpartition(".")[2] for event in self._events if event.startswith(f"{fact}.")}

    def _too_late(self, step: str, stage: str | None) -> bool:
        """Whether a step can only be taken after everything that happens in a stage: it always ends the case."""
        if stage is None or stage in self._ends:
            return False
        return all(target in self._ends for (_, each), target in self._table.moves.items() if each == step)

    def _stage(self, name: str, stage: str | None) -> set[str]:
        if stage is None:
            return {"now", "before", "never"} if name in self._stages else {"never"}
        if name == stage:
            return {"now"}
        return {"before", "never"} if name in self._stages and name not in self._ends else {"never"}


def _named(row: Condition) -> set[str]:
    """The values that a leaf names itself; none where it looks them up."""
    if row.in_ is not None:
        return set(row.in_)
    return {row.is_} if isinstance(row.is_, str) else set()


def _meant(row: Condition) -> set[object]:
    """The values that a leaf leaves its subject, each numbers as numbers; none where it looks them up."""
    values: tuple[object, ...] = row.in_ or (row.is_,)
    if row.any or row.all or row.not_ or not all(isinstance(value, bool | int | str) for value in values):
        return set()
    return {str(value) if (number := number_of(value)) is None else number for value in values}
