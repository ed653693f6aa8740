"""cycle: opens a case every week, month, quarter or year."""

from dataclasses import dataclass

from rules.values import ROW, Gap, Names, Title


@dataclass(frozen=True, slots=True)
class Cycle:
    """Cases that open by themselves.

    ``every``: ``week``, ``month``, ``quarter``, ``year``; or ``months`` after the last one closed. ``at``: ``start`` or ``end``
    (the last day) of the period, or a day of it (1 to 28, of a week 1 to 7); cases open at 00:00 of that day and stand
    from then on, also when they are opened late. The form that opens the kind may have a field ``period``; it gets
    ``2026-W10``, ``2026-03``, ``2026-Q1`` or ``2026``, in ``months`` the date of the opening. ``for_each``: ``unit``
    (departments), ``table.x`` (keys of a table) or ``field.x`` (values that cases of other kinds had in the period
    before): one case for each, in the form's field of that name (``unit``, the table's key, the field).
    """

    title: Title
    opens: str
    clause: Names
    every: str | None = None
    months: int | Gap | None = None
    at: str | int = "start"
    for_each: str | None = None
    __pydantic_config__ = ROW
