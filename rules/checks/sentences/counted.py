"""Counts."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "window_unit": (
        "时间窗须有且只有一个单位，现为：{given}",
        "a window has exactly one unit, not: {given}",
        "只写一个",
        "write one of them",
    ),
    "same_free": (
        "不能要求“{name}”相同：内容随意或涉及个人",
        'cases cannot be the same by "{name}": it is written freely, or personal',
        "改用选项、代码、人员、部门或分类",
        "use a choice, a code, a person, a unit or a class",
    ),
    "count_reads_others": (
        "计数不能读“{name}”：那是别的案件的事",
        'a count cannot read "{name}", which is about other cases',
        "改读被计案件自己的字段、分类或时限",
        "read a field, class or clock of the case that is counted",
    ),
    "tells_of_nothing": (
        "写了 tells，却没有 reached",
        "tells says nothing without reached",
        "写 reached = 10，或删去 tells",
        "write reached = 10, or take tells out",
    ),
}
