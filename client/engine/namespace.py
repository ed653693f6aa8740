"""The namespace and the search attributes of Redress, registered through the server's API."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType, TaskQueueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    CountWorkflowExecutionsRequest,
    DescribeTaskQueueRequest,
    RegisterNamespaceRequest,
)
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError, RPCStatusCode

from client.engine.probing import RPC

NAMESPACE = "redress"
#: Ten years: histories must outlive the longest complaint and its archive period.
RETENTION = timedelta(days=3650)
_USABLE_S = 60.0
_AGAIN_S = 0.1
#: What a server that is still starting, or has not heard of a new namespace everywhere, answers.
_PASSING = (
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.INVALID_ARGUMENT,
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.UNKNOWN,
    RPCStatusCode.INTERNAL,
)

#: Search attributes as pairs of name and type.
Attributes = tuple[tuple[str, int], ...]


class UnusableError(RuntimeError):
    """The namespace or its search attributes cannot be made or used, with the server's reason."""


def pairs(keys: Iterable[SearchAttributeKey[Any]]) -> Attributes:
    """The name and the type of every key, as `prepare` takes them."""
    return tuple((key.name, int(key.indexed_value_type)) for key in keys)


async def prepare(client: Client, attributes: Attributes = ()) -> None:
    """Have the client's namespace there, with ten years' retention and the search attributes, and usable.

    Asked again it changes nothing. Takes a second on a new server, at most a minute.

    Raises:
        UnusableError: the server refuses, a search attribute has another type, or a minute was not enough.
    """
    ends = time.monotonic() + _USABLE_S
    await _insist(_register, client, attributes, ends)
    await _insist(_add_attributes, client, attributes, ends)
    await _insist(_use, client, attributes, ends)


async def _insist(
    step: Callable[[Client, Attributes], Awaitable[None]], client: Client, attributes: Attributes, ends: float
) -> None:
    """Do one step again and again while the server is not ready for it."""
    while True:
        try:
            await step(client, attributes)
        except RPCError as error:
            if error.status not in _PASSING or time.monotonic() > ends:
                raise UnusableError(error.message) from error
            await asyncio.sleep(_AGAIN_S)
        else:
            return


async def _register(client: Client, attributes: Attributes) -> None:
    """Register the namespace; one that is there stays as it is."""
    retention = Duration()
    retention.FromTimedelta(RETENTION)
    request = RegisterNamespaceRequest(namespace=client.namespace, workflow_execution_retention_period=retention)
    try:
        await client.workflow_service.register_namespace(request, timeout=RPC)
    except RPCError as error:
        if error.status is RPCStatusCode.PERMISSION_DENIED:
            return  # a managed server: whether the namespace is there is seen when it is used
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise


async def _add_attributes(client: Client, attributes: Attributes) -> None:
    """Add the search attributes that are not there yet."""
    if not attributes:
        return
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace), timeout=RPC
    )
    for name, kind in attributes:
        if known.custom_attributes.get(name, kind) != kind:
            there = IndexedValueType.Name(known.custom_attributes[name])
            raise UnusableError(f"{name}: {there}, not {IndexedValueType.Name(IndexedValueType.ValueType(kind))}")
    missing = {
        name: IndexedValueType.ValueType(kind) for name, kind in attributes if name not in known.custom_attributes
    }
    if missing:
        request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        try:
            await client.operator_service.add_search_attributes(request, timeout=RPC)
        except RPCError as error:
            if error.status is not RPCStatusCode.ALREADY_EXISTS:
                raise


async def _use(client: Client, attributes: Attributes) -> None:
    """Ask every part of the server for something in the namespace; each hears of a new one by itself."""
    query = " OR ".join(f"{name} IS NULL" for name, _ in attributes)
    await client.workflow_service.count_workflow_executions(
        CountWorkflowExecutionsRequest(namespace=client.namespace, query=query), timeout=RPC
    )
    await client.workflow_service.describe_task_queue(
        DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name="redress"),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        ),
        timeout=RPC,
    )
    try:
        await client.get_workflow_handle(f"no-such-case-{uuid4()}").describe(rpc_timeout=RPC)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND or "namespace" in error.message.lower():
            raise
