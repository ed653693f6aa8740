"""What an organisation file says, or every mistake in it, each with its place."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from rules.calendar_shape import known_zones
from rules.directory import Absence, Department, Directory, Person
from rules.parsing_lines import Lines
from rules.problems import Problem
from rules.values import Title

_TOP = ("zone", "person", "department", "absence", "roles")
_PERSON = ("name", "mail", "department", "roles", "language")
_DEPARTMENT = ("title", "head", "above")
_ABSENCE = ("person", "from", "to", "substitute")
_ZONE = "Asia/Shanghai"
_LANGUAGES = ("zh", "en")
_KINDS = {
    str: Title("文本", "a text"),
    list: Title("列表", "a list"),
    dict: Title("表", "a table"),
}

Place = tuple[str | int, ...]


class Checking:
    """One pass over an organisation file that gathers its mistakes and its directory."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self._lines: Lines | None = None
        self._zone: tzinfo = ZoneInfo(_ZONE)
        self._text = text
        try:
            self._written = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self._written = {}
            what = Title(f"不是 TOML:{error}", f"this is no TOML: {error}")
            self.problems.append(Problem("", 0, what, Title("请更正这一处", "correct that place")))

    def directory(self) -> Directory:
        """The organisation, as far as it could be read; `problems` says whether it is whole."""
        self._known((), self._written, _TOP)
        self._read_zone()
        people_written, departments_written = self._table(("person",)), self._table(("department",))
        self._ids = {"person": tuple(people_written), "department": tuple(departments_written)}
        return Directory(
            people={key: self._person(key, row) for key, row in people_written.items()},
            departments=self._departments(departments_written),
            absences=self._absences(),
            bindings=self._bindings(),
        )

    def _person(self, key: str, written: Any) -> Person:
        place: Place = ("person", key)
        row = self._row(place, written, _PERSON)
        mail = self._get(place, row, "mail", str, "")
        if mail and ("@" not in mail.strip("@") or any(sign.isspace() for sign in mail)):
            self._say((*place, "mail"), f"“{mail}”不是邮件地址", f"“{mail}” is no mail address", "name@example.com")
        language = self._get(place, row, "language", str, "zh")
        if language not in _LANGUAGES:
            self._say(
                (*place, "language"), f"“{language}”不是支持的语言", f"“{language}” is no language here", "zh | en"
            )
        return Person(
            id=key,
            name=self._get(place, row, "name", str, key),
            mail=mail,
            department=self._reference(place, row, "department", "department"),
            roles=tuple(self._texts((*place, "roles"), row.get("roles", []))),
            language=language,
        )

    def _departments(self, written: Mapping[str, Any]) -> dict[str, Department]:
        found = {}
        for key, value in written.items():
            place: Place = ("department", key)
            row = self._row(place, value, _DEPARTMENT)
            title = self._row((*place, "title"), row.get("title", {}), _LANGUAGES)
            titles = {name: self._get((*place, "title"), title, name, str, key) for name in _LANGUAGES}
            head = self._reference(place, row, "head", "person")
            found[key] = Department(key, titles, head, self._reference(place, row, "above", "department"))
        for key in found:
            above, seen = found[key].above, {key}
            while above in found and above not in seen:
                seen.add(above)
                above = found[above].above
            if above == key:
                ring = " → ".join((*sorted(seen), key))
                self._say(
                    ("department", key, "above"), f"部门互为上级:{ring}", f"departments above each other: {ring}", ""
                )
        return found

    def _absences(self) -> tuple[Absence, ...]:
        written = self._written.get("absence", [])
        if not isinstance(written, list):
            self._say(("absence",), "应为 [[absence]]", "this has to be [[absence]]", "[[absence]]")
            return ()
        found = []
        for index, value in enumerate(written):
            place: Place = ("absence", index)
            row = self._row(place, value, _ABSENCE)
            self._needed(place, row, _ABSENCE)
            start, end = (self._moment(place, row, key) for key in ("from", "to"))
            person, substitute = (self._reference(place, row, key, "person") for key in ("person", "substitute"))
            if person and person == substitute:
                self._say((*place, "substitute"), "不能由本人代理", "nobody is his own substitute", "")
            if start and end and end <= start:
                self._say((*place, "to"), "结束不晚于开始", "it does not end after it starts", "")
            if start and end:
                found.append(Absence(person, start, end, substitute))
        return tuple(found)

    def _bindings(self) -> dict[str, dict[str, tuple[str, ...]]]:
        found = {}
        for pack, roles in self._table(("roles",)).items():
            place: Place = ("roles", pack)
            rows = self._row(place, roles, None)
            found[pack] = {role: tuple(self._people((*place, role), people)) for role, people in rows.items()}
        return found

    def _people(self, place: Place, written: Any) -> Iterable[str]:
        for index, person in enumerate(self._texts(place, written)):
            self._exists((*place, index), person, "person")
            yield person

    def _read_zone(self) -> None:
        name = self._written.get("zone", _ZONE)
        if not isinstance(name, str) or name not in known_zones():
            self._say(
                ("zone",), f"没有时区“{name}”", f"there is no time zone “{name}”", _near(str(name), known_zones())
            )
        else:
            self._zone = ZoneInfo(name)

    def _moment(self, place: Place, row: Mapping[str, Any], key: str) -> datetime | None:
        value = row.get(key)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value) if len(value) > len("2026-01-01") else date.fromisoformat(value)
            except ValueError:
                value = key
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time(), self._zone)
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=self._zone)).astimezone(UTC).replace(microsecond=0)
        if key in row:
            self._say(
                (*place, key),
                "不是日期或时刻",
                "this is no date and no moment",
                "2026-05-01 | 2026-05-01T09:00:00+08:00",
            )
        return None

    def _reference(self, place: Place, row: Mapping[str, Any], key: str, what: str) -> str:
        value = self._get(place, row, key, str, "")
        if value:
            self._exists((*place, key), value, what)
        return value

    def _exists(self, place: Place, value: str, what: str) -> None:
        if value not in self._ids[what]:
            here = {"person": "人员", "department": "部门"}[what]
            near = _near(value, self._ids[what]) or f"[{what}.{value}]"
            self._say(place, f"没有{here}“{value}”", f"there is no {what} “{value}”", near)

    def _texts(self, place: Place, written: Any) -> list[str]:
        if isinstance(written, list) and all(isinstance(each, str) and each for each in written):
            return list(dict.fromkeys(written))
        self._say(place, "应为文本列表", "this has to be a list of texts", '["u1"]')
        return []

    def _table(self, place: Place) -> dict[str, Any]:
        return self._row(place, self._written.get(str(place[-1]), {}), None)

    def _row(self, place: Place, written: Any, keys: tuple[str, ...] | None) -> dict[str, Any]:
        if not isinstance(written, dict):
            self._say(place, "应为表", "this has to be a table", "")
            return {}
        if keys is not None:
            self._known(place, written, keys)
        return written

    def _known(self, place: Place, written: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in written:
            if key not in keys:
                hint = _near(key, keys) or " | ".join(keys)
                self._say((*place, key), f"没有键“{key}”", f"there is no key “{key}”", hint)

    def _needed(self, place: Place, row: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in keys:
            if key not in row:
                self._say(place, f"缺少“{key}”", f"“{key}” is missing", f"{key} = …")

    def _get(self, place: Place, row: Mapping[str, Any], key: str, kind: type[str], default: str) -> str:
        value = row.get(key, default)
        if isinstance(value, kind):
            return value
        name = _KINDS[kind]
        self._say((*place, key), f"应为{name.zh}", f"this has to be {name.en}", f'{key} = "…"')
        return default

    def _say(self, place: Place, zh: str, en: str, example: str) -> None:
        self._lines = self._lines or Lines(self._text)
        hint = Title(f"可写:{example}", f"write: {example}") if example else Title("请更正", "correct it")
        where = ".".join(str(part) for part in place)
        self.problems.append(Problem(where, self._lines.of(place), Title(zh, en), hint))


def _near(value: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(value, list(known), n=1)), "")
