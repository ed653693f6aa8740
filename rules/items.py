"""What a case remembers of its consequences: one item for each time that its event happened."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

#: A line of an item: what sort of party (``person``, ``role``, ``unit``, ``customer``, ``code``), which, and its amount as
#: text; None before there is one, and for what has none.
Line = tuple[str, str, str | None]

RAISED, PROPOSED, DECIDED, DROPPED, REVERSED, COUNTER = (
    "raised",
    "proposed",
    "decided",
    "dropped",
    "reversed",
    "counter",
)
_OPEN = (RAISED, PROPOSED)


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item: raised, proposed, decided, dropped, reversed, or the ``counter`` of one of a linked case.

    ``by`` is the person who proposed it, empty for the rule; ``on`` and ``at`` are its event and that event's instant.
    ``low`` and ``high`` bound the amount of a line (of the whole, where it is split); both are None while a value that
    they need is missing, ``bounded`` says which. ``once`` holds the keys of `Consequence.once_per`; ``proposals`` counts
    how often it was proposed.
    """

    status: str
    lines: tuple[Line, ...] = ()
    on: str = ""
    at: datetime | None = None
    by: str = ""
    bounded: bool = False
    low: str | None = None
    high: str | None = None
    raw: str | None = None
    coefficient: str | None = None
    choice: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    dated: str = ""
    reverses: str = ""
    proposals: int = 0

    @property
    def open(self) -> bool:
        """Whether it still waits for somebody, or for a value."""
        return self.status in _OPEN

    @property
    def stands(self) -> bool:
        """Whether it is open or decided."""
        return self.status in (*_OPEN, DECIDED)

    @property
    def amount(self) -> Decimal:
        """The sum of its lines."""
        return sum((Decimal(amount) for _, _, amount in self.lines if amount is not None), Decimal(0))


Items = tuple[ItemState, ...]


def decided_sum(items: Items) -> Decimal:
    """What was decided, less what was taken back in other cases."""
    return sum((item.amount for item in items if item.status in (DECIDED, COUNTER)), Decimal(0))


def opened(items: Items) -> int:
    """How many items are open."""
    return sum(item.open for item in items)


def times(items: Items) -> int:
    """How many items are decided and not reversed."""
    return sum(item.status == DECIDED for item in items)


def negated(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the sign of their amounts turned."""
    return tuple((kind, party, amount and _turned(amount)) for kind, party, amount in lines)


def _turned(amount: str) -> str:
    return amount.removeprefix("-") if amount.startswith("-") or not Decimal(amount) else f"-{amount}"
