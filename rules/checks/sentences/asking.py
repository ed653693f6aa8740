"""Lists and surveys, copies, entries and keys of kinds, classes that a person confirms."""

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    # fields of forms
    "until_alone": (
        "字段“{name}”有 until 而无 hidden_from",
        '"{name}" has until and no hidden_from',
        "写 hidden_from，或删去 until",
        "write hidden_from, or take out until",
    ),
    "table_of_ranges": (
        "对照表“{name}”按范围查，没有可选的键",
        'the table "{name}" goes by ranges and has no keys to choose from',
        "改用有 key 的表",
        "name a table with key",
    ),
    "key_of_row": (
        "列表行的字段“{field}”不能有 {name}",
        '"{field}" stands in the rows of a list and cannot have this {name}',
        "把它写在列表字段上；行内 required 只写 true 或 false",
        "write it at the list; required in a row is true or false",
    ),
    "sums_outside": (
        "“{name}”不在列表的行里，不能有 sums_to",
        '"{name}" does not stand in the rows of a list, so nothing is summed',
        "把 sums_to 写在列表 fields 里的数字段上",
        "write sums_to at a number among the fields of a list",
    ),
    "points_lacking": (
        "这些选项没有分值：{name}",
        "these choices have no points: {name}",
        "给每个选项写分值",
        "write points for every choice",
    ),
    "weights_sum": (
        "表单“{name}”的权重合计 {given}，不是 100",
        'the weights of "{name}" sum to {given}, not to 100',
        "改正 weight，或全部删去",
        "mend the weights, or take out all of them",
    ),
    "unique_alone": (
        "表单“{name}”只有一份，unique 无用",
        'the form "{name}" is not kept copy by copy, so unique says nothing',
        "写 many = true",
        "write many = true",
    ),
    "not_in_form": (
        "表单“{form}”没有字段“{name}”",
        'the form "{form}" has no field "{name}"',
        "改正字段名，或在该表单加上它",
        "mend the name, or add it to that form",
    ),
    "one_of_many": (
        "规则读取“{name}”，而表单“{form}”有多份并存，不知指哪一份",
        'a rule reads "{name}" of "{form}", of which several copies hold together: it is not said which',
        '在填写时读取（on = "form.{form}"），用 count，或去掉 unique、each',
        'read it as a copy is filled (on = "form.{form}"), count it, or take out unique or each',
    ),
    # kinds
    "entry_reads": (
        "入口条件读取“{name}”，立案前还没有它",
        'an entry reads "{name}", which there is none of before the case is open',
        "只读取受理表单的字段",
        "read fields of the form that opens the case only",
    ),
    "queue_elsewhere": (
        "种类“{kind}”的案件没有分类“{name}”",
        'cases of "{kind}" have no class "{name}"',
        "删去，或在该分类写 kind",
        "take it out, or name the kind in that class",
    ),
    # classes
    "class_not_confirmed": (
        "分类“{name}”须人确认，却没有同名字段",
        '"{name}" is confirmed by a person, and no form has a field of that name',
        "在确认步骤的表单加同名字段",
        "add a field of that name to the form of the step that confirms it",
    ),
    "no_why": (
        "表单里有“{name}”而没有“{name}_why”",
        'the form asks for "{name}" and has no "{name}_why"',
        "加文字字段 {name}_why，写改动的理由",
        "add a text field {name}_why for the reason of another value",
    ),
    "confirmed_elsewhere": (
        "{name} 也填写该分类，而 {given} 不在 confirmed_by 中",
        "{name} fills the class too, and {given} is not among confirmed_by",
        "把角色加入 confirmed_by，或改用另一表单",
        "add the role to confirmed_by, or give that another form",
    ),
}
