"""Reports: what they show, list by and compare with."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "report_empty": (
        "报表“{name}”什么也不显示",
        'the report "{name}" shows nothing',
        "写 shows 或 columns",
        "write shows or columns",
    ),
    "report_reads_others": (
        "报表不能读“{name}”：日后会变",
        'a report cannot read "{name}", which is another figure tomorrow',
        "改读本案件的字段、分类或时限",
        "read a field, class or clock of the case itself",
    ),
    "report_by_text": (
        "不能按“{name}”分行：内容随意或涉及个人",
        'lines cannot be by "{name}": it is written freely, or personal',
        "改用选项、部门、人员或分类",
        "use a choice, a unit, a person or a class",
    ),
    "measure_needs_of": (
        "{name} 没有写 of",
        "{name} does not say of what",
        '写 of = "字段"',
        'write of = "field"',
    ),
    "measure_of_text": (
        "不能对“{name}”求 {show}",
        '{show} cannot be taken of "{name}"',
        "改用数字、金额，或列在 columns",
        "take a number or an amount, or put it into columns",
    ),
    "share_of_what": (
        "share 没有写 when",
        "share does not say which rows it counts",
        "写 when = [ … ]",
        "write when = [ … ]",
    ),
    "late_of_clock": (
        "late 只能统计时限，不能统计“{name}”",
        'late counts clocks, not "{name}"',
        '写 of = "clock.x"',
        'write of = "clock.x"',
    ),
    "no_questions": (
        "“{name}”没有计分的问题",
        '"{name}" has no question with points',
        "over 写 form.x，并给其字段写 points",
        "let over be form.x, and give its fields points",
    ),
    "target_empty": (
        "目标没有可比的内容",
        "the target compares nothing",
        "写 at_least 或 at_most，并写 shows",
        "write at_least or at_most, and shows",
    ),
    "bad_target": (
        "“{given}”不能作目标",
        '"{given}" is no target for what is shown first',
        'share 写 "80%"，其他写数',
        'write "80%" for a share, a number for anything else',
    ),
}
