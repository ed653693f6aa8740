"""Cycles and editions."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "taken_by_type": (
        "字段“{name}”是 {type}，不能决定版次",
        'the field "{name}" is a {type}, which picks no edition',
        "写 date 或 moment 类型的字段",
        "name a field of the type date or moment",
    ),
    "cycle_how_often": (
        "周期“{name}”须写 every 或 months 之一",
        'the cycle "{name}" has either every or months',
        '写 every = "month"，或 months = 12（上一件结案之后）',
        'write every = "month", or months = 12 after the last one closed',
    ),
    "cycle_at_of_months": (
        "周期“{name}”按 months 计，不能再写 at",
        'the cycle "{name}" counts months and has no at',
        "删去 at",
        "take at out",
    ),
    "cycle_day": (
        "“{given}”不是每个周期都有的日子",
        '"{given}" is a day that some periods lack',
        '写 "start"、"end"，或 1 到 {most}',
        'write "start", "end" or 1 to {most}',
    ),
    "cycle_table": (
        "对照表“{name}”按区间查，没有键",
        'the table "{name}" is looked up by ranges and has no keys',
        "改用有 key 的对照表",
        "name a table that has a key",
    ),
    "cycle_field": (
        "表单“{form}”没有字段“{field}”，同一周期的案件无法区分",
        'the form "{form}" has no field "{field}", so the cases of a period could not be told apart',
        "在该表单加上这个字段",
        "add the field to the form",
    ),
}
