"""Who hears when of a case that is left alone: every rung of every clock, worked out by hand.

The calendar: Monday to Friday 09:00-12:00 and 13:30-18:00, 7.5 open hours a day; March 2026 has no holiday, 2 March is a
Monday. A share of a clock is counted in what the clock counts: open hours here, real time for days and months. A missed
limit is noticed one second after it; "one working day later" ends at 24:00 of the working day after its date.
"""

from tests.rules.packs.playing import Line

Lines = tuple[Line, ...]

STANDARD_TAKEN_IN: Lines = (
    # 1 working day to Tue 24:00; 15 open hours, 80 % = 12 h: Monday 7.5, on Tuesday 3 until noon and 1.5 after 13:30
    ("2026-03-03T15:00:00", "acknowledgement", "dora"),
    ("2026-03-04T00:00:01", "acknowledgement", "olga lena"),
    ("2026-03-05T00:00:00", "acknowledgement", "greta"),
    # 5 working days to Mon 9 Mar 24:00; 45 open hours, 80 % = 36 h: Mon to Thu 30, on Friday 3 and 3; no handler yet,
    # so the leader stands in for the holder
    ("2026-03-06T16:30:00", "interim_reply", "dora"),
    ("2026-03-10T00:00:01", "interim_reply", "lena"),
    ("2026-03-11T00:00:00", "interim_reply", "greta"),
    # 15 working days to Mon 23 Mar 24:00; 120 open hours, 80 % = 96 h: twelve days 90 h to Tue 17, on Wednesday 3 and 3
    ("2026-03-18T16:30:00", "handling", "dora"),
    ("2026-03-24T00:00:01", "handling", "lena"),
    # the leader has 4 open hours: Tue 24 Mar 09:00-12:00 and 13:30-14:30; half are two hours
    ("2026-03-24T11:00:00", "leader_acknowledgement", "lena"),
    ("2026-03-24T14:30:01", "leader_acknowledgement", "lena greta"),
    # the general manager has 4 open hours from 14:30:01: 3:29:59 until 18:00, 30:01 on Wednesday; half are two hours
    ("2026-03-24T16:30:01", "general_manager_acknowledgement", "greta"),
    ("2026-03-25T00:00:00", "handling", "greta"),
    ("2026-03-25T09:30:02", "general_manager_acknowledgement", "greta"),
)

STANDARD_GRAVE: Lines = (
    ("2026-03-03T15:00:00", "acknowledgement", "dora"),
    ("2026-03-04T00:00:01", "acknowledgement", "olga lena"),
    ("2026-03-05T00:00:00", "acknowledgement", "greta"),
    # 5 working days, as the interim reply
    ("2026-03-06T16:30:00", "handling_grave", "dora"),
    ("2026-03-06T16:30:00", "interim_reply", "dora"),
    ("2026-03-10T00:00:01", "handling_grave", "lena"),
    ("2026-03-10T00:00:01", "interim_reply", "lena"),
    # 4 open hours on Tue 10 Mar
    ("2026-03-10T11:00:00", "leader_acknowledgement", "lena"),
    ("2026-03-10T14:30:01", "leader_acknowledgement", "lena greta"),
    ("2026-03-10T16:30:01", "general_manager_acknowledgement", "greta"),
    ("2026-03-11T00:00:00", "handling_grave", "greta"),
    ("2026-03-11T00:00:00", "interim_reply", "greta"),
    ("2026-03-11T09:30:02", "general_manager_acknowledgement", "greta"),
)

STANDARD_ASSIGNED: Lines = (
    # 5 working days, as above; Hana of the service department has it now
    ("2026-03-06T16:30:00", "interim_reply", "dora"),
    # 7 working days from Mon 11:00 to Wed 11 Mar 24:00; 5.5 + 52.5 = 58 open hours, 80 % = 46.4 h: Monday 5.5, Tue to
    # Fri 35.5, Mon 9 Mar 43; 3.4 h of Tue 10: until noon and 0.4 h = 24 min after 13:30
    ("2026-03-10T00:00:01", "interim_reply", "hana lena"),
    ("2026-03-10T13:54:00", "investigation", "dora"),
    ("2026-03-11T00:00:00", "interim_reply", "greta"),
    ("2026-03-12T00:00:01", "investigation", "hana lena"),
    ("2026-03-13T00:00:00", "investigation", "greta"),
    ("2026-03-18T16:30:00", "handling", "dora"),
    ("2026-03-24T00:00:01", "handling", "hana lena"),
    ("2026-03-24T11:00:00", "leader_acknowledgement", "lena"),
    ("2026-03-24T14:30:01", "leader_acknowledgement", "lena greta"),
    ("2026-03-24T16:30:01", "general_manager_acknowledgement", "greta"),
    ("2026-03-25T00:00:00", "handling", "greta"),
    ("2026-03-25T09:30:02", "general_manager_acknowledgement", "greta"),
)
