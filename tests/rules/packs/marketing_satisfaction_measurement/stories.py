"""How far the survey of 2026 has come."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "marketing-satisfaction-measurement"
ITEMS = ("product_quality", "timely_delivery", "price_and_value", "after_sales_service")
SUB_ITEMS = ("function", "performance", "appearance")
LEVELS = ("very_satisfied", "rather_satisfied", "satisfied", "dissatisfied", "very_dissatisfied")
SENDING = {"respondent": "customer", "user": "华远公司", "product_type": "X", "way": "form_sent"}
DATA = {"delivered_quality": "一次合格率99%", "sales_change": "-12", "lost_business": "两家客户转单"}
REPORT: dict[str, Any] = {
    "item_results": "见统计",
    "special_statistics": "价格最低",
    "focus": [
        {"situation": "customer_complaint", "times": "1", "focus_analysis": "漏油"},
        {"situation": "product_return", "times": "2", "focus_analysis": "划伤"},
    ],
    "conclusion": "总体较满意",
    "suggestions": ["改进包装"],
    "important": False,
}


def survey(at: str = "2026-01-01T00:00", beside: Play | None = None) -> Play:
    """The survey of a year."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.survey_year", "marketing", at, period=at[:4])


def sent(play: Play, at: str = "2026-06-01T10:00", **fields: Any) -> Play:
    """A form of a survey that was sent; the case of the form."""
    play.did("send", "marketing", at, **(SENDING | fields))
    return play.linked("questionnaire", at)


def returned(play: Play, *levels: str, at: str = "2026-06-15T10:00", sub: str = "satisfied", **fields: Any) -> Play:
    """A form of a survey that was sent and came back, with one level for each item, or one for all."""
    form = sent(play, at, **fields).did("take_sub_items", "marketing", at, **dict.fromkeys(SUB_ITEMS, sub))
    given = levels if len(levels) == len(ITEMS) else levels * len(ITEMS)
    return form.did("take_back", "after_sales", at, **dict(zip(ITEMS, given, strict=True)))


def recovered(*levels: str) -> Play:
    """A survey with one form back; its recovery ended in July, and data were analysed."""
    play = survey()
    returned(play, *(levels or ("satisfied",)))
    play.did("end_recovery", "marketing", "2026-07-01T10:00")
    return play.did("analyse_data", "marketing", "2026-07-02T10:00", **DATA)


def reported(**fields: Any) -> Play:
    """… and the report was written."""
    return recovered().did("write_report", "marketing", "2026-07-10T10:00", **(REPORT | fields))
