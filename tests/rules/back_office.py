"""The back office's pack, whose cases open by themselves."""

from pathlib import Path

from rules.parsing import parse

TEXT = (Path(__file__).parent / "data" / "back-office.1.toml").read_text(encoding="utf-8")
PACK = parse(TEXT)
