"""The rows that a report is made of: cases, copies of a form, steps, clocks, tasks, lines of consequences."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts
from rules.ground import CaseGround
from rules.pack import Pack
from rules.state import State

#: What ``over`` says for every clock, step, task or consequence of a case, whatever its name.
ANY = "any"


@dataclass(frozen=True, slots=True)
class CaseThen:
    """A case as it stood: its state, and the entries of its past that a report needs, in their order."""

    state: State
    entries: tuple[Entry, ...] = ()

    @property
    def number(self) -> str:
        """What people call the case."""
        return self.state.number or self.state.case_id


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``at`` places it in time (None: nowhere yet); a date is a day of the pack's calendar.

    ``own``: what only this row has (party, amount, holder, …). ``values``: fields that it was filled with itself.
    ``facts``: facts that it knows better than its case, such as the status of one round of a clock. ``lates``: missed
    clocks in it. ``personal``: field -> seq of the entry that keeps the value apart. ``form``: the form that it was filled
    with: of its fields only the row's own values count, not those of other copies.
    """

    case: CaseThen
    seq: int
    at: datetime | date | None
    own: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    lates: tuple[str, ...] = ()
    personal: Mapping[str, int] = field(default_factory=dict)
    form: str = ""


class RowGround(CaseGround):
    """The ground of one row: what it knows itself goes before what its case, as it stood, knows."""

    def __init__(self, pack: Pack, row: Row, facts: Facts | None = None) -> None:
        super().__init__(pack, row.case.state, row.values, facts)
        self._row_facts = row.facts
        form = pack.file.form.get(row.form)
        self._left_out = {each.name for each in form.fields} - row.values.keys() if form else frozenset()

    def field(self, name: str) -> object | None:
        """The typed value of a field; None for one that this copy of its form leaves out."""
        return None if name in self._left_out else super().field(name)

    def fact(self, name: str) -> object | None:
        """The value of a fact, of the row before that of its case."""
        return self._row_facts[name] if name in self._row_facts else super().fact(name)


def as_it_stood(case_id: str, entries: Iterable[Entry], as_of: datetime) -> CaseThen | None:
    """A case by what had been noticed by an instant, from all its entries; None where it had not been opened."""
    past = tuple(takewhile(lambda entry: entry.noticed <= as_of, entries))
    state = fold(case_id, past)
    return CaseThen(state, past) if state.pack else None


def with_values(case: CaseThen) -> tuple[CaseThen, dict[str, int]]:
    """The case with the last value of every field in its state, and where each personal one was filled in."""
    values: dict[str, Any] = {}
    personal: dict[str, int] = {}
    for entry in case.entries:
        if entry.event == "filled":
            values |= filled_in(entry)
            personal |= dict.fromkeys(entry.data["personal"], entry.seq)
    return replace(case, state=replace(case.state, fields={**case.state.fields, **values})), personal


def filled_in(entry: Entry) -> dict[str, Any]:
    """The values of a filled copy, without the personal ones."""
    return {**entry.data["values"], **entry.data["kept"]}


def rows_of(pack: Pack, over: str, dated: str | None, cases: Iterable[CaseThen]) -> Iterator[Row]:
    """The rows of some cases, whenever they happened, case by case.

    Args:
        pack: The edition whose report is asked for.
        over: ``cases``, ``form.x``, ``step.x``, ``clock.x``, ``task.x``, ``consequence.x``, or ``any`` for the name.
        dated: The event or field that places a row in time; None for what is usual.
        cases: Cases as they stood then.
    """
    word, _, name = over.partition(".")
    make = _MAKERS[word]
    for each in cases:
        case, personal = with_values(each)
        for row in make(pack, case, name):
            form = pack.file.form.get(row.form)
            elsewhere = {field: seq for field, seq in personal.items() if form is None or form.field(field) is None}
            known = replace(row, personal=elsewhere | dict(row.personal))
            yield known if dated is None else replace(known, at=_instant(pack, known, dated))


def _is(entry: Entry, word: str, name: str) -> bool:
    return entry.subject.startswith(f"{word}.") if name == ANY else entry.subject == f"{word}.{name}"


def _cases(pack: Pack, case: CaseThen, name: str) -> Iterator[Row]:
    missed: list[str] = []
    for entry in case.entries:
        clock = str(entry.data.get("clock", ""))
        if entry.event == "clock_missed":
            missed.append(clock)
        elif entry.event == "clock_corrected" and clock in missed:
            missed.remove(clock)
    yield Row(case, 1, case.state.opened_at, {"by": case.state.opened_by}, lates=tuple(missed))


def _forms(pack: Pack, case: CaseThen, name: str) -> Iterator[Row]:
    for entry in case.entries:
        if entry.event == "filled" and _is(entry, "form", name):
            personal = dict.fromkeys(entry.data["personal"], entry.seq)
            own = {"by": entry.by, "copy": entry.data["copy"]}
            yield Row(case, entry.seq, entry.at, own, filled_in(entry), personal=personal, form=entry.data["form"])


def _steps(pack: Pack, case: CaseThen, name: str) -> Iterator[Row]:
    filled: Entry | None = None
    for entry in case.entries:
        if entry.event == "filled":
            filled = entry
        elif entry.event == "moved" and _is(entry, "step", name):
            own = {"by": entry.by, "step": entry.data["step"]}
            step = pack.file.step.get(entry.data["step"])
            # The form of a step is filled by the same command, right before it.
            form = step.form if step else None
            if form and filled and filled.noticed == entry.noticed and filled.data["form"] == form:
                yield Row(case, entry.seq, entry.at, own, filled_in(filled), form=form)
            else:
                yield Row(case, entry.seq, entry.at, own)


_ENDS = {"clock_met": "met", "clock_corrected": "met", "clock_missed": "missed", "clock_off": "off"}


def _clocks(pack: Pack, case: CaseThen, name: str) -> Iterator[Row]:
    """Each round of a clock, from its start to where it stood."""
    rounds: list[tuple[Entry, dict[str, Any]]] = []
    running: dict[str, dict[str, Any]] = {}
    for entry in case.entries:
        if not _is(entry, "clock", name) or not entry.event.startswith("clock_"):
            continue
        clock = entry.data["clock"]
        if entry.event == "clock_started":
            if clock in running and running[clock]["status"] == "running":
                running[clock]["status"] = "off"
            running[clock] = {"status": "running", "due": entry.data.get("due"), "holder": entry.data["holder"]}
            rounds.append((entry, running[clock]))
        elif clock in running:
            now = running[clock]
            now |= {key: entry.data[key] for key in ("due", "spent") if entry.data.get(key) is not None}
            ended = _ENDS.get(entry.event, now["status"])
            # What was missed stays missed, whatever ends it later; only a correction takes that back.
            now["status"] = "missed" if now["status"] == "missed" and ended == "off" else ended
    for entry, now in rounds:
        clock, status = entry.data["clock"], now["status"]
        own = {"clock": clock, "holder": now["holder"], "due": now["due"], "spent": now.get("spent"), "status": status}
        facts = {f"clock.{clock}": status, f"clock.{clock}.holder": now["holder"]}
        yield Row(case, entry.seq, entry.at, own, facts=facts, lates=(clock,) if status == "missed" else ())


def _tasks(pack: Pack, case: CaseThen, name: str) -> Iterator[Row]:
    given: dict[str, tuple[Entry, dict[str, Any]]] = {}
    rounds: list[tuple[Entry, dict[str, Any]]] = []
    for entry in case.entries:
        if not _is(entry, "task", name):
            continue
        if entry.event == "task_given":
            given[entry.subject] = (entry, {"task": entry.data["task"], "status": "open", "by": None})
            rounds.append(given[entry.subject])
        elif entry.event == "task_done" and entry.subject in given:
            given[entry.subject][1].update(status="done", by=entry.by)
    for entry, own in rounds:
        yield Row(case, entry.seq, entry.at, own, facts={f"task.{own['task']}": own["status"]})


def _consequences(pack: Pack, case: CaseThen, name: str) -> Iterator[Row]:
    """Each line of what was decided; a reversal is a line of its own, its amount below zero."""
    for entry in case.entries:
        if entry.event not in ("consequence_decided", "consequence_reversed") or not _is(entry, "consequence", name):
            continue
        data = entry.data
        common = {
            "consequence": data["consequence"],
            "unit": data["unit"],
            "choice": tuple(data.get("choice", ())),
            "by": entry.by,
            "status": entry.event.removeprefix("consequence_"),
        }
        at = date.fromisoformat(data["dated"]) if data.get("dated") else entry.at
        for kind, party, amount in data["lines"]:
            own = {**common, "party": party, "party_kind": kind, "amount": amount}
            yield Row(case, entry.seq, at, own)


_MAKERS: dict[str, Callable[[Pack, CaseThen, str], Iterator[Row]]] = {
    "cases": _cases,
    "form": _forms,
    "step": _steps,
    "clock": _clocks,
    "task": _tasks,
    "consequence": _consequences,
}


def _instant(pack: Pack, row: Row, dated: str) -> datetime | date | None:
    """When the event of a row's case last happened, or what its field holds; None where there is no such thing."""
    if dated.startswith("field."):
        held = RowGround(pack, row).field(dated.removeprefix("field."))
        return held if isinstance(held, date) else None
    if dated == "opened":
        return row.case.state.opened_at
    if dated.startswith("stage."):
        return row.case.state.since.get(dated.removeprefix("stage."))
    event, subject = named_by(dated)
    found = [e.at for e in row.case.entries if e.event in event and (not subject or e.subject == subject)]
    return found[-1] if found else None


def named_by(event: str) -> tuple[tuple[str, ...], str]:
    """The events of entries that an event of a pack is, and their subject; empty where it may be any."""
    word, _, rest = event.partition(".")
    name, _, aspect = rest.partition(".")
    match word:
        case "closed":
            return ("closed",), ""
        case "step":
            return ("moved",), "" if name == ANY else f"step.{name}"
        case "form":
            return ("filled",), f"form.{name}"
        case "class":
            return ("classified",), f"class.{name}"
        case "link" if aspect == "made":
            return ("linked",), f"link.{name}"
        case "clock" if aspect == "met":
            return ("clock_met", "clock_corrected"), f"clock.{name}"
    return (f"{word}_{aspect}",), f"{word}.{name}"


def events_needed(over: str, dated: str | None) -> frozenset[str]:
    """The events of entries that the rows of a report are read from."""
    word = over.partition(".")[0]
    needed = {"filled", *_NEEDED[word]}
    if dated and not dated.startswith(("field.", "stage.")) and dated != "opened":
        needed |= set(named_by(dated)[0])
    return frozenset(needed)


_NEEDED = {
    "cases": ("clock_missed", "clock_corrected"),
    "form": (),
    "step": ("moved",),
    "clock": ("clock_started", "clock_resumed", "clock_moved", "clock_recounted", *_ENDS),
    "task": ("task_given", "task_done"),
    "consequence": ("consequence_decided", "consequence_reversed"),
}
