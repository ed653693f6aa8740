"""What events give to people and other cases: tasks, approvals, links, notices."""

from datetime import datetime

from rules.commands import case_id_for
from rules.conditions import holds
from rules.counting import stamp
from rules.draft import Draft, Happening
from rules.people import CUSTOMER, HOLDER, Acting
from rules.state import due_said
from rules.values import Title


def give(draft: Draft, name: str, at: datetime) -> list[Happening]:
    """Give a task to its roles; nothing where it is open already or its conditions do not hold."""
    task, now = draft.pack.file.task[name], draft.state.tasks.get(name)
    if (now is not None and now.status == "open") or not holds(task.when, draft.ground):
        return []
    draft.write("task_given", f"task.{name}", at, task.clause, {"task": name, "asked": list(task.to)})
    return [Happening(f"task.{name}.given", at)]


def ask(draft: Draft, name: str, at: datetime) -> list[Happening]:
    """Ask for an approval of the last copy of its form; nothing where it is asked already or not called for."""
    approval, now = draft.pack.file.approval[name], draft.state.approvals.get(name)
    if (now is not None and now.status == "asked") or not holds(approval.when, draft.ground):
        return []
    copy = draft.state.copies.get(approval.of, 0) if approval.of else 0
    data = {"approval": name, "asked": list(approval.to), "copy": copy}
    draft.write("approval_asked", f"approval.{name}", at, approval.clause, data)
    return [Happening(f"approval.{name}.asked", at)]


def lapse(draft: Draft, event: Happening) -> None:
    """Let the approvals lapse that bind an earlier copy of a form than the one just filled."""
    word, _, form = event.name.partition(".")
    if word != "form":
        return
    for name, now in draft.state.approvals.items():
        approval = draft.pack.file.approval.get(name)
        bound = approval is not None and approval.of == form and now.status in ("asked", "given")
        if approval is not None and bound and draft.state.copies.get(form, 0) > now.copy:
            data = {"approval": name, "asked": [], "copy": now.copy}
            draft.write("approval_lapsed", f"approval.{name}", event.at, approval.clause, data)


def link(draft: Draft, name: str, at: datetime) -> list[Happening]:
    """Link the case to another one, which the link opens or a field names; a link that is made once stays alone."""
    block = draft.pack.file.link[name]
    if (block.once and draft.state.links.get(name)) or not holds(block.when, draft.ground):
        return []
    if block.opens:
        opened = f"{draft.state.case_id}/link/{name}/{len(draft.state.links.get(name, ())) + 1}"
        draft.errand("open", _opening(draft, name, opened))
        data = {"link": name, "case": case_id_for(opened)}
    else:
        other = draft.ground.field(block.names or "")
        if other is None:
            return []
        known = draft.facts.cases.get(str(other))
        data = {"link": name, "case": known.state.case_id if known else str(other)}
    draft.write("linked", f"link.{name}", at, block.clause, data)
    return [Happening(f"link.{name}.made", at)]


def notify(draft: Draft, index: int, event: Happening) -> None:
    """Send a notice to its roles and write down whom it reached, and for whom."""
    notice = draft.pack.file.notice[index]
    if not holds(notice.when, draft.ground):
        return
    clock, step = _subject(draft, event)
    holder = draft.state.clocks[clock].holder if clock in draft.state.clocks else ""
    people = draft.people(holder)
    told: list[tuple[str, Acting]] = []
    for role in notice.to:
        reached = (Acting(CUSTOMER),) if role == CUSTOMER else people.holding(role)
        told += [(role, acting) for acting in reached]
    roles = [holder or HOLDER if role == HOLDER else role for role in notice.to]
    persons = [[acting.person, acting.instead_of] for _, acting in told]
    draft.write("notified", event.name, event.at, notice.clause, {"to": roles, "persons": persons, "notice": index})
    words = draft.words(**_titles(draft, clock, step))
    says = Title(zh=notice.says.zh.format(**words["zh"]), en=notice.says.en.format(**words["en"]))
    for acting, role in {acting: role for role, acting in reversed(told)}.items():
        draft.tell(acting, role, says, "notice", notice.clause)


def _subject(draft: Draft, event: Happening) -> tuple[str, str]:
    """The clock and the step that an event speaks of, empty where it speaks of none."""
    word, _, rest = event.name.partition(".")
    name = rest.partition(".")[0]
    return (name if word == "clock" else "", name if word == "step" and name in draft.pack.file.step else "")


def _titles(draft: Draft, clock: str, step: str) -> dict[str, Title | str]:
    found: dict[str, Title | str] = {}
    if clock:
        found["clock"] = draft.pack.file.clock[clock].title
        now = draft.state.clocks.get(clock)
        found["due"] = due_said(now, draft.facts.calendar.zone) if now else ""
    if step:
        found["step"] = draft.pack.file.step[step].title
    return found


def _opening(draft: Draft, name: str, command_id: str) -> dict[str, object]:
    """The command that opens the linked case, as JSON: what the link carries, and where it comes from."""
    block, state, ref = draft.pack.file.link[name], draft.state, draft.pack.ref
    carried: dict[str, object] = {"link": name, "case": state.case_id, "number": state.number}
    fields: dict[str, object] = {}
    for each in block.carries:
        if each.startswith("clock."):
            source, _, target = each.partition(" -> ")
            clock = state.clocks.get(source.removeprefix("clock."))
            if clock is not None:
                carried[target or source] = stamp(clock.started)
        elif each in state.fields:
            fields[each] = state.fields[each]
    return {
        "id": command_id,
        "what": "open",
        "by": draft.by,
        "asked_at": stamp(draft.at),
        "fields": fields,
        "kind": block.to[0],
        "carried": carried,
        "pack": {"id": ref.id, "edition": ref.edition, "sha256": ref.sha256},
    }
