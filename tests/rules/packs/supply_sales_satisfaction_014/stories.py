"""How far a grumble, a return or a survey of the supply and sales department has come. March 2026, no holiday in it."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "supply-sales-satisfaction-014"
INTAKE: dict[str, Any] = {
    "sort": "complaint",
    "customer": "华东机电",
    "reach": "13800000000",
    "what": "外包装破损",
    "contact": "worker_a",
    "after_sales": False,
}
INSPECTION: dict[str, Any] = {"inspected_quantity": 12, "bad_quantity": 3, "nonconforming_no": "BHG-7"}
SCORES: dict[str, Any] = {"quality": 90, "price": 60, "delivery": 80, "packaging": 100, "service": 70}
GAPS: dict[str, Any] = {
    "own_score": 80,
    "target_score": 85,
    "rival_score": 78,
    "target_gap": "低5分",
    "rival_gap": "高2分",
    "main_problems": ["价格"],
}
REPORT: dict[str, Any] = {"summary": "共收回一份", "evaluation": "良好", "data_analysis": "价格得分低"}


def received(play: Play | None = None, at: str = "2026-03-02T10:00", **fields: Any) -> Play:
    """A complaint of Monday 2 March at ten; with ``sort="return"`` twelve pieces have come back."""
    back = {"returned_quantity": 12} if fields.get("sort") == "return" else {}
    return (play or Play(PACK)).did("open.grumble", "quality", at, **(INTAKE | back | fields))


def passed_on(play: Play | None = None, **fields: Any) -> Play:
    """… passed on to quality inspection at eleven."""
    return received(play, **fields).did("pass_on", "supply_sales", "2026-03-02T11:00")


def explained_cause(play: Play | None = None, cause: str = "transport", **fields: Any) -> Play:
    """… whose cause is known on Tuesday."""
    play = passed_on(play, **fields)
    return play.did("find_cause", "quality", "2026-03-03T09:00", cause_kind=cause, cause="装卸不当")


def inspected(play: Play | None = None, **fields: Any) -> Play:
    """A return, all of which was inspected anew on Wednesday."""
    play = passed_on(play, sort="return", **fields)
    play.did("take_back_goods", "quality", "2026-03-03T09:00", cause_kind="material", cause="来料不良")
    return play.did("inspect", "quality", "2026-03-04T09:00", **INSPECTION)


def approved(play: Play | None = None) -> Play:
    """… with a proposal that the general manager approved on Tuesday 10 March."""
    play = inspected(play).did("propose", "quality", "2026-03-05T09:00", remedy="rework")
    return play.did("approval.proposal", "general_manager", "2026-03-10T09:00", verdict="given")


def explained(play: Play) -> Play:
    """… explained to the customer."""
    return play.did("explain", "worker_a", "2026-03-11T09:00", explained="致歉并说明", sincere=True)


def carried_out(play: Play | None = None, cause: str = "transport", **fields: Any) -> Play:
    """A complaint, explained and carried out on 11 March."""
    play = explained(explained_cause(play, cause, **fields))
    return play.did("carry_out", "supply_sales", "2026-03-11T10:00", handling="补发")


def surveying(play: Play | None = None) -> Play:
    """A survey, opened on Thursday 5 March, with one form sent along with goods."""
    play = (play or Play(PACK)).did("open.survey", "supply_sales", "2026-03-05T09:00", reason="新产品上市")
    fields = {"sending_no": "D1", "occasion": "with_goods", "shipment": "FH-0305"}
    return play.did("send", "supply_sales", "2026-03-05T10:00", **fields)


def collected(play: Play | None = None) -> Play:
    """… that has come back on 12 March, and collecting is over."""
    play = surveying(play).did("take_back", "supply_sales", "2026-03-12T09:00", sending_no="D1", **SCORES)
    return play.did("end_collecting", "supply_sales", "2026-03-16T09:00")


def published(play: Play | None = None) -> Play:
    """… analysed and published on 18 March."""
    play = collected(play).did("analyse", "supply_sales", "2026-03-17T09:00", **GAPS)
    return play.did("publish", "supply_sales", "2026-03-18T09:00", outcome="总体80分")
