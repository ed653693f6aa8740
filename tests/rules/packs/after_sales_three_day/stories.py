"""How far a complaint about a repair has come. It comes on Monday 2 March 2026."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "after-sales-three-day"
INTAKE: dict[str, Any] = {
    "channel": "phone",
    "complainant": "周先生",
    "complained_at": "2026-03-02T09:55",
    "object": "刹车维修",
    "demand": "重新维修",
}
SLIP: dict[str, Any] = {"category": "repair_quality", "person_in_charge": "worker_a"}
PLAN: dict[str, Any] = {"plan": "更换刹车片", "loss_arisen": False}
CHARGE = "worker_a"


def recorded(at: str = "2026-03-02T10:00", beside: Play | None = None, **fields: Any) -> Play:
    """A complaint that was called in at ten."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.complaint", "clerk", at, **(INTAKE | fields))


def judged(grounds: bool = True, reasonable: bool = True, beside: Play | None = None) -> Play:
    """… judged an hour later."""
    return recorded(beside=beside).did("judge", "service", "2026-03-02T11:00", grounds=grounds, reasonable=reasonable)


def routed(beside: Play | None = None, **fields: Any) -> Play:
    """… the slip was sent at noon."""
    return judged(beside=beside).did("route", "service", "2026-03-02T12:00", **(SLIP | fields))


def received(at: str = "2026-03-02T14:00", beside: Play | None = None, **fields: Any) -> Play:
    """… and received at two: three days, until 24:00 of 5 March."""
    return routed(beside, **fields).did("receive_slip", CHARGE, at)


def found(*at_fault: str, at: str = "2026-03-02T14:00", beside: Play | None = None) -> Play:
    """… the cause was found on the 3rd; nobody is at fault where nobody is named."""
    who: Any = list(at_fault) or {"no": "配件自然老化"}
    return received(at, beside).did("find_cause", CHARGE, at[:8] + "03T10:00", cause="刹车片装反", at_fault=who)


def planned(*at_fault: str, beside: Play | None = None, **fields: Any) -> Play:
    """… planned that afternoon."""
    return found(*at_fault, beside=beside).did("plan", CHARGE, "2026-03-03T15:00", **(PLAN | fields))


def instructed(*at_fault: str, **fields: Any) -> Play:
    """… approved by the leader at four."""
    return planned(*at_fault, **fields).did(
        "approval.instruction", "leader", "2026-03-03T16:00", verdict="given", instruction="同意"
    )


def carried_out(*at_fault: str, **fields: Any) -> Play:
    """… carried out on the 4th."""
    return instructed(*at_fault, **fields).did("carry_out", CHARGE, "2026-03-04T09:00")


def returned(*at_fault: str) -> Play:
    """… and the form came back at ten."""
    return carried_out(*at_fault).did("return_form", CHARGE, "2026-03-04T10:00", result="已更换")


def revisited(*at_fault: str, verified: bool = True) -> Play:
    """… the customer was revisited on the 5th."""
    return returned(*at_fault).did(
        "task.phone_revisit",
        "service",
        "2026-03-05T09:00",
        customer_word="已修好",
        satisfied=True,
        verified=verified,
    )


def decided(play: Play, name: str, at: str = "2026-03-05T10:00", choice: str = "criticism") -> Play:
    """Every penalty of that name was decided by the leader."""
    while play.fact(f"consequence.{name}.open"):
        play.did(f"consequence.{name}", "leader", at, choice=[choice])
    return play
