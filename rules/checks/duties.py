"""Gates, tasks and approvals: each asks for something, and something waits for it."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.conditions import names_in
from rules.problems import Found, found
from rules.reading import conditions_of, events_of


def check(draft: Draft) -> Iterator[Found]:
    """Tasks that nobody would miss, approvals that decide nothing, gates that ask for nothing."""
    for index, gate in enumerate(draft.file.gate):
        if not gate.until:
            yield found("gate", index, "until", code="group_empty", name="until")
    if not draft.whole("gate", "clock", "task", "approval", "notice", "link", "class", "role", "step", "consequence"):
        return
    named = _named(draft)
    for word, code in (("task", "unjoined"), ("approval", "unjoined_approval")):
        for name in draft.rows(word):
            decides = word == "approval" and (draft.file.approval[name].of or "").startswith("consequence.")
            if f"{word}.{name}" not in named and not decides:
                yield found(word, name, code=code, name=name)


def _named(draft: Draft) -> set[str]:
    """The tasks and approvals that a condition, an event or a gate names, as ``task.x``."""
    names = {event for _, event in events_of(draft.file)}
    for _, conditions in conditions_of(draft.file):
        names |= names_in(conditions)[1]
    for gate in draft.file.gate:
        names |= set(gate.step)
    return {".".join(name.split(".")[:2]) for name in names}
