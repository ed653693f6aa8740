"""The organisation in the ledger database: dated rows, and the directory that they give at an instant."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from activities.drivers.codec import canonical
from activities.drivers.tables import organisation_rows, organisation_versions
from rules.directory import Absence, Department, Directory, Person

_PERSON, _DEPARTMENT, _ABSENCE = TypeAdapter(Person), TypeAdapter(Department), TypeAdapter(Absence)
_VERSION_AT = (
    select(organisation_versions.c.version)
    .where(organisation_versions.c.valid_from <= bindparam("at", type_=organisation_versions.c.valid_from.type))
    .order_by(organisation_versions.c.valid_from.desc(), organisation_versions.c.version.desc())
    .limit(1)
)
_ROWS_OF = (
    select(organisation_rows.c.what, organisation_rows.c.key, organisation_rows.c.place, organisation_rows.c.data)
    .where(
        and_(
            organisation_rows.c.since <= bindparam("version"),
            or_(organisation_rows.c.until.is_(None), organisation_rows.c.until > bindparam("version")),
        )
    )
    .order_by(organisation_rows.c.what, organisation_rows.c.place)
)
_END = update(organisation_rows).where(
    organisation_rows.c.what == bindparam("of_what"),
    organisation_rows.c.key == bindparam("of_key"),
    organisation_rows.c.until.is_(None),
)
_CACHED = 16


class OrganisationRow(NamedTuple):
    """One person, department, absence or binding; ``data`` is its JSON text, ``place`` its place in the file."""

    what: str
    key: str
    place: int
    data: str


class Directories:
    """The directory at an instant, kept by version: a version never changes."""

    def __init__(self) -> None:
        self._by_version: dict[int, Directory] = {}

    def at(self, connection: Connection, at: datetime) -> Directory:
        """Everybody, as the version says that is valid at an instant; nobody where there is none yet."""
        version = connection.execute(_VERSION_AT, {"at": at}).scalar()
        if version is None:
            return Directory()
        if version not in self._by_version:
            if len(self._by_version) >= _CACHED:
                self._by_version.clear()
            self._by_version[version] = directory_of(rows_of(connection, version))
        return self._by_version[version]


def rows_of(connection: Connection, version: int) -> list[OrganisationRow]:
    """The rows of a version, in the order of its file."""
    return [OrganisationRow(*row) for row in connection.execute(_ROWS_OF, {"version": version})]


def write_version(
    connection: Connection, rows: Iterable[OrganisationRow], sha256: str, valid_from: datetime, by: str
) -> int:
    """Writes a new version; rows that stay as they were go on, others end and begin. Gives back its number."""
    last = connection.execute(select(func.max(organisation_versions.c.version))).scalar() or 0
    version = last + 1
    connection.execute(
        organisation_versions.insert(),
        {"version": version, "valid_from": valid_from, "applied_by": by, "sha256": sha256},
    )
    old, new = set(rows_of(connection, last)), set(rows)
    ended = [{"of_what": row.what, "of_key": row.key, "until": version} for row in sorted(old - new)]
    begun = [{**row._asdict(), "since": version, "until": None} for row in sorted(new - old)]
    if ended:
        connection.execute(_END, ended)
    if begun:
        connection.execute(organisation_rows.insert(), begun)
    return version


def rows_from(directory: Directory) -> list[OrganisationRow]:
    """The rows of a directory."""
    rows = [
        *(("person", key, _PERSON.dump_python(each, mode="json")) for key, each in directory.people.items()),
        *(
            ("department", key, _DEPARTMENT.dump_python(each, mode="json"))
            for key, each in directory.departments.items()
        ),
        *(
            ("absence", f"{each.person} {each.start.isoformat()}", _ABSENCE.dump_python(each, mode="json"))
            for each in directory.absences
        ),
        *(
            ("binding", json.dumps([pack, role]), list(people))
            for pack, roles in directory.bindings.items()
            for role, people in roles.items()
        ),
    ]
    return [OrganisationRow(what, key, place, canonical(data)) for place, (what, key, data) in enumerate(rows)]


def directory_of(rows: Iterable[OrganisationRow]) -> Directory:
    """The directory that rows give."""
    people: dict[str, Person] = {}
    departments: dict[str, Department] = {}
    absences: list[Absence] = []
    bindings: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        match row.what:
            case "person":
                people[row.key] = _PERSON.validate_json(row.data)
            case "department":
                departments[row.key] = _DEPARTMENT.validate_json(row.data)
            case "absence":
                absences.append(_ABSENCE.validate_json(row.data))
            case "binding":
                pack, role = json.loads(row.key)
                bindings.setdefault(pack, {})[role] = tuple(json.loads(row.data))
    return Directory(people, departments, tuple(absences), bindings)
