"""How far a mobile customer's complaint has come. It begins on Monday 2 March 2026 at ten."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "telecom-normal-urgent"
INTAKE: dict[str, Any] = {
    "company": "unit_a",
    "channel": "hotline_10086",
    "customer": "13800000001",
    "contact": "13900000001",
    "matter": "话费争议",
    "dissatisfied": True,
    "concrete": True,
    "asks_answer": True,
    "first_time": True,
}
TRIAGE: dict[str, Any] = {"pressing": False, "time_demand": "尽快", "important": False}
REPLY = {"solved_how": "退费", "answer": "已退费"}
#: Head of the branch in which a case stands.
HEAD = "head_a"


def received(at: str = "2026-03-02T09:30", beside: Play | None = None, **fields: Any) -> Play:
    """A complaint that the staff of a channel have written down, in the world of another one if there is one."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.complaint", "channel_staff", at, **(INTAKE | fields))


def accepted(**fields: Any) -> Play:
    """… accepted at ten."""
    return received(**fields).did("accept", "intake", "2026-03-02T10:00")


def judged(triage: dict[str, Any] | None = None, **fields: Any) -> Play:
    """… and judged at ten past ten."""
    return accepted(**fields).did("judge", "intake", "2026-03-02T10:10", **(TRIAGE | (triage or {})))


def handled(**fields: Any) -> Play:
    """A normal complaint that is being handled."""
    return judged(**fields).did("start", "intake", "2026-03-02T10:20")


def followed(**fields: Any) -> Play:
    """An urgent complaint with its follower, being handled."""
    play = judged(channel="letter", **fields).did("name_follower", "intake", "2026-03-02T10:15", follower="worker_b")
    return play.did("start", "intake", "2026-03-02T10:20")


def sub_type(play: Play) -> tuple[str, str]:
    """Its category and the kind of its urgency."""
    return play.state.classes["category"], play.state.classes["sub_type"]
