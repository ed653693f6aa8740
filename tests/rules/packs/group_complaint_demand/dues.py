"""Who hears when of a case that is left alone: every rung of every clock, worked out by hand.

The calendar: Monday to Friday 09:00-12:00 and 13:30-18:00, 7.5 open hours a day; March 2026 has no holiday, 2 March is a
Monday. A share of a clock is counted in what the clock counts: open hours here, real time for days and months. A missed
limit is noticed one second after it; "one working day later" ends at 24:00 of the working day after its date.
"""

from tests.rules.packs.playing import Line

Lines = tuple[Line, ...]

GROUP_HEARD: Lines = (
    # 1 working day, its first day counted: Mon 24:00; 7.5 open hours, 80 % = 6 h: 3 until noon and 3 after 13:30
    ("2026-03-02T16:30:00", "acceptance", "nora"),
    ("2026-03-03T00:00:01", "acceptance", "ofra lena"),
    ("2026-03-04T00:00:00", "acceptance", "greta"),
)

GROUP_COMPLAINT: Lines = (
    # 5 working days from Mon 10:00, that day counted: Fri 6 Mar 24:00; 6.5 + 30 = 36.5 open hours, 80 % = 29.2 h:
    # Monday 6.5, to Thursday 29, 0.2 h = 12 min of Friday
    ("2026-03-06T09:12:00", "handling", "nora"),
    # missed: escalated by itself, and nobody accepts it, so the clock goes on
    ("2026-03-07T00:00:01", "handling", "ofra lena"),
    # one working day after Fri 6 Mar is Mon 9 Mar, at its end
    ("2026-03-10T00:00:00", "handling", "greta"),
)

GROUP_DEMAND: Lines = (
    ("2026-03-06T09:12:00", "demand_handling", "nora"),
    ("2026-03-07T00:00:01", "demand_handling", "ofra lena"),
    ("2026-03-10T00:00:00", "demand_handling", "greta"),
)

GROUP_ESCALATED: Lines = (
    # 15 working days from Tue 3 Mar 10:00, that day counted: Mon 23 Mar 24:00; 6.5 + 105 = 111.5 open hours,
    # 80 % = 89.2 h: Tuesday 6.5, eleven days 89 to Wed 18, 12 min of Thu 19
    ("2026-03-19T09:12:00", "escalated", "nora"),
    ("2026-03-24T00:00:01", "escalated", "ofra lena"),
    ("2026-03-25T00:00:00", "escalated", "greta"),
)

GROUP_EXEMPT: Lines = (
    # a progress note every 7 days: from Tue 3 Mar to the end of Tue 10 Mar
    ("2026-03-11T00:00:01", "progress", "ofra omar"),
    # to the end of Fri 20 Mar, from Tue 3 Mar 10:00: 422 hours, 80 % = 337 h 36 min = 14 days 1 h 36 min
    ("2026-03-17T11:36:00", "plan", "nora"),
    ("2026-03-21T00:00:01", "plan", "ofra lena"),
    # one working day after Fri 20 Mar is Mon 23 Mar, at its end
    ("2026-03-24T00:00:00", "plan", "greta"),
)
