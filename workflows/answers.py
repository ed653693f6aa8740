"""What a sender is told: done, refused, or pending; and what a failure of the engine means for a command."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ActivityError, ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.requests import DECIDE_FAILED
from rules.outcomes import Refusal
from workflows.messages import REFUSED, Receipt

#: Statuses that say nothing about whether the command was taken: the same id is sent again.
_AGAIN = (
    RPCStatusCode.UNKNOWN,
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
    RPCStatusCode.INTERNAL,
    RPCStatusCode.ABORTED,
    RPCStatusCode.FAILED_PRECONDITION,
    RPCStatusCode.RESOURCE_EXHAUSTED,
)

_REFUSAL = TypeAdapter(Refusal)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a command.

    Args:
        status: ``done``, ``refused`` or ``pending``.
        receipt: Where the case stands, for ``done``.
        refusal: Why not, for ``refused``.
        since: For ``pending``: the instant (UTC) at which the engine had taken the command; it will be decided. None
            where nobody confirmed that: it may have been taken or not, and the same id may be sent again.
        trouble: For ``pending`` without ``since``: what was in the way, ``no_engine``, ``no_worker`` or ``no_ledger``.
    """

    status: str
    receipt: Receipt | None = None
    refusal: Refusal | None = None
    since: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as the ledger has it: what a sender gets where the case cannot be asked any more."""

    receipt: Receipt
    refusal: Refusal | None = None


class CommandFailedError(RuntimeError):
    """The command failed for a reason that is nobody's answer: our fault, with the cause as it came."""


class NotDecidedError(CommandFailedError):
    """The desk gave the command up: a fault in the pack or in Redress. Nothing was written.

    Attributes:
        pack: The edition, such as ``standard.1``.
        what: The command's word.
        kind: The name of the error; its text may hold personal values and stays away.
    """

    def __init__(self, pack: str, what: str, kind: str) -> None:
        self.pack, self.what, self.kind = pack, what, kind
        super().__init__(f"{pack}: {what} cannot be decided ({kind})")


def refused(code: str, **params: Any) -> Answer:
    """The answer that a refusal is."""
    return Answer("refused", refusal=Refusal(code, (), params))


def judged(receipt: Receipt, refusal: Refusal | None, digest: str) -> Answer:
    """The answer that a decision is; one that was made for a command of other content is a refusal of this one."""
    if receipt.digest and receipt.digest != digest:
        return refused("same_id_other_content")
    if refusal is not None:
        return Answer("refused", receipt, refusal)
    return Answer("done", receipt)


def from_failure(error: WorkflowUpdateFailedError, digest: str) -> Answer | None:
    """The refusal that a failed update carries; None where the case ended before the update did.

    Raises:
        NotDecidedError: the desk gave the command up.
        CommandFailedError: it carries anything else.
    """
    cause = error.cause
    desk = cause.cause if isinstance(cause, ActivityError) else None
    if isinstance(desk, ApplicationError) and desk.type == DECIDE_FAILED:
        raise NotDecidedError(*desk.details) from None
    if isinstance(cause, ApplicationError):
        if cause.type == REFUSED:
            refusal, seq, decided = cause.details
            return judged(Receipt(seq, "", digest=decided), _REFUSAL.validate_python(refusal), digest)
        if cause.type == "AcceptedUpdateCompletedWorkflow":
            return None
    raise CommandFailedError(str(cause)) from error


def is_closed(error: RPCError | WorkflowAlreadyStartedError) -> bool:
    """Whether the engine says that the case has ended."""
    if isinstance(error, WorkflowAlreadyStartedError):
        return True
    return error.status is RPCStatusCode.NOT_FOUND and "already completed" in error.message


def is_unknown(error: RPCError) -> bool:
    """Whether the engine has no such case."""
    return error.status is RPCStatusCode.NOT_FOUND and "namespace" not in error.message.lower()


def ten_wait(error: RPCError) -> bool:
    """Whether the command was not taken since ten others of the case wait for their decision."""
    return error.status is RPCStatusCode.RESOURCE_EXHAUSTED and "in-flight updates" in error.message


def says_nothing(error: RPCError) -> bool:
    """Whether the failure leaves open what became of the command, so that the same id is sent again."""
    return error.status in _AGAIN or (error.status is RPCStatusCode.NOT_FOUND and not is_unknown(error))
