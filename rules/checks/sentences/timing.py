"""Days that some months lack, windows, clocks that replace each other, periods, agreed times."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "day_missing": (
        "有的月份没有 {given} 日",
        "some months have no day {given}",
        '写 1 到 28，或用 end_of = "month"',
        'write 1 to 28, or end_of = "month"',
    ),
    "window_closed": (
        "窗口还没开就已关闭",
        "the window closes before it opens",
        "让 not_before 早于 allow",
        "let not_before be shorter than allow",
    ),
    "replaces_itself": (
        "时限“{name}”取代了自己",
        'the clock "{name}" replaces itself',
        "从 replaces 中删去一处",
        "take one of them out of replaces",
    ),
    "period": (
        "时限“{name}”没有 stops，是期间：只会进行或届满，不会逾期",
        'the clock "{name}" has no stops: it is a period, running or over, and never missed',
        "写 stops，或删去这一项",
        "write its stops, or take this out",
    ),
    "moved_never": (
        "时限运行时没有步骤填写“{name}”",
        'nothing fills "{name}" while the clock runs',
        "让当时可用的步骤填写含它的表单",
        "let a step that is open then fill a form with it",
    ),
    "rung_length": (
        "逾期后的一级不能用 {given} 计",
        "a rung cannot come {given} after the due",
        "写整数，单位：{allowed}",
        "write a whole number of: {allowed}",
    ),
}
