"""Answers to tasks and verdicts on approvals: only who was asked, four eyes, one answer a role."""

from rules.authority import CONSEQUENCE, concluded, require_authority
from rules.cascade import cascade
from rules.commands import Command
from rules.draft import Draft, Happening
from rules.each import EACH, answered_for, asked_for
from rules.filling import accepted_values, fill
from rules.linking import require_links
from rules.moving import send_back
from rules.outcomes import Refusal
from rules.people import People
from rules.refusing import Refused, require_open_gates, require_right
from rules.rights import right
from rules.values import Names

VERDICTS = ("given", "returned")


def answer_task(draft: Draft, command: Command) -> None:
    """Answer a task for one of the roles that are still asked.

    Raises:
        Refused: ``unknown_step``, ``step_not_open``, ``own_proposal``, ``wrong_role``, ``fields_wrong`` or ``gate_closed``.
    """
    name = command.what.removeprefix("task.")
    task, now = draft.pack.file.task.get(name), draft.state.tasks.get(name)
    if task is None:
        raise Refused(Refusal("unknown_step", params={"step": command.what}))
    if draft.state.closed or now is None or now.status != "open":
        raise Refused(Refusal("step_not_open", task.clause, {"step": command.what, "stage": draft.state.stage}))
    people = draft.people()
    if command.by in now.answered and any(people.every(role) for role in now.asked):
        raise Refused(Refusal("own_proposal", task.clause, {"person": command.by}))
    acting = require_right(draft, command.what, task.clause)
    fields = dict(command.fields)
    means = answered_for(draft, task, now.each, fields.pop(EACH, None)) if task.each else ""
    values = accepted_values(draft, task.form, task.clause, fields=fields) if task.form else {}
    require_links(draft, values)
    require_open_gates(draft, command.what)
    each = tuple(value for value in now.each if value != means)
    asked = asked_for(draft, task, each) if each else ()
    left = asked if task.each else _left(draft, now.asked, now.answered, task.answers)
    filled: list[Happening] = fill(draft, task.form, values, draft.judged) if task.form else []
    data: dict[str, object] = {"task": name, "asked": list(left), "for": acting.instead_of}
    if task.each:
        data |= {"each": list(each), "value": means}
    event = "task_answered" if left else "task_done"
    draft.write(event, f"task.{name}", draft.judged, task.clause, data)
    done = [] if left else [Happening(f"task.{name}.done", draft.judged)]
    cascade(draft, [*done, *filled])


def give_verdict(draft: Draft, command: Command) -> None:
    """Give or return an approval. Whoever proposed never approves.

    Raises:
        Refused: ``unknown_step``, ``step_not_open``, ``own_proposal``, ``excluded``, ``wrong_role``, ``fields_wrong``.
    """
    name = command.what.removeprefix("approval.")
    approval, now = draft.pack.file.approval.get(name), draft.state.approvals.get(name)
    if approval is None:
        raise Refused(Refusal("unknown_step", params={"step": command.what}))
    if draft.state.closed or now is None or now.status != "asked":
        raise Refused(Refusal("step_not_open", approval.clause, {"step": command.what, "stage": draft.state.stage}))
    if command.by == now.proposed_by or command.by in now.answered:
        raise Refused(Refusal("own_proposal", approval.clause, {"person": command.by}))
    if command.fields.get("verdict") == "given":
        require_authority(draft, approval, now.asked)
    acting = require_right(draft, command.what, approval.clause)
    fields = dict(command.fields)
    verdict, reason = fields.pop("verdict", None), fields.pop("reason", "")
    _require_verdict(verdict, reason, approval.clause)
    values = _values(draft, approval.form, approval.clause, fields)
    require_links(draft, values)
    require_open_gates(draft, command.what)
    left = _left(draft, now.asked, now.answered, approval.answers) if verdict == "given" else ()
    filled: list[Happening] = fill(draft, approval.form, values, draft.judged) if approval.form else []
    data = {"approval": name, "asked": list(left), "copy": now.copy, "for": acting.instead_of, "reason": reason}
    event = "approval_signed" if left else f"approval_{verdict}"
    draft.write(event, f"approval.{name}", draft.judged, approval.clause, data)
    events = [] if left else [Happening(f"approval.{name}.{verdict}", draft.judged)]
    if (approval.of or "").startswith(CONSEQUENCE) and not left:
        events += concluded(draft, approval, str(verdict), str(reason), acting.instead_of)
    if verdict == "returned" and approval.returns_to:
        events += send_back(draft, name, approval.returns_to, draft.judged, approval.clause)
    cascade(draft, [*events, *filled])


def _values(draft: Draft, form: str | None, clause: tuple[str, ...], fields: dict[str, object]) -> dict[str, object]:
    if form is None:
        if fields:
            wrong = [{"field": name, "code": "unknown_field", "known": ["verdict", "reason"]} for name in fields]
            raise Refused(Refusal("fields_wrong", clause, {"form": "", "fields": wrong}))
        return {}
    return accepted_values(draft, form, clause, fields=fields)


def _require_verdict(verdict: object, reason: object, clause: tuple[str, ...]) -> None:
    wrong: list[dict[str, object]] = []
    if verdict not in VERDICTS:
        code = "missing" if verdict is None else "not_a_choice"
        wrong.append({"field": "verdict", "code": code, "choices": list(VERDICTS)})
    if not isinstance(reason, str) or (verdict == "returned" and not reason.strip()):
        wrong.append({"field": "reason", "code": "missing"})
    if wrong:
        raise Refused(Refusal("fields_wrong", clause, {"form": "", "fields": wrong}))


def _left(draft: Draft, asked: Names, answered: Names, answers: str) -> Names:
    """The roles that are still to answer once this person has: he answers for every role he fills, or stands in for.

    A role of which all must answer waits for each of its people; where any role may answer, one that is done will do.
    """
    people = draft.people()
    if answers == "any" and not any(people.every(role) for role in asked):
        return ()
    besides = right(draft.pack, draft.state, people, draft.command.what).besides - {*answered}
    left = tuple(role for role in asked if not _done(draft, people, role, answered, besides))
    return () if answers == "any" and len(left) < len(asked) else left


def _done(draft: Draft, people: People, role: str, answered: Names, besides: frozenset[str]) -> bool:
    holding, person = people.holding(role, besides), draft.command.by
    if not people.every(role):
        return any(person in (each.person, each.instead_of) for each in holding)
    return all({each.person, each.instead_of} & {*answered, person} for each in holding)
