"""The people of the invented company: applied to the ledger, shown, and named in sentences."""

from datetime import date, datetime, timedelta, tzinfo
from importlib.resources import files

from activities.organisation import Organisation, check
from client.demo.house import House
from client.tables import show, show_table
from client.times import local
from client.words import listed, titled, word
from rules.directory import Directory
from rules.pack import Pack

#: The absence as the file has it; the demonstration puts it around its own day.
_FROM, _TO = "2026-01-01", "2026-04-01"
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=120)


def company(today: date) -> str:
    """The organisation file, its absence put around a day."""
    text = files("client").joinpath("demo", "company.toml").read_text(encoding="utf-8")
    return text.replace(_FROM, (today - _BEFORE).isoformat()).replace(_TO, (today + _AFTER).isoformat())


def apply_company(house: House, now: datetime) -> Directory:
    """Puts the company into force in the demonstration's ledger and writes its file beside it."""
    text = company(now.date())
    (house.context.home / "company.toml").write_text(text, encoding="utf-8")
    document = check(text)
    Organisation(house.ledger).apply(document, now, "demo")
    return document.directory


def show_company(directory: Directory, packs: list[Pack], zone: tzinfo, lang: str) -> None:
    """Who works where, who heads what, who is away, and who has which role of which pack."""
    rows = []
    for unit in directory.departments.values():
        staff = [person for person in directory.people.values() if person.department == unit.id]
        for person in staff:
            roles = [
                f"{pack.file.prefix} {titled(pack.file.role[role].title, lang)}"
                for pack in packs
                for role, who in directory.bindings.get(pack.ref.id, {}).items()
                if person.id in who
            ]
            if unit.head == person.id:
                roles.insert(0, word("demo.head_of_it", lang))
            roles += [
                word("demo.acts_for", lang, away=directory.people[away.person].name)
                for away in directory.absences
                if away.substitute == person.id
            ]
            named = titled(unit.title, lang) if person is staff[0] else ""
            rows.append([named, person.name, person.id, person.language, listed(roles, lang)])
    show_table([word(f"demo.column.{key}", lang) for key in ("department", "name", "id", "language", "duties")], rows)
    for away in directory.absences:
        show(
            word(
                "demo.away", lang, person=named_of(directory, away.person, lang), until=local(away.end, zone),
                substitute=named_of(directory, away.substitute, lang),
            )
        )  # fmt: skip


def named_of(directory: Directory, person: str, lang: str) -> str:
    """A person's name, in English with the id to type; what is no person is given back as it is."""
    found = directory.people.get(person)
    if found is None:
        return person
    return found.name if lang == "zh" else f"{found.name} ({person})"
