"""The project's own files, as the house tests read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.listing import ROOT

ROOMS = ("rules", "activities", "workflows", "client")
_OURS = (*ROOMS, "bench", "tests")
_PAPERS = ("*.md", "*.toml", "Makefile", "requirements.lock", ".ci/*", "docs/**/*")


def python_files(*folders: str) -> list[Path]:
    """Every Python file below the folders of the root, or of the whole project."""
    found = [file for folder in folders or _OURS for file in (ROOT / folder).rglob("*.py")]
    return sorted([*found, ROOT / "worker.py"] if not folders else found)


def papers() -> list[Path]:
    """Every text file of the project that is not Python."""
    found = {file for pattern in _PAPERS for file in ROOT.glob(pattern)}
    found |= {
        file for folder in _OURS for file in (ROOT / folder).rglob("*") if file.suffix in (".toml", ".yaml", ".md")
    }
    return sorted(file for file in found if file.is_file())


def named(file: Path) -> str:
    """A file as it is called from the root."""
    return file.relative_to(ROOT).as_posix()


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imported(file: Path) -> Iterator[str]:
    """The full name of every module that a file imports, wherever in it, and of every name it takes out of one."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def used(file: Path) -> Iterator[tuple[str, int]]:
    """Every dotted name that a file reads, such as ``datetime.now``, with its line."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Name | ast.Attribute):
            yield ast.unparse(node), node.lineno
