"""How far the duties of a quarter and of a month have come."""

from typing import Any

from tests.rules.packs.playing import Play

PACK = "purchasing-satisfaction-measurement"
QUESTIONS = (
    "product_quality",
    "product_advertising",
    "technical_service",
    "work_attitude",
    "way_of_working",
    "requirements_met",
)
TOTAL = {"totals": "产品质量4,产品宣传1,技术服务2,工作态度1,工作方式0,满足要求1"}
ANALYSIS = {"results": "质量类最多", "tables": "1", "charts": "0", "concise": True}
FEEDBACK: dict[str, Any] = {
    "fed_back": "包装破损增多",
    "improvers": [{"department": "unit_a"}, {"department": "unit_b"}],
}


def answer(score: str = "90", **fields: Any) -> dict[str, Any]:
    """A survey form on which every question has one score, but for those that are given."""
    rest = {"customer": "华远公司", "answered_on": "2026-03-10", "way": "telephone", "delivered": True}
    return rest | dict.fromkeys(QUESTIONS, score) | fields


def quarter(beside: Play | None = None, at: str = "2026-01-01T00:00", period: str = "2026-Q1") -> Play:
    """The survey of a quarter."""
    play = beside.beside() if beside else Play(PACK)
    return play.did("open.survey_quarter", "purchasing", at, period=period)


def surveyed(*scores: str) -> Play:
    """… with a form for each score, taken in March."""
    play = quarter()
    for score in scores:
        play.did("take_answer", "purchasing", "2026-03-10T10:00", **answer(score))
    return play


def trip(at: str = "2026-03-10T08:00", beside: Play | None = None, by: str = "sales") -> Play:
    """A business trip of a few days."""
    play = beside.beside() if beside else Play(PACK)
    fields = {"traveller": "worker_a", "destination": "苏州", "back_on": "2026-03-12"}
    return play.did("open.trip", by, at, **fields)


def heard(at: str = "2026-03-10T10:00", beside: Play | None = None, by: str = "salesperson", **fields: Any) -> Play:
    """An item of information."""
    play = beside.beside() if beside else Play(PACK)
    found = {"source": "customer_word", "content": "宣传册印刷不清", "special": False}
    return play.did("open.information", by, at, **(found | fields))


def month(at: str = "2026-03-01T00:00") -> Play:
    """The month of March."""
    return Play(PACK).did("open.month", "purchasing", at, period=at[:7])


def totalled() -> Play:
    """… added up on the 25th."""
    return month().did("total", "salesperson", "2026-03-25T10:00", **TOTAL)


def analysed() -> Play:
    """… analysed on the 26th."""
    return totalled().did("analyse", "purchasing", "2026-03-26T10:00", **ANALYSIS)


def routed(*concerned: str) -> Play:
    """… passed on on the 27th."""
    return analysed().did("route", "purchasing_head", "2026-03-27T10:00", concerned=list(concerned))


def fed_back() -> Play:
    """… and fed back in writing on the 30th; two departments improve."""
    return routed("production").did("feed_back", "purchasing", "2026-03-30T10:00", **FEEDBACK)
