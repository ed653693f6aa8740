"""How far a complaint at the car dealer has come. It begins on Monday 2 March 2026; March has no holiday."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "auto-dealership"
CRM, GM = "customer_relations_manager", "general_manager"
INTAKE: dict[str, Any] = {
    "service_area": "after_sales_service",
    "reported_as": "repair_quality",
    "complained_at": "2026-03-02T08:50",
    "content": "刹车维修后三日再次失灵",
    "complainant": "赵先生 13900000000",
    "plate": "粤A12345",
    "listened": True,
    "calm": True,
    "sympathy": True,
    "comfort": True,
}
JUDGEMENT: dict[str, Any] = {
    "first_look": "刹车片磨损",
    "category": "repair_quality",
    "repair_order": "WX-0701",
    "grounds_sufficient": True,
    "demand_reasonable": True,
    "nature": "general",
    "responsible_handler": "service_manager",
}
CAUSE: dict[str, Any] = {
    "cause": "装配力矩不足",
    "cause_code": "training",
    "causing_department": "unit_a",
    "responsible_person": "worker_a",
}
ACTION = {"action": "更换刹车片", "action_owner": "worker_b", "action_date": "2026-03-05"}
SOLUTION: dict[str, Any] = {"solution": "免费返修", "actions": [ACTION]}
MEETING: dict[str, Any] = {
    "met_at": "2026-03-02T11:00",
    "attendees": ["general_manager", "service_manager", "customer_relations_manager"],
    "general_manager_there": True,
    "department_manager_there": True,
    "discussed": "换车",
}
TALKS = {"customer_answer": "accepted", "talks": "客户同意换车"}
SATISFACTION: dict[str, Any] = {"satisfaction": "satisfied", "with_care": True, "poor_attitude": False, "rude": False}
SUMMARY: dict[str, Any] = {"evaluation": "已解决", "improvement": "增加力矩复核", "loss": "0"}
MEASURE: dict[str, Any] = {
    "measure": "力矩复核",
    "measure_type": "preventive",
    "measure_department": "unit_a",
    "measure_owner": "worker_b",
    "due_date": "2026-03-31",
}


def recorded(play: Play | None = None, **fields: Any) -> Play:
    """A complaint that the specialist has written down at nine."""
    return (play or Play(PACK)).did("open.complaint", "specialist", "2026-03-02T09:00", **(INTAKE | fields))


def judged(play: Play | None = None, intake: dict[str, Any] | None = None, **fields: Any) -> Play:
    """… judged by the manager for customer relations at half past nine."""
    play = recorded(play, **(intake or {}))
    return play.did("judge", CRM, "2026-03-02T09:30", **(JUDGEMENT | fields))


def assigned(play: Play | None = None) -> Play:
    """… and assigned to the service manager on Monday at ten."""
    return judged(play).did("assign", CRM, "2026-03-02T10:00")


def found(play: Play | None = None, **fields: Any) -> Play:
    """… whose cause was found at eleven."""
    return assigned(play).did("find_cause", "service_manager", "2026-03-02T11:00", **(CAUSE | fields))


def proposed(play: Play | None = None, at: str = "2026-03-03T09:00", **cause: Any) -> Play:
    """… with a solution proposed on Tuesday at nine, or at another time."""
    return found(play, **cause).until(at).did("propose", "service_manager", at, **SOLUTION)


def approved(play: Play | None = None, at: str = "2026-03-03T09:00", **cause: Any) -> Play:
    """… approved by the general manager on Thursday the 5th at two."""
    play = proposed(play, at, **cause)
    return play.did("approval.solution", GM, "2026-03-05T14:00", verdict="given")


def notified(play: Play | None = None, at: str = "2026-03-03T09:00", **cause: Any) -> Play:
    """… of which the customer was notified at twenty past two."""
    return approved(play, at, **cause).did("notify_customer", "specialist", "2026-03-05T14:20", told="免费返修")


def asked(play: Play | None = None, at: str = "2026-03-03T09:00", **cause: Any) -> Play:
    """… who accepted it, and said on Friday that he is satisfied."""
    play = notified(play, at, **cause)
    play.did("task.reaction", "specialist", "2026-03-05T15:00", reaction="accepted", reaction_words="可以")
    return play.did("ask_satisfaction", "specialist", "2026-03-06T09:00", **SATISFACTION)


def summed_up(play: Play | None = None, at: str = "2026-03-03T09:00", loss: str = "0", **cause: Any) -> Play:
    """… summed up an hour later, without a measure for a reason."""
    fields = SUMMARY | {"loss": loss, "no_measure_why": "个案"}
    return asked(play, at, **cause).did("sum_up", CRM, "2026-03-06T10:00", **fields)


def major(play: Play | None = None) -> Play:
    """A major complaint, for which a meeting was called at ten."""
    return judged(play, nature="major").did("call_meeting", CRM, "2026-03-02T10:00")


def met(play: Play | None = None) -> Play:
    """… acknowledged by both, its cause found, its meeting recorded at noon."""
    play = major(play).did("task.acknowledgement", "service_manager", "2026-03-02T10:05")
    play.did("task.acknowledgement", GM, "2026-03-02T10:06")
    play.did("find_cause", "service_manager", "2026-03-02T11:00", **CAUSE)
    return play.did("record_meeting", CRM, "2026-03-02T12:00", **MEETING)


def negotiating(play: Play | None = None) -> Play:
    """… with a solution that the general manager has approved, in talks with the customer."""
    play = met(play).did("propose", "service_manager", "2026-03-03T09:00", **SOLUTION)
    play.did("approval.major_solution", GM, "2026-03-03T10:00", verdict="given")
    return play.did("negotiate", "service_manager", "2026-03-04T10:00")


def talked(play: Play | None = None) -> Play:
    """… which both managers have signed, and about whose result the customer was asked."""
    play = negotiating(play).did("task.negotiation", "service_manager", "2026-03-04T11:00", **TALKS)
    play.did("task.negotiation", CRM, "2026-03-04T11:30", **TALKS)
    return play.did("ask_satisfaction", CRM, "2026-03-06T09:00", **SATISFACTION)


def drafted() -> Play:
    """A measure that the service manager has drafted on the 5th for a complaint."""
    play = notified().did("draft_measure", "service_manager", "2026-03-05T15:00", **MEASURE)
    return play.linked("measure", "2026-03-05T15:01")


def cosigned() -> Play:
    """… signed by the manager for customer relations on the 6th."""
    return drafted().did("approval.cosign", CRM, "2026-03-06T09:00", verdict="given")


def under_way() -> Play:
    """… approved by the general manager, who appoints a supervisor, and begun."""
    play = cosigned().did("approval.measure", GM, "2026-03-06T10:00", verdict="given", supervisor="other_a")
    return play.did("start_measure", "worker_b", "2026-03-06T11:00")


def reported() -> Play:
    """… reported as done on the 20th."""
    return under_way().did("report_done", "worker_b", "2026-03-20T09:00", done_what="已实行")
