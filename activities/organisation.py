"""The organisation: a TOML file, checked, becomes dated rows; the directory is what they give at an instant."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from activities.drivers.ledger import Ledger
from activities.drivers.people_rows import Directories, rows_from, write_version
from activities.drivers.tables import organisation_versions
from activities.organisation_check import Checking
from rules.directory import Directory
from rules.problems import Problem


@dataclass(frozen=True, slots=True)
class OrgDocument:
    """A checked organisation file: its directory and the sha256 (hex) of its text."""

    directory: Directory
    sha256: str


class OrgProblems(ValueError):
    """An organisation file cannot be used.

    Attributes:
        problems: every mistake that was found, in the order of the file.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class TooEarly(ValueError):
    """A version of the organisation would begin before one that is already there; the past is not rewritten."""


def check(text: str) -> OrgDocument:
    """The organisation that a file describes.

    Raises:
        OrgProblems: With every mistake in it, each with its place, in zh and en.
    """
    checking = Checking(text)
    directory = checking.directory()
    if checking.problems:
        raise OrgProblems(tuple(sorted(checking.problems, key=lambda problem: problem.line)))
    return OrgDocument(directory, hashlib.sha256(text.encode()).hexdigest())


class Organisation:
    """The organisation of an installation, kept in its ledger database."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._directories = Directories()

    def apply(self, document: OrgDocument, at: datetime, by: str) -> int:
        """Makes a document valid from an instant on; gives back the version, the last one if nothing has changed.

        Raises:
            TooEarly: A version that begins later is already there.
            LedgerAway: The database does not answer; nothing was applied.
        """
        versions = organisation_versions.c
        with self._ledger.writing("organisation") as connection:
            last = connection.execute(select(organisation_versions).order_by(versions.version.desc()).limit(1)).first()
            if last is not None and last.sha256 == document.sha256:
                return int(last.version)
            if last is not None and last.valid_from > at:
                begins = last.valid_from.isoformat()
                raise TooEarly(f"version {last.version} begins {begins}; a new one can begin then or later, not before")
            return write_version(connection, rows_from(document.directory), document.sha256, at, by)

    def directory(self, at: datetime) -> Directory:
        """Everybody, as of an instant (UTC).

        Raises:
            LedgerAway: The database does not answer.
        """
        with self._ledger.reading() as connection:
            return self._directories.at(connection, at)
