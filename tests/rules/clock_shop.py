"""A small pack for clocks: a case that is open, put aside, taken up again, settled; each test writes its own clocks."""

from dataclasses import replace

from rules.pack import Pack
from rules.parsing import parse
from tests.rules.corner_shop import Play, calendar

_HEAD = """
id = "corner-shop"
edition = 1
title = { zh = "时限样例", en = "clocks" }
calendar = "cn"
effective_from = 2025-01-01
[counting]
minutes = { runs = "always" }
hours = { runs = "always" }
days = { start_day = "excluded", ends = "midnight", rest_day = "stays", pauses = "whole_days" }
working_days = { start_day = "excluded", ends = "midnight", pauses = "whole_days" }
months = { start_day = "excluded", ends = "midnight", missing_day = "last_day" }
same_day = { ends = "midnight" }
end_of = { ends = "midnight", pauses = "whole_days" }
by_day = { that_day = "on_time", ends = "midnight" }
around = { days = 2, ends = "midnight" }
week = { first = "monday" }
at_due = "on_time"
judged_by = "at"
[labels]
goods = { zh = "商品", en = "goods" }
service = { zh = "服务", en = "service" }
urgent = { zh = "紧急", en = "urgent" }
normal = { zh = "普通", en = "normal" }
[clause."T-1"]
says = "Everything."
[kind.complaint]
title = { zh = "投诉", en = "complaint" }
stages = [
  { name = "received", title = { zh = "受理", en = "received" }, owner = "clerk" },
  { name = "aside", title = { zh = "搁置", en = "aside" }, owner = "clerk" },
  { name = "settled", title = { zh = "已办结", en = "settled" }, owner = "clerk" },
  { name = "closed", title = { zh = "已结案", en = "closed" }, final = true },
]
opens_with = "intake"
opened_by = "clerk"
clause = "T-1"
[role.clerk]
title = { zh = "受理人", en = "clerk" }
clause = "T-1"
[role.leader]
title = { zh = "领导", en = "leader" }
clause = "T-1"
[role.general_manager]
title = { zh = "总经理", en = "general manager" }
clause = "T-1"
[form.intake]
title = { zh = "登记", en = "intake" }
fields = [
  { name = "topic", title = { zh = "事项", en = "topic" }, type = "choice", choices = ["goods", "service"], required = true },
  { name = "hours", title = { zh = "小时", en = "hours" }, type = "number" },
  { name = "day", title = { zh = "日", en = "day" }, type = "number" },
  { name = "demanded", title = { zh = "要求时间", en = "demanded" }, type = "moment" },
]
clause = "T-1"
[form.demand]
title = { zh = "要求", en = "demand" }
fields = [
  { name = "demanded", title = { zh = "要求时间", en = "demanded" }, type = "moment" },
  { name = "withdrawn", title = { zh = "撤回", en = "withdrawn" }, type = "yes_no" },
]
clause = "T-1"
[form.agreement]
title = { zh = "约定", en = "agreement" }
fields = [{ name = "agreed", title = { zh = "约定时间", en = "agreed" }, type = "moment", required = true }]
clause = "T-1"
[form.flag]
title = { zh = "标记", en = "flag" }
fields = [{ name = "flagged", title = { zh = "标记", en = "flagged" }, type = "yes_no" }]
clause = "T-1"
[class.level]
title = { zh = "级别", en = "level" }
values = ["urgent", "normal"]
decided = "always"
rows = [
  { gives = "urgent", when = [{ field = "flagged", is = true }] },
  { gives = "normal", otherwise = true },
]
clause = "T-1"
[table.limits]
title = { zh = "期限", en = "limits" }
key = "topic"
rows = [
  { key = "goods", gives = { hours = "24" }, clause = "T-1" },
  { key = "service", gives = { hours = { gap = "the text is lost", meanwhile = "block" } }, clause = "T-1" },
]
clause = "T-1"
"""

_STEPS = (
    ("note", "any", "", ""),
    ("demand", "any", "", "demand"),
    ("agree", "any", "", "agreement"),
    ("flag", "any", "", "flag"),
    ("put_aside", "received", "aside", ""),
    ("take_up", ["aside", "settled"], "received", ""),
    ("settle", "received", "settled", ""),
    ("call", "settled", "", ""),
    ("close", ["received", "aside", "settled"], "closed", ""),
)


def _steps() -> str:
    rows = []
    for name, source, target, form in _STEPS:
        given = "[" + ", ".join(f'"{each}"' for each in source) + "]" if isinstance(source, list) else f'"{source}"'
        rows.append(f'[step.{name}]\ntitle = {{ zh = "{name}", en = "{name}" }}\nfrom = {given}\nby = "clerk"')
        rows += [f'to = "{target}"'] if target else []
        rows += [f'form = "{form}"'] if form else []
        rows.append('clause = "T-1"')
    return "\n".join(rows)


#: What ``§`` stands for behind ``title =`` in the clocks of a test.
TITLED = '{ zh = "时", en = "t" }\nclause = "T-1"'
LADDER = """
[ladder.up]
rungs = [
  { at = "50%", tell = "clerk" },
  { at = "100%", tell = "leader", raise_to = "leader" },
  { after = { days = 1 }, tell = "general_manager", raise_to = "general_manager" },
]
clause = "T-1"
"""


def with_clocks(text: str, *changes: tuple[str, str]) -> Pack:
    """The pack with clocks, whose title and clause ``title = §`` gives, and with changes to its own text."""
    head = _HEAD + _steps()
    for old, new in changes:
        assert old in head
        head = head.replace(old, new)
    return parse(head + "\n" + text.replace("§", TITLED))


def play(text: str, *changes: tuple[str, str], known: str = "endless") -> Play:
    """A case to be opened on the pack with these clocks and a calendar by its name."""
    found = Play(with_clocks(text, *changes))
    found.facts = replace(found.facts, calendar=calendar(known))
    return found


def opened(text: str, at: str, *changes: tuple[str, str], known: str = "endless", **fields: object) -> Play:
    """A case that was opened at an instant."""
    found = play(text, *changes, known=known)
    assert found.do("open", "clerk", at, **{"topic": "goods", **fields}) is None
    return found


def did(case: Play, step: str, at: str, **fields: object) -> None:
    """The clerk takes a step, which is not refused."""
    assert case.do(f"step.{step}", "clerk", at, **fields) is None
