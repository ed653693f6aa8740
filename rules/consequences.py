"""consequence: money, points, sanctions, orders and rewards, for or against somebody."""

from dataclasses import dataclass

from rules.conditions import Conditions
from rules.periods import PERIODS
from rules.values import ROW, Names, Title, Value


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One value less another, never below zero."""

    from_: Value
    less: Value
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A factor and when it applies; of several that apply the highest counts, they are never multiplied."""

    gives: Value
    when: Conditions
    clause: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Split:
    """Shares over the rows of the list field in ``against``: ``party`` and ``ratio`` are fields of its rows, ratios sum to 100.

    Shares are to the fen; what rounding leaves goes to the largest share, the first of several.
    """

    party: str
    ratio: str
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an event leads to for somebody. It is raised, proposed, decided or dropped, and may be reversed.

    ``against``: roles (one that exactly one person fills is written as that person), ``customer``, ``holder.x`` (whoever
    held the clock x), ``link.x.holder.y`` (whoever held the clock y of the case that a link names), ``field.x`` (person,
    people, unit, customer, code, choice, or a list with `split`); each of them, or
    where ``one_of_them`` whom the decider picks. ``unit``: ``yuan``, ``sanction``, ``order``, ``reward`` or a points
    account of the pack's labels; different units are never added. Exactly one amount: ``fixed``; ``band`` (lowest,
    highest); ``floor``; ``percent`` with ``of``; ``whole_of``; ``shortfall``; ``one_of`` (sanctions and the like, which
    have no amount, with ``most`` how many at once); ``entered``. ``times`` multiplies it, ``coefficient`` the result.
    ``once_per``: ``case``, ``party``, ``week``, ``month``, ``quarter``, ``year`` or fields; a second one is not raised.
    ``instead_of``: consequences that are not raised, and dropped where open, when this one is. ``dated``: the event or
    field whose instant puts it into a month, else its decision. ``may_change``: the decider may leave the bounds, or
    drop it, with a reason. ``proposed_by`` enters the amount, or drops it; ``decided_by`` decides, or an approval ``of`` it,
    never both; without any of them it is decided by the rule at once. ``reverses``: consequences of this case, or of a
    linked one (``link.x.consequence.y``), that its decision takes back.
    """

    title: Title
    on: Names
    against: Names
    unit: str
    clause: Names
    kind: Names = ()
    when: Conditions = ()
    unless: Conditions = ()
    one_of_them: bool = False
    fixed: Value | None = None
    band: tuple[Value, Value] | None = None
    floor: Value | None = None
    percent: Value | None = None
    of: Value | None = None
    whole_of: Value | None = None
    shortfall: Shortfall | None = None
    one_of: Names = ()
    most: int = 1
    entered: bool = False
    times: Value | None = None
    coefficient: tuple[Coefficient, ...] = ()
    split: Split | None = None
    once_per: Names = ()
    instead_of: Names = ()
    dated: str | None = None
    may_change: bool = False
    proposed_by: Names = ()
    decided_by: Names = ()
    reverses: Names = ()
    __pydantic_config__ = ROW


#: What `Consequence.once_per` may name besides fields.
ONCE = ("case", "party", *PERIODS)
AMOUNTS = ("fixed", "band", "floor", "percent", "whole_of", "shortfall", "one_of", "entered")
