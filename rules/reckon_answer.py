"""Answers to calendar questions: the operations, with every convention that changes them."""

from datetime import UTC, tzinfo

from rules.instants import (
    DAY,
    MINUTE,
    check_day,
    check_instant,
    duration_text,
    from_day,
    instant_of,
    instant_text,
    reading_of,
)
from rules.open_time import OpenTime
from rules.reckon_line import Question
from rules.stretches import Stretches, cut, joined


def answer(question: Question) -> str | int | bool:
    """The answer in the form of the batch: an instant, a date or a duration as text, a number, or a truth.

    Raises:
        CalendarError: it needs a day outside the published years or the range, or nothing open is found.
    """
    return _Answering(question).answer()


class _Answering:
    """One question on its way to an answer.

    Under `wall_clock` every instant in here is a clock reading, and so is what the methods give.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.conventions = question.conventions
        self.zone: tzinfo = question.calendar.zone
        self.time: OpenTime = question.calendar.time
        self.start, self.until = question.start, question.until
        pauses = question.pauses
        self.by_readings = self.conventions["elapsed"] == "wall_clock"
        if self.by_readings:
            self.time = question.calendar.wall_clock
            self.start, self.until = self.reading(self.start), self.reading(self.until)
            pauses = [(self.reading(first), self.reading(last)) for first, last in pauses]
            self.zone = UTC
        self.pauses = joined(pauses)
        self.roll = self.conventions["on_closing"] == "roll"
        self.whole_length = self.conventions["pause_outside_hours"] == "wall_time"

    def reading(self, instant: int) -> int:
        return reading_of(instant, self.zone)

    def answer(self) -> str | int | bool:
        question, start, until = self.question, self.start, self.until
        match question.op:
            case "due":
                return self.instant(self.due(question.allow))
            case "before":
                return self.instant(self.before(question.allow))
            case "offset":
                return self.instant(self.before(-question.allow) if question.allow < 0 else self.due(question.allow))
            case "elapsed":
                return self.elapsed()
            case "waiting":
                first, last = (name in question.given for name in ("start", "until"))
                return self.duration(self.waiting(start if first else None, until if last else None))
            case "next_open":
                return self.instant(self.time.next_open(start))
            case "is_open":
                return self.time.is_open(start)
            case "days":
                return self.instant(self.landed())
            case "workdays":
                return _date(self.time.workday(question.start, question.days))
            case "workdays_between":
                return self.time.workdays_between(question.start, question.until)
            case "is_workday":
                return self.time.is_workday(question.start)
            case _:  # calendar_days, the last of FORMS
                return _date(question.start + question.days)

    def due(self, allow: int) -> int:
        if not allow and self.conventions["zero_while_closed"] == "unchanged":
            return self.start
        if not self.whole_length:
            return self.time.due(self.start, allow, self.pauses, roll=self.roll)
        found = self.time.due(self.start, allow, roll=self.roll)
        for first, last in self.pauses:
            if first < found and last > self.start:
                allow += last - max(first, self.start)
                found = self.time.due(self.start, allow, roll=self.roll)
        return found

    def before(self, allow: int) -> int:
        if not allow and self.conventions["zero_while_closed"] == "unchanged":
            return self.start
        return self.time.before(self.start, allow)

    def elapsed(self) -> str:
        if self.whole_length:
            counted = self.time.elapsed(self.start, self.until)
            counted = max(0, counted - _length(cut(self.pauses, self.start, self.until)))
        else:
            counted = self.time.elapsed(self.start, self.until, self.pauses)
        if not counted and self.conventions["zero_elapsed"] == "one_second":
            counted = 1
        return self.duration(counted)

    def waiting(self, start: int | None, until: int | None) -> int:
        pauses = cut(self.pauses, start, until)
        return _length(pauses) if self.whole_length else self.time.waiting(pauses)

    def landed(self) -> int:
        number, waited = self.question.days, 0
        if self.conventions["day_pause"] == "whole_days":
            for first, last in cut(self.pauses, self.start, None):
                number += self.time.workdays_between(self.day(first), self.day(last))
        else:
            waited = self.waiting(self.start, None)
        landing = self.landing(number)
        return self.time.due(landing, waited, roll=self.roll) if waited else landing

    def landing(self, number: int) -> int:
        how, start = self.conventions["landing"], self.start
        if how == "end_of_day":
            day = self.time.workday(self.day(start), number)
            return self.time.closing(day if number or self.time.is_workday(day) else self.time.workday(day, 1))
        if how == "roll_first":
            start = self.into_hours(start, number)
        if number:
            day = self.time.workday(self.day(start), number)
            start = instant_of(day * DAY + reading_of(start, self.zone) % DAY, self.zone)
        return self.into_hours(start, number) if how == "into_hours" else start

    def into_hours(self, instant: int, number: int) -> int:
        return self.time.last_close(instant) if number < 0 else self.time.next_open(instant)

    def day(self, instant: int) -> int:
        return reading_of(instant, self.zone) // DAY

    def instant(self, found: int) -> str:
        zone = self.question.calendar.zone
        if self.by_readings:
            found = instant_of(found, zone)
        check_instant(found, zone)
        return instant_text(self.cut_down(found))

    def duration(self, seconds: int) -> str:
        return duration_text(self.cut_down(seconds))

    def cut_down(self, seconds: int) -> int:
        return seconds - seconds % MINUTE if self.conventions["precision"] == "minute" else seconds


def _length(stretches: Stretches) -> int:
    return sum(last - first for first, last in stretches)


def _date(day: int) -> str:
    return from_day(check_day(day)).isoformat()
