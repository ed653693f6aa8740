"""Events that rows wait for, fields that they name: they exist and are of the right type."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.problems import Found, Place, found
from rules.reading import events_of, fields_named

#: What may follow the name in an event; an empty text means that the bare name is an event.
ASPECTS = {
    "step": ("",),
    "stage": ("",),
    "form": ("",),
    "field": ("",),
    "clock": ("met", "missed"),
    "task": ("given", "done"),
    "approval": ("asked", "given", "returned"),
    "class": ("changed",),
    "link": ("made", "closed"),
    "consequence": ("raised", "proposed", "decided", "dropped", "reversed"),
    "count": ("reached",),
}
ALONE = ("opened", "closed", "step.any")

DAYS = ("moment", "date")
#: Which types a field must have where a row names it, by the key that names it.
TYPES = {
    "person": ("person", "people"),
    "of": ("unit",),
    "never": ("person", "people"),
    "moved_to": ("moment", "date"),
    "starts": ("moment", "date"),
    "stops": ("moment", "date"),
    "on": ("moment", "date"),
    "from": ("moment", "date"),
    "to": ("moment", "date"),
    "until": ("moment", "date"),
    "minutes": ("number",),
    "hours": ("number",),
    "days": ("number",),
    "working_days": ("number",),
    "months": ("number",),
    "by_day": ("number",),
    "around": ("number",),
    "key": ("choice", "text", "code", "unit", "yes_no"),
    "by": ("number", "money"),
    "names": ("case", "list"),
    "each": ("person", "people", "unit", "choice", "choices", "list"),
}
AMOUNTS = ("number", "money")
#: Of the keys of consequences that name no amount; parties are looked at there.
_OF_CONSEQUENCES: dict[str, tuple[str, ...]] = {"against": (), "once_per": (), "on": DAYS, "dated": DAYS}
KEYS = ("choice", "text", "code", "unit", "yes_no", "person", "customer", "case", "date", "number")


def check(draft: Draft) -> Iterator[Found]:
    """Events and fields that rows name outside of conditions."""
    for place, event in events_of(draft.file):
        yield from named(draft, place, event)
    for place, name in fields_named(draft.file):
        yield from _field(draft, place, name)
    yield from _one_type(draft)


def named(draft: Draft, place: Place, event: str) -> Iterator[Found]:
    """The mistake of naming an event that there is not."""
    if event in ALONE:
        return
    word, _, rest = event.partition(".")
    name, _, aspect = rest.partition(".")
    aspects = ASPECTS.get(word)
    if not aspects or not name or aspect not in aspects:
        yield found(*place, code="bad_event", name=event, known=_spellings(word, name))
    elif word != "field":
        yield from draft.missing(place, word, name)


def _spellings(word: str, name: str) -> list[str]:
    """What an event of a word may look like; all of them where there is no such word."""
    words = [word] if word in ASPECTS else list(ASPECTS)
    shown = [f"{each}.{name or 'x'}" + (f".{aspect}" if aspect else "") for each in words for aspect in ASPECTS[each]]
    return [*shown, *ALONE]


def _field(draft: Draft, place: Place, name: str) -> Iterator[Found]:
    yield from draft.missing(place, "field", name)
    # A key of a kind may be of any type whose values can be the same.
    wanted = KEYS if place[0] == "kind" and place[-1] == "key" else TYPES.get(str(place[-1]))
    if place[0] == "consequence":
        wanted = _OF_CONSEQUENCES.get(str(place[2]), AMOUNTS)
    field = draft.fields.get(name)
    if field and wanted and field.type not in wanted:
        yield found(*place, code="field_type", name=name, type=field.type, allowed=wanted)


def _one_type(draft: Draft) -> Iterator[Found]:
    """A field that several forms have is the same field, so it has one type."""
    for form, row in draft.file.form.items():
        seen = set()
        for index, each in enumerate(row.fields):
            first = draft.fields[each.name]
            if each.name in seen:
                yield found("form", form, "fields", index, "name", code="field_twice", name=each.name)
            elif first.type != each.type:
                yield found(
                    "form",
                    form,
                    "fields",
                    index,
                    "type",
                    code="field_two_types",
                    name=each.name,
                    type=each.type,
                    other=first.type,
                )
            seen.add(each.name)


def waits(draft: Draft) -> Iterator[Found]:
    """A row that waits for nothing, or for what no kind of case has, never acts."""
    if not draft.whole("step", "kind", "form", "clock", "task", "approval", "link", "class", "consequence", "count"):
        return
    kinds = draft.belonging
    for word in ("clock", "task", "approval", "consequence"):
        for name in draft.rows(word):
            if not kinds.of[f"{word}.{name}"] and (word, name) not in draft.doubtful:
                yield found(word, name, code="nowhere", word=word, name=name)
    for index, notice_kinds in enumerate(kinds.notices):
        if not notice_kinds and ("notice", str(index)) not in draft.doubtful:
            yield found("notice", index, code="nowhere", word="notice", name=str(index))
