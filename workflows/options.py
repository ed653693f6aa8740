"""How long things may take and how they are tried again; every wait of a case and of its senders is bounded here."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict

from temporalio.common import RetryPolicy


class DeskOptions(TypedDict):
    """How long an activity may take, and how it is tried again."""

    start_to_close_timeout: timedelta
    retry_policy: RetryPolicy


#: A ledger that is away is asked for ever, at least every five seconds, so that it is back in use within ten.
DESK = DeskOptions(
    start_to_close_timeout=timedelta(seconds=10),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=200), backoff_coefficient=2.0, maximum_interval=timedelta(seconds=5)
    ),
)

#: What a cycle opens is looked for as often as it takes; a pack that is not there is waited for at most five minutes.
OPENER = DeskOptions(
    start_to_close_timeout=timedelta(seconds=60),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(seconds=1), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=5)
    ),
)

#: A clock command that leaves the next due where it was is asked again after one second, two, four … five minutes.
STALLED_FIRST = timedelta(seconds=1)
STALLED_MOST = timedelta(minutes=5)

#: How long a worker that is told to stop lets its activities finish.
GRACE = timedelta(seconds=30)
#: Cases that a worker keeps in memory; another one costs a replay.
CACHED_CASES = 5000
#: Threads of the desk, which are its own.
DESK_THREADS = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a sender waits: for one call, until the engine has taken the command, and then for the decision."""

    call: timedelta = timedelta(seconds=5)
    taken: timedelta = timedelta(seconds=15)
    decided: timedelta = timedelta(seconds=10)
    again: timedelta = timedelta(milliseconds=200)


def stalled(turn: int) -> timedelta:
    """How long a clock waits before its ``turn``-th fresh attempt (1, 2, 3 …)."""
    doublings = min(turn - 1, 20)
    return min(STALLED_FIRST * (1 << doublings), STALLED_MOST)
