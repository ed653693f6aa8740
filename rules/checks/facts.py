"""What each fact of a condition can be: its values, a number, or nothing because there is no such fact."""

from dataclasses import dataclass

from rules.checks.draft import Draft
from rules.links import HOLD
from rules.values import Names

_STATES = {
    "step": ("taken", "not_taken"),
    "stage": ("now", "before", "never"),
    "clock": ("off", "running", "met", "missed"),
    "task": ("none", "open", "done"),
    "approval": ("none", "asked", "given", "returned"),
    "link": ("none", "made"),
}
NUMBER, CHOICE, ROLE, INSTANT = "number", "choice", "role", "instant"
#: What the field of another case can be, where it is no choice.
_TYPES = {"number": NUMBER, "money": NUMBER, "date": INSTANT, "moment": INSTANT}
#: The one fact without a name: whether an open case holds this one.
HELD = "held"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact can be: ``number``, ``role``, ``instant`` or ``choice`` among values; ``word``, ``name``: what must exist."""

    type: str
    word: str
    name: str
    values: Names = ()


def subject(draft: Draft, fact: str) -> Subject | None:
    """What a fact can be, None where it is spelled like none."""
    if fact == HELD:
        return _held(draft)
    word, _, rest = fact.partition(".")
    name, _, aspect = rest.partition(".")
    if not name:
        return None
    if word == "link" and aspect:
        return _of_other(draft, aspect)
    if word == "consequence" and aspect in ("", "open", "times"):
        return Subject(NUMBER, word, name)
    if (word, aspect) == ("count", ""):
        return Subject(NUMBER, word, name)
    if (word, aspect) in (("step", "times"), ("form", "")):
        return Subject(NUMBER, word, name)
    if (word, aspect) == ("clock", "holder"):
        return Subject(ROLE, word, name)
    if aspect or (word == "step" and name == "any"):
        return None
    if word == "class":
        row = draft.file.class_.get(name)
        return Subject(CHOICE, word, name, row.values if row else ())
    if word == "clock":
        return Subject(CHOICE, word, name, _of_clock(draft, name))
    return Subject(CHOICE, word, name, _STATES[word]) if word in _STATES else None


def _of_clock(draft: Draft, name: str) -> Names:
    """What a clock can be; a period, which nothing stops, is never missed."""
    clock = draft.file.clock.get(name)
    period = clock is not None and clock.allow is not None and not clock.stops
    return tuple(state for state in _STATES["clock"] if not (period and state == "missed"))


def _held(draft: Draft) -> Subject | None:
    """Whether a case is held can be asked where a link of the pack holds cases."""
    holding = (name for name, link in draft.file.link.items() if link.then == HOLD)
    return next((Subject(CHOICE, "link", name, _STATES["stage"]) for name in holding), None)


def _of_other(draft: Draft, aspect: str) -> Subject | None:
    """What a fact of the case that a link names can be; its fields are facts too."""
    if not aspect.startswith("field."):
        return None if aspect.startswith("link.") else subject(draft, aspect)
    name = aspect.removeprefix("field.")
    field = draft.fields.get(name)
    if field is None:
        return Subject(CHOICE, "field", name)
    return Subject(_TYPES.get(field.type, CHOICE), "field", name, field.choices)


def spellings() -> list[str]:
    """What facts look like, for whoever has misspelled one."""
    return [
        *(f"{word}.x" for word in _STATES),
        "step.x.times",
        "form.x",
        "clock.x.holder",
        "class.x",
        "consequence.x",
        "count.x",
        "link.x.clock.y",
    ]
