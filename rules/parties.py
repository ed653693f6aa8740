"""Against whom a consequence is, and the lines that an amount makes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules.amounts import NOTHING, number_of, shares, written
from rules.consequences import Consequence, Split
from rules.draft import Draft
from rules.items import Line
from rules.people import CUSTOMER, People

#: What stands for a party that nobody has named yet.
UNKNOWN = "unknown"
#: What a field of a type names; every other type names a code.
_KINDS = {"person": "person", "people": "person", "unit": "unit", "customer": "customer"}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a consequence is for or against. ``kind``: person, role, unit, customer, code or unknown."""

    kind: str
    name: str
    ratio: Decimal = NOTHING


def parties_of(draft: Draft, row: Consequence) -> tuple[Party, ...]:
    """The parties, in the order of the pack, each once; the first name as an unknown one where none is there.

    A role that exactly one person fills is that person, whoever stands in for him; else it is the role.
    """
    found = [party for name in row.against for party in _named(draft, row, name)]
    return tuple(dict.fromkeys(found)) or (Party(UNKNOWN, row.against[0]),)


def lines_of(row: Consequence, parties: Iterable[Party], amount: Decimal | None) -> tuple[Line, ...]:
    """A line for each party: the amount for each, or shares of it; without an amount nothing is said of one.

    Raises:
        RatiosError: The ratios of a split do not sum to 100.
    """
    parties = tuple(parties)
    if amount is None:
        return tuple((each.kind, each.name, None) for each in parties)
    split = row.split is not None and parties[0].kind != UNKNOWN
    amounts = shares(amount, [each.ratio for each in parties]) if split else [amount] * len(parties)
    return tuple((each.kind, each.name, written(own, row.unit)) for each, own in zip(parties, amounts, strict=True))


def _named(draft: Draft, row: Consequence, name: str) -> tuple[Party, ...]:
    word, _, rest = name.partition(".")
    if word == "field" and rest:
        return _in_field(draft, row, rest)
    if word == "link" and rest:
        return _in_linked(draft, rest)
    if word == "holder" and rest:
        clock = draft.state.clocks.get(rest)
        return _filling(draft, clock.holder) if clock and clock.holder else ()
    return (Party(CUSTOMER, CUSTOMER),) if name == CUSTOMER else _filling(draft, name)


def _in_linked(draft: Draft, rest: str) -> tuple[Party, ...]:
    """Whoever held a clock of the case that a link names, of several the newest: ``x.holder.y``."""
    link, _, clock = rest.partition(".holder.")
    held = draft.state.links.get(link, ())
    other = draft.facts.case(held[-1]) if held else None
    now = other.state.clocks.get(clock) if other else None
    if other is None or now is None or not now.holder:
        return ()
    there = People(draft.pack, other.state, draft.facts.directory, draft.judged, facts=draft.facts)
    return _one_or_role(there.named((now.holder,)), now.holder)


def _filling(draft: Draft, role: str) -> tuple[Party, ...]:
    return _one_or_role(draft.people().named((role,)), role)


def _one_or_role(persons: frozenset[str], role: str) -> tuple[Party, ...]:
    return (Party("person", next(iter(persons))),) if len(persons) == 1 else (Party("role", role),)


def _in_field(draft: Draft, row: Consequence, field: str) -> tuple[Party, ...]:
    value = draft.ground.field(field)
    if value is None:
        return ()
    if row.split is not None:
        return tuple(_of_row(draft, row.split, field, each) for each in value) if isinstance(value, tuple) else ()
    block = draft.pack.field(field)
    kind = _KINDS.get(block.type if block else "", "code")
    return tuple(Party(kind, str(each)) for each in (value if isinstance(value, tuple) else (value,)))


def _of_row(draft: Draft, split: Split, field: str, row: Mapping[str, Any]) -> Party:
    block = draft.pack.field(field)
    inner = next((each.type for each in block.fields if each.name == split.party), "") if block else ""
    return Party(_KINDS.get(inner, "code"), str(row[split.party]), number_of(row[split.ratio]) or NOTHING)
