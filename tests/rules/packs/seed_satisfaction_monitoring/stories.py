"""How far opinions, activities, surveys and evaluations of a seed company have come."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "seed-satisfaction-monitoring"
OPINION: dict[str, Any] = {
    "whose": "buyer",
    "customer": "周大田",
    "sort": "opinion",
    "came_from": "customer_opinion",
    "content": "包衣剂有异味",
}
SHEET: dict[str, Any] = {
    "description": "杂交水稻",
    "standard": "GB 4404.1",
    "price": "58.00",
    "quantity": "1公斤/袋",
    "terms_of_trade": "现款",
    "service_after_sale": "田间指导",
    "carriers": ["manual"],
}
TOPICS: dict[str, Any] = {"performance": "发芽好", "effect": "增产", "grumbles": "价高", "praise": "服务好"}
MINUTES: dict[str, Any] = {
    "attendance": "8",
    "made_known": "新品种政策",
    "requirements": "小包装",
    "opinions": "改进包装",
    "answers": "已答复",
}
ANALYSIS: dict[str, Any] = {
    "method": "排列图",
    "system_performance": "稳定",
    "findings": [{"department": "unit_b", "finding": "包装需改进"}],
}
GRADED: dict[str, Any] = {"grade": "satisfied", "evaluation_result": "总体满意"}
SURVEYED: dict[str, Any] = {"customer": "周大田", "noted_on": "2026-03-02", "topics": "种子质量", "grade": "satisfied"}


def opinion(at: str = "2026-03-02T09:00", by: str = "outsider", **fields: Any) -> Play:
    """An opinion that somebody of any department has written down on Monday at nine."""
    return Play(PACK).did("open.opinion", by, at, **(OPINION | fields))


def activity(kind: str, beside: Play | None = None, **fields: Any) -> Play:
    """An activity that the Business Department has begun on Monday."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.activity", "business", "2026-03-02T09:00", activity_type=kind, **fields)


def launched(**fields: Any) -> Play:
    """A product that came to market on 3 March, written down the same day by its department."""
    found = {"product": "rice_7", "launched_on": "2026-03-03"} | fields
    return Play(PACK).did("open.launch", "outsider", "2026-03-03T09:00", **found)


def surveying() -> Play:
    """A survey that the Business Department has opened."""
    return Play(PACK).did("open.survey", "business", "2026-03-02T09:00", organisation="company")


def evaluation(at: str = "2026-01-05T09:00") -> Play:
    """An evaluation that the Office has opened."""
    return Play(PACK).did("open.evaluation", "office", at, organisation="company")


def asked(*departments: str, at: str = "2026-01-05T09:00") -> Play:
    """… departments are asked for what they know, on the same day."""
    rows = [{"department": each} for each in departments or ("unit_a",)]
    return evaluation(at).did("ask_departments", "office", at, departments=rows)


def totalled(at: str = "2026-01-05T09:00") -> Play:
    """… unit a has answered, the Business Department has totalled."""
    play = asked(at=at).did("task.supply", "head_a", at, information="无投诉")
    return play.did("total", "business", at, totals="意见12条")


def analysed(at: str = "2026-01-05T09:00") -> Play:
    """… the Office has analysed; unit b gets a finding."""
    return totalled(at).did("analyse", "office", at, **ANALYSIS)


def evaluated(at: str, opened: str = "2026-01-05T09:00", **fields: Any) -> Play:
    """… and has evaluated at an instant."""
    return analysed(opened).did("evaluate", "office", at, **(GRADED | fields))


def handed_over(at: str, evaluated_at: str) -> Play:
    """… unit b has taken note, and the result went to the management review."""
    play = evaluated(evaluated_at).did("task.receive", "head_b", at)
    return play.did("hand_over", "office", at)
