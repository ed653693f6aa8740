"""What events give to people and other cases: tasks, approvals, links, notices."""

from datetime import datetime

from rules.authority import CONSEQUENCE, asked_roles, bound_copy, proposed
from rules.conditions import holds
from rules.draft import Draft, Happening
from rules.each import asked_for, values_of_each
from rules.people import CUSTOMER, HOLDER, Acting
from rules.state import due_said
from rules.values import Title


def give(draft: Draft, name: str, at: datetime) -> list[Happening]:
    """Give a task to its roles; nothing where it is open already, its conditions do not hold, or it is for each of none."""
    task, now = draft.pack.file.task[name], draft.state.tasks.get(name)
    if (now is not None and now.status == "open") or not holds(task.when, draft.ground):
        return []
    data: dict[str, object] = {"task": name, "asked": list(task.to)}
    if task.each:
        values = values_of_each(draft, task)
        if not values:
            return []
        data |= {"asked": list(asked_for(draft, task, values)), "each": list(values)}
    draft.write("task_given", f"task.{name}", at, task.clause, data)
    return [Happening(f"task.{name}.given", at)]


def ask(draft: Draft, name: str, at: datetime) -> list[Happening]:
    """Ask for an approval of the last copy of its form, or of what is proposed of its consequence.

    Nothing where it is asked already, not called for, or nothing is proposed.
    """
    approval, now = draft.pack.file.approval[name], draft.state.approvals.get(name)
    if (now is not None and now.status == "asked") or not holds(approval.when, draft.ground):
        return []
    of = approval.of or ""
    if of.startswith(CONSEQUENCE) and not any(proposed(draft.state, approval)):
        return []
    copy = bound_copy(draft.state, of)
    data = {"approval": name, "asked": list(asked_roles(draft, approval)), "copy": copy}
    draft.write("approval_asked", f"approval.{name}", at, approval.clause, data)
    return [Happening(f"approval.{name}.asked", at)]


def lapse(draft: Draft, event: Happening) -> None:
    """Let the approvals lapse that bind an earlier copy of a form, or proposal of a consequence, than the present one."""
    of = event.name.removeprefix("form.").removesuffix(".proposed")
    if event.name not in (f"form.{of}", f"{of}.proposed"):
        return
    for name, now in draft.state.approvals.items():
        approval = draft.pack.file.approval.get(name)
        bound = approval is not None and approval.of == of and now.status in ("asked", "given")
        if approval is not None and bound and bound_copy(draft.state, of) > now.copy:
            data = {"approval": name, "asked": [], "copy": now.copy}
            draft.write("approval_lapsed", f"approval.{name}", event.at, approval.clause, data)


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
    data: dict[str, object] = {"to": roles, "persons": persons, "notice": index}
    if notice.by:
        data["means"] = notice.by
    draft.write("notified", event.name, event.at, notice.clause, data)
    words = draft.words(**_titles(draft, clock, step))
    says = Title(zh=notice.says.zh.format(**words["zh"]), en=notice.says.en.format(**words["en"]))
    if notice.by:
        means = draft.pack.file.labels[notice.by]
        says = Title(zh=f"{says.zh}（方式：{means.zh}）", en=f"{says.en} (by: {means.en})")
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
