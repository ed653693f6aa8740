"""The parcel desk played by hand: its cases with every entry, and its reports as of any instant."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rules import calendar_file
from rules.cabinet import Cabinet
from rules.commands import CLOCK, Command
from rules.directory import Directory, Person
from rules.entries import Entry
from rules.evolve import fold
from rules.facts import Facts
from rules.pack import Pack
from rules.parsing import parse
from rules.reporting import Line, Made, make, period_named
from rules.reporting_rows import as_it_stood
from rules.reporting_said import as_json
from rules.state import State

ZONE = ZoneInfo("Asia/Shanghai")
FILE = Path(__file__).parent / "data" / "parcel-desk.1.toml"
TEXT = FILE.read_text(encoding="utf-8")
PACK = parse(TEXT)
CALENDAR = calendar_file.load("endless")
DIRECTORY = Directory(
    people={name: Person(name, roles=("clerk",)) for name in ("ann", "bob")}
    | {"max": Person("max", roles=("manager",))}
)
LONG_AFTER = "2027-12-31T00:00"


def local(text: str) -> datetime:
    """An instant of China time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


class Parcels:
    """Cases of the parcel desk by their number."""

    def __init__(self, pack: Pack = PACK) -> None:
        self.pack = pack
        self.entries: dict[str, list[Entry]] = {}
        self._cabinet = Cabinet()

    def open(self, at: str, topic: str = "lost", by: str = "ann", **fields: object) -> str:
        """A case that was opened; its number."""
        number = f"PD-2026-{len(self.entries) + 1:06}"
        filled = {"customer": "王女士", "topic": topic, **fields}
        self._decide(number, Command("open", "open", by, local(at), filled, kind="complaint", pack=self.pack.ref), at)
        return number

    def do(self, number: str, step: str, at: str, by: str = "ann", happened: str = "", **fields: str) -> None:
        """A step taken at an instant, perhaps stated later than it happened; what fell due before comes first."""
        self.wait(number, at)
        then = local(happened) if happened else None
        command = Command(f"{step}@{at}", f"step.{step}", by, local(at), dict(fields), happened_at=then)
        self._decide(number, command, at)

    def wait(self, number: str, until: str) -> None:
        """The clocks of a case run out up to an instant."""
        while (due := self._state(number).next_due) is not None and due <= local(until):
            self._decide(number, Command(f"clock/{due}", CLOCK, CLOCK, due), due.astimezone(ZONE).isoformat()[:19])

    def answered(self, at: str, **answers: str) -> str:
        """A case opened, answered at once, and asked for its answers an hour later."""
        number = self.open(f"{at}T09:00")
        self.do(number, "reply", f"{at}T10:00")
        self.do(number, "survey", f"{at}T11:00", **answers)
        return number

    def fine(
        self, number: str, at: str, *lines: tuple[str, str | None], unit: str = "yuan", back: bool = False, **more: Any
    ) -> None:
        """An entry of a consequence, written by hand: decided for parties with their amounts, or taken ``back``."""
        entries, instant, name = self.entries[number], local(at), more.pop("name", "late_reply")
        event = "consequence_reversed" if back else "consequence_decided"
        data = {"consequence": name, "item": 1, "unit": unit, "on": "clock.reply.missed", "by": "person", **more}
        data |= {"lines": [["person", party, amount] for party, amount in lines]}
        data |= {"reverses": {"case": "", "item": 1}} if back else {}
        subject = f"consequence.{name}"
        entries.append(Entry(entries[-1].seq + 1, event, instant, instant, "max", subject, ("PD-2",), data=data))

    def report(self, name: str, period: str = "2026-03", as_of: str = LONG_AFTER, pack: Pack | None = None) -> Made:
        """A report as of an instant."""
        instant = local(as_of)
        then = (as_it_stood(f"case-{number}", entries, instant) for number, entries in self.entries.items())
        cases = [case for case in then if case is not None]
        return make(pack or self.pack, name, period_named(period), instant, cases, CALENDAR)

    def json(self, name: str, period: str = "2026-03", as_of: str = LONG_AFTER) -> dict[str, Any]:
        """A report as JSON has it."""
        return as_json(self.report(name, period, as_of))

    def _state(self, number: str) -> State:
        return fold(f"case-{number}", self.entries.get(number, []))

    def _decide(self, number: str, command: Command, at: str) -> None:
        facts = Facts(DIRECTORY, CALENDAR, number=number, salt="5a" * 16)
        outcome = self._cabinet.decided(self.pack, self._state(number), command, facts, local(at))
        assert outcome.refusal is None, outcome.refusal
        self.entries.setdefault(number, []).extend(outcome.entries)


def values(lines: tuple[Line, ...]) -> dict[object, list[object]]:
    """The values of lines by what they are of; a single word where they are by one thing."""
    found: dict[object, list[object]] = {}
    for line in lines:
        key = tuple(line.by.values())
        found[key[0] if len(key) == 1 else key] = [figure.value for figure in line.figures]
    return found


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)
