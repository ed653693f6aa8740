"""Rules and waiting are pure: they read no clock, no chance, no surroundings and no file."""

import ast

import pytest

from tests.house.reading import imported, named, python_files, tree, used
from tests.listing import ROOT

pytestmark = pytest.mark.pure

#: What asks the clock, chance or the surroundings, by the last parts of its name.
IMPURE = (
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic", "os.environ",
    "os.getenv", "uuid.uuid4", "uuid.uuid1", "uuid4", "uuid1",
)  # fmt: skip
MODULES = (
    "random",
    "secrets",
    "time",
    "os",
    "socket",
    "subprocess",
    "threading",
    "asyncio",
    "pathlib",
    "io",
    "sqlite3",
)
#: The modules of the rules that read what is shipped with them.
READERS = ("rules/calendar_file.py", "rules/calendar_shape.py", "rules/shelf.py")
FILES = [*python_files("rules"), ROOT / "workflows" / "case.py"]
READING = ("open", "read_text", "read_bytes", "files", "write_text", "write_bytes", "exec", "eval", "input", "print")


def _called(name: str) -> list[tuple[str, int]]:
    return [
        (named(file), node.lineno)
        for file in FILES
        if named(file) not in READERS
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
        and (node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")) == name
    ]


@pytest.mark.parametrize("name", IMPURE)
def test_nothing_pure_asks_for(name: str) -> None:
    found = [(named(file), line) for file in FILES for text, line in used(file) if f".{text}".endswith(f".{name}")]
    assert found == []


@pytest.mark.parametrize("name", READING)
def test_nothing_pure_calls(name: str) -> None:
    assert _called(name) == []


def test_rules_import_nothing_that_asks_the_world() -> None:
    found = {
        (named(file), module)
        for file in python_files("rules")
        if named(file) not in READERS
        for module in imported(file)
        if module.partition(".")[0] in MODULES
    }
    assert found == set()
