from datetime import UTC, datetime, timedelta

import pytest

from activities.drivers.ledger import Ledger
from activities.drivers.reading import Reading
from activities.organisation import Organisation, OrgProblems, TooEarly, check
from rules.directory import Absence
from tests.activities.office import ORGANISATION, Office

pytestmark = pytest.mark.offline
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SPRING = datetime(2026, 4, 1, tzinfo=UTC)
AWAY = """
[[absence]]
person = "leader"
from = 2026-05-01
to = 2026-05-06T12:00:00+08:00
substitute = "gm"
"""
BROKEN = """zone = "Asia/Shangai"
[person.u1]
name = 7
mail = "nobody"
departement = "service"
department = "servis"
language = "fr"
[department.service]
head = "u9"
above = "company"
[department.company]
above = "service"
[[absence]]
person = "u1"
from = "soon"
to = 2026-01-01
substitute = "u1"
[roles.standard]
operator = ["u1", "u2"]
handler = "u1"
"""


def test_a_file_becomes_a_directory_with_moments_of_its_zone() -> None:
    directory = check(ORGANISATION + AWAY).directory

    assert directory.people["handler"].language == "en"
    assert directory.people["gm"].roles == ("general_manager",)
    assert directory.departments["shop"].head == "head"
    assert directory.departments["shop"].title == {"zh": "门店", "en": "shop"}
    assert directory.bindings == {"corner-shop": {"clerk": ("clerk",), "leader": ("leader",)}}
    start, end = datetime(2026, 4, 30, 16, tzinfo=UTC), datetime(2026, 5, 6, 4, tzinfo=UTC)
    assert directory.absences == (Absence("leader", start, end, "gm"),)


def test_every_mistake_of_a_file_is_named_at_its_place_in_both_languages() -> None:
    with pytest.raises(OrgProblems) as told:
        check(BROKEN)

    found = {(problem.place, problem.line) for problem in told.value.problems}
    assert found == {
        ("zone", 1), ("person.u1.name", 3), ("person.u1.mail", 4), ("person.u1.departement", 5),
        ("person.u1.department", 6), ("person.u1.language", 7), ("department.service.head", 9),
        ("department.service.above", 10), ("department.company.above", 12), ("absence.0.from", 15),
        ("absence.0.substitute", 17), ("roles.standard.operator.1", 19), ("roles.standard.handler", 20),
    }  # fmt: skip
    assert [problem.line for problem in told.value.problems] == sorted(line for _, line in found)
    assert all(problem.what.zh and problem.what.en and problem.hint.zh for problem in told.value.problems)
    by_place = {problem.place: problem for problem in told.value.problems}
    assert by_place["zone"].hint.en == "write: Asia/Shanghai"
    assert by_place["person.u1.department"].hint.en == "write: service"


def test_a_text_that_is_no_toml_is_one_mistake() -> None:
    with pytest.raises(OrgProblems, match="no TOML"):
        check("[person")


def test_the_directory_is_that_of_its_instant(ledger: Ledger) -> None:
    organisation = Organisation(ledger)
    organisation.apply(check(ORGANISATION), NEW_YEAR, "root")
    organisation.apply(check(ORGANISATION.replace('head = "head"', 'head = "handler"') + AWAY), SPRING, "root")

    assert organisation.directory(NEW_YEAR - timedelta(seconds=1)).people == {}
    assert organisation.directory(SPRING - timedelta(seconds=1)) == check(ORGANISATION).directory
    later = Reading(ledger).directory(SPRING)
    assert later.departments["shop"].head == "handler"
    assert len(later.absences) == 1
    assert list(later.people) == list(check(ORGANISATION).directory.people)


def test_only_what_changed_gets_a_new_row(ledger: Ledger) -> None:
    organisation = Organisation(ledger)
    organisation.apply(check(ORGANISATION), NEW_YEAR, "root")
    organisation.apply(check(ORGANISATION.replace('head = "head"', 'head = "handler"')), SPRING, "root")
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql("SELECT what, since, until FROM organisation_rows WHERE what = 'department'")
        assert sorted(tuple(row) for row in rows if row.since == 2 or row.until) == [
            ("department", 1, 2),
            ("department", 2, None),
        ]
        people = connection.exec_driver_sql("SELECT count(*) FROM organisation_rows WHERE since = 2").scalar()
    assert people == 1


def test_the_same_file_twice_is_one_version(ledger: Ledger) -> None:
    organisation = Organisation(ledger)
    assert organisation.apply(check(ORGANISATION), NEW_YEAR, "root") == 1
    assert organisation.apply(check(ORGANISATION), SPRING, "root") == 1
    [version] = Reading(ledger).organisation_versions()
    assert (version.valid_from, version.applied_by) == (NEW_YEAR, "root")


def test_the_past_is_not_rewritten(ledger: Ledger) -> None:
    organisation = Organisation(ledger)
    organisation.apply(check(ORGANISATION), SPRING, "root")
    with pytest.raises(TooEarly, match="version 1 begins 2026-04-01"):
        organisation.apply(check(ORGANISATION + AWAY), NEW_YEAR, "root")


def test_a_change_counts_for_the_next_decision_of_a_running_case(office: Office) -> None:
    office.open()
    gone = ORGANISATION.replace('clerk = ["clerk"]', 'clerk = ["handler"]')
    Organisation(office.ledger).apply(check(gone), datetime(2026, 3, 2, 2, tzinfo=UTC), "root")

    assert office.ask("step.note", "clerk", "2026-03-02T09:59", noted="before").refusal is None
    refused = office.accept(at="2026-03-02T10:00").refusal
    assert refused is not None
    assert refused.code == "wrong_role"
