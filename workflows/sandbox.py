"""The one runner of workflows, given to every worker and every replayer."""

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

#: Our rooms are loaded once, outside: loading them for each run would cost 40 ms of the worker's loop per case. Their
#: purity is checked by lint and tests instead; `workflows.case` itself stays guarded.
ROOMS = (
    "activities",
    "rules",
    "transitions",
    "workflows.case",
    "workflows.cycles",
    "workflows.messages",
    "workflows.options",
    "workflows.searching",
)

RUNNER = SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules("workflows", *ROOMS))
