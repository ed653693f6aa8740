"""(pack, state, command, facts, instant) → what follows: entries, the new state, errands, or a refusal. Pure."""

from collections.abc import Callable
from datetime import datetime

from rules.answering import answer_task, give_verdict
from rules.cascade import cascade
from rules.climbing import climb
from rules.commands import CLOCK, Command
from rules.deciding_items import decide_consequence
from rules.draft import Draft
from rules.facts import Facts, Unanswered
from rules.linking import closings
from rules.moving import spent
from rules.opening import open_case
from rules.outcomes import Errand, Face, Needs, Outcome, Refusal
from rules.pack import Pack
from rules.refusing import Refused
from rules.renewing import adopt_edition, recount_all
from rules.rights import waits_for_somebody
from rules.state import State
from rules.taking import take


def needs(pack: Pack, state: State, command: Command) -> tuple[str, ...]:
    """The queries that a command will surely ask: ``case:<id>`` for each case that a link names, or that rules watch."""
    names = [block.names for block in pack.file.link.values() if block.names]
    found = (command.fields.get(name) for name in names)
    named = [value.strip() for value in found if isinstance(value, str) and value.strip()]
    linked = [state.links[name][-1] for name in pack.links_watched if name in state.links]
    return tuple(f"case:{case}" for case in dict.fromkeys((*named, *linked)))


def decide(pack: Pack, state: State, command: Command, facts: Facts, at: datetime) -> Outcome | Needs:
    """What follows from a command at an instant.

    The clocks are brought up to the instant first; then the command is decided. A refused command changes nothing but
    what had fallen due before it, and leaves a line of its own.

    Args:
        pack: The edition that the case runs on; for ``open`` the one that the command names.
        state: The case before the command; with ``seq`` 0 for ``open``.
        command: What is asked for.
        facts: Answers to `needs`, the directory and the calendar as of the instant.
        at: UTC, whole seconds; never before the case's last decision (else that one counts).

    Returns:
        The outcome, or the facts that are still missing.
    """
    asked = tuple(query for query in needs(pack, state, command) if query.removeprefix("case:") not in facts.cases)
    if asked:
        return Needs(asked)
    try:
        return _decide(pack, state, command, facts, at)
    except Unanswered as question:
        return Needs((question.query,))


def _decide(pack: Pack, state: State, command: Command, facts: Facts, at: datetime) -> Outcome:
    at = max(at, state.last_at) if state.last_at else at
    draft = Draft(pack, state, command, facts, at, _judged(pack, state, command, at))
    if state.seq and not state.closed:
        climb(draft, at, cascade)
    draft.before = draft.state
    mark = draft.mark()
    try:
        _do(draft, command)
    except Refused as refused:
        draft.back_to(mark)
        return _refusal(draft, refused.refusal)
    if not draft.state.closed:
        climb(draft, at, cascade)
    return Outcome(
        tuple(draft.entries), draft.state, face(draft.pack, draft.state), draft.errands(), tuple(draft.filled)
    )


def face(pack: Pack, state: State) -> Face:
    """All that the workflow keeps of a case in this state."""
    if state.closed or not state.stage:
        return Face(seq=state.seq, stage=state.stage, closed=state.seq > 0, standing="closed")
    steps = pack.machines[state.kind].open_steps.get(state.stage, ())
    open_steps = (
        *(f"step.{name}" for name in steps if not spent(pack, state, name)),
        *(f"task.{name}" for name, task in state.tasks.items() if task.status == "open"),
        *(f"approval.{name}" for name, approval in state.approvals.items() if approval.status == "asked"),
        *(f"consequence.{name}" for name in state.consequences if waits_for_somebody(pack, state, name)),
    )
    standing = "escalated" if state.raised else "open"
    return Face(state.seq, state.stage, open_steps, state.next_due, closed=False, standing=standing)


def _judged(pack: Pack, state: State, command: Command, at: datetime) -> datetime:
    """The instant by which clocks judge a command: never later than its decision, never before the case began."""
    stated = command.happened_at if _statable(pack, command) else None
    by = {"at": at, "asked_at": command.asked_at.replace(microsecond=0), "happened_at": stated or at}
    # What a cycle opens stands from its period on, however late it is carried out: its dues are those of the period.
    by_cycle = command.what == "open" and "cycle" in command.carried
    judged = min(by["asked_at" if by_cycle else pack.file.counting.judged_by], at)
    return max(judged, state.opened_at) if state.opened_at else judged


def _statable(pack: Pack, command: Command) -> bool:
    """Whether a command may carry the instant at which it happened: a step whose pack lets it be stated later."""
    word, _, name = command.what.partition(".")
    step = pack.file.step.get(name)
    return word == "step" and step is not None and step.stated


def _do(draft: Draft, command: Command) -> None:
    word = command.what.partition(".")[0]
    act = _ACTS.get(word)
    over = draft.state.closed or (draft.state.seq and not draft.state.stage)
    if over and word not in (CLOCK, "poke"):
        raise Refused(Refusal("case_closed", params={"number": draft.state.number}))
    if command.happened_at is not None and not _statable(draft.pack, command):
        raise Refused(Refusal("stated_wrongly", params={"stated": False, "step": command.what}))
    if act is None:
        raise Refused(Refusal("unknown_step", params={"step": command.what}))
    act(draft, command)


def _nothing(draft: Draft, command: Command) -> None:
    """A clock that ran out: the climb before was all."""
    if not draft.state.closed:
        cascade(draft, [])


def _look_around(draft: Draft, command: Command) -> None:
    """The case was told that something it reads has changed: it looks for itself."""
    if not draft.state.closed:
        cascade(draft, closings(draft))


def _refusal(draft: Draft, refusal: Refusal) -> Outcome:
    if not refusal.next and draft.state.stage:
        refusal = Refusal(refusal.code, refusal.clause, refusal.params, face(draft.pack, draft.state).open_steps)
    data = {"what": draft.command.what, "code": refusal.code, "params": refusal.params}
    draft.write("refused", draft.command.what, draft.at, refusal.clause, data)
    errands: tuple[Errand, ...] = draft.errands()
    shown = face(draft.pack, draft.state)
    return Outcome(tuple(draft.entries), draft.state, shown, errands, refusal=refusal)


_ACTS: dict[str, Callable[[Draft, Command], None]] = {
    "open": open_case,
    "step": take,
    "task": answer_task,
    "approval": give_verdict,
    "consequence": decide_consequence,
    "recount": recount_all,
    "adopt_edition": adopt_edition,
    "poke": _look_around,
    CLOCK: _nothing,
}
