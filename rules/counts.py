"""count and report: numbers over many cases, read inside a decision, or asked for by people."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.values import ROW, Gap, Names, Title, Value


@dataclass(frozen=True, slots=True)
class Measure:
    """What is made of rows.

    ``show``: ``count``, ``distinct``, ``sum``, ``mean``, ``share``, ``late`` (missed clocks), ``list``, ``lowest``,
    ``highest``, ``change_largest`` or ``change_smallest`` (against the period before; large by size, whether up or down).
    ``of``: the field, or fact such as ``consequence.fine``, whose values are taken; ``clock.x`` for ``late``; ``points``
    takes the weighted mean of the questions of a survey form, ``hundred_points`` the same out of 100; in rows of
    consequences the amount is taken where it is left out. With ``by``, ``lowest``, ``highest`` and changes name the lines
    whose mean (or number of rows) is the extreme one. ``weight``: a field that weighs a mean. ``when``: which rows are
    taken; of a share, which are counted, of all.
    """

    show: str
    of: str | None = None
    weight: str | None = None
    when: Conditions = ()
    title: Title | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Within:
    """A window: sliding (exactly one of ``minutes``, ``hours``, ``days``, ``months``), or a calendar ``period``."""

    minutes: int | None = None
    hours: int | None = None
    days: int | None = None
    months: int | None = None
    period: str | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Count:
    """A number over cases, copies of a form, steps, clocks or consequences, up to and with this command.

    ``over``: ``cases``, ``form.x``, ``step.x``, ``clock.x`` (missed ones), ``consequence.x`` (decided ones).
    ``kind``: which cases are counted. ``same``: fields, or ``class.x``, that must equal those of this case; ``case``
    counts only within this case. A case whose ``same`` is empty does not count. ``where``: which rows. ``dated``: the
    field or event whose instant places a row in time, else its own: an opening, a filling, a step, a miss, a decision.
    With a sliding window the number is that of the fullest window that contains this case, with a period that of the
    period in which its last row lies; a case without a row stands where its own field ``dated`` says, else now. A share
    is in percent; a consequence that was reversed takes its line back.
    ``reached``: the number at which ``count.x.reached`` happens; ``tells = "open"``: the open cases that were counted
    are told, once, on crossing.
    """

    title: Title
    clause: Names
    over: str = "cases"
    kind: Names = ()
    where: Conditions = ()
    same: Names = ()
    within: Within | None = None
    dated: str | None = None
    measure: Measure = Measure("count")
    reached: Value | None = None
    tells: str = ""
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is compared with: a number, or a share such as ``80%``."""

    at_least: str | Gap | None = None
    at_most: str | Gap | None = None
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Report:
    """A query of the ledger for people. A register is a report with ``columns``: one line a row.

    ``period``: which it can be asked for (``week``, ``month``, ``quarter``, ``year``). ``over``: ``cases``, or
    ``form.x`` (copies), ``step.x``, ``clock.x`` (rounds), ``task.x``, ``consequence.x`` (lines decided, and taken back
    with amounts below zero); ``any`` for x is all of them, but for forms. ``kind``, ``where``: which rows. ``dated``: the
    event or field that places a row in time; left out, when it was opened, filled, taken, started, given, or as its
    consequence says. ``by``: fields, facts (``class.x``), or what a row has (``kind``, ``stage``, ``by``, ``holder``,
    ``party``, ``clock``, ``question``, ``month`` …): one line for each value. Different units are lines of their own.
    ``columns``: the same, personal fields too. ``target`` is compared with what is shown first. ``to``: the roles that
    get it. ``foot``: who signs, in order.
    """

    title: Title
    clause: Names
    period: Names
    over: str = "cases"
    kind: Names = ()
    where: Conditions = ()
    dated: str | None = None
    by: Names = ()
    shows: tuple[Measure, ...] = ()
    columns: Names = ()
    to: Names = ()
    target: Target | None = None
    foot: Names = ()
    __pydantic_config__ = ROW
