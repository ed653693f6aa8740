"""From levels to points, from points to a score, from a score to a grade: MS-4.4.3."""

from decimal import Decimal

import pytest

from tests.rules.packs.marketing_satisfaction_measurement.stories import LEVELS, PACK, returned, survey
from tests.rules.packs.playing import Play, for_clause, shipped

pytestmark = pytest.mark.pure


def graded(*forms: tuple[str, ...]) -> Play:
    """A survey with these forms back."""
    play = survey()
    for levels in forms:
        returned(play, *levels)
    return play.did("end_recovery", "marketing", "2026-07-01T10:00")


V, R, S, D, N = LEVELS
GRADES: list[tuple[list[tuple[str, ...]], str, str, str]] = [
    ([(V,)], "100", "very_satisfied", "MS-4.4.3b"),
    ([(V, V, V, R)], "97.5", "rather_satisfied", "MS-4.4.3c"),
    ([(V, V, V, R), (V,), (V,), (V,)], "99.375", "rather_satisfied", "MS-4.4.3c"),
    ([(R, R, R, R), (R, R, V, R)], "91.25", "rather_satisfied", "MS-4.4.3c"),
    ([(R,)], "90", "rather_satisfied", "MS-4.4.3c"),
    ([(R, R, R, S)], "87.5", "satisfied", "MS-4.4.3d"),
    ([(R, R, R, S), (R,), (R,), (R,)], "89.375", "satisfied", "MS-4.4.3d"),
    ([(S, S, S, R)], "82.5", "satisfied", "MS-4.4.3d"),
    ([(S,)], "80", "satisfied", "MS-4.4.3d"),
    ([(S, S, S, D), (V,), (V, V, S, S), (R, R, R, S), (S, S, S, D)], "81.5", "satisfied", "MS-4.4.3d"),
    ([(S,), (S,), (S, S, S, D)], "75", "dissatisfied", "MS-4.4.3e"),
    ([(D, D, D, S)], "35", "dissatisfied", "MS-4.4.3e"),
    ([(D,)], "20", "dissatisfied", "MS-4.4.3e"),
    ([(D, D, D, N)], "15", "very_dissatisfied", "house-2"),
    ([(D,), (D,), (D,), (D, D, D, N)], "18.75", "very_dissatisfied", "house-2"),
    ([(N, N, N, D)], "5", "very_dissatisfied", "house-2"),
    ([(N,)], "0", "very_dissatisfied", "MS-4.4.3f"),
]


@pytest.mark.parametrize(("forms", "score", "grade", "clause"), GRADES)
def test_a_score_has_one_grade(forms: list[tuple[str, ...]], score: str, grade: str, clause: str) -> None:
    play = graded(*forms)
    assert play.fact("count.score") == Decimal(score)
    assert play.state.classes["grade"] == grade
    assert play.cites(clause, "classified", "class.grade")


#: How often each level was given, from the best to the worst, among twenty answers.
NEAR = [
    ("99.5", (19, 1, 0, 0, 0), "rather_satisfied"),
    ("90.5", (1, 19, 0, 0, 0), "rather_satisfied"),
    ("89.5", (0, 19, 1, 0, 0), "satisfied"),
    ("80.5", (0, 1, 19, 0, 0), "satisfied"),
    ("79.5", (0, 5, 14, 1, 0), "dissatisfied"),
    ("20.5", (0, 1, 0, 16, 3), "dissatisfied"),
    ("19.5", (0, 1, 0, 15, 4), "very_dissatisfied"),
    ("1", (0, 0, 0, 1, 19), "very_dissatisfied"),
]


@for_clause("MS-4.4.3a")
@pytest.mark.parametrize(("score", "given", "grade"), NEAR)
def test_the_grade_changes_at_the_end_of_its_band(clause: str, score: str, given: tuple[int, ...], grade: str) -> None:
    levels = [level for level, times in zip(LEVELS, given, strict=True) for _ in range(times)]
    play = graded(*(tuple(levels[start : start + 4]) for start in range(0, 20, 4)))
    assert (play.fact("count.score"), play.state.classes["grade"]) == (Decimal(score), grade)
    assert clause in shipped(PACK).file.class_["grade"].clause
