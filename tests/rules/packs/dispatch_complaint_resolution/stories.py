"""How far a complaint at the dispatch desk has come. It begins on Monday 2 March 2026 at ten; March has no holiday."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "dispatch-complaint-resolution"
#: The responsible department and its head; somebody who works there.
UNIT, HEAD, WORKER = "unit_a", "head_a", "worker_a"
COMPANY_CAUSES = {
    "installation_defect": "engineering_quality",
    "hidden_danger": "engineering_quality",
    "attitude": "service_quality",
    "work_mistake": "business_operation",
    "system_failure": "business_operation",
    "internal_coordination": "business_operation",
}
CUSTOMER_CAUSES = ("misunderstanding", "wrong_operation", "excess_demand")
INTAKE: dict[str, Any] = {
    "customer_name": "何女士",
    "complained_on": "2026-03-02",
    "building_unit": "7栋2单元",
    "phone_number": "13700000000",
    "course": "三月一日报修,无人上门。",
    "content": "预约后无人上门维修。",
    "receiver_name": "receiver",
    "channel": "phone",
    "soothed": True,
    "cool": True,
    "harms_image": False,
    "serious_impact": False,
    "economic_loss": False,
}
FINDINGS: dict[str, Any] = {
    "verification": "派单遗漏",
    "verified": True,
    "person_concerned": WORKER,
    "person_in_charge": HEAD,
    "handled_by": HEAD,
}
PLAN: dict[str, Any] = {
    "causes": ["派单遗漏"],
    "opinion": "当日上门",
    "actions": [{"action": "上门维修"}, {"action": "补录派单"}],
}
RESOLUTION: dict[str, Any] = {
    "result": "已修复",
    "basis_rule": "第12条",
    "factual": True,
    "fair": True,
    "prompt": True,
    "unreasonable": False,
    "agreed_on": "2026-03-02",
}
CALL: dict[str, Any] = {"revisit_at": "2026-03-04T10:00", "satisfied": True, "polite": True, "revisit_note": "满意"}
ON_THE_SPOT: dict[str, Any] = {"satisfied_now": True, "no_further": True, "answered": "已解释抄表周期"}
SIGNED = {"supervisor": "supervising_leader"}


def registered(play: Play | None = None, at: str = "2026-03-02T10:00", **fields: Any) -> Play:
    """A complaint that a receiver has taken in at ten."""
    return (play or Play(PACK)).did("open.complaint", "receiver", at, **(INTAKE | fields))


def judged(cause: str = "work_mistake", play: Play | None = None, **fields: Any) -> Play:
    """… judged to be established; a major one was reported up before."""
    play = registered(play, **fields)
    if play.state.classes["severity"] == "major":
        play.did("report_up", "receiver", "2026-03-02T10:05")
    return play.did("judge", "receiver", "2026-03-02T10:10", established=True, established_why="派单可查", cause=cause)


def determined(cause: str = "work_mistake", play: Play | None = None, **fields: Any) -> Play:
    """… with its responsibility determined."""
    return judged(cause, play, **fields).did("determine", "receiver", "2026-03-02T10:20", responsibility="派单岗")


def sheet(cause: str) -> dict[str, Any]:
    """What the handling sheet says."""
    if cause == "internal_coordination":
        return {"business_completed": True}
    return {} if COMPANY_CAUSES.get(cause) == "engineering_quality" else {"department": UNIT}


def handler(play: Play) -> str:
    """Who handles it."""
    if play.state.fields.get("violation") or play.state.fields.get("litigation"):
        return "deputy_gm"
    if play.state.classes["category"] == "engineering_quality":
        return "engineering"
    return "dispatcher" if play.state.fields["cause"] == "internal_coordination" else HEAD


def forwarded(
    cause: str = "work_mistake", play: Play | None = None, at: str = "2026-03-02T10:30", **fields: Any
) -> Play:
    """… and forwarded at half past ten."""
    return determined(cause, play, **fields).did("forward", "receiver", at, **sheet(cause))


def verified(cause: str = "work_mistake", play: Play | None = None, found: Any = None, **fields: Any) -> Play:
    """… the customer contacted at eleven, the facts verified at two."""
    play = forwarded(cause, play, **fields)
    by = handler(play)
    play.did("contact", by, "2026-03-02T11:00", contacted_how="已致电")
    return play.did("verify", by, "2026-03-02T14:00", **(FINDINGS | (found or {})))


def planned(cause: str = "work_mistake", play: Play | None = None, found: Any = None, **fields: Any) -> Play:
    """… with a plan of two actions at three."""
    play = verified(cause, play, found, **fields)
    return play.did("plan", handler(play), "2026-03-02T15:00", **PLAN)


def informed(cause: str = "work_mistake", play: Play | None = None, found: Any = None, **fields: Any) -> Play:
    """… the customer told at four; before that the plan of a major complaint was instructed."""
    play = planned(cause, play, found, **fields)
    by = handler(play)
    if play.state.classes["severity"] == "major":
        play.did("submit_plan", by, "2026-03-02T15:10")
        play.did("approval.instruction", "supervising_leader", "2026-03-02T15:30", verdict="given", instructed="同意")
    return play.did("inform", by, "2026-03-02T16:00", informed_at="2026-03-02T15:55", informed_what="当日上门")


def acted(cause: str = "work_mistake", play: Play | None = None, found: Any = None, **fields: Any) -> Play:
    """… and both actions carried out at five."""
    play = informed(cause, play, found, **fields)
    for number in ("1", "2"):
        done = {"each": number, "evidence": "工单", "action_on": "2026-03-02"}
        play.did("task.action", handler(play), "2026-03-02T17:00", **done)
    return play


def resolved(cause: str = "work_mistake", play: Play | None = None, found: Any = None, **fields: Any) -> Play:
    """… and settled at six."""
    play = acted(cause, play, found, **fields)
    more = {"explanation": "已说明", "demand_decision": "declined"} if cause in CUSTOMER_CAUSES else {}
    return play.did("resolve", handler(play), "2026-03-02T18:00", **(RESOLUTION | more))


def summarised(cause: str = "work_mistake", play: Play | None = None, found: Any = None, **fields: Any) -> Play:
    """… called back on Wednesday, and summed up."""
    play = resolved(cause, play, found, **fields).did("revisit", "dispatcher", "2026-03-04T10:00", **CALL)
    return play.did("summarise", "dispatcher", "2026-03-04T11:00", summary="加强派单复核")


def archived(cause: str = "work_mistake", play: Play | None = None, **fields: Any) -> Play:
    """… one point decided, and filed on Thursday."""
    play = summarised(cause, play, None, **fields)
    which = "major_points" if play.state.classes["severity"] == "major" else "general_points"
    play.did(f"consequence.{which}", "deputy_gm", "2026-03-04T12:00", party=WORKER)
    return play.did("archive", "dispatcher", "2026-03-05T09:00", **SIGNED)


def settled_at_once(**fields: Any) -> Play:
    """A complaint that was settled on the spot at twenty past ten."""
    return registered(**fields).did("fast_close", "receiver", "2026-03-02T10:20", **ON_THE_SPOT)
