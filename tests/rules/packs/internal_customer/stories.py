"""How far an internal customer's complaint about unit_a has come; unit_b accepts it. It begins on Monday 2 March 2026."""

from typing import Any

from client.seeing import Seeing
from tests.rules.packs.playing import Play

PACK = "internal-customer"
#: Head of the department that accepts it, of the one complained about, and who handles it.
ACCEPTING, ACCUSED_HEAD, HANDLER = "head_b", "head_a", "worker_a"
REGISTRATION: dict[str, Any] = {
    "mode": "in_writing",
    "received_at": "2026-03-02T09:10",
    "accepting_department": "unit_b",
    "complainant": "钱会计",
    "contact": "分机8021",
    "accused_department": "unit_a",
    "event": "仓库未按领料单发料",
    "happened": "2月27日下午",
    "people_involved": "当班保管员",
}
REPORT = {"handled_how": "已补发并更正台账"}
DISSATISFIED = {"satisfied": False, "doubts": "仍未说明原因"}
EVALUATION = {"lessons": "领料单应双人复核", "measures": "仓库增设复核岗", "important": False}


def received(beside: Play | None = None, at: str = "2026-03-02T09:20", **fields: Any) -> Play:
    """A complaint that somebody has made, in the world of another one if there is one."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.complaint", "other_b", at, **(REGISTRATION | fields))


def registered(beside: Play | None = None, **fields: Any) -> Play:
    """… registered a quarter of an hour after it was received."""
    return received(beside, **fields).did("register", ACCEPTING, "2026-03-02T09:25")


def verified(beside: Play | None = None, **fields: Any) -> Play:
    """… verified at ten."""
    play = registered(beside, **fields)
    return play.did("verify", ACCEPTING, "2026-03-02T10:00", understood="领料单齐全", founded=True)


def handling(beside: Play | None = None, **fields: Any) -> Play:
    """… given at half past ten to a worker of the department complained about."""
    play = verified(beside, **fields)
    return play.did("assign", ACCEPTING, "2026-03-02T10:30", handling_department="unit_a", dedicated=HANDLER)


def solved(play: Play | None = None, at: str = "2026-03-05T09:25") -> Play:
    """… with one contact and a solution, on Thursday."""
    play = (play or handling()).did("contact", HANDLER, at, said="已说明进展")
    return play.did("solve", HANDLER, at, solution="补发物料")


def reported(play: Play | None = None, at: str = "2026-03-06T10:00") -> Play:
    """… and reported on Friday."""
    return solved(play).did("report", HANDLER, at, **REPORT)


def confirmed(play: Play | None = None) -> Play:
    """… whose complainant is satisfied."""
    return reported(play).did("confirm", ACCEPTING, "2026-03-06T14:00", satisfied=True)


def evaluated(play: Play | None = None, **fields: Any) -> Play:
    """… and which was evaluated on Monday 9 March."""
    return confirmed(play).did("task.evaluation", ACCEPTING, "2026-03-09T09:00", **(EVALUATION | fields))


def closed(play: Play | None = None, at: str = "2026-03-10T09:00", **fields: Any) -> Play:
    """… received by the leader, and closed."""
    return evaluated(play, **fields).did("task.receipt", "leader", at).did("close", ACCEPTING, at)


def ended(play: Play | None = None) -> Play:
    """A complaint that ended after two rounds without satisfaction, and closed."""
    play = reported(play).did("send_back", ACCEPTING, "2026-03-06T11:00", **DISSATISFIED)
    play.did("solve", HANDLER, "2026-03-09T09:00", solution="书面说明").did(
        "report", HANDLER, "2026-03-09T10:00", **REPORT
    )
    play.did("end_dissatisfied", ACCEPTING, "2026-03-09T11:00", ended_because="投诉人要求无依据")
    play.did("task.evaluation", ACCEPTING, "2026-03-09T12:00", **EVALUATION)
    return play.did("task.receipt", "leader", "2026-03-09T13:00").did("close", ACCEPTING, "2026-03-09T14:00")


def seeing(play: Play) -> Seeing:
    """Who may see what of a complaint as it stands."""
    assert play.state.last_at is not None
    return Seeing(play.pack, play.state, play.directory, play.state.last_at)


def sees(play: Play, person: str) -> bool:
    """Whether a person may read a complaint."""
    assert play.last is not None
    return seeing(play).may_see(person, play.last.face.open_steps)


def spent(play: Play, clock: str) -> list[int]:
    """The seconds that a clock took, round by round."""
    return [int(entry.data["spent"]) for entry in play.of("clock_met", f"clock.{clock}")]
