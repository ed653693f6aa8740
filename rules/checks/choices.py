"""Keys that take one of a few words, the head of the file, and what people read."""

from collections.abc import Iterator
from string import Formatter

from rules.checks.draft import NAME, Draft
from rules.checks.forms import labels
from rules.duties import NOTICE_WORDS
from rules.problems import Found, Place, found

#: The words of each key that takes one of a few.
WORDS = {
    ("class", "several"): ("gravest", "first", "refuse"),
    ("class", "decided"): ("at_intake", "by_step", "always"),
    ("role", "several"): ("any", "all", "one"),
    ("step", "again"): ("", "once", "each_round"),
    ("task", "answers"): ("any", "all"),
    ("approval", "answers"): ("any", "all"),
    ("clock", "again"): ("restart", "resume", "ignore"),
    ("clock", "if_later"): ("from_start", "from_then"),
}
MEANWHILE = ("refuse", "warn", "block")


def check(draft: Draft) -> Iterator[Found]:
    """Words, labels of classes, texts of notices, head of the file."""
    yield from _head(draft)
    for (word, key), allowed in WORDS.items():
        for name, row in draft.rows(word).items():
            given = getattr(row, key)
            if given not in allowed:
                yield found(word, name, key, code="bad_choice", given=given, known=[each for each in allowed if each])
    for name, class_ in draft.file.class_.items():
        yield from labels(draft, ("class", name, "values"), class_.values)
    for index, notice in enumerate(draft.file.notice):
        yield from labels(draft, ("notice", index, "by"), (notice.by,) if notice.by else ())
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


def _text(place: Place, text: str) -> Iterator[Found]:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield found(*place, code="bad_braces")
        return
    for name in names:
        if name not in NOTICE_WORDS:
            yield found(*place, code="no_notice_word", name=name, known=list(NOTICE_WORDS))
