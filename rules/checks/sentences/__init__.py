"""The sentences for mistakes of a pack: what is wrong (zh, en), what to write instead (zh, en)."""

from rules.checks.sentences import (
    acting,
    asking,
    counted,
    judging,
    linking,
    paying,
    reading,
    repeating,
    reporting,
    timing,
)

#: The words of a pack as people call them.
WORDS = {
    "clause": ("条款", "clause"),
    "kind": ("案件种类", "kind"),
    "stage": ("阶段", "stage"),
    "role": ("角色", "role"),
    "step": ("步骤", "step"),
    "form": ("表单", "form"),
    "field": ("字段", "field"),
    "class": ("分类", "class"),
    "table": ("对照表", "table"),
    "clock": ("时限", "clock"),
    "ladder": ("升级阶梯", "ladder"),
    "gate": ("关卡", "gate"),
    "task": ("任务", "task"),
    "approval": ("审批", "approval"),
    "notice": ("通知", "notice"),
    "link": ("关联", "link"),
    "cycle": ("周期", "cycle"),
    "count": ("计数", "count"),
    "consequence": ("后果", "consequence"),
    "report": ("报表", "report"),
}

#: What may stand where something else stands.
TYPES_WANTED = {
    "text": ("文字（加引号）", "a text in quotes"),
    "whole": ("整数", "a whole number"),
    "yes_no": ("true 或 false", "true or false"),
    "table": ("内联表 { … }", "a table { … }"),
    "list": ("列表 [ … ]", "a list [ … ]"),
    "date": ("日期，如 2026-03-01", "a date such as 2026-03-01"),
    "value": (
        "文字、整数、true/false，或 { field }、{ fact }、{ table, gives }、{ clock }、{ above }、{ gap }",
        "a text, a whole number, true or false, or { field }, { fact }, { table, gives }, { clock }, { above }, { gap }",
    ),
    "amount": (
        "整数、{ field }、{ table, gives } 或 { gap }",
        "a whole number, { field }, { table, gives } or { gap }",
    ),
    "required": ("true、false 或条件列表", "true, false or a list of conditions"),
    "bound": ("文字（加引号）或整数", "a text in quotes or a whole number"),
}

SENTENCES = (
    acting.SENTENCES
    | asking.SENTENCES
    | counted.SENTENCES
    | judging.SENTENCES
    | linking.SENTENCES
    | paying.SENTENCES
    | reading.SENTENCES
    | repeating.SENTENCES
    | reporting.SENTENCES
    | timing.SENTENCES
)
