"""The three classes of a property group's complaints: who sets them and by what, P3-6.2a and P3-7.1 to P3-7.5."""

from typing import Any

import pytest

from tests.rules.packs.playing import Play, for_clause, shipped
from tests.rules.packs.property_three_class.stories import INTAKE, MANAGER, PACK, classed, ended, received, registered

pytestmark = pytest.mark.pure

STAFF = {"staff_origin": "own_staff"}
CLASSES: list[tuple[str, str, dict[str, Any]]] = [
    ("P3-7.3.1", "class_3", {"complainants": 1}),
    ("P3-7.3.1", "class_3", {"complainants": 4}),
    ("P3-7.3.1", "class_1", {"complainants": 5}),
    ("P3-7.3.1", "class_1", {"complainants": 6, "written": True}),
    ("P3-7.3.2", "class_1", {"exposure": "may_be_exposed"}),
    ("P3-7.3.2", "class_1", {"exposure": "exposed"}),
    ("P3-7.3.3", "class_1", {"reputation": "may_harm"}),
    ("P3-7.3.3", "class_1", {"reputation": "harmed"}),
    ("P3-7.3.4", "class_1", {"injury": True}),
    ("P3-7.3.4", "class_1", {"large_loss": True, "loss": "8000.00"}),
    ("P3-7.3.4", "class_3", {"loss": "8000.00"}),
    ("house-5", "class_1", {"large_loss": True}),
    ("P3-7.3.5", "class_1", {"lawyers_letter": True}),
    ("P3-7.3.5", "class_1", {"written": True, "claims": True}),
    ("P3-7.3.5", "class_3", {"claims": True}),
    ("P3-7.4.1", "class_2", {"about": ["overall_service"]}),
    ("P3-7.4.2", "class_2", {"about": ["attitude"], **STAFF}),
    ("P3-7.4.2", "class_2", {"about": ["ethics"], **STAFF}),
    ("P3-7.4.2", "class_2", {"about": ["integrity"], "staff_origin": "contractor"}),
    ("P3-7.4.4", "class_2", {"written": True}),
    ("P3-7.4.5", "class_2", {"passed_on_by": "government"}),
    ("P3-7.5", "class_3", {}),
    ("house-2", "class_3", {}),
]


@pytest.mark.parametrize(
    ("clause", "grade", "fields"), CLASSES, ids=[f"{row[0]}-{row[1]}-{'-'.join(row[2])}" for row in CLASSES]
)
def test_each_test_of_a_class_proposes_it(clause: str, grade: str, fields: dict[str, Any]) -> None:
    play = registered(**fields)
    assert (play.state.proposed, play.state.classes) == ({"grade": grade}, {})
    play.did("receive", "customer_service", "2026-03-02T10:10")
    play.did("classify", MANAGER, "2026-03-02T14:00", grade=grade)
    assert play.state.classes == {"grade": grade}
    cited = [entry.clause for entry in play.of("classified", "class.grade")]
    wanted = "house-2" if clause == "P3-7.5" else clause
    assert any(wanted in each for each in cited) or grade == "class_3"


@for_clause("P3-7.5", "house-2")
def test_what_class_three_is_has_been_lost_and_the_rest_is_put_into_it(clause: str) -> None:
    lost = shipped(PACK).file.clause["P3-7.5"]
    assert (bool(lost.gap), lost.filled) == (True, "house-2")
    play = registered()
    assert play.cites("house-2", "classified", "class.grade")
    assert clause in ("P3-7.5", *shipped(PACK).file.class_["grade"].rows[-1].clause)


@for_clause("P3-1.1")
def test_the_purpose_adds_no_rule_and_three_classes_are_shown(clause: str) -> None:
    file = shipped(PACK).file
    assert file.clause[clause].nothing_to_encode
    assert file.class_["grade"].values == ("class_1", "class_2", "class_3")


@for_clause("P3-7.1")
def test_a_grumble_is_a_complaint(clause: str) -> None:
    play = registered(what="楼上太吵,抱怨几句。")
    assert len(play.of("opened")) == 1
    assert play.cites(clause, "opened")


@for_clause("P3-7.2")
def test_a_class_is_one_of_three_and_the_gravest_wins(clause: str) -> None:
    play = received(written=True, complainants=5)
    assert play.do("classify", MANAGER, "2026-03-02T14:00", grade="class_4") == "fields_wrong"
    assert clause in play.refused_by()
    assert play.state.proposed == {"grade": "class_1"}
    assert play.do("classify", MANAGER, "2026-03-02T14:00") == "fields_wrong"
    play.did("classify", MANAGER, "2026-03-02T14:00", grade="class_1")
    assert play.state.classes == {"grade": "class_1"}


@for_clause("P3-7.2")
@pytest.mark.parametrize(
    ("field", "wrong"),
    [("complainants", 0), ("exposure", "soon"), ("reputation", "bad"), ("passed_on_by", "media"), ("about", [])],
)
def test_what_the_class_hangs_on_is_written_down_as_the_rules_name_it(clause: str, field: str, wrong: Any) -> None:
    play = Play(PACK)
    code = play.open("complaint", "customer_service", "2026-03-02T10:00", **(INTAKE | {field: wrong}))
    assert (code, play.missing()) == ("fields_wrong", {field})
    assert clause in shipped(PACK).file.class_["grade"].clause


@for_clause("P3-6.2a")
def test_what_the_desk_writes_only_proposes_until_the_manager_has_decided(clause: str) -> None:
    play = received(written=True)
    assert (play.state.proposed, play.state.classes) == ({"grade": "class_2"}, {})
    for clerk in ("customer_service", "operations", "company_leaders", "outsider"):
        assert play.do("classify", clerk, "2026-03-02T14:00", grade="class_2") == "wrong_role"
    play.did("classify", MANAGER, "2026-03-02T14:00", grade="class_2")
    assert play.state.classes == {"grade": "class_2"}
    assert play.cites(clause, "moved", "step.classify")


@for_clause("P3-6.2a")
def test_another_class_than_the_proposed_one_needs_a_reason(clause: str) -> None:
    play = received(written=True)
    assert play.do("classify", MANAGER, "2026-03-02T14:00", grade="class_1") == "fields_wrong"
    assert play.missing() == {"grade_why"}
    play.did("classify", MANAGER, "2026-03-02T14:00", grade="class_1", grade_why="涉及多户")
    assert play.state.classes == {"grade": "class_1"}
    assert clause in shipped(PACK).file.class_["grade"].clause


@for_clause("P3-7.4.2")
@pytest.mark.parametrize("about", ["attitude", "ethics", "integrity"])
def test_whose_staff_it_was_is_written_down(clause: str, about: str) -> None:
    play = Play(PACK)
    code = play.open("complaint", "customer_service", "2026-03-02T10:00", **(INTAKE | {"about": [about]}))
    assert (code, play.missing()) == ("fields_wrong", {"staff_origin"})
    assert clause in play.refused_by()
    assert registered(about=[about], staff_origin="contractor").written("intake")["staff_origin"] == "contractor"


@for_clause("P3-7.4.3")
@pytest.mark.parametrize(
    ("first", "second"),
    [({}, "class_2"), ({"written": True}, "class_2"), ({"injury": True}, "class_1")],
    ids=["class_3", "class_2", "class_1"],
)
def test_a_second_complaint_is_of_class_two_and_never_lower_than_the_first(
    clause: str, first: dict[str, Any], second: str
) -> None:
    before = classed(**first)
    again = {"first_case": before.state.case_id, "unhappy_with": ["result_of_work"]}
    play = registered(before.beside(), "2026-03-09T10:00", **again)
    assert play.state.proposed == {"grade": second}
    assert play.state.links == {"second": (before.state.case_id,)}
    assert play.cites(clause, "linked", "link.second")
    assert play.of("classified", "class.grade")[-1].clause == (clause,)


@for_clause("P3-7.4.3")
def test_a_second_complaint_says_what_the_customer_is_unhappy_with(clause: str) -> None:
    before = ended(content=False)
    play, again = before.beside(), {"first_case": before.state.case_id}
    assert play.open("complaint", "customer_service", "2026-03-09T10:00", **(INTAKE | again)) == "fields_wrong"
    assert play.missing() == {"unhappy_with"}
    assert clause in play.refused_by()
    registered(before.beside(), "2026-03-09T10:00", **again, unhappy_with=["way_of_work"])


@for_clause("house-3")
def test_five_like_complaints_are_no_joint_one_but_the_manager_is_asked(clause: str) -> None:
    play = registered(matter="B-12")
    for number in range(2, 7):
        play = registered(play.beside(), f"2026-03-02T{10 + number}:00", matter="B-12")
        told = [message["to"] for message in play.messages if message["template"] == "notice"]
        assert (play.fact("count.alike"), told) == (number, ["head_a"] if number >= 5 else [])
        assert play.state.proposed == {"grade": "class_3"}
        assert play.cites(clause, "notified") is (number >= 5)


@for_clause("house-3")
@pytest.mark.parametrize("other", [{"matter": "B-13"}, {"centre": "unit_b"}, {"matter": ""}], ids=str)
def test_another_matter_or_another_centre_does_not_count(clause: str, other: dict[str, str]) -> None:
    play = registered(matter="B-12")
    for _ in range(3):
        play = registered(play.beside(), matter="B-12")
    play = registered(play.beside(), **({"matter": "B-12"} | other))
    assert play.messages == []
    assert clause in shipped(PACK).file.count["alike"].clause
