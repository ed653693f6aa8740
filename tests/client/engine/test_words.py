import re

import pytest

from client.engine import words

pytestmark = pytest.mark.pure

_NAMES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("key", sorted(words._WORDS))
def test_both_languages_of_a_sentence_name_the_same_things(key: str) -> None:
    zh, en = words._WORDS[key]
    assert set(_NAMES.findall(zh)) == set(_NAMES.findall(en))
    assert re.search(r"[\u4e00-\u9fff]", zh)
    assert not re.search(r"[\u4e00-\u9fff]", en)


@pytest.mark.parametrize("key", sorted(words._PROBLEMS))
def test_every_problem_says_what_why_and_what_next_in_both_languages(key: str) -> None:
    zh, en = words._PROBLEMS[key]
    assert all(zh)
    assert all(en)
    assert set(_NAMES.findall("".join(zh))) == set(_NAMES.findall("".join(en)))
