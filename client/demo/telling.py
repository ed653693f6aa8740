"""Entries of a case told as sentences: when, what, who, and the clause or house rule that made it happen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from client.demo.house import House
from client.demo.people import named_of
from client.demo.saying import folded
from client.happenings import clause_text
from client.refusals import refusal_text
from client.story import any_stage, label, roles_said, title_of
from client.tables import show
from client.times import local, read
from client.words import known, listed, word
from rules.directory import Directory
from rules.entries import Entry
from rules.outcomes import Refusal
from rules.pack import Pack

_BY_ITSELF = ("clock", "house")
#: A filled form goes with its step, which is told.
_UNTOLD = ("filled",)
_CLOCKS = ("clock_started", "clock_met")


class Telling:
    """Tells one case, each entry once; what a clause says is told the first time that it is named."""

    def __init__(self, house: House, case_id: str, pack: Pack, directory: Directory) -> None:
        self._house, self._case_id, self._pack, self._directory = house, case_id, pack, directory
        self._zone = house.shelf.calendar(pack.file.calendar).zone
        self._lang = house.lang
        self._seq = 0
        self._explained: set[str] = set()

    def news(self) -> list[Entry]:
        """Tells what the ledger has of the case since the last time, and gives it back."""
        new = [entry for entry in self._house.reading.entries(self._case_id) if entry.seq > self._seq]
        for entry in new:
            self._seq = entry.seq
            if entry.event not in _UNTOLD and not (entry.event in _CLOCKS and not entry.data.get("due")):
                self._tell(entry)
        return new

    def _tell(self, entry: Entry) -> None:
        sentence = self._sentence(entry)
        clauses = list(entry.clause)
        if clauses:
            mark = word("demo.house_rule", self._lang) if entry.house else ""
            sentence += word("demo.under", self._lang, clauses=listed(clauses, self._lang), mark=mark)
        show(*folded(sentence, 4, f"{local(entry.at, self._zone)}  "))
        for name in clauses:
            if name not in self._explained:
                self._explained.add(name)
                show(*folded(f"{name}: {self._says(name)}", 8, "      "))

    def _says(self, name: str) -> str:
        """What a clause says, in Chinese by its own terms, since packs say it in English only."""
        clause = self._pack.file.clause[name]
        if self._lang == "zh" and clause.terms:
            return listed(list(clause.terms), self._lang)
        return clause.says or clause_text(name, self._pack)

    def _sentence(self, entry: Entry) -> str:
        if entry.event == "refused":
            return self._refusal(entry)
        key = f"demo.told.{entry.event}"
        if entry.event == "moved" and entry.by in _BY_ITSELF:
            key += "_by_itself"
        elif entry.event == "moved" and entry.data["from"] == entry.data["to"]:
            key += "_within"
        return word(key if known(key) else "demo.told.other", self._lang, **self._words(entry))

    def _words(self, entry: Entry) -> dict[str, object]:
        data, lang, pack = entry.data, self._lang, self._pack
        day = data.get("due_date")
        due = data.get("due")
        return {
            "event": word(f"event.{entry.event}", lang),
            "subject": title_of(entry.subject, pack, lang),
            "by": self._who(entry.by),
            "due": local(read(due), self._zone, date.fromisoformat(day) if day else None) if due else "—",
            "number": data.get("number", ""),
            "from": any_stage(pack, str(data.get("from", "")), lang),
            "stage": any_stage(pack, str(data.get("to") or data.get("stage") or ""), lang),
            "value": label(data.get("value", ""), pack, lang),
            "told": self._reached(data.get("persons", ())),
            "asked": roles_said(data.get("asked", []), pack, lang),
            "share": self._share(data) if entry.event == "escalated" else "",
            "raised": self._raised(data),
        }

    def _refusal(self, entry: Entry) -> str:
        refusal = Refusal(entry.data["code"], entry.clause, dict(entry.data.get("params", {})))
        said = refusal_text(refusal, self._lang)
        what = title_of(str(entry.data.get("what", "")), self._pack, self._lang)
        return word("demo.told.refused", self._lang, by=self._who(entry.by), subject=what, why=said.why)

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

    def _share(self, data: dict[str, Any]) -> str:
        """Where on its ladder a clock is: a share of its limit, or so much after it."""
        clock = self._pack.file.clock[data["clock"]]
        rung = self._pack.file.ladder[clock.ladder or ""].rungs[data["rung"]]
        if rung.at is not None:
            return word("demo.share_all" if rung.at == "100%" else "demo.share", self._lang, share=rung.at)
        amount = rung.after.working_days if rung.after else 0
        return word("demo.after", self._lang, length=word("unit.working_days", self._lang, amount=amount))

    def _raised(self, data: dict[str, Any]) -> str:
        role = data.get("raise_to")
        if not role:
            return ""
        return word("demo.raised", self._lang, role=roles_said([role], self._pack, self._lang))
