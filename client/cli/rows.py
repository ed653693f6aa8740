"""Finding the case that a person names."""

from activities.drivers.reading import CaseRow, Reading
from client.context import Context
from client.problems import NOT_FOUND, problem


def case_row(reading: Reading, named: str, context: Context) -> CaseRow:
    """The case of a number or an id.

    Raises:
        Problem: ``no_case``.
    """
    row = reading.case(named)
    if row is None or not row.number:
        raise problem("no_case", context.lang, NOT_FOUND, case=named)
    return row
