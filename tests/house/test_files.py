"""The project's files: small modules, folders that are packages, requirements with hashes, nothing of any one machine."""

import re

import pytest

from tests.house.reading import named, papers, python_files
from tests.listing import ROOT

pytestmark = pytest.mark.pure

MOST_LINES = 300
#: A path that only one machine has.
SOMEBODYS = re.compile(r"(?<![\w.}/])/(?:root|home|Users|work|tmp/\w+)/[\w.]")
MARKS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
DODGES = re.compile(r"mark\.(?:skip|xfail)|pytest\.(?:skip|xfail|importorskip)\b|unittest\.skip|except Exception\b")


def _lines(pattern: re.Pattern[str], but: str = "") -> list[str]:
    return [
        f"{named(file)}:{number}: {line.strip()}"
        for file in [*python_files(), *papers()]
        if named(file) != but
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_python_file_is_longer_than_300_lines() -> None:
    lengths = {named(file): len(file.read_text(encoding="utf-8").splitlines()) for file in python_files()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_every_folder_of_python_files_is_a_package() -> None:
    assert {named(file.parent) for file in python_files() if not (file.parent / "__init__.py").is_file()} <= {"."}


def test_no_file_knows_the_folders_of_one_machine() -> None:
    assert _lines(SOMEBODYS) == []


def test_nothing_is_left_for_later() -> None:
    assert _lines(MARKS, but="tests/house/test_files.py") == []


def test_nothing_is_skipped_or_swallowed() -> None:
    assert _lines(DODGES, but="tests/house/test_files.py") == []


def test_every_requirement_is_pinned_and_hashed_and_names_no_registry() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    wanted = [block for block in re.split(r"\n(?=\S)", text.strip()) if not block.startswith("#")]
    assert len(wanted) > 20
    assert [
        block for block in wanted if not re.match(r"[\w.\[\]-]+==[^\s;]+", block) or "--hash=sha256:" not in block
    ] == []


def test_every_dependency_of_the_project_is_among_the_requirements() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[build-system]")[0]
    names = re.findall(r'^  "([a-z][\w-]*)', project, re.MULTILINE)
    assert len(names) > 10
    assert [name for name in names if f"\n{name}==" not in f"\n{text}"] == []
