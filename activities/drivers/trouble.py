"""What goes wrong with the ledger database: one error with a plain reason for each case, whatever the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
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


class LedgerRefused(RuntimeError):
    """The ledger refuses what was to be written: a fault in Redress. Nothing was written; no value is in the message."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the ledger refuses a row ({kind}); nothing was written; tell whoever looks after Redress")


class LedgerUrlWrong(ValueError):
    """The URL of the ledger names no database that Redress can use; the message never shows the URL."""


#: What a fault in a pack, a calendar or the rules raises; what is not among them is trouble of the machine.
UNFORESEEN = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


@contextmanager
def plainly() -> Iterator[None]:
    """Turns what a database driver raises into `LedgerAway` or `LedgerRefused`.

    Raises:
        LedgerAway: The database does not answer.
        LedgerRefused: A constraint is broken, or a value cannot be kept.
    """
    try:
        yield
    except (IntegrityError, DataError) as refused:
        # Its text has the values of the row, people's among them.
        raise LedgerRefused(type(refused).__name__) from None
    except DBAPIError as error:
        raise LedgerAway(_one_line(error.orig)) from None
    except StatementError as broken:
        raise LedgerRefused(type(broken).__name__) from None
    except PoolTimeout:
        raise LedgerAway("all its connections are in use") from None


def _one_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
