"""The number of a count for the case that is being decided, with what this command has just written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from rules.counted import Amount, Number, number
from rules.counted_rows import Counted, CountedRow, asked, counted_rows, entries_needed
from rules.counts import Count
from rules.entries import Entry
from rules.facts import Facts
from rules.ground import CaseGround
from rules.pack import Pack
from rules.periods import begin_of
from rules.reporting_rows import CaseThen
from rules.state import State


@dataclass(frozen=True, slots=True)
class Here:
    """A number for this case, the rows of other cases that were looked at, and its own rows."""

    made: Number
    others: tuple[CountedRow, ...] = ()
    own: tuple[CountedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedHere:
    """Counts for one decision.

    Args:
        facts: What the desk has answered.
        before: The case that is being decided, as it was before the command.
        new: The entries that it has written so far, as they are while it goes on.
        now: The instant that the command is judged by.
    """

    facts: Facts
    before: State
    new: Sequence[Entry]
    now: datetime
    _made: dict[tuple[str, tuple[CountedRow, ...], datetime], Number] = field(default_factory=dict)
    _last: dict[str, tuple[Pack, State, Entry | None, Here]] = field(default_factory=dict)

    def amount(self, pack: Pack, state: State, also: Mapping[str, Any], name: str) -> Amount:
        """The number of a count, 0 for a case that does not count; None for any other case than this one.

        Raises:
            Unanswered: The ledger has not been asked yet.
        """
        return self.of(pack, state, name, also).made.number if state.case_id == self.before.case_id else None

    def of(self, pack: Pack, state: State, name: str, also: Mapping[str, Any] | None = None) -> Here:
        """The number of a count with all that it is made of.

        Raises:
            Unanswered: The ledger has not been asked yet.
        """
        if also:
            return self._of(pack, replace(state, fields={**state.fields, **also}), name)
        # A class asks for the same count in row after row: nothing changes it but another entry.
        newest, last = self.new[-1] if self.new else None, self._last.get(name)
        if last is not None and last[0] is pack and last[1] is state and last[2] is newest:
            return last[3]
        found = self._of(pack, state, name)
        self._last[name] = (pack, state, newest, found)
        return found

    def _of(self, pack: Pack, then: State, name: str) -> Here:
        count = pack.file.count[name]
        query = asked(pack, name, then, self.now)
        if query is None:
            return Here(number(count, (), (), self.now, self.facts.calendar))
        answer: Counted = self.facts.answer(query.text)
        own = tuple(counted_rows(pack, name, query.same, [_then(count, then, (*answer.own, *self.new))]))
        stands = self._stands(pack, then, count)
        known = self._made.get((query.text, own, stands))
        if known is None:
            known = number(count, (*answer.others, *own), own, stands, self.facts.calendar)
            self._made[query.text, own, stands] = known
        return Here(known, answer.others, own)

    def _stands(self, pack: Pack, state: State, count: Count) -> datetime:
        """Where a case without a row of its own stands in time: by the field that dates the rows, else now."""
        word, _, name = (count.dated or "").partition(".")
        value = CaseGround(pack, state).field(name) if word == "field" else None
        return begin_of(value, self.facts.calendar.zone) or self.now

    def own_before(self, pack: Pack, state: State, name: str) -> tuple[CountedRow, ...]:
        """The rows that the case had before the command, of those that are the same as it is now."""
        query = asked(pack, name, state, self.now)
        if query is None or not self.before.seq:
            return ()
        answer: Counted = self.facts.answer(query.text)
        then = _then(pack.file.count[name], self.before, answer.own)
        return tuple(counted_rows(pack, name, query.same, [then]))


def _then(count: Count, state: State, entries: tuple[Entry, ...]) -> CaseThen:
    return CaseThen(state, entries if entries_needed(count) else ())
