"""What people read of a case, made from the ledger: where it stands, for whom, its clocks and its history."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from activities.drivers.reading import CaseRow, Reading
from activities.shelf import FileShelf
from client.happenings import clause_text, clock_shown, happened, item_shown, stage_after
from client.seeing import OpenStep, Seeing
from client.times import utc
from rules.decide import face as face_of
from rules.entries import Entry
from rules.outcomes import Face
from rules.pack import Pack, PackRef
from rules.state import State

ENGINE, LEDGER = "engine", "ledger"


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as people read it. ``source`` says where its stage and open steps come from."""

    row: CaseRow
    pack: Pack
    zone: tzinfo
    face: Face
    source: str
    seeing: Seeing
    open_steps: tuple[OpenStep, ...]
    entries: tuple[Entry, ...]
    now: datetime

    @property
    def state(self) -> State:
        """The state as the ledger has it."""
        return self.row.state

    def events(self, lang: str, person: str | None = None) -> list[dict[str, Any]]:
        """The history, oldest first, each line as a rehearsal prints it; without the values a person must not read."""
        hidden = self.seeing.hidden(person) if person else frozenset()
        stage, found = "", []
        for entry in self.entries:
            stage = stage_after(stage, entry)
            event = happened(entry, self.row.number, stage, self.pack, lang)
            found.append({"seq": entry.seq, **event, "data": _without(event["data"], hidden)})
        return found

    def clocks(self) -> list[dict[str, Any]]:
        """Every clock with its due, the time left, its clauses and their reading."""
        found = []
        for name, clock in self.state.clocks.items():
            row = self.pack.file.clock.get(name)
            clause = row.clause if row else ()
            found.append(
                {"clock": name, **clock_shown(clock, self.now), "clause": list(clause),
                 "due_date": clock.due_date and clock.due_date.isoformat(),
                 "why": " ".join(clause_text(each, self.pack) for each in clause),
                 "house": self.pack.is_house(clause)}
            )  # fmt: skip
        return found

    def consequences(self) -> list[dict[str, Any]]:
        """Every item of a consequence with its parties, amounts, bounds and clauses, in the order of their names."""
        found = []
        for name, items in self.state.consequences.items():
            row = self.pack.file.consequence.get(name)
            clause = row.clause if row else ()
            for number, item in enumerate(items, start=1):
                found.append(
                    {"consequence": name, "item": number, **item_shown(item), "unit": row.unit if row else "",
                     "clause": list(clause), "house": self.pack.is_house(clause)}
                )  # fmt: skip
        return found

    def as_json(self, lang: str, fields: dict[str, Any], person: str | None = None) -> dict[str, Any]:
        """The case as ``--json`` shows it to a person, or to the installation; instants are UTC."""
        row = self.row
        return {
            "number": row.number, "id": row.id, "pack": row.pack_id, "edition": row.edition, "kind": row.kind,
            "stage": self.face.stage, "standing": self.face.standing, "closed": self.face.closed,
            "opened_at": utc(row.opened_at), "opened_by": row.opened_by, "next_due": utc(self.face.next_due),
            "seq": self.face.seq, "source": self.source,
            "classes": dict(self.state.classes), "proposed": dict(self.state.proposed),
            "open_steps": [
                {"step": step.name, "roles": list(step.roles), "persons": list(step.persons)}
                for step in self.open_steps
            ],
            "clocks": self.clocks(), "fields": fields, "raised_to": list(self.state.raised),
            "consequences": self.consequences(),
            "links": {name: list(cases) for name, cases in self.state.links.items()},
            "history": self.events(lang, person),
        }  # fmt: skip


def view_of(reading: Reading, shelf: FileShelf, row: CaseRow, face: Face | None, now: datetime) -> CaseView:
    """The view of a case. ``face`` is what the engine says; None where no worker answers.

    Raises:
        EditionMissing: This installation has not got the edition that the case runs on.
    """
    pack = shelf.pack(PackRef(row.pack_id, row.edition, row.sha256))
    shown = face or face_of(pack, row.state)
    seeing = Seeing(pack, row.state, reading.directory(now), now)
    return CaseView(
        row=row,
        pack=pack,
        zone=shelf.calendar(pack.file.calendar).zone,
        face=shown,
        source=ENGINE if face is not None else LEDGER,
        seeing=seeing,
        open_steps=tuple(seeing.open_step(what) for what in shown.open_steps),
        entries=tuple(reading.entries(row.id)),
        now=now,
    )


def fields_of(reading: Reading, view: CaseView, person: str | None) -> dict[str, Any]:
    """The values filled in so far, personal ones among them, without what a person must not read."""
    found: dict[str, Any] = {}
    for copy in reading.copies(view.row.id):
        found.update(copy.values)
    for value in reading.personal(view.row.id):
        found[value.field] = value.value
    hidden = view.seeing.hidden(person) if person else frozenset()
    return {name: value for name, value in found.items() if name not in hidden}


def _without(data: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """The data of an entry without what it says of hidden fields."""
    return {
        key: {name: inner for name, inner in value.items() if name not in hidden}
        if key in ("values", "kept", "personal")
        else value
        for key, value in data.items()
    }
