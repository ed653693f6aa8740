"""The front desk's line to the cases: the only module that talks to Temporal for people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from temporalio.client import Client, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError

from activities.drivers.reading import Reading
from rules.commands import Command, case_id_for
from rules.outcomes import Face
from rules.pack import PackRef
from workflows.answers import Answer
from workflows.messages import TASK_QUEUE, VIEW
from workflows.options import Bounds
from workflows.recalling import from_ledger
from workflows.sending import Sender

#: How long `view` waits for a worker; after that the ledger has to do.
_VIEW = timedelta(seconds=3)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Gateway:
    """Takes what people ask to the cases, and brings the answers back. Every wait is bounded."""

    def __init__(
        self,
        client: Client,
        reading: Reading,
        *,
        bounds: Bounds | None = None,
        task_queue: str = TASK_QUEUE,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """Talk through a client that `workflows.connecting.connect` made; ``now`` stamps what is asked."""
        self._client, self._now = client, now
        self._sender = Sender(client, from_ledger(reading), bounds=bounds, task_queue=task_queue, now=now)

    def command(
        self,
        what: str,
        by: str,
        fields: dict[str, Any] | None = None,
        *,
        command_id: str = "",
        happened_at: datetime | None = None,
        kind: str = "",
        pack: PackRef | None = None,
    ) -> Command:
        """A command as it is asked now, cut to the second; with a new id where none is given.

        Args:
            what: ``open``, ``step.x``, ``task.x``, ``approval.x``, ``recount`` or ``adopt_edition``.
            by: The person's id.
            fields: What the form asks for, as JSON values.
            command_id: The sender's own id; sent twice it is done once.
            happened_at: When it happened, where the pack lets it be stated later.
            kind: For ``open``: the kind of the pack.
            pack: For ``open`` and ``adopt_edition``: the edition.
        """
        asked_at = self._now().replace(microsecond=0)
        happened = happened_at.replace(microsecond=0) if happened_at else None
        return Command(command_id or str(uuid4()), what, by, asked_at, fields or {}, happened, kind, pack)

    async def open(self, command: Command) -> Answer:
        """What became of an opening; the case's id is `case_id_for` of the command's."""
        return await self._sender.open(case_id_for(command.id), command)

    async def send(self, case_id: str, command: Command) -> Answer:
        """What became of a command to a case."""
        return await self._sender.send(case_id, command)

    async def view(self, case_id: str) -> Face | None:
        """Where the case stands, as it says itself; None where no worker answers within three seconds."""
        handle = self._client.get_workflow_handle(case_id)
        try:
            face: Face = await handle.query(VIEW, result_type=Face, rpc_timeout=_VIEW)
        except (RPCError, WorkflowQueryFailedError, WorkflowQueryRejectedError):
            return None
        return face
