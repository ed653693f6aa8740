"""Approvals of what is proposed of a consequence: how much a role may approve, and what a verdict leads to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from rules.amounts import NOTHING, number_of
from rules.concluding import PERSON, conclude, drop, note
from rules.draft import Draft, Happening
from rules.duties import Approval
from rules.items import PROPOSED, RAISED, ItemState
from rules.lookups import row_of
from rules.outcomes import Refusal
from rules.refusing import Refused
from rules.state import State
from rules.values import Names

CONSEQUENCE = "consequence."
#: What a table of authority is looked up by: the name of a role.
ROLE = "role"
_CLIMBS_AT_MOST = 10


def bound_copy(state: State, of: str) -> int:
    """Which copy of a form, or which proposal of a consequence, an approval binds that is asked now."""
    if of.startswith(CONSEQUENCE):
        return sum(item.proposals for item in state.consequences.get(of.removeprefix(CONSEQUENCE), ()))
    return state.copies.get(of, 0)


def proposed(state: State, approval: Approval) -> Iterator[tuple[int, ItemState]]:
    """The items that wait for an approval, with their numbers."""
    name = (approval.of or "").removeprefix(CONSEQUENCE)
    for number, item in enumerate(state.consequences.get(name, ()), start=1):
        if item.status == PROPOSED:
            yield number, item


def asked_roles(draft: Draft, approval: Approval) -> Names:
    """The roles that are asked: those of the approval or, where the amount is above their authority, the roles above them."""
    return tuple(dict.fromkeys(_up(draft, approval, role) for role in approval.to))


def require_authority(draft: Draft, approval: Approval, asked: Names) -> None:
    """Nothing where the person who approves may approve as much as is proposed.

    Raises:
        Refused: ``beyond_authority``, or ``value_missing`` where the table does not say what his role may approve.
    """
    if approval.authority is None:
        return
    people, person = draft.people(), draft.command.by
    besides = people.excluded(asked)
    own = [role for role in (*asked, *approval.to) if people.may(person, (role,), besides) is not None]
    if not own or any(_within(draft, approval, role) for role in own if role in asked):
        return
    most = [limit for role in own if (limit := _limit(draft, approval, role)) is not None]
    if not most:
        raise Refused(Refusal("value_missing", approval.clause, {"value": f"table.{approval.authority.table}"}))
    params = {
        "person": person,
        "amount": format(_largest(draft.state, approval), "f"),
        "most": format(max(most), "f"),
        "roles": list(asked),
    }
    raise Refused(Refusal("beyond_authority", approval.clause, params))


def concluded(draft: Draft, approval: Approval, verdict: str, reason: str, acting_for: str) -> list[Happening]:
    """What a verdict on a consequence leads to: what was proposed is decided, or goes back."""
    if verdict == "given":
        return _approved(draft, approval, draft.judged, acting_for)
    return _returned(draft, approval, draft.judged, reason)


def _approved(draft: Draft, approval: Approval, at: datetime, acting_for: str) -> list[Happening]:
    """Decide what was proposed, now that it is approved."""
    name, found = (approval.of or "").removeprefix(CONSEQUENCE), list[Happening]()
    for number, item in tuple(proposed(draft.state, approval)):
        clause = approval.clause
        found += conclude(draft, name, number, item, at, by=PERSON, clause=clause, acting_for=acting_for)
    return found


def _returned(draft: Draft, approval: Approval, at: datetime, reason: str) -> list[Happening]:
    """Send what was proposed back to whoever proposes it; what only the rule had proposed is dropped."""
    name, found = (approval.of or "").removeprefix(CONSEQUENCE), list[Happening]()
    row = draft.pack.file.consequence[name]
    for number, item in tuple(proposed(draft.state, approval)):
        if row.proposed_by:
            lines = tuple((kind, party, None) for kind, party, _ in item.lines)
            back = replace(item, status=RAISED, lines=lines, choice=())
            found.append(
                note(draft, "raised", name, number, back, at, by=PERSON, reason=reason, clause=approval.clause)
            )
        else:
            found.append(drop(draft, name, number, at, reason, PERSON))
    return found


def _up(draft: Draft, approval: Approval, role: str) -> str:
    """The role, or the first above it whose authority the amount does not exceed, as far as somebody is above."""
    for _ in range(_CLIMBS_AT_MOST):
        limit = _limit(draft, approval, role)
        block = draft.pack.file.role.get(role)
        if limit is None or block is None or block.above is None or _largest(draft.state, approval) <= limit:
            return role
        role = block.above
    return role


def _within(draft: Draft, approval: Approval, role: str) -> bool:
    """Whether a role may approve as much; one that the table does not name may only where nobody is above it."""
    limit, block = _limit(draft, approval, role), draft.pack.file.role.get(role)
    if limit is None:
        return block is not None and block.above is None
    return _largest(draft.state, approval) <= limit


def _limit(draft: Draft, approval: Approval, role: str) -> Decimal | None:
    """The most that the table gives a role, None where it says nothing."""
    if approval.authority is None:
        return None
    name = approval.authority.table
    given = row_of(name, draft.pack.file.table[name], role, draft.facts).get(approval.authority.gives)
    return number_of(given)


def _largest(state: State, approval: Approval) -> Decimal:
    """The largest sum of an item that is proposed."""
    return max((item.amount for _, item in proposed(state, approval)), default=NOTHING)
