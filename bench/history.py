"""What the reference complaint leaves in the engine: eight steps and two escalations, on the virtual clock."""

from datetime import timedelta
from uuid import uuid4

from temporalio.client import WorkflowHandle

from activities.drivers.ledger import open_ledger
from activities.drivers.reading import Reading
from bench.house import House
from bench.sides import REFERENCE
from client.clock import now_of, pass_until
from client.gateway import Gateway
from rules import shelf
from rules.commands import case_id_for

_ESCALATIONS = 2
_RPC = timedelta(seconds=10)
#: Events that a service which bills by action would bill.
_BILLED = (
    "workflow_execution_started", "workflow_execution_update_accepted", "activity_task_scheduled", "timer_started",
    "upsert_workflow_search_attributes", "workflow_execution_continued_as_new",
)  # fmt: skip


async def weigh(house: House) -> dict[str, float]:
    """Bytes and events of its history, and the actions that each of its steps and escalations would be billed.

    Raises:
        RuntimeError: the complaint did not go as it should have.
    """
    ledger = open_ledger(f"sqlite:///{house.ledger}")
    gateway = Gateway(house.client, Reading(ledger))
    pack, name = shelf.load("group-complaint-demand", 1).ref, uuid4().hex
    case = case_id_for(name)
    handle = house.client.get_workflow_handle(case)
    for number, (what, by, fields) in enumerate(REFERENCE):
        command = gateway.command(what, by, fields, command_id=f"{name}-{number}" if number else name,
                                  kind="complaint", pack=pack)  # fmt: skip
        answer = await (gateway.send(case, command) if number else gateway.open(command))
        if answer.status != "done":
            raise RuntimeError(f"{what}: {answer}")
        if number == 0:
            await _escalate(house, gateway, handle)
    climbed = sum(entry.event == "escalated" for entry in Reading(ledger).entries(case))
    ledger.close()
    if climbed != _ESCALATIONS:
        raise RuntimeError(f"{climbed} escalations, not {_ESCALATIONS}")
    return await _weighed(handle)


async def _escalate(house: House, gateway: Gateway, handle: "WorkflowHandle[object, object]") -> None:
    """Leave the complaint alone until the department head and the leader have heard of it."""
    for _ in range(_ESCALATIONS):
        face = await gateway.view(handle.id)
        if face is None or face.next_due is None:
            raise RuntimeError("no clock runs")
        await pass_until(house.client, handle, face.next_due + timedelta(seconds=1))
    await now_of(house.client, handle)


async def _weighed(handle: "WorkflowHandle[object, object]") -> dict[str, float]:
    description = await handle.describe(rpc_timeout=_RPC)
    info = description.raw_description.workflow_execution_info
    history = await handle.fetch_history(rpc_timeout=_RPC)
    names = [(event.WhichOneof("attributes") or "").removesuffix("_event_attributes") for event in history.events]
    billed = sum(name in _BILLED for name in names)
    return {
        "history_bytes": info.history_size_bytes,
        "history_events": len(names),
        "actions_per_step": billed / (len(REFERENCE) + _ESCALATIONS),
        "actions_per_command": billed / len(REFERENCE),
    }
