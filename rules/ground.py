"""What conditions of a pack are judged on: the fields and facts of one case, typed."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rules.classes import CLASS
from rules.facts import Facts
from rules.forms import excused
from rules.items import decided_sum, opened, times
from rules.lookups import Row, row_of
from rules.pack import Pack
from rules.state import State
from rules.values import AboveValue, ClockValue, FactValue, FieldValue, Gap, TableValue, Value


class CaseGround:
    """The ground of one case.

    ``also`` holds field values that are being filled now and go before the state's. Without ``facts`` nothing is known
    of other cases, counts and kept tables: they are empty, as for people who look at a case.
    """

    def __init__(
        self, pack: Pack, state: State, also: Mapping[str, Any] | None = None, facts: Facts | None = None
    ) -> None:
        self._pack = pack
        self._state = state
        self._facts = facts
        self._also = also or {}

    def field(self, name: str) -> object | None:
        """The typed value of a field: Decimal, bool, date, aware datetime, tuple or str; None where it is empty."""
        raw = self._also.get(name, self._state.fields.get(name))
        if raw is None:
            return None
        kind = self.type_of(name)
        return None if kind != "tick" and excused(raw) else typed(kind, raw)

    def fact(self, name: str) -> object | None:
        """The value of a fact by its name in the pack, as the table of names in the vocabulary lists them."""
        word, _, rest = name.partition(".")
        subject, _, aspect = rest.partition(".")
        found: object | None = getattr(self, f"_{word}")(subject, aspect)
        return found

    def lookup(self, value: Value) -> object | None:
        """What a value stands for; None for a gap and for anything that is empty."""
        match value:
            case FieldValue(field=name):
                return self.field(name)
            case ClockValue(clock=name):
                clock = self._state.clocks.get(name)
                return clock.due if clock else None
            case TableValue(table=name, gives=column):
                found = self._row(name).get(column)
                return None if isinstance(found, Gap) else found
            case FactValue(fact=name):
                return self.fact(name)
            case AboveValue(above=role):
                return self._pack.file.role[role].above
            case Gap():
                return None
        return value

    def type_of(self, name: str) -> str:
        """The type of a field, ``text`` for one that no form has."""
        field = self._pack.field(name)
        return field.type if field else "text"

    def _row(self, name: str) -> Row:
        table = self._pack.file.table[name]
        return row_of(name, table, self._subject(table.key or table.by or ""), self._facts)

    def _subject(self, key: str) -> object | None:
        return self.fact(key) if key.startswith(CLASS) else self.field(key)

    def _step(self, name: str, aspect: str) -> object:
        taken = self._state.steps.get(name)
        if aspect == "times":
            return taken.times if taken else 0
        return "taken" if taken else "not_taken"

    def _stage(self, name: str, aspect: str) -> object:
        if self._state.stage == name:
            return "now"
        return "before" if name in self._state.since else "never"

    def _form(self, name: str, aspect: str) -> object:
        return self._state.copies.get(name, 0)

    def _clock(self, name: str, aspect: str) -> object:
        clock = self._state.clocks.get(name)
        if aspect == "holder":
            return clock.holder if clock else None
        if clock is None:
            return "off"
        return "running" if clock.status == "paused" else clock.status

    def _task(self, name: str, aspect: str) -> object:
        task = self._state.tasks.get(name)
        return task.status if task else "none"

    def _approval(self, name: str, aspect: str) -> object:
        approval = self._state.approvals.get(name)
        return approval.status if approval and approval.status != "lapsed" else "none"

    def _class(self, name: str, aspect: str) -> object | None:
        return self._state.classes.get(name)

    def _count(self, name: str, aspect: str) -> object | None:
        counted = self._facts.count if self._facts else None
        return counted(self._pack, self._state, self._also, name) if counted else None

    def _consequence(self, name: str, aspect: str) -> object:
        items = self._state.consequences.get(name, ())
        match aspect:
            case "open":
                return opened(items)
            case "times":
                return times(items)
        return decided_sum(items)

    def _link(self, name: str, aspect: str) -> object:
        held = self._state.links.get(name, ())
        if not aspect:
            return "made" if held else "none"
        other = self._facts.case(held[-1]) if held and self._facts else None
        if other is None or other.state.pack is None:
            return None
        ground = CaseGround(self._pack, other.state, facts=self._facts)
        word, _, name = aspect.partition(".")
        return ground.field(name) if word == "field" else ground.fact(aspect)

    def _held(self, name: str, aspect: str) -> object | None:
        return self._facts.answer(f"held:{self._state.case_id}") if self._facts else None


def typed(kind: str, raw: Any) -> object:
    """A JSON value of a field as the type that comparisons use."""
    match kind:
        case "number" | "money":
            return Decimal(str(raw))
        case "date":
            return date.fromisoformat(raw)
        case "moment":
            return datetime.fromisoformat(raw)
        case "choices" | "people" | "list":
            return tuple(raw)
        case "tick":
            return raw is True
    return raw if isinstance(raw, bool) else str(raw)
