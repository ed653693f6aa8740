"""How far a complaint, a breach case, a hold or a statement of a service provider has come. It begins in March 2026.

The provider ``unit_a`` acts through its head ``head_a``. Whatever is told as going on shares one world.
"""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "telecom-sp"
SP = "head_a"
DESK = "partner_desk"
INTAKE: dict[str, Any] = {
    "channel": "hotline_10086",
    "customer_number": "13800000001",
    "matter": "未定制被扣费",
    "counted_at": "2026-03-02T09:00",
    "sp": "unit_a",
    "service": "S1",
    "service_type": "provincial_sms",
}
SUSPICION: dict[str, Any] = {
    "sp": "unit_a",
    "service": "S1",
    "service_type": "provincial_sms",
    "counted_at": "2026-03-01T08:00",
    "first_complaint_at": "2026-03-02T09:00",
    "can_be_suspended": True,
}
NOTICE = {"notice_no": "2026-7", "company_named": "甲公司", "service_named": "彩信", "suspected": "未经定制扣费"}
DENIAL = {"position": "deny", "explanation": "客户已定制", "evidence": ["短信记录"], "contact_person": "李四"}
CHARACTER: dict[str, Any] = {
    "violation_kind": "V1",
    "level": "grave",
    "actual_coefficient": "1",
    "group_penalty": False,
    "caused_escalated": False,
    "caused_batch": False,
}
FILE = {"name": "a.png", "size": 7, "sha256": "ab" * 32}
EVIDENCE: dict[str, Any] = {
    "sp_name": "甲信息有限公司",
    "licence_no": "B2-1",
    "access_code": "1066",
    "service_name": "彩信",
    **dict.fromkeys(("refund_print", "activation_basis", "recording", "opinion_form", "publicity"), FILE),
    "demand_unmet": False,
    "marketing": False,
}
COST: dict[str, Any] = {
    "score": "6.5",
    "information_fee": "10000.00",
    "uses_1259818": False,
    "whole_network_included": True,
}


def beside(world: Play | None) -> Play:
    """A case still to be opened, in the world of another one if there is one."""
    return world.beside() if world else Play(PACK)


def received(world: Play | None = None, at: str = "2026-03-02T10:00", by: str = "agent", **fields: Any) -> Play:
    """A complaint that an agent has taken in."""
    return beside(world).did("open.complaint", by, at, **(INTAKE | fields))


def classified(world: Play | None = None, **fields: Any) -> Play:
    """… about a subscription that failed."""
    play = received(world, **fields)
    return play.did("classify", "agent", "2026-03-02T10:10", sort="subscription", sub_type="subscription_failed")


def denied(world: Play | None = None, **fields: Any) -> Play:
    """A complaint that denies a record."""
    said = {
        "sort": "subscription",
        "sub_type": "denied",
        "record_found": True,
        "explained": "e",
        "still_denied": "否认",
    }
    return received(world, **fields).did("classify", "agent", "2026-03-02T10:10", **said)


def verified(play: Play, responsible: bool = True, verdict: bool = True) -> Play:
    """… verified by the customer-service department."""
    return play.did(
        "note_verified", "customer_service", "2026-03-03T10:00", verified=verdict, sp_responsible=responsible
    )


def escalated(world: Play | None = None, **fields: Any) -> Play:
    """A complaint that the ministry has handed on."""
    forwarded = {"forwarded_by": "miit", "document_of_body": "工信1号", "escalated_channel": "miit_forwarding"}
    return classified(world, **(forwarded | fields))


def suspected(world: Play | None = None, at: str = "2026-03-05T10:00", **fields: Any) -> Play:
    """A breach case upon a complaint, just opened."""
    given = SUSPICION | fields
    same = {name: given[name] for name in ("sp", "service", "service_type")}
    complaint = received(world, at="2026-03-02T10:00", **same)
    return complaint.beside().did("open.breach", DESK, at, **(given | {"complaint": complaint.state.case_id}))


def published(world: Play | None = None, at: str = "2026-03-05T15:00", **fields: Any) -> Play:
    """… the service is suspended and the notice is out on Thursday 5 March at three."""
    play = suspected(world, **({"at": at[:11] + "10:00"} | fields))
    play.did("order_suspension", DESK, at[:11] + "14:00", suspended_service="S1", suspended_as="offending")
    return play.did("publish_notice", DESK, at, **NOTICE)


def answered(play: Play, in_annex_1: bool = True, **fields: Any) -> Play:
    """… the SP has answered on Monday, and the format was checked."""
    play.did("answer", SP, "2026-03-09T10:00", **(DENIAL | fields))
    return play.did("check_format", DESK, "2026-03-09T11:00", in_annex_1=in_annex_1, in_annex_2=True)


def admitted(world: Play | None = None, **fields: Any) -> Play:
    """… it admits, and the breach is confirmed."""
    play = answered(published(world, **fields), position="admit").did("verify", DESK, "2026-03-10T10:00")
    return play.did("confirm_breach", DESK, "2026-03-10T11:00", verified_by="系统记录")


def contested(world: Play | None = None, **fields: Any) -> Play:
    """… it denies with evidence, and the operator sees a breach all the same."""
    play = answered(published(world, **fields)).did("verify", DESK, "2026-03-10T10:00")
    return play.did("confirm_breach", DESK, "2026-03-10T11:00", verified_by="系统记录")


def characterised(play: Play, **fields: Any) -> Play:
    """… its kind and level are found."""
    return play.did("characterise", DESK, "2026-03-11T10:00", **(CHARACTER | fields))


def penalised(play: Play, **fields: Any) -> Play:
    """… and the points are taken."""
    return characterised(play, **fields).did("penalise", DESK, "2026-03-11T11:00")


def points(play: Play) -> str:
    """The credit points that a breach has cost so far."""
    return str(play.fact("consequence.breach_points"))


def held(world: Play | None = None) -> Play:
    """The hold of a settlement: a fee billed in February, a breach that was verified in March."""
    breach = admitted(world, billed_on="2026-02-20")
    return breach.linked("held_by", "2026-03-10T11:00")


def refunded(play: Play, **amounts: str) -> Play:
    """… customers have got their money back."""
    for number, amount in amounts.items():
        play.did("refund", "billing", "2026-03-20T10:00", refunded_number=number, refund_amount=amount)
    return play


def listed(world: Play | None = None, at: str = "2026-04-08T10:00") -> Play:
    """The statement of April for the complaints of March, its list published on the 8th."""
    play = beside(world).did("open.statement", DESK, "2026-04-01T00:00", sp="unit_a", period="2026-04")
    return play.did("publish_list", DESK, at, counted_at="2026-03-01T00:00")


def objected(statement: Play, complaint: Play, at: str = "2026-04-09T10:00", **fields: Any) -> Play:
    """An objection of the SP to one complaint, as a case."""
    said = {"disputed": complaint.state.case_id, "objection_reason": f"理由{at}", "exemption": False}
    statement.did("object", SP, at, **(said | fields))
    return statement.linked("objection", at)


def fixed(world: Play | None = None, raw: int = 0, reduced: int = 0) -> Play:
    """… the volume is fixed after the time for objections."""
    play = listed(world).until("2026-04-12T00:00")
    return play.did("fix_volume", DESK, "2026-04-12T10:00", raw_volume=raw, reduced_volume=reduced)


def charged(play: Play, **cost: Any) -> Play:
    """… and the cost is charged."""
    play.did("publish_cost", "billing", "2026-04-12T11:00", **(COST | cost))
    play.did("assess_volume", "customer_service", "2026-04-12T12:00")
    return play.did("charge", "billing", "2026-04-12T13:00")
