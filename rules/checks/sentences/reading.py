"""The file, its names, its clauses."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    # the file
    "toml": ("不是有效的 TOML：{error}", "not valid TOML: {error}", "修正这一行", "mend this line"),
    "float": (
        "小数 {given} 不能直接写",
        "the decimal number {given} is refused",
        '金额和比例写成文字，如 "500.00"、"80%"',
        'write money and ratios as text, such as "500.00" or "80%"',
    ),
    "unknown_key": ("没有“{name}”这个键", 'there is no key "{name}" here', "删去或改名", "take it out or rename it"),
    "missing_key": (
        "缺少“{name}”",
        '"{name}" is missing',
        "补上“{name} = …”，可写什么见 docs/packs.md 的“{section}”",
        'write "{name} = …"; what may stand there is under "{section}" in docs/packs.md',
    ),
    "wrong_type": ("{given} 不能用在这里", "{given} cannot stand here", "写成{wanted}", "write {wanted}"),
    "bad_id": (
        "“{name}”不能作规则包编号",
        '"{name}" is no pack id',
        "用小写字母、数字和连字符",
        "use a-z, 0-9 and hyphens",
    ),
    "ends_before": (
        "失效日 {given} 早于生效日",
        "{given} is before effective_from",
        "改正其中一个日期",
        "mend one of the two dates",
    ),
    # names
    "bad_name": (
        "“{name}”不能作名称",
        '"{name}" cannot be a name',
        "用小写字母开头，只含小写字母、数字、下划线",
        "begin with a-z, then a-z, 0-9 and underscores only",
    ),
    "reserved_role": ("“{name}”是保留角色", '"{name}" is a role of the house', "换一个名称", "choose another name"),
    "unknown_name": (
        "没有名为“{name}”的{word}",
        'there is no {word} "{name}"',
        "改正名称，或补上该{word}",
        "mend the name or add that {word}",
    ),
    "bad_event": ("“{name}”不是事件", '"{name}" is no event', "改正写法", "mend the spelling"),
    "bad_fact": (
        "“{name}”不是事实",
        '"{name}" is no fact',
        "改正写法；字段写 field = …",
        "mend the spelling; a field is written field = …",
    ),
    "bad_exclusion": (
        "“{name}”不能用来回避",
        '"{name}" excludes nobody',
        "写角色，或 step.x、task.x、approval.x、field.x",
        "write a role, or step.x, task.x, approval.x, field.x",
    ),
    "bad_choice": (
        "“{given}”不是允许的取值",
        '"{given}" is not one of the words for this',
        "改用允许的词",
        "use one of the words",
    ),
    "nowhere": (
        "{word}“{name}”在任何案件种类中都不会发生",
        'the {word} "{name}" can happen in no kind of case',
        "使其阶段或事件同属一个种类，或写明 kind",
        "let its stages or events belong to one kind, or name its kind",
    ),
    # clauses
    "clause_unaccounted": (
        "条款 {name} 没有交代",
        "clause {name} is not accounted for",
        "用行引用它，或写 nothing_to_encode、always、gap、not_yet",
        "cite it in a row, or write nothing_to_encode, always, gap or not_yet",
    ),
    "clause_twice": (
        "条款 {name} 有多种交代：{states}",
        "clause {name} is accounted for more than once: {states}",
        "只留一种",
        "keep one of them",
    ),
    "no_clause": ("{name} 没有引用条款", "{name} cites no clause", '写 clause = "…"', 'write clause = "…"'),
    "empty_reason": (
        "{name} 没有说明",
        "{name} says nothing",
        "写出理由或缺少的内容",
        "write the reason, or what is missing",
    ),
    "not_house": (
        "{name} 不是内部规则",
        "{name} is no house rule",
        "在该条款写 house = true，或改指另一条",
        "write house = true in that clause, or name another",
    ),
    "filled_without_gap": (
        "条款 {name} 有 filled 而无 gap",
        "clause {name} has filled and no gap",
        "写出 gap",
        "write the gap",
    ),
}
