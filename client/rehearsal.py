"""Plays a rehearsal script on a clock that jumps from instant to instant."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from pydantic import TypeAdapter

from client.cli.near import nearest
from client.fields import with_case_ids
from client.happenings import happened, looked, stage_after
from client.rehearsal_cycles import Coming
from client.rehearsal_memory import Taken
from client.rehearsal_script import Order, Script, wrong
from client.rehearsal_setting import Setting
from client.times import local, spoken, utc
from rules.commands import CLOCK, HOUSE, Command, case_id_for
from rules.outcomes import Errand, Face
from rules.pack import Pack
from rules.state import State

_COMMAND = TypeAdapter(Command)
#: So often one case may want the same instant before the clock counts as stuck.
_SAME_INSTANT = 50
MAIN = "main"

Event = dict[str, Any]


@dataclass(slots=True)
class _Case:
    name: str
    pack: Pack
    state: State
    face: Face


class Taker(Protocol):
    """Where the commands of a rehearsal go: the rules in memory, or cases on an engine."""

    def take(self, pack: Pack, state: State, command: Command, at: datetime) -> Taken:
        """What a command leads to at an instant."""


class Rehearsal:
    """The cases of one script and the instant at which they stand."""

    def __init__(self, script: Script, setting: Setting, taker: Taker) -> None:
        self._script = script
        self._setting = setting
        self._taker = taker
        self._lang = setting.lang
        self._cases: dict[str, _Case] = {}
        self._names: dict[str, str] = {}
        self._now = datetime.min.replace(tzinfo=UTC)
        self._coming: Coming | None = None

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return len(self._cases)

    def play(self) -> Iterator[Event]:
        """Everything that happens, in order of time; see `happenings`.

        Raises:
            Problem: ``script_wrong``, a line cannot be played.
        """
        for order in self._script.orders:
            at = self._instant(order)
            if self._coming is None and self._script.header.cycles:
                self._coming = Coming(self._setting, at)
            match order.what:
                case "until":
                    yield from self._pass(at + timedelta(seconds=1))
                case "look":
                    yield from self._pass(at + timedelta(seconds=1))
                    case = self._case(order)
                    yield looked(at, case.name, case.state, case.face.open_steps)
                case "open":
                    yield from self._pass(at)
                    yield from self._open(order, at)
                case _:
                    yield from self._pass(at)
                    yield from self._do(order, at)
            self._now = at

    def _instant(self, order: Order) -> datetime:
        try:
            at = spoken(order.at, self._setting.zone).replace(microsecond=0)
        except ValueError:
            place = "until" if order.what == "until" else "at"
            raise wrong(order.line, place, "not_a_time", self._lang, text=order.at) from None
        if at < self._now:
            before = local(self._now, self._setting.zone)
            raise wrong(order.line, "at", "backwards", self._lang, before=before)
        return at

    def _pass(self, end: datetime) -> Iterator[Event]:
        """Let the clocks run up to an instant and without it, the earliest of all cases first."""
        before, times = None, 0
        while True:
            waiting = [case for case in self._cases.values() if case.face.next_due and case.face.next_due < end]
            first = min((case.face.next_due for case in waiting if case.face.next_due), default=end)
            opened = yield from self._open_what_comes(first + timedelta(seconds=1) if waiting else end)
            if opened:
                continue
            if not waiting:
                return
            case = min(waiting, key=lambda each: each.face.next_due or end)
            due = case.face.next_due or end
            times = times + 1 if (case.name, due) == before else 0
            before = (case.name, due)
            if times > _SAME_INSTANT:
                raise wrong(0, case.name, "stuck", self._lang, at=utc(due), case=case.name)
            yield from self._take(case, Command(f"clock/{utc(due)}", "clock", CLOCK, due), due)

    def _open_what_comes(self, end: datetime) -> Generator[Event, None, bool]:
        """Open what a cycle opens next before an instant; whether there was anything."""
        states = {case.state.case_id: case.state for case in self._cases.values()}
        found = self._coming.take(states, end) if self._coming else None
        for pack, command in found[1] if found else ():
            name = self._free(str(command.carried["cycle"]))
            yield from self._begin(name, case_id_for(command.id), pack, command, command.asked_at)
        return found is not None

    def _open(self, order: Order, at: datetime) -> Iterator[Event]:
        name = order.case or MAIN
        if name in self._cases:
            raise wrong(order.line, "case", "case_taken", self._lang, name=name)
        pack = self._setting.pack(order.pack or self._script.header.pack, order.line)
        command = Command(
            order.id or f"rehearsal/{order.line}",
            "open",
            order.by,
            at,
            self._named(order.fields),
            self._stated(order),
            order.kind or self._script.header.kind,
            pack.ref,
        )
        yield from self._begin(name, case_id_for(command.id), pack, command, at)

    def _begin(self, name: str, case_id: str, pack: Pack, command: Command, at: datetime) -> Iterator[Event]:
        case = _Case(name, pack, State(case_id), Face())
        self._cases[name] = case
        self._names[case_id] = name
        yield from self._take(case, command, at)
        if not case.state.pack:
            del self._cases[name]

    def _do(self, order: Order, at: datetime) -> Iterator[Event]:
        case = self._case(order)
        what = order.step if order.step.startswith(("task.", "approval.", "consequence.")) else f"step.{order.step}"
        command = Command(
            order.id or f"rehearsal/{order.line}", what, order.by, at, self._named(order.fields), self._stated(order)
        )
        yield from self._take(case, command, at)

    def _stated(self, order: Order) -> datetime | None:
        if order.happened_at is None:
            return None
        try:
            return spoken(order.happened_at, self._setting.zone)
        except ValueError:
            text = order.happened_at
            raise wrong(order.line, "happened_at", "not_a_time", self._lang, text=text) from None

    def _named(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields with the numbers of cases, and the script's own names for them, turned into their ids."""
        ids = {case.state.number: case.state.case_id for case in self._cases.values()}
        ids |= {case.name: case.state.case_id for case in self._cases.values()}
        return with_case_ids(fields, self._setting.packs(), lambda named: ids.get(named, named))

    def _case(self, order: Order) -> _Case:
        name = order.case or MAIN
        if name not in self._cases:
            near = nearest(name, self._cases, self._lang)
            raise wrong(order.line, "case", "no_case", self._lang, name=name, near=near)
        return self._cases[name]

    def _take(self, case: _Case, command: Command, at: datetime) -> Iterator[Event]:
        outcome = self._taker.take(case.pack, case.state, command, at)
        if self._coming is not None:
            self._coming.note(case.pack, outcome.entries)
        stage = case.state.stage
        for entry in outcome.entries:
            stage = stage_after(stage, entry)
            yield happened(entry, case.name, stage, case.pack, self._lang)
        case.state, case.face = outcome.state, outcome.face
        if outcome.state.pack is not None and outcome.state.pack != case.pack.ref:
            case.pack = next(pack for pack in self._setting.packs() if pack.ref == outcome.state.pack)
        for errand in outcome.errands:
            yield from self._run(errand, case, at)

    def _run(self, errand: Errand, case: _Case, at: datetime) -> Iterator[Event]:
        if errand.kind == "open":
            command = _COMMAND.validate_python(errand.data.get("command", errand.data))
            name = self._free(str(command.carried.get("link", "linked")))
            case_id = errand.data.get("case_id") or case_id_for(command.id)
            yield from self._begin(name, case_id, case.pack, command, at)
        elif errand.kind == "poke":
            poked = self._cases.get(self._names.get(errand.data["case_id"], ""))
            if poked is not None and not poked.face.closed:
                yield from self._take(poked, Command(errand.data["command_id"], "poke", HOUSE, at), at)

    def _free(self, name: str) -> str:
        numbered = (f"{name}-{number}" for number in range(2, len(self._cases) + 3))
        return next(each for each in (name, *numbered) if each not in self._cases)
