"""How far a factory's complaint has come. Responsibility is attributed on Tuesday 1 July 2025; the goods are 100 pieces."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "manufacturing-loss"
INTAKE: dict[str, Any] = {
    "customer": "K-17",
    "contact": "13800000000",
    "complaint": "色差超出允收範圍",
    "goods": "P18",
    "quantity": "100",
    "grade_a_price": "500.00",
}
CAUSE: dict[str, Any] = {"cause": "order_misrecorded", "verified": True}
WANG: dict[str, str] = {"party": "wang", "holder": "person", "department": "packing", "ratio": "100"}
GROUP_B: dict[str, str] = {"party": "packing_b", "holder": "group", "department": "packing", "ratio": "40"}
ONE: dict[str, Any] = {"fault": "individual", "parties": [WANG], "manufacturing_bears": True}
SEVERAL: dict[str, Any] = {
    "fault": "inside_a_department",
    "parties": [WANG | {"ratio": "60"}, GROUP_B],
    "manufacturing_bears": True,
}
SOLD: dict[str, Any] = {"sold_quantity": "100", "grade_a_value": "50000.00", "proceeds": "38000.00"}
DISPOSITION: dict[str, Any] = {
    "disposed": "wang",
    "liability_amount": "12000.00",
    "severity": "medium",
    "disposition": "warning",
    "chosen_why": "處分標準未定",
    "times_given": "1",
    "basis_version": "2025-01",
}
MINOR: dict[str, Any] = DISPOSITION | {"disposition": "minor_demerit", "base_units": "1"}
MAJOR: dict[str, Any] = {key: value for key, value in DISPOSITION.items() if key != "times_given"} | {
    "disposition": "major_demerit",
    "bonus": "2350.00",
    "bonus_month": "2025-08-06",
}
PUBLICATION = {"published_on": "2025-08-06", "published_text": "給予王某警告一次"}


def accepted(beside: Play | None = None, at: str = "2025-07-01T08:00", **fields: Any) -> Play:
    """A verified complaint that waits for Manufacturing."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.complaint", "service", at, **(INTAKE | fields)).did("accept", "service", at)


def caused(beside: Play | None = None, at: str = "2025-07-01T08:30", **fields: Any) -> Play:
    """… whose cause is named."""
    return accepted(beside, at).did("name_cause", "manufacturing", at, **(CAUSE | fields))


def attributed(play: Play | None = None, at: str = "2025-07-01T09:00", **fields: Any) -> Play:
    """… attributed to one person, on 1 July at nine."""
    return (play or caused()).did("attribute_one", "manufacturing", at, **(ONE | fields))


def shared(play: Play | None = None, at: str = "2025-07-01T09:00", **fields: Any) -> Play:
    """… or to several parties."""
    return (play or caused()).did("attribute_several", "manufacturing", at, **(SEVERAL | fields))


def sold(play: Play | None = None, at: str = "2025-07-20T10:00", **fields: Any) -> Play:
    """… all sold again within the month."""
    return (play or attributed()).did("sell_all", "sales", at, **(SOLD | fields))


def unsold(play: Play | None = None) -> Play:
    """… or not sold when the month was over."""
    return (play or attributed()).until("2025-08-02T08:00")


def loss_set(play: Play | None = None, at: str = "2025-08-04T09:00", **fields: Any) -> Play:
    """… whose loss is set and shared out."""
    return (play or sold()).did("set_loss", "gm_office", at, basis_version="2025-01", **fields)


def disposed(play: Play | None = None, at: str = "2025-08-04T10:00", **fields: Any) -> Play:
    """… with a disposition for its one party."""
    return (play or loss_set()).did("task.dispose", "gm_office", at, **(fields or DISPOSITION))


def proposed(play: Play | None = None, amount: str = "400", at: str = "2025-08-04T11:00") -> Play:
    """… and the penalty of a warning, put before the General Manager."""
    return (play or disposed()).did("consequence.warning", "gm_office", at, amount=amount)


def approved(play: Play | None = None, at: str = "2025-08-05T09:00") -> Play:
    """… approved by him."""
    return (play or proposed()).did("approval.warning", "general_manager", at, verdict="given")


def published(play: Play | None = None, at: str = "2025-08-06T11:00") -> Play:
    """… and published."""
    return (play or approved()).did("publish", "hr", at, **PUBLICATION)


def closed(play: Play | None = None, at: str = "2025-08-08T10:00") -> Play:
    """… answered and closed with the closing of August."""
    return (
        published(play).did("reply", "service", at, answer="已補貨").did("close", "gm_office", at, closed_in="2025-08")
    )


def shares(play: Play, consequence: str) -> list[tuple[str, str | None]]:
    """Party and amount of each line that was decided of a consequence."""
    return [
        (party, amount)
        for entry in play.of("consequence_decided", f"consequence.{consequence}")
        for _, party, amount in entry.data["lines"]
    ]
