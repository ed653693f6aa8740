"""Entries of a case told as sentences: when, what, who, and the clause or house rule that made it happen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from client.demo.house import House
from client.demo.people import named_of
from client.demo.saying import columns, folded
from client.happenings import clause_text
from client.refusals import refusal_text
from client.story import any_stage, label, roles_said, title_of
from client.tables import padded, show
from client.times import local, read
from client.words import known, listed, titled, word
from rules.directory import Directory
from rules.entries import Entry
from rules.ladders import Rung
from rules.outcomes import Refusal
from rules.pack import Pack

_BY_ITSELF = ("clock", "house")
#: Clocks without a due only measure; their beginning and end are not told.
_MEASURED = ("clock_started", "clock_met")
#: Where a sentence begins: behind the longest instant, or, on a narrow terminal, a little to the right.
_BEHIND, _WIDE = 28, 90
_LITTLE = 4


class Telling:
    """Tells one case, each entry once; what a clause says is told the first time that it is named."""

    def __init__(self, house: House, case_id: str, pack: Pack, directory: Directory) -> None:
        self._house, self._case_id, self._pack, self._directory = house, case_id, pack, directory
        self._zone = house.shelf.calendar(pack.file.calendar).zone
        self._lang = house.lang
        self._seq = 0
        self._explained: set[str] = set()
        self._filled: list[str] = []
        self._days: dict[tuple[str, str], date] = {}

    def news(self) -> list[Entry]:
        """Tells what the ledger has of the case since the last time, and gives it back."""
        new = [entry for entry in self._house.reading.entries(self._case_id) if entry.seq > self._seq]
        for entry in new:
            self._seq = entry.seq
            if entry.event == "filled":
                self._filled = self._values(entry)
                if self._seq == 2:  # the form that a case is opened with comes after its opening, others before
                    self._details()
            elif not (entry.event in _MEASURED and not entry.data.get("due")):
                self._tell(entry)
        return new

    def _tell(self, entry: Entry) -> None:
        sentence = self._sentence(entry).rstrip("。.")
        clauses = list(entry.clause)
        if clauses:
            mark = word("demo.house_rule", self._lang) if entry.house else ""
            sentence += word("demo.under", self._lang, clauses=listed(clauses, self._lang), mark=mark)
        show(*folded(sentence, _indent(), padded(local(entry.at, self._zone), _BEHIND)))
        self._details()
        for name in clauses:
            if name not in self._explained:
                self._explained.add(name)
                show(*folded(self._pair(name, self._says(name)), _indent() + 2, " " * _indent()))

    def _details(self) -> None:
        """What was filled in on the way, under the line that it belongs to."""
        if self._filled:
            said = word("demo.between", self._lang).join(self._filled)
            show(*folded(f"— {said}", _indent() + 2, " " * _indent()))
            self._filled = []

    def _values(self, entry: Entry) -> list[str]:
        """What a form says, without personal values and with the names of persons."""
        form = self._pack.file.form[entry.data["form"]]
        written = {**entry.data["values"], **entry.data["kept"]}
        return [
            self._pair(titled(field.title, self._lang), self._value(field.type, written[field.name]))
            for field in form.fields
            if field.name in written
        ]

    def _pair(self, name: str, value: str) -> str:
        return word("demo.pair", self._lang, name=name, value=value.rstrip("。."))

    def _value(self, kind: str, value: Any) -> str:
        if isinstance(value, bool):
            return word("demo.yes" if value else "demo.no", self._lang)
        return self._who(str(value)) if kind == "person" else label(value, self._pack, self._lang)

    def _says(self, name: str) -> str:
        """What a clause says, in Chinese by its own terms, since packs say it in English only."""
        clause = self._pack.file.clause[name]
        if self._lang == "zh" and clause.terms:
            return listed(list(clause.terms), self._lang)
        return clause.says or clause_text(name, self._pack)

    def _sentence(self, entry: Entry) -> str:
        if entry.event == "refused":
            return self._refusal(entry)
        key = f"demo.told.{entry.event}{self._manner(entry)}"
        return word(key if known(key) else "demo.told.other", self._lang, **self._words(entry))

    def _manner(self, entry: Entry) -> str:
        """Which of several sentences of an event it is."""
        data = entry.data
        if entry.event in ("moved", "clock_met") and entry.by in _BY_ITSELF:
            return "_by_itself"
        if entry.event == "moved" and data["from"] == data["to"]:
            return "_within"
        if entry.event == "classified" and data.get("by") == "rule":
            return "_by_rule"
        if entry.event == "escalated":
            rung = self._rung(data)
            if rung.after is not None:
                return "_after_one" if rung.after.working_days == 1 else "_after"
            return "_due" if rung.at == "100%" else "_share"
        return ""

    def _words(self, entry: Entry) -> dict[str, object]:
        data, lang, pack = entry.data, self._lang, self._pack
        return {
            "event": word(f"event.{entry.event}", lang),
            "subject": title_of(entry.subject, pack, lang),
            "by": self._who(entry.by),
            "due": self._due(data),
            "number": data.get("number", ""),
            "from": any_stage(pack, str(data.get("from", "")), lang),
            "stage": any_stage(pack, str(data.get("to") or data.get("stage") or ""), lang),
            "value": label(data.get("value", ""), pack, lang),
            "told": self._reached(data.get("persons", ())),
            "asked": roles_said(data.get("asked", []), pack, lang),
            "share": self._share(data) if entry.event == "escalated" else "",
            "raised": self._raised(data),
        }

    def _due(self, data: dict[str, Any]) -> str:
        """A due instant; one at midnight is 24:00 of its date, which only the line that counted it names."""
        if not data.get("due"):
            return "—"
        same = (str(data["clock"]), str(data["due"]))
        if data.get("due_date"):
            self._days[same] = date.fromisoformat(data["due_date"])
        return local(read(data["due"]), self._zone, self._days.get(same))

    def _refusal(self, entry: Entry) -> str:
        params = dict(entry.data.get("params", {}))
        if "person" in params:
            params["person"] = self._who(params["person"])
        said = refusal_text(Refusal(entry.data["code"], entry.clause, params), self._lang, pack=self._pack)
        return word("demo.told.refused", self._lang, what=said.what, why=said.why, next=said.next_step)

    def _who(self, by: str) -> str:
        return word("demo.itself", self._lang) if by in _BY_ITSELF else named_of(self._directory, by, self._lang)

    def _reached(self, persons: Iterable[Any]) -> str:
        """The persons whom a message reaches, each with whom he stands in for."""
        names = []
        for person, instead_of in persons:
            name = self._who(person)
            if instead_of:
                name = word("demo.instead_of", self._lang, name=name, away=self._who(instead_of))
            names.append(name)
        return listed(names, self._lang)

    def _rung(self, data: dict[str, Any]) -> Rung:
        clock = self._pack.file.clock[data["clock"]]
        return self._pack.file.ladder[clock.ladder or ""].rungs[int(data["rung"])]

    def _share(self, data: dict[str, Any]) -> str:
        """Where on its ladder a clock is: a share of its limit, or so much after it."""
        rung = self._rung(data)
        if rung.after is None:
            return rung.at or ""
        return word(f"unit.{rung.after.unit}", self._lang, amount=getattr(rung.after, rung.after.unit))

    def _raised(self, data: dict[str, Any]) -> str:
        role = data.get("raise_to")
        if not role:
            return ""
        return word("demo.raised", self._lang, role=roles_said([role], self._pack, self._lang))


def _indent() -> int:
    return _BEHIND if columns() >= _WIDE else _LITTLE
