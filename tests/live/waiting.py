"""A throw-away workflow that waits for one day after another; only for the tests of the engine room."""

from __future__ import annotations

from datetime import datetime, timedelta

from temporalio import activity, workflow

QUEUE = "waiting"


@activity.defn
async def write_down(day: int) -> int:
    """The day itself: any work done by an activity."""
    return day


@workflow.defn
class Waiting:
    """Lets `days` days pass, one timer each, and continues as a new run after every fifth."""

    def __init__(self) -> None:
        self._due: datetime | None = None
        self._noticed: list[str] = []

    @workflow.run
    async def run(self, days: int, done: int) -> int:
        while done < days:
            self._due = workflow.now() + timedelta(days=1)
            await workflow.sleep(timedelta(days=1))
            self._noticed.append(str((workflow.now() - self._due).total_seconds()))
            done += 1
            await workflow.execute_activity(write_down, done, start_to_close_timeout=timedelta(seconds=5))
            self._due = None
            if done % 5 == 0 and done < days:
                workflow.continue_as_new(args=[days, done])
        return done

    @workflow.query
    def view(self) -> dict[str, str | None]:
        return {"next_due": self._due.isoformat() if self._due else None}

    @workflow.query
    def lateness(self) -> list[str]:
        return self._noticed
