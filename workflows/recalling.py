"""What the ledger remembers of a command, for a sender whose case cannot answer any more."""

import asyncio
from datetime import datetime
from typing import Protocol

from activities.drivers.reading import CaseRow, Reading
from activities.drivers.writing import Decided
from workflows.answers import Recorded
from workflows.messages import Receipt


class Recall(Protocol):
    """Asks the ledger for the decision of a command."""

    async def __call__(self, case_id: str, command_id: str) -> Recorded | None:
        """What was recorded, None where nothing was.

        Raises:
            LedgerAway: nobody can say now.
        """


def from_ledger(reading: Reading) -> Recall:
    """A recall that reads this ledger, in a thread of its own each time."""

    def look(case_id: str, command_id: str) -> Recorded | None:
        decided = reading.decision(case_id, command_id)
        row = reading.case(case_id) if decided is not None else None
        return None if decided is None or row is None else _recorded(decided, row)

    async def recall(case_id: str, command_id: str) -> Recorded | None:
        return await asyncio.to_thread(look, case_id, command_id)

    return recall


def _recorded(decided: Decided, row: CaseRow) -> Recorded:
    """The receipt says where the case stands now; which steps are open only the case itself knows."""
    due: datetime | None = None if row.closed else row.next_due
    receipt = Receipt(row.seq, row.stage, (), due, row.closed, row.number, decided.digest)
    return Recorded(receipt, decided.refusal)
