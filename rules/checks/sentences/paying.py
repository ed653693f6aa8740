"""Consequences and who decides them."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "one_amount": (
        "须有且只有一种数额，现为：{given}",
        "there must be exactly one amount, not: {given}",
        "只写一种",
        "write one of them",
    ),
    "percent_of": (
        "{name} 缺少另一半",
        "{name} stands alone",
        "percent 与 of 一起写",
        "write percent and of together",
    ),
    "band_order": (
        "下限 {low} 大于上限 {high}",
        "the lowest amount {low} is above the highest {high}",
        "先写下限",
        "write the lowest first",
    ),
    "unit_of_choices": (
        "单位“{name}”与这种数额不配",
        'the unit "{name}" does not go with this amount',
        "one_of 用 sanction、order 或 reward，其余用 yuan 或积分账户",
        "one_of goes with sanction, order or reward, everything else with yuan or a points account",
    ),
    "not_an_amount": (
        "这个值不是数额",
        "this value is no amount",
        "写数、字段、对照表、事实或 gap",
        "write a number, a field, a table, a fact or a gap",
    ),
    "nobody_against": ("没有写对谁", "it is against nobody", "写 against", "write against"),
    "bad_party": (
        "“{name}”不能作对象",
        '"{name}" is no party',
        "写角色、customer、holder.x 或 field.x",
        "write a role, customer, holder.x or field.x",
    ),
    "split_alone": (
        "split 只能对应一个列表字段的数额",
        "split shares an amount over one list field",
        'against 只写一个 "field.x"',
        'let against name one "field.x"',
    ),
    "split_sum": (
        "比例字段“{name}”没有合计为 100",
        'the ratios "{name}" need not sum to 100',
        '给该字段写 sums_to = "100"',
        'write sums_to = "100" at that field',
    ),
    "nobody_decides": (
        "后果“{name}”有人提出而无人决定",
        'the consequence "{name}" is proposed and never decided',
        "写 decided_by，或用 of 指向它的审批",
        "write decided_by, or an approval of it",
    ),
    "decided_twice": (
        "后果“{name}”既由 decided_by 决定，又有审批“{approval}”",
        'the consequence "{name}" has decided_by and the approval "{approval}"',
        "提出的人写 proposed_by，只留一种决定",
        "who proposes stands in proposed_by; keep one of the two",
    ),
    "not_exact": (
        "后果“{name}”的数额未定，却无人填写",
        'nobody enters the amount of the consequence "{name}", and the rule leaves it open',
        "写 proposed_by 或 decided_by，或写确定的数额",
        "write proposed_by or decided_by, or an exact amount",
    ),
    "nobody_picks": (
        "后果“{name}”没有人可以选择或改动",
        'nobody can pick or change anything of the consequence "{name}"',
        "写 decided_by 或 proposed_by",
        "write decided_by or proposed_by",
    ),
    "instead_of_itself": (
        "后果“{name}”不能代替自己",
        'the consequence "{name}" cannot stand instead of itself',
        "写另一个后果",
        "name another one",
    ),
    "bad_reversal": (
        "“{name}”不能撤回",
        '"{name}" cannot be taken back',
        "写后果的名称，或 link.x.consequence.y",
        "write the name of a consequence, or link.x.consequence.y",
    ),
    "authority_of": (
        "审批“{name}”不针对后果，用不上权限表",
        'the approval "{name}" is of no consequence, so no authority limits it',
        'of 写成 "consequence.x"',
        'write of = "consequence.x"',
    ),
    "authority_table": (
        "权限表“{name}”要按角色查",
        'the table of authority "{name}" is looked up by role',
        '写 key = "role"，每行的 key 是角色名',
        'write key = "role"; the key of each row is a role',
    ),
}
