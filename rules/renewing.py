"""A running case meets a new calendar or a new edition: moving it is a command too, and leaves its lines."""

from rules.cascade import cascade
from rules.commands import HOUSE, Command
from rules.draft import Draft
from rules.outcomes import Refusal
from rules.refusing import Refused, require_right
from rules.ticking import recount


def recount_all(draft: Draft, command: Command) -> None:
    """Count every running clock again by the calendar as it is known now.

    Raises:
        Refused: Neither the house nor a person of the directory asks.
    """
    if command.by != HOUSE:
        require_right(draft, command.what, ())
    _recount(draft)


def _recount(draft: Draft) -> None:
    for name in tuple(draft.state.clocks):
        recount(draft, name)
    cascade(draft, [])


def adopt_edition(draft: Draft, command: Command) -> None:
    """Let the case run on another edition of its pack from now on; its running clocks are counted again.

    Raises:
        Refused: ``wrong_role``, or ``edition_not_adoptable`` where the edition is not there, is of another pack, or
            lacks the kind, the stage or a clock, task, approval or consequence that the case is in the middle of.
    """
    acting = HOUSE if command.by == HOUSE else require_right(draft, command.what, ()).person
    pack, state = draft.facts.next_pack, draft.state
    asked = command.pack
    if pack is None or asked is None or pack.ref.id != draft.pack.ref.id:
        params: dict[str, object] = {"edition": str(asked), "why": "not_there", "missing": [str(asked)]}
        raise Refused(Refusal("edition_not_adoptable", params=params))
    if pack.ref == draft.pack.ref:
        raise Refused(Refusal("edition_in_force", params={"edition": str(asked)}))
    missing = [name for name, clock in state.clocks.items() if clock.ticking and name not in pack.file.clock]
    missing += [name for name, task in state.tasks.items() if task.status == "open" and name not in pack.file.task]
    missing += [
        name
        for name, verdict in state.approvals.items()
        if verdict.status == "asked" and name not in pack.file.approval
    ]
    missing += [
        name
        for name, items in state.consequences.items()
        if any(item.open for item in items) and name not in pack.file.consequence
    ]
    kind = pack.file.kind.get(state.kind)
    if kind is None or state.stage not in {stage.name for stage in kind.stages} or missing:
        params = {"edition": str(asked), "why": "lacks", "missing": missing or [state.kind, state.stage]}
        raise Refused(Refusal("edition_not_adoptable", params=params))
    was, ref = draft.pack.ref, pack.ref
    data = {"was": str(was), "pack": {"id": ref.id, "edition": ref.edition, "sha256": ref.sha256}}
    draft.pack = pack
    draft.write("edition_adopted", f"pack.{ref}", draft.at, (), data, by=acting)
    _recount(draft)
