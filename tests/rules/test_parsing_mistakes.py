"""Each file of bad_packs says on its lines, behind ``#!``, what must be found there; nothing else may be found."""

import re
from pathlib import Path

import pytest

from rules.checks.sentences import SENTENCES, WORDS
from rules.checks.wording import said
from rules.parsing import parse
from rules.problems import PackProblems, Problem, found

pytestmark = pytest.mark.pure

BAD = sorted((Path(__file__).parent / "bad_packs").glob("*.toml"))
_EXPECTED = re.compile(r"#!(0?) (.*)$")


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(PackProblems) as raised:
        parse(text)
    return raised.value.problems


def expected(text: str) -> list[tuple[int, str]]:
    """The lines on which something is wrong, and the words that must be said there."""
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _EXPECTED.search(line):
            lines += [(0 if match[1] else number, words.strip()) for words in match[2].split(" | ")]
    return lines


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_every_mistake_of_a_bad_pack_is_found_on_its_line_with_its_words(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wanted = expected(text)
    found_here = problems_of(text)
    missed = [
        each
        for each in wanted
        if not any(p.line == each[0] and each[1] in f"{p.what.en}; {p.hint.en}" for p in found_here)
    ]
    surplus = [
        str(p)
        for p in found_here
        if not any(p.line == line and words in f"{p.what.en}; {p.hint.en}" for line, words in wanted)
    ]
    assert (missed, surplus) == ([], [])


def test_every_sentence_is_provoked_by_a_bad_pack() -> None:
    provoked = {p.code for path in BAD for p in problems_of(path.read_text(encoding="utf-8"))}
    assert set(SENTENCES) == provoked


def test_every_problem_speaks_both_languages_and_leaves_no_brace_open() -> None:
    for path in BAD:
        for problem in problems_of(path.read_text(encoding="utf-8")):
            for title in (problem.what, problem.hint):
                assert re.search("[一-鿿]", title.zh)
                assert title.en
                assert not re.search(r"\{[a-z]+\}", title.en.replace("{number}", "").replace("{ ", ""))


@pytest.mark.parametrize("word", WORDS)
def test_every_word_has_a_name_in_both_languages(word: str) -> None:
    what, _ = said(found("x", code="unknown_name", word=word, name="y", known=[]))
    assert what.zh == f"没有名为“y”的{WORDS[word][0]}"
    assert what.en == f'there is no {WORDS[word][1]} "y"'


def test_problems_stand_in_the_order_of_the_file() -> None:
    for path in BAD:
        lines = [problem.line for problem in problems_of(path.read_text(encoding="utf-8"))]
        assert lines == sorted(lines)


def test_whatever_line_is_lost_the_file_is_a_pack_or_its_mistakes_are_told() -> None:
    rows = (Path(__file__).parent / "data" / "corner-shop.1.toml").read_text(encoding="utf-8").splitlines()
    told = [_told("\n".join(rows[:number] + rows[number + 1 :])) for number in range(len(rows))]
    assert sum(map(bool, told)) > len(rows) / 2


def _told(text: str) -> tuple[Problem, ...]:
    """The problems of a text, none where it is a pack; anything but `PackProblems` is raised."""
    try:
        parse(text)
    except PackProblems as problems:
        return problems.problems
    return ()
