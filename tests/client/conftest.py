"""A shell for the tests of the front desk: its own data folder, nothing of the reader's environment."""

from pathlib import Path

import pytest

from tests.client.line import Line


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    for name in ("REDRESS_HOME", "REDRESS_LANG", "REDRESS_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    return Line(tmp_path / "home", capsys)
