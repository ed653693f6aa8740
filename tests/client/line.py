"""Runs a command line in this process, as a person would type it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from client.cli.main import main

CORNER_SHOP = Path(__file__).parents[1] / "rules" / "data" / "corner-shop.1.toml"

PEOPLE = """
[person.c1]
name = "陈一"
roles = ["clerk"]
[person.h1]
name = "韩一"
department = "shop"
roles = ["handler"]
[person.d1]
name = "邓一"
department = "shop"
roles = ["department_head"]
[department.shop]
title = { zh = "门店", en = "shop" }
head = "d1"
[[absence]]
person = "h1"
from = 2026-05-01
to = 2026-05-03
substitute = "c1"
"""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Line:
    """A shell of one person with a data folder of his own."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *words: str, lang: str = "en") -> Ran:
        self._capsys.readouterr()
        code = main(["--home", str(self.home), "--lang", lang, *words])
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)

    def file(self, name: str, text: str) -> str:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)
