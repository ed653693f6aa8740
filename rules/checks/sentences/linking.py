"""Links, tasks for each value, kept tables."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "link_same": (
        "关联“{name}”新开案件，没有可比较的字段",
        'the link "{name}" opens its case, so there is nothing to agree with',
        "删去 same，需要带去的字段写进 carries",
        "take out same; what the new case gets stands in carries",
    ),
    "each_and_all": (
        "任务“{name}”逐项答复，不能再要求全部角色答复",
        'the task "{name}" is answered for each value, so not by all of its roles too',
        '删去 answers = "all"',
        'take out answers = "all"',
    ),
    "no_columns": (
        "对照表“{name}”既没有行也没有列",
        'the table "{name}" has neither rows nor columns',
        "写 columns，或写 rows",
        "write its columns, or its rows",
    ),
    "writes_fixed": (
        "对照表“{name}”不能由步骤写入",
        'no step can write into the table "{name}"',
        "给该表写 kept_by 和 key",
        "give the table kept_by and key",
    ),
    "writes_lacking": (
        "步骤的表单没有可写入“{name}”列“{column}”的字段，或该字段是个人信息",
        'the form of the step has no field "{column}" for the table "{name}", or a personal one',
        "在表单中加上同名的非个人字段",
        "add a field of that name to its form, not personal",
    ),
}
