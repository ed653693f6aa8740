"""Past rehearsals on an engine are moved by whole calendar cycles, and back."""

from datetime import UTC, date, datetime

import pytest

from client.rehearsal_shift import CYCLE, moved_calendar, moved_values, years_to_move

pytestmark = pytest.mark.pure

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(("year", "years"), [(2025, 28), (2026, 28), (2027, 0), (2040, 0), (1998, 56), (1999, 28)])
def test_a_rehearsal_is_moved_ahead_of_now_by_whole_cycles(year: int, years: int) -> None:
    assert years_to_move(datetime(year, 3, 2, tzinfo=UTC), NOW) == years


def test_a_cycle_keeps_every_weekday_and_every_leap_day() -> None:
    days = [date(2024, 2, 29), date(2025, 10, 1), date(2026, 12, 31)]
    assert [day.weekday() for day in days] == [day.replace(year=day.year + CYCLE).weekday() for day in days]


def test_values_go_there_and_come_back() -> None:
    values = {"due": "2025-10-10T16:00:00Z", "parts": [["2025-09-30", 1]], "number": "CS-2025-000001", "said": "2025"}
    there = moved_values(values, CYCLE)
    assert there == {
        "due": "2053-10-10T16:00:00Z", "parts": [["2053-09-30", 1]], "number": "CS-2053-000001", "said": "2025",
    }  # fmt: skip
    assert moved_values(there, -CYCLE) == values


def test_a_calendar_takes_its_dates_along() -> None:
    written = {"zone": "Etc/UTC", "week": {}, "yearly": {"12-25": "closed"}, "days": {"2025-10-01": "closed"},
               "published_through": 2026}  # fmt: skip
    found = moved_calendar(written, CYCLE)
    assert found["days"] == {"2053-10-01": "closed"}
    assert found["yearly"] == {"12-25": "closed"}
    assert found["published_through"] == 2054
