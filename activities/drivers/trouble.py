"""When the ledger database does not answer: one error with a plain reason, whatever the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class LedgerAway(Exception):
    """The ledger cannot be read or written now: locked, full, not reachable, not set up. Nothing was written.

    Attributes:
        reason: What the database says, in one line, without any value of a row.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"the ledger does not answer ({reason}); nothing was written and nothing is lost: "
            "it is tried again until it does"
        )


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what a database driver raises into `LedgerAway`; a broken constraint stays what it is.

    Raises:
        LedgerAway: The database does not answer.
    """
    try:
        yield
    except (IntegrityError, DataError):
        raise
    except DBAPIError as error:
        raise LedgerAway(_one_line(error.orig)) from None
    except PoolTimeout:
        raise LedgerAway("all its connections are in use") from None


def _one_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
