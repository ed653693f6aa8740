"""Asks a server what it is: reachable, new enough, with a virtual clock."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import TimeSkippingConfig, WorkflowExecution
from temporalio.api.workflow.v1 import WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import (
    GetSystemInfoRequest,
    UpdateWorkflowExecutionOptionsRequest,
)
from temporalio.client import Client
from temporalio.service import GrpcCompression, RPCError, RPCStatusCode

from client.engine.programs import Version, read_version

#: One call to a server; nothing the engine room asks takes longer on a healthy one.
RPC = timedelta(seconds=5)
_LOOPBACK = ("127.", "localhost", "[::1]")


class NotAnsweringError(RuntimeError):
    """The server cannot be talked to, with the reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says of itself."""

    version: Version | None
    virtual_clock: bool


async def connect(address: str, namespace: str, options: Mapping[str, Any] | None = None) -> Client:
    """A client that is connected, within 5 seconds; without compression on loopback, where it only costs.

    Raises:
        NotAnsweringError: nothing answers at the address.
    """
    compression = GrpcCompression.NONE if address.startswith(_LOOPBACK) else GrpcCompression.GZIP
    chosen: dict[str, Any] = {"grpc_compression": compression, "connect_timeout": RPC, **(options or {})}
    chosen |= {"namespace": namespace}
    try:
        return await asyncio.wait_for(Client.connect(address, **chosen), 2 * RPC.total_seconds())
    except (RuntimeError, TimeoutError) as error:
        raise NotAnsweringError(str(error) or "time is up") from error


async def ask(client: Client) -> Answer:
    """What the server behind the client is.

    Raises:
        NotAnsweringError: it does not answer within 5 seconds.
    """
    try:
        info = await client.workflow_service.get_system_info(GetSystemInfoRequest(), timeout=RPC)
        return Answer(read_version(info.server_version), await _has_virtual_clock(client))
    except RPCError as error:
        raise NotAnsweringError(error.message) from error


async def healthy(client: Client) -> bool:
    """Whether the server's front says that it serves."""
    try:
        return await client.service_client.check_health(timeout=RPC)
    except RPCError:
        return False


async def _has_virtual_clock(client: Client) -> bool:
    """Ask for the skipping of a workflow that does not exist: only a server that can skip looks for it."""
    request = UpdateWorkflowExecutionOptionsRequest(
        namespace=client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=f"no-such-case-{uuid4()}"),
        workflow_execution_options=WorkflowExecutionOptions(time_skipping_config=TimeSkippingConfig(enabled=True)),
        update_mask=FieldMask(paths=["time_skipping_config"]),
    )
    try:
        await client.workflow_service.update_workflow_execution_options(request, timeout=RPC)
    except RPCError as error:
        if error.status not in (
            RPCStatusCode.NOT_FOUND,
            RPCStatusCode.UNIMPLEMENTED,
            RPCStatusCode.INVALID_ARGUMENT,
        ):
            raise
        return error.status is RPCStatusCode.NOT_FOUND and "namespace" not in error.message.lower()
    return True
