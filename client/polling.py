"""Whether a worker listens for cases."""

from datetime import timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from client.engine.probing import NotAnsweringError, connect
from workflows.messages import TASK_QUEUE

_RPC = timedelta(seconds=5)


async def polled(address: str, namespace: str, task_queue: str = TASK_QUEUE) -> bool:
    """Whether the engine at an address has a worker that polls the task queue; False where it does not answer."""
    request = DescribeTaskQueueRequest(
        namespace=namespace, task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )  # fmt: skip
    try:
        client = await connect(address, namespace)
        answer = await client.workflow_service.describe_task_queue(request, timeout=_RPC)
    except (NotAnsweringError, RPCError):
        return False
    return bool(answer.pollers)
