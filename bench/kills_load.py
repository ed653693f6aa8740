"""People who never stop asking: commands at a steady rate, whatever dies meanwhile."""

import asyncio
import random
from dataclasses import dataclass, field

from client.gateway import Gateway
from rules.commands import Command, case_id_for
from rules.pack import PackRef
from workflows.answers import Answer

#: So many cases are open at a time; each is asked about every two seconds.
OPEN_AT_A_TIME = 40
#: What is asked, and how often of a hundred.
_ASKED = {"step.note": 58, "step.accept": 26, "step.pause": 10, "step.close": 6}
#: How many of a hundred commands are sent a second time under the same id.
_SENT_TWICE = 5


@dataclass(slots=True)
class Sent:
    """A command and what its sender was told."""

    case_id: str
    command: Command
    answer: Answer | None = None

    @property
    def acknowledged(self) -> bool:
        """Whether the sender may rely on it: it was decided, or the engine had taken it."""
        answer = self.answer
        if answer is None:
            return False
        if answer.status == "pending":
            return answer.since is not None
        return answer.receipt is not None and bool(answer.receipt.digest)


@dataclass
class Load:
    """Everything that was asked, and the cases that were opened by it."""

    gateway: Gateway
    pack: PackRef
    chance: random.Random
    sent: list[Sent] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    opening: set[str] = field(default_factory=set)
    _asking: set[asyncio.Task[None]] = field(default_factory=set)

    async def offer(self, rate: float, until: asyncio.Event) -> None:
        """Ask so many times a second until told to stop; nobody waits for the answer before he asks again."""
        loop = asyncio.get_running_loop()
        began, asked = loop.time(), 0
        while not until.is_set():
            while asked < (loop.time() - began) * rate:
                self._ask(self._next())
                asked += 1
            await asyncio.sleep(1 / rate)

    async def finish(self) -> None:
        """Wait for every answer, and send what is pending again under the same id, three times at most."""
        await asyncio.gather(*self._asking)
        for _ in range(3):
            for sent in [each for each in self.sent if each.answer is not None and each.answer.status == "pending"]:
                self._ask(sent)
            await asyncio.gather(*self._asking)

    def _next(self) -> Sent:
        number = len(self.sent)
        token = {"token": f"t{number}"}
        if not self.opened or len(self.opened) + len(self.opening) < OPEN_AT_A_TIME:
            opening = self.gateway.command(
                "open", "mei", token, command_id=f"kill-{number}", kind="complaint", pack=self.pack
            )
            return self._noted(Sent(case_id_for(opening.id), opening))
        if self.chance.randrange(100) < _SENT_TWICE:
            again = self.chance.choice(self.sent)
            return Sent(again.case_id, again.command)
        what = self.chance.choices(list(_ASKED), list(_ASKED.values()))[0]
        case_id = self.chance.choice(self.opened)
        return self._noted(Sent(case_id, self.gateway.command(what, "mei", token, command_id=f"kill-{number}")))

    def _noted(self, sent: Sent) -> Sent:
        self.sent.append(sent)
        if sent.command.what == "open":
            self.opening.add(sent.case_id)
        elif sent.command.what == "step.close":
            self.opened.remove(sent.case_id)
        return sent

    def _ask(self, sent: Sent) -> None:
        task = asyncio.create_task(self._answered(sent))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _answered(self, sent: Sent) -> None:
        if sent.command.what == "open":
            sent.answer = await self.gateway.open(sent.command)
            if sent.case_id in self.opening and sent.answer.status == "done":
                self.opening.remove(sent.case_id)
                self.opened.append(sent.case_id)
        else:
            sent.answer = await self.gateway.send(sent.case_id, sent.command)
