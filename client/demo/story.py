"""One complaint from its intake to its end, under the virtual clock: ignored, escalated, taken over, answered twice."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from client.clock import now_of, pass_until
from client.demo.house import House
from client.demo.saying import tell, trouble
from client.demo.telling import Telling
from client.gateway import Gateway
from client.tables import show
from client.words import word
from rules.calendar import Calendar
from rules.commands import case_id_for
from rules.directory import Directory
from rules.outcomes import Face
from rules.pack import Pack

OPERATOR, LEADER, MANAGER, APPROVER, CALLER = "lina", "linlan", "zhoujianguo", "tangning", "guofang"
#: More instants than this on one way mean that a clock spins.
_STOPS_AT_MOST = 60


class Story:
    """Plays the case; every sentence that people write into forms is of the reader's language."""

    def __init__(self, house: House, command_id: str, pack: Pack, directory: Directory) -> None:
        self._house, self._id, self._case = house, command_id, case_id_for(command_id)
        self._calendar: Calendar = house.shelf.calendar(pack.file.calendar)
        self._telling = Telling(house, self._case, pack, directory)
        self._handle = house.client.get_workflow_handle(self._case)
        self._now = datetime.now(UTC)
        self._gateway = Gateway(house.client, house.reading, now=lambda: self._now)
        self._steps = 0

    async def play(self) -> int:
        """Plays it to its end; how many days have passed for the case.

        Raises:
            Problem: a step was not done, or one that had to be refused was done.
            EngineError: its clock is stuck.
        """
        began = await now_of(self._house.client, self._handle)
        self._chapter("ignored")
        self._telling.news()
        await self._until_missed("handling_grave")
        await self._at(time(9, 40))
        await self._do("task.leader_acknowledges", LEADER, measure="leader_measure")
        await self._until_raised("general_manager")
        self._chapter("taken_over")
        await self._at(time(9, 10))
        await self._do("step.acknowledge", MANAGER, {"acknowledged_by": "phone", "number_told": True})
        await self._later(20)
        await self._do("step.assign", MANAGER, {"handler": MANAGER})
        self._chapter("investigated")
        await self._round("first", "2000.00")
        self._chapter("bad_score")
        await self._call(2, "unhappy")
        await self._until_stage("investigation")
        self._chapter("second_round")
        await self._at(time(9, 30))
        await self._round("second", "4800.00", refused=False)
        self._chapter("closed")
        await self._call(5, "happy")
        await self._later(5)
        await self._do("step.close", CALLER)
        return ((await now_of(self._house.client, self._handle)) - began).days

    async def _round(self, name: str, yuan: str, *, refused: bool = True) -> None:
        """Findings, proposal, approval, release and reply of one round."""
        await self._later(150)
        findings: dict[str, Any] = {"verdict": "justified", "root_cause": "process" if name == "second" else "people"}
        await self._do(
            "step.record_findings", MANAGER, findings, found=f"{name}_found", corrective_action=f"{name}_action",
            cause_analysis=f"{name}_analysis",
        )  # fmt: skip
        await self._later(30)
        await self._do("step.propose", MANAGER, {"remedy": "payment", "compensation": yuan}, draft=f"{name}_draft")
        if refused:
            await self._later(2)
            tell("story.four_eyes", self._house.lang)
            await self._do("approval.solution", MANAGER, {"verdict": "given"}, refused=True)
        await self._at(time(9, 30))
        await self._do("approval.solution", APPROVER, {"verdict": "given"})
        await self._later(15)
        await self._do("step.release", MANAGER)
        await self._later(45)
        await self._do(
            "step.reply", MANAGER, {"reply_sent_by": "phone"}, reply_found=f"{name}_found",
            reply_remedy=f"{name}_draft", reply_appeal="appeal",
        )  # fmt: skip

    async def _call(self, score: int, says: str) -> None:
        await self._at(time(10, 0))
        await self._do("step.call_back", CALLER, {"score": score}, customer_says=says)

    async def _do(
        self, what: str, by: str, fields: dict[str, Any] | None = None, *, refused: bool = False, **texts: str
    ) -> None:
        """One command of a person, told; `texts` are fields whose value the catalogue keeps."""
        lang = self._house.lang
        self._steps += 1
        self._now = await now_of(self._house.client, self._handle)
        whole = (fields or {}) | {name: word(f"demo.story.{key}", lang) for name, key in texts.items()}
        command = self._gateway.command(what, by, whole, command_id=f"{self._id}-story-{self._steps}")
        answer = await self._gateway.send(self._case, command)
        self._telling.news()
        if answer.status != ("refused" if refused else "done"):
            why = answer.refusal or answer.trouble or answer.status
            raise trouble("not_done", lang, what=what, case=self._case, why=why)

    async def _until_missed(self, clock: str) -> None:
        await self._until(
            lambda entries, face: any(e.event == "clock_missed" and e.data["clock"] == clock for e in entries)
        )

    async def _until_raised(self, role: str) -> None:
        await self._until(
            lambda entries, face: any(
                e.event == "escalated" and e.data["raise_to"] == role and e.data["clock"] == "handling_grave"
                for e in entries
            )
        )

    async def _until_stage(self, stage: str) -> None:
        await self._until(lambda entries, face: face.stage == stage)

    async def _until(self, reached: Any) -> None:
        """Let the case's clocks run out one after the other, each told as it happens, until something is so."""
        for _ in range(_STOPS_AT_MOST):
            face = await self._face()
            if face.next_due is None:
                break
            await self._pass(face.next_due)
            if reached(self._telling.news(), await self._face()):
                return
        raise trouble("not_done", self._house.lang, what="clock", case=self._case, why="next_due")

    async def _at(self, moment: time) -> None:
        """Let time pass to a moment of the day on the next working day on which it is still to come."""
        now = await now_of(self._house.client, self._handle)
        zone = self._calendar.zone
        day = now.astimezone(zone).date()
        while not self._calendar.is_workday(day) or datetime.combine(day, moment, zone) <= now:
            day += timedelta(days=1)
        await self._on_the_way(datetime.combine(day, moment, zone).astimezone(UTC))

    async def _later(self, minutes: int) -> None:
        """Let so many minutes pass, or wait for the next opening where the house is closed by then."""
        now = await now_of(self._house.client, self._handle)
        wanted = now + timedelta(minutes=minutes)
        await self._on_the_way(wanted if self._calendar.is_open(wanted) else self._calendar.next_open(wanted))

    async def _on_the_way(self, instant: datetime) -> None:
        """Let time pass to an instant; what clocks do on the way is told as it happens."""
        for _ in range(_STOPS_AT_MOST):
            due = (await self._face()).next_due
            if due is None or due >= instant:
                break
            await self._pass(due)
            self._telling.news()
        await self._pass(instant)
        self._telling.news()

    async def _pass(self, instant: datetime) -> None:
        await pass_until(self._house.client, self._handle, instant, lang=self._house.lang)

    async def _face(self) -> Face:
        face = await self._gateway.view(self._case)
        if face is None:
            raise trouble("not_done", self._house.lang, what="view", case=self._case, why="—")
        return face

    def _chapter(self, name: str) -> None:
        show("")
        tell(f"story.chapter_{name}", self._house.lang)
