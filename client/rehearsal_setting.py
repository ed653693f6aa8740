"""What a rehearsal stands on: packs, released or drafts, the calendar that counts, and who there is."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from importlib.resources import files
from pathlib import Path
from typing import Any

from activities.settings import load_settings
from activities.shelf import FileShelf
from client.cli.near import nearest
from client.editions import find_pack, read_text
from client.problems import Problem
from client.rehearsal_script import Header, wrong
from client.words import titled
from rules import calendar_file
from rules.calendar import Calendar, CalendarError
from rules.directory import Directory, Person
from rules.pack import Pack, PackRef
from rules.parsing import parse
from rules.problems import PackProblems


class Setting:
    """Everything that a script's header names. The zone of the first pack's calendar is that of the script."""

    def __init__(self, header: Header, home: Path, lang: str) -> None:
        self.header = header
        self.lang = lang
        self._home = home
        self._shelf = FileShelf(home, load_settings(home).calendar)
        self._packs: dict[str, Pack] = {}
        self._texts: dict[PackRef, str] = {}
        self._calendar = self._own_calendar(header.calendar)
        self.directory = self._directory(header)
        self.first = self.pack(header.pack, 1)
        self.zone: tzinfo = self.calendar(self.first).zone

    def pack(self, name: str, line: int) -> Pack:
        """The pack that a line names: a file of a draft, else a published one.

        Raises:
            Problem: ``script_wrong``, there is none, or it has mistakes.
        """
        known = self._packs.get(name)
        if known is not None:
            return known
        if name.endswith(".toml"):
            text = read_text(name, self.lang)
            try:
                pack = parse(text)
            except PackProblems as broken:
                raise wrong(
                    line, f"pack {name}", "pack_broken", self.lang, pack=name, count=len(broken.problems)
                ) from None
            self._texts[pack.ref] = text
        else:
            try:
                pack = find_pack(self._shelf, name, datetime.now(UTC).date(), self.lang)
            except Problem as missing:
                ids = sorted({ref.id for ref in self._shelf.published()})
                near = nearest(name, ids, self.lang)
                raise wrong(line, "pack", "no_pack", self.lang, pack=name, near=near) from missing
        self._packs[name] = pack
        return pack

    def by_ref(self, ref: PackRef) -> Pack:
        """The pack of a reference, one of those that were named."""
        return next(pack for pack in self._packs.values() if pack.ref == ref)

    def text(self, pack: Pack) -> str:
        """The text of a pack's file."""
        if pack.ref in self._texts:
            return self._texts[pack.ref]
        own = self._home / "packs" / f"{pack.ref}.toml"
        shipped = Path(str(files("rules").joinpath("packs", f"{pack.ref}.toml")))
        return read_text(str(own if own.is_file() else shipped), self.lang)

    def calendar_object(self) -> dict[str, Any]:
        """The calendar of the first case as an object, as its file or the header has it."""
        written = self.header.calendar or self.first.file.calendar
        if isinstance(written, dict):
            return written
        own = self._home / "calendars" / f"{written}.toml"
        shipped = Path(str(files("rules").joinpath("calendars", f"{written}.toml")))
        path = Path(written) if written.endswith(".toml") else own if own.is_file() else shipped
        return tomllib.loads(read_text(str(path), self.lang))

    def packs(self) -> tuple[Pack, ...]:
        """Every pack that was named so far."""
        return tuple(self._packs.values())

    def calendar(self, pack: Pack) -> Calendar:
        """The header's calendar, else the pack's own.

        Raises:
            Problem: ``script_wrong``, the pack's calendar is not there or has mistakes.
        """
        if self._calendar is not None:
            return self._calendar
        try:
            return self._shelf.calendar(pack.file.calendar)
        except CalendarError as error:
            raise wrong(1, "calendar", "calendar", self.lang, text=error) from None

    def _own_calendar(self, written: str | dict[str, Any] | None) -> Calendar | None:
        if written is None:
            return None
        try:
            if isinstance(written, str) and not written.endswith(".toml"):
                return self._shelf.calendar(written)
            return calendar_file.load(written)
        except CalendarError as error:
            raise wrong(1, "calendar", "calendar", self.lang, text=error) from None

    def _directory(self, header: Header) -> Directory:
        found = Directory() if header.org is None else self._organisation(header.org)
        people = dict(found.people)
        for person, roles in header.people.items():
            known = people.get(person, Person(person, person))
            people[person] = replace(known, roles=tuple(dict.fromkeys((*known.roles, *roles))))
        return replace(found, people=people)

    def _organisation(self, written: dict[str, Any]) -> Directory:
        from activities.organisation import OrgProblems, check

        try:
            return check(as_toml(written)).directory
        except OrgProblems as broken:
            text = "; ".join(
                f"{each.place}: {titled(each.what, self.lang)} ({titled(each.hint, self.lang)})"
                for each in broken.problems
            )
            raise wrong(1, "org", "org", self.lang, text=text) from None


def as_toml(written: dict[str, Any]) -> str:
    """An object as TOML text: the shape of the organisation file, which is checked as a text."""
    return "".join(f"{json.dumps(key)} = {_inline(value)}\n" for key, value in written.items())


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(key))} = {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(each) for each in value) + "]"
    return json.dumps(value)
