"""What a schedule starts: one look at what has come of a cycle. It decides nothing; the activity does everything once."""

from temporalio import workflow

from activities.cycle_requests import CYCLE, OPEN_CYCLE, CycleRequest, CycleStart
from workflows.options import OPENER


@workflow.defn(name=CYCLE)
class CycleWorkflow:
    """Opens what has come of one cycle of one pack, also what was missed."""

    @workflow.run
    async def run(self, start: CycleStart) -> int:
        """How many cases are opened that were not before."""
        request = CycleRequest(start.pack_id, start.cycle, workflow.now().replace(microsecond=0))
        opened: int = await workflow.execute_activity(
            OPEN_CYCLE, request, result_type=int, summary=start.cycle, **OPENER
        )
        return opened
