"""Wrong usage and our own faults: the right exit code, one shape, never a stack trace."""

import resource
import subprocess
import sys

import pytest

from client.cli import packs
from tests.client.line import Line
from tests.listing import ROOT

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("opne",), "no_such_command"),
        (("open",), "argument_missing"),
        (("packs", "check"), "argument_missing"),
        (("list", "--stag", "x"), "no_such_option"),
        (("list", "--limit", "many"), "wrong_value"),
        (("down", "now"), "too_many_words"),
        (("list", "--limit", "0"), "limit_wrong"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_why_and_what_next(line: Line, words: tuple[str, ...], code: str) -> None:
    ran = line(*words, "--json")
    assert ran.code == 2
    error = ran.json()["error"]
    assert error["code"] == code
    assert error["what"]
    assert error["next"]


def test_a_mistyped_command_is_guessed(line: Line) -> None:
    assert 'Did you mean "open"?' in line("opne").err
    assert "是否想写“open”？" in line("opne", lang="zh").err


def test_an_unknown_language_is_wrong_usage(line: Line) -> None:
    assert line("list", lang="fr").code == 2


def test_the_common_options_may_stand_anywhere(line: Line) -> None:
    shipped = line("packs", "--json", "list").json()
    assert {each["pack"] for each in shipped} >= {"standard", "group-complaint-demand"}
    assert line("--json", "packs", "list").json() == shipped


def test_what_nobody_foresaw_ends_with_70_and_leaves_its_details_in_a_file(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(context: object) -> None:
        raise RuntimeError("the moon fell down")

    monkeypatch.setattr(packs, "shelf_of", breaks)
    ran = line("packs", "list")
    assert ran.code == 70
    assert "Traceback" not in ran.out + ran.err
    (details,) = (line.home / "logs").glob("fault-*.txt")
    assert "the moon fell down" in details.read_text(encoding="utf-8")
    assert str(details) in ran.err


def test_help_is_there_in_both_languages(line: Line) -> None:
    zh, en = line("--help", lang="zh"), line("--help")
    assert (zh.code, en.code) == (0, 0)
    assert "登记一个案件" in zh.out
    assert "Open a case" in en.out


def test_help_loads_no_engine_no_database_and_no_validation() -> None:
    heavy = "temporalio", "sqlalchemy", "pydantic", "pydantic_settings", "alembic"
    code = (
        "import sys; from client.cli.main import main; main(['--help']);"
        f"sys.stderr.write(' '.join(set(sys.modules) & set({heavy!r})))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stderr == ""


def test_help_comes_soon() -> None:
    def took() -> float:
        """The processor's seconds, which other work on the machine does not change."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        code = "from client.cli.main import run; run()"
        subprocess.run([sys.executable, "-c", code, "--help"], cwd=ROOT, capture_output=True, timeout=60, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(took() for _ in range(5)) <= 0.4
