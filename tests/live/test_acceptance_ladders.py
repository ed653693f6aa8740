"""A complaint that is left alone reaches everybody its ladders name, on the real engine, as worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from client.clock import pass_until
from client.engine.running import Engine
from client.gateway import Gateway
from client.rehearsal_shift import moved, years_to_move
from rules.commands import case_id_for
from tests.live.company import Company, company
from tests.live.house import RPC
from tests.rules.packs.group_complaint_demand import dues as group_dues
from tests.rules.packs.group_complaint_demand.stories import DEMAND, GROUP, REGISTER
from tests.rules.packs.playing import Line, instant, shown
from tests.rules.packs.standard import dues as standard_dues
from tests.rules.packs.standard.stories import INTAKE, STANDARD
from workflows.messages import CASE, CaseStart

pytestmark = pytest.mark.live

#: An engine's clocks only go forward, so the days of the tables are lived as many years later as their weekdays recur.
_YEARS = years_to_move(datetime(2026, 3, 2, tzinfo=UTC), datetime.now(UTC))
_LATE = timedelta(seconds=2)

Step = tuple[str, str, str, dict[str, Any]]


@dataclass(frozen=True)
class Story:
    """What people did before they left the case alone: the opening, then steps, each with who, when and what."""

    pack: str
    kind: str
    opened: Step
    steps: tuple[Step, ...] = ()


_HEARD = {"source": "customer", "what": "w"}
_TAKEN_IN = ("open", "olga", "2026-03-02T09:00", INTAKE)
_ACKNOWLEDGED = ("step.acknowledge", "olga", "2026-03-02T10:00", {"acknowledged_by": "phone", "number_told": True})
_ASSIGNED = ("step.assign", "tim", "2026-03-02T11:00", {"handler": "hana"})
_AT_NINE, _AT_TEN = "2026-03-02T09:00", "2026-03-02T10:00"


def _group(kind: str, at: str, *steps: Step) -> Story:
    return Story(GROUP, kind, ("open", "emil", at, _HEARD), steps)


@pytest.mark.parametrize(
    ("story", "lines"),
    [
        pytest.param(Story(STANDARD, "complaint", _TAKEN_IN), standard_dues.STANDARD_TAKEN_IN, id="standard_taken_in"),
        pytest.param(
            Story(STANDARD, "complaint", _TAKEN_IN, (_ACKNOWLEDGED, _ASSIGNED)),
            standard_dues.STANDARD_ASSIGNED,
            id="standard_assigned",
        ),
        pytest.param(_group("complaint", _AT_NINE), group_dues.GROUP_HEARD, id="group_complaint_heard"),
        pytest.param(_group("demand", _AT_NINE), group_dues.GROUP_HEARD, id="group_demand_heard"),
        pytest.param(
            _group("complaint", _AT_TEN, ("step.accept_complaint", "ofra", _AT_TEN, REGISTER)),
            group_dues.GROUP_COMPLAINT,
            id="group_complaint_accepted",
        ),
        pytest.param(
            _group("demand", _AT_TEN, ("step.accept_demand", "ofra", _AT_TEN, DEMAND)),
            group_dues.GROUP_DEMAND,
            id="group_demand_accepted",
        ),
    ],
)
async def test_a_complaint_left_alone_reaches_everybody_at_the_instants_worked_out_by_hand(
    engine: Engine, tmp_path: Path, story: Story, lines: tuple[Line, ...]
) -> None:
    own = await company(engine, tmp_path)
    async with own.at_work():
        case_id = await _lived(own, story)
        await own.carried()
        climbed = own.of(case_id, "escalated")
        told = [(entry, [person for person, _ in entry.data["persons"]]) for entry in climbed]
        found = [(shown(moved(entry.at, -_YEARS)), entry.data["clock"], " ".join(people)) for entry, people in told]
        assert tuple(found) == lines
        assert all(timedelta(0) <= entry.noticed - entry.at <= _LATE for entry in climbed)
        letters = own.rung_letters(case_id)
        assert {each.status for each in letters} == {"sent"}
        assert Counter(each.person for each in letters) == Counter(" ".join(line[2] for line in lines).split())


async def _lived(own: Company, story: Story) -> str:
    """The id of a case that lived through the story and was left alone for three months."""
    clock = _Clock(own, f"alone-{uuid4()}", story.opened[2])
    gateway = own.gateway(now=lambda: clock.now)
    await own.client.start_workflow(
        CASE, CaseStart(clock.case_id), id=clock.case_id, task_queue=own.settings.task_queue, rpc_timeout=RPC
    )
    await _open(own, gateway, clock, story)
    for what, by, at, fields in story.steps:
        await clock.strikes(at)
        answer = await gateway.send(clock.case_id, gateway.command(what, by, fields))
        assert answer.status == "done", answer
    await clock.strikes("2026-06-01T00:00")
    return clock.case_id


async def _open(own: Company, gateway: Gateway, clock: _Clock, story: Story) -> None:
    what, by, at, fields = story.opened
    await clock.strikes(at)
    opening = gateway.command(what, by, fields, command_id=clock.command_id, kind=story.kind, pack=own.pack(story.pack))
    assert (await gateway.open(opening)).status == "done"


class _Clock:
    """The clock of one case, told in the days of the tables."""

    def __init__(self, own: Company, command_id: str, first: str) -> None:
        self.command_id, self.case_id = command_id, case_id_for(command_id)
        self.now = self._lived(first)
        self._client = own.client
        self._handle: Callable[[], Any] = lambda: own.client.get_workflow_handle(self.case_id)

    async def strikes(self, at: str) -> None:
        """Let time pass to an instant; every rung on the way is climbed."""
        self.now = self._lived(at)
        await pass_until(self._client, self._handle(), self.now, lang="en")

    @staticmethod
    def _lived(at: str) -> datetime:
        return moved(instant(at), _YEARS).astimezone(UTC)
