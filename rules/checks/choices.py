"""Keys that take one of a few words, fields of a form, and the labels that people read."""

from collections.abc import Iterator
from string import Formatter

from rules.checks.draft import NAME, Draft
from rules.duties import NOTICE_WORDS
from rules.forms import Field
from rules.problems import Found, Place, found
from rules.values import type_names

#: The words of each key that takes one of a few.
WORDS = {
    ("class", "several"): ("gravest", "first"),
    ("class", "decided"): ("at_intake", "by_step", "always"),
    ("step", "again"): ("", "once"),
    ("task", "answers"): ("any", "all"),
    ("approval", "answers"): ("any", "all"),
    ("clock", "again"): ("restart", "ignore"),
    ("clock", "if_later"): ("from_start", "from_then"),
}
MEANWHILE = ("refuse", "warn", "block")


def check(draft: Draft) -> Iterator[Found]:
    """Words, fields, labels, texts of notices, head of the file."""
    yield from _head(draft)
    for (word, key), allowed in WORDS.items():
        for name, row in draft.rows(word).items():
            given = getattr(row, key)
            if given not in allowed:
                yield found(word, name, key, code="bad_choice", given=given, known=[each for each in allowed if each])
    for form, row in draft.file.form.items():
        for index, field in enumerate(row.fields):
            yield from _field(draft, ("form", form, "fields", index), field)
    for name, class_ in draft.file.class_.items():
        yield from _labels(draft, ("class", name, "values"), class_.values)
    for index, notice in enumerate(draft.file.notice):
        for lang, text in (("zh", notice.says.zh), ("en", notice.says.en)):
            yield from _text(("notice", index, "says", lang), text)


def _head(draft: Draft) -> Iterator[Found]:
    file = draft.file
    if not NAME.fullmatch(file.id.replace("-", "_")):
        yield found("id", code="bad_id", name=file.id)
    if file.edition < 1:
        yield found("edition", code="not_above_zero", given=str(file.edition))
    if file.effective_to and file.effective_to < file.effective_from:
        yield found("effective_to", code="ends_before", given=file.effective_to.isoformat())


def _field(draft: Draft, place: Place, field: Field) -> Iterator[Found]:
    if field.type not in type_names:
        yield found(*place, "type", code="bad_choice", given=field.type, known=list(type_names))
    chosen = field.type in ("choice", "choices")
    if chosen and not field.choices:
        yield found(*place, code="no_choices", name=field.name)
    if field.choices and not chosen:
        yield found(*place, "choices", code="choices_of_type", name=field.name, type=field.type)
    if field.required == ():
        yield found(*place, "required", code="group_empty", name="required")
    yield from _labels(draft, (*place, "choices"), field.choices)


def _labels(draft: Draft, place: Place, values: tuple[str, ...]) -> Iterator[Found]:
    """Every value that people see has a label in both languages."""
    for value in values:
        if value not in draft.file.labels and draft.whole("labels"):
            yield found(*place, code="no_label", name=value, known=sorted(draft.file.labels))
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield found(*place, code="value_twice", name=value)


def _text(place: Place, text: str) -> Iterator[Found]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield found(*place, code="bad_braces")
        return
    for name in names:
        if name not in NOTICE_WORDS:
            yield found(*place, code="no_notice_word", name=name, known=list(NOTICE_WORDS))
