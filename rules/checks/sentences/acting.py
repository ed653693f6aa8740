"""Clocks, roles, stages and steps, duties and links."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    # clocks
    "convention_missing": (
        "[counting] 没有写 {name}",
        "[counting] does not say {name}",
        "写 {name} = {allowed}",
        "write {name} = {allowed}",
    ),
    "unit_not_named": (
        "[counting] 的 {unit} 没有写 {name}",
        "[counting] does not say {name} for {unit}",
        "在 {unit} 写 {name}：{allowed}",
        "write {name} of {unit}: {allowed}",
    ),
    "one_unit": (
        "时长须有且只有一个单位，现为：{given}",
        "a length has exactly one unit, not: {given}",
        "只留一个单位",
        "write one unit",
    ),
    "not_above_zero": ("{given} 不大于零", "{given} is not above zero", "写正整数", "write a whole number above zero"),
    "longer_than_a_century": (
        "{given} 超过一百年",
        "{given} is longer than a hundred years",
        "至多写 {most}",
        "write {most} at most",
    ),
    "ladder_without_allow": (
        "时限“{name}”没有 allow，永不到期",
        'the clock "{name}" has no allow, so it is never due',
        "写 allow，或删去这一项",
        "write allow, or take this out",
    ),
    "no_holder": (
        "阶梯“{ladder}”第 {index} 级通知 holder，而时限“{name}”没有 holder",
        'rung {index} of "{ladder}" tells the holder, and the clock "{name}" has none',
        "写 holder",
        "write its holder",
    ),
    "stop_unreachable": (
        "“{name}”在时限开始后不可能发生",
        '"{name}" cannot happen once the clock runs',
        "改正 stops，或让步骤能到达",
        "mend stops, or let a step lead there",
    ),
    "on_missed_closed": (
        "时限运行时步骤“{name}”不可用",
        'the step "{name}" is open in no stage in which the clock runs',
        "在该步骤的 from 补上阶段",
        "add such a stage to its from",
    ),
    "at_or_after": ("一级须写 at 或 after 之一", "a rung has either at or after", "只写一个", "write one of them"),
    "bad_share": ("“{given}”不是比例", '"{given}" is no share', '写 "1%" 到 "100%"', 'write "1%" to "100%"'),
    "rung_order": (
        "“{given}”排在更晚的一级之后",
        '"{given}" stands after a later rung',
        "按先后排列",
        "put the rungs in order",
    ),
    "no_rungs": ("阶梯“{name}”没有级", 'the ladder "{name}" has no rungs', "至少写一级", "write at least one rung"),
    # roles, stages, steps
    "role_circle": (
        "角色“{name}”的 {key} 成环",
        'the {key} of the role "{name}" leads back to itself',
        "断开一处",
        "cut the circle",
    ),
    "stage_twice": (
        "阶段“{name}”出现两次",
        'the stage "{name}" stands here twice',
        "删去或改名",
        "take one out or rename it",
    ),
    "no_owner": (
        "阶段“{name}”没有 owner",
        'the stage "{name}" has no owner',
        "写负责的角色",
        "write the role that owns it",
    ),
    "no_final": (
        "种类“{name}”没有 final 阶段",
        'the kind "{name}" has no final stage',
        "给一个阶段写 final = true",
        "write final = true at a stage",
    ),
    "final_entry": (
        "首个阶段“{name}”就是终点",
        'the first stage "{name}" is final',
        "把入口放在首位",
        "put the entry first",
    ),
    "nobody": ("“{name}”没有人可以做", 'nobody may do "{name}"', "写出角色", "name the roles"),
    "from_nowhere": (
        "步骤“{name}”没有起点",
        'the step "{name}" comes from no stage',
        '写阶段，或 from = "any"',
        'write stages, or from = "any"',
    ),
    "from_final": (
        "“{name}”是终点，不能再走",
        '"{name}" is final, no step leaves it',
        "删去该起点",
        "take it out of from",
    ),
    "any_alone": ("any 已含所有阶段", "any is every stage already", "只写 any", "write any alone"),
    "unreachable": (
        "没有步骤到达阶段“{name}”",
        'no step leads to the stage "{name}"',
        "加一个通向它的步骤",
        "add a step that leads to it",
    ),
    "dead_end": (
        "从阶段“{name}”到不了终点",
        'no way leads from the stage "{name}" to a final one',
        "加步骤，或写 final = true",
        "add a step, or write final = true",
    ),
    # duties, links
    "never_opens": (
        "关卡永远不会打开：{name}",
        "this gate can never open: {name}",
        "检查 until 里的事实能否在该步骤之前发生",
        "see whether what until asks for can happen before the step",
    ),
    "unjoined": (
        "任务“{name}”无人等待",
        'nothing joins the task "{name}"',
        "加关卡或时限；只需告知则用 notice",
        "add a gate or a clock; to only tell somebody write a notice",
    ),
    "unjoined_approval": (
        "审批“{name}”不影响任何步骤",
        'nothing waits for the approval "{name}"',
        "加关卡",
        "add a gate that reads it",
    ),
    "link_names": (
        "关联“{name}”不知道指哪个案件",
        'the link "{name}" does not say to which case',
        "写 names 或 opens",
        "write names or opens",
    ),
    "link_both": (
        "关联“{name}”新开案件，不用 names",
        'the link "{name}" opens a case and needs no names',
        "删去一个",
        "take one out",
    ),
    "link_carries": (
        "关联“{name}”不新开案件，带不了内容",
        'the link "{name}" opens no case to carry to',
        "写 opens = true",
        "write opens = true",
    ),
}
