"""The case: one workflow that waits. It hands every command to the desk, keeps the face, and arms one timer."""

import asyncio
from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, ApplicationErrorCategory

from activities.requests import HANDLE, HandleRequest, HandleResult
from rules.commands import CLOCK, HOUSE_COMMANDS, Command
from rules.outcomes import Face, Refusal
from workflows.messages import CASE, COMMAND, RECENT, REFUSED, VIEW, CaseStart, Receipt
from workflows.options import DESK, stalled
from workflows.searching import changes


@workflow.defn(name=CASE)
class CaseWorkflow:
    """One case from its opening to its close. It decides nothing: rules decide, in the desk."""

    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        self._case_id = start.case_id
        self._face = start.face
        self._recent = start.recent
        self._turn = asyncio.Lock()

    @workflow.run
    async def run(self, start: CaseStart) -> Face:
        """Let the clocks run until the case is closed; gives back the last face."""
        while not self._leaving():
            await self._wait_for_clock()
        if not self._face.closed:
            workflow.continue_as_new(CaseStart(self._case_id, self._face, self._recent))
        return self._face

    @workflow.query(name=VIEW, description="Where the case stands.")
    def view(self) -> Face:
        """The face: seq, stage, open steps, next due, closed."""
        return self._face

    @workflow.update(name=COMMAND, description="Ask something of the case; the update id is the command id.")
    async def command(self, command: Command) -> Receipt:
        """The receipt, once the command is decided and written.

        Raises:
            ApplicationError: type ``Refused``, with the refusal, the seq and the digest as details.
        """
        at = _second(workflow.now())
        async with self._turn:
            result = await self._ask(command, at)
        if result.refusal is not None:
            raise _refused(result.refusal, result.face.seq, result.digest)
        face = result.face
        return Receipt(face.seq, face.stage, face.open_steps, face.next_due, face.closed, result.number, result.digest)

    @command.validator
    def _check(self, command: Command) -> None:
        """Refuse what the face rules out. A known id is let through: the desk answers it as it did before."""
        face = self._face
        if command.id in self._recent:
            return
        if face.closed:
            raise _refused(Refusal("case_closed"), face.seq)
        opens = command.what == "open"
        if opens != (face.seq == 0) or not (opens or command.what in HOUSE_COMMANDS or command.what in face.open_steps):
            raise _refused(Refusal("step_not_open", (), {"step": command.what}, face.open_steps), face.seq)

    async def _ask(self, command: Command, at: datetime) -> HandleResult:
        """What the desk decides; whoever calls has the turn. The face is taken over where it is newer."""
        request = HandleRequest(self._case_id, self._face.seq, command, at)
        result: HandleResult = await workflow.execute_activity(
            HANDLE, request, result_type=HandleResult, summary=command.what, **DESK
        )
        self._recent = (*(known for known in self._recent if known != command.id), command.id)[-RECENT:]
        if result.face.seq > self._face.seq:
            self._face = result.face
            self._show(command, result)
        return result

    def _show(self, command: Command, result: HandleResult) -> None:
        """Tell the engine's own pages where the case stands, without a word about people."""
        face = result.face
        adopted = command.pack if command.what == "adopt_edition" and result.refusal is None else None
        # Of a closed case the engine says by itself that it has ended; writing it down would be billed once more.
        standing = "" if face.closed else face.standing
        updates = changes(workflow.info().typed_search_attributes, standing, adopted)
        if updates:
            workflow.upsert_search_attributes(updates)
        due = face.next_due.isoformat() if face.next_due else "-"
        workflow.set_current_details(f"stage: {face.stage or '-'}\n\nnext due: {due}")

    def _leaving(self) -> bool:
        """Whether the run may end: closed, or long enough to be renewed, and nobody is waiting for an answer."""
        full = workflow.info().is_continue_as_new_suggested()
        return (self._face.closed or full) and workflow.all_handlers_finished() and not self._turn.locked()

    async def _wait_for_clock(self) -> None:
        """Wait until the next due instant comes, moves, or the run may end; when it comes, ask the desk."""
        due = self._face.next_due
        if self._face.closed:
            await workflow.wait_condition(self._leaving)
        elif due is None:
            await workflow.wait_condition(lambda: self._leaving() or self._moved(due))
        elif await self._rings(due, due):
            await self._ring(due)

    def _moved(self, due: datetime | None) -> bool:
        return self._face.closed or self._face.next_due != due

    async def _rings(self, due: datetime, until: datetime) -> bool:
        """Whether ``until`` came while ``due`` stayed the next due instant. The one timer of the case."""
        left = until - workflow.now()
        if self._moved(due) or left.total_seconds() <= 0:
            return not self._moved(due)
        try:
            await workflow.wait_condition(
                lambda: self._leaving() or self._moved(due), timeout=left, timeout_summary="next due"
            )
        except TimeoutError:
            return not self._moved(due)
        return False

    async def _ring(self, due: datetime) -> None:
        """Bring the clocks up to now through the door that every command takes.

        A clock that the desk leaves where it was must neither spin nor be forgotten: it is asked again under a fresh
        id, each time later, until the due instant moves.
        """
        turn, asked_at_seq = 0, None
        while True:
            at = _second(workflow.now())
            async with self._turn:
                if self._moved(due):
                    return
                fresh = self._clock_id(due, at, asked_at_seq)
                asked_at_seq = self._face.seq
                try:
                    await self._ask(Command(id=fresh, what=CLOCK, by=CLOCK, asked_at=at), at)
                except ActivityError:
                    workflow.logger.exception("the desk gave a clock up; it is asked again")
            turn += 1
            if not await self._rings(due, workflow.now() + stalled(turn)):
                return

    def _clock_id(self, due: datetime, at: datetime, asked_at_seq: int | None) -> str:
        """The id under which the clock is asked: one that was decided before would be answered as it was then.

        The first ask is named after the due instant alone; the next after the seq too, once that went on; every other
        after the second in which it is asked, which no earlier ask had, be it one of an earlier run.
        """
        name, seq = f"{CLOCK}/{_written(due)}", self._face.seq
        if asked_at_seq is None and name not in self._recent:
            return name
        moved_on = asked_at_seq is not None and asked_at_seq != seq
        return f"{name}/{seq}" if moved_on else f"{name}/{seq}/{_written(at)}"


def _second(moment: datetime) -> datetime:
    """The instant cut to the whole second, as all instants are at the door."""
    return moment.replace(microsecond=0)


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _refused(refusal: Refusal, seq: int, digest: str = "") -> ApplicationError:
    return ApplicationError(
        refusal.code, refusal, seq, digest, type=REFUSED, non_retryable=True, category=ApplicationErrorCategory.BENIGN
    )
