"""A desk for tests of the waiting room: a tiny regulation in memory, registered under the real desk's name.

`open` enters stage `new`; `step.x` enters stage `x`; `step.close` closes; `step.wrong` is refused by the desk;
`step.once` is open until it is taken. The field `dues` of a command holds the instants at which a rung is to be
climbed from then on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from temporalio import activity

from activities.requests import HANDLE, HandleRequest, HandleResult
from rules.commands import Command, digest
from rules.entries import Entry
from rules.outcomes import Face, Refusal
from workflows.answers import Recorded
from workflows.messages import Receipt

STEPS = ("step.once", "step.accept", "step.reply", "step.close", "step.wrong", "recount")


@dataclass
class Case:
    """One case: its lines, its decisions by command id, the rungs to come."""

    face: Face = field(default_factory=Face)
    entries: list[Entry] = field(default_factory=list)
    decisions: dict[str, HandleResult] = field(default_factory=dict)
    dues: list[datetime] = field(default_factory=list)


class FakeDesk:
    """Decides as the real desk does: climbs first, decides once, returns every line after the caller's seq."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = defaultdict(Case)
        self.asked: list[HandleRequest] = []
        self.away = False
        self.stuck_clock = 0
        #: Whether a stuck clock leaves no line either, and no other command climbs its rung.
        self.silent_clock = False
        #: Whether a command that is asked again brings the face of back then, as a ledger with a lag would.
        self.old_faces = False

    @activity.defn(name=HANDLE)
    async def handle(self, request: HandleRequest) -> HandleResult:
        self.asked.append(request)
        if self.away:
            raise OSError("the ledger is away")
        case, command = self.cases[request.case_id], request.command
        if self.old_faces and command.id in case.decisions:
            return case.decisions[command.id]
        if command.id not in case.decisions:
            case.decisions[command.id] = self._decide(case, command, request.at)
        known = case.decisions[command.id]
        entries = tuple(entry for entry in case.entries if entry.seq > request.seq)
        return replace(known, face=case.face, entries=entries)

    def _decide(self, case: Case, command: Command, at: datetime) -> HandleResult:
        if command.what == "clock" and self.stuck_clock:
            self.stuck_clock -= 1
            if not self.silent_clock:
                self._line(case, "notified", at, at, command)
            return HandleResult(case.face, (), digest(command))
        while not self.silent_clock and case.dues and case.dues[0] <= at:
            self._line(case, "escalated", case.dues.pop(0), at, command)
        refusal = None
        if case.face.closed:
            refusal = Refusal("case_closed", ("T-2",))
            self._line(case, "refused", at, at, command)
        elif command.what == "step.wrong":
            refusal = Refusal("wrong_role", ("T-1",), {"role": "handler"}, ("step.accept",))
            self._line(case, "refused", at, at, command)
        elif command.what not in ("clock", "poke", "recount"):
            self._line(case, "opened" if command.what == "open" else "moved", at, at, command)
            case.dues = [datetime.fromisoformat(due) for due in command.fields.get("dues", [])] or case.dues
            closed = command.what == "step.close"
            case.face = replace(
                case.face,
                stage="new" if command.what == "open" else command.what.removeprefix("step."),
                open_steps=()
                if closed
                else STEPS[1:]
                if command.what == "step.once"
                else case.face.open_steps or STEPS,
                closed=closed,
                standing="closed" if closed else case.face.standing or "open",
            )
        case.face = replace(case.face, next_due=None if case.face.closed or not case.dues else case.dues[0])
        return HandleResult(case.face, (), digest(command), number="T-2026-1", refusal=refusal)

    def _line(self, case: Case, event: str, at: datetime, noticed: datetime, command: Command) -> None:
        case.entries.append(Entry(len(case.entries) + 1, event, at, noticed, command.by, command.what))
        standing = "escalated" if event == "escalated" else case.face.standing
        case.face = replace(case.face, seq=len(case.entries), standing=standing)

    def events(self, case_id: str) -> list[str]:
        """What happened to a case, in order."""
        return [entry.event for entry in self.cases[case_id].entries]

    async def recall(self, case_id: str, command_id: str) -> Recorded | None:
        """What the ledger would say was decided under this id."""
        case = self.cases[case_id]
        known = case.decisions.get(command_id)
        if known is None:
            return None
        face = case.face
        receipt = Receipt(face.seq, face.stage, face.open_steps, face.next_due, face.closed, known.number, known.digest)
        return Recorded(receipt, known.refusal)


def command(what: str, command_id: str, at: datetime, **fields: Any) -> Command:
    """A command of the person u1."""
    return Command(id=command_id, what=what, by="u1", asked_at=at, fields=fields, kind="complaint")
