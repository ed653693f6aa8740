"""Reports: what they show can be made of their rows, what they list by and put into columns is there."""

from collections.abc import Iterator

from rules.checks import events, facts
from rules.checks.draft import Draft
from rules.conditions import names_in
from rules.counts import Measure, Report
from rules.forms import Field
from rules.periods import PERIODS
from rules.problems import Found, Place, found
from rules.reporting_figures import EXTREMES, SHOWS, target_number
from rules.reporting_rows import ANY
from rules.reporting_values import OF_CASE, OF_ROW, QUESTION
from rules.surveying import HUNDRED, POINTS, questions
from rules.values import Gap

#: Facts that are asked of the world: nobody can tell what they were.
_OTHERS = ("count.", "held")
_NUMERIC = ("number", "money")
_NUMBERS = ("copy", "spent", "amount")
#: Which fields are no value to list by, or to tell apart: their texts are written freely, or are several things.
_FREE = ("text", "list", "file")
#: Measures that take a value of a row, and need to be told which.
_NEED_OF = ("distinct", "sum", "mean")
_NUMBERS_ONLY = ("sum", "mean", *EXTREMES)


def check(draft: Draft) -> Iterator[Found]:
    """Every report."""
    for name, report in draft.file.report.items():
        yield from _report(draft, ("report", name), report)


def _report(draft: Draft, place: Place, report: Report) -> Iterator[Found]:
    if not report.shows and not report.columns:
        yield found(*place, code="report_empty", name=str(place[1]))
    for period in report.period or ("",):
        if period not in PERIODS:
            yield found(*place, "period", code="bad_choice", given=period, known=list(PERIODS))
    word, _, over = report.over.partition(".")
    if word not in OF_ROW or ((word == "cases") != (report.over == "cases")):
        known = ["cases", *(f"{each}.x" for each in OF_ROW if each != "cases")]
        yield found(*place, "over", code="bad_choice", given=report.over, known=known)
        return
    if (word, over) == ("form", ANY):
        yield from draft.missing((*place, "over"), "form", over)
    yield from _dated(draft, place, report.dated)
    yield from _no_counts(place, report)
    for name in report.by:
        yield from _listed(draft, (*place, "by"), report, name)
    for name in report.columns:
        if not _own(draft, report, name):
            yield from _known(draft, (*place, "columns"), name)
    for index, row in enumerate(report.shows):
        yield from measure(draft, (*place, "shows", index), report, row)
    yield from _target(place, report)


def _dated(draft: Draft, place: Place, dated: str | None) -> Iterator[Found]:
    if dated and dated.startswith("field."):
        field = draft.fields.get(dated.removeprefix("field."))
        if field and field.type not in ("date", "moment"):
            yield found(
                *place, "dated", code="field_type", name=field.name, type=field.type, allowed=["date", "moment"]
            )
    elif dated:
        yield from events.named(draft, (*place, "dated"), dated)


def _no_counts(place: Place, report: Report) -> Iterator[Found]:
    """A count is what it was when somebody asked; a report that read one would not stay the same."""
    conditions = [("where", report.where), *((f"shows[{i}].when", each.when) for i, each in enumerate(report.shows))]
    for key, rows in conditions:
        for fact in sorted(names_in(rows)[1]):
            if fact.startswith(_OTHERS) or (fact.startswith("link.") and fact.count(".") > 1):
                yield found(*place, key, code="report_reads_others", name=fact)


def _own(draft: Draft, report: Report, name: str) -> bool:
    """Whether rows have this without a field or fact of that name."""
    word, _, over = report.over.partition(".")
    if name == QUESTION:
        form = draft.file.form.get(over)
        return word == "form" and bool(form and questions(form))
    return name in (*OF_CASE, *OF_ROW[word], *PERIODS)


def _known(draft: Draft, place: Place, name: str) -> Iterator[Found]:
    """The mistake of naming neither a field nor a fact."""
    if "." not in name:
        yield from draft.missing(place, "field", name, *OF_CASE)
        return
    due = name.startswith("clock.") and name.endswith(".due")
    subject = facts.subject(draft, name.removesuffix(".due") if due else name)
    if subject is None or name.startswith((*_OTHERS, "link.")):
        yield found(*place, code="bad_fact", name=name, known=facts.spellings())
    else:
        yield from draft.missing(place, subject.word, subject.name)


def _listed(draft: Draft, place: Place, report: Report, name: str) -> Iterator[Found]:
    if _own(draft, report, name):
        return
    yield from _known(draft, place, name)
    field = draft.fields.get(name)
    if field and _freely(field):
        yield found(*place, code="report_by_text", name=name)


def _freely(field: Field) -> bool:
    return field.personal or field.type in _FREE


def measure(draft: Draft, place: Place, report: Report, row: Measure) -> Iterator[Found]:
    """A measure that cannot be taken of the rows of a report."""
    if row.show not in SHOWS:
        yield found(*place, "show", code="bad_choice", given=row.show, known=list(SHOWS))
        return
    consequence = report.over.startswith("consequence.")
    extreme_of_nothing = row.show in ("lowest", "highest") and not report.by
    if row.of is None and not consequence and (row.show in _NEED_OF or extreme_of_nothing):
        yield found(*place, code="measure_needs_of", name=row.show)
    if row.show == "share" and not row.when:
        yield found(*place, code="share_of_what")
    if row.of is not None:
        yield from _of(draft, (*place, "of"), report, row, row.of)
    if row.weight is not None:
        yield from _number(draft, (*place, "weight"), report, row.weight)


def _of(draft: Draft, place: Place, report: Report, measure: Measure, of: str) -> Iterator[Found]:
    if measure.show == "late":
        word, _, name = of.partition(".")
        if word != "clock" or "." in name:
            yield found(*place, code="late_of_clock", name=of)
        else:
            yield from draft.missing(place, "clock", name)
    elif measure.show in _NUMBERS_ONLY:
        yield from _number(draft, place, report, of)
    elif not _own(draft, report, of):
        yield from _known(draft, place, of)
        field = draft.fields.get(of)
        if field and (field.personal or (measure.show == "distinct" and _freely(field))):
            yield found(*place, code="measure_of_text", name=of, show=measure.show)


def _number(draft: Draft, place: Place, report: Report, of: str) -> Iterator[Found]:
    """What is not a number cannot be added."""
    word, _, over = report.over.partition(".")
    if of in (POINTS, HUNDRED):
        form = draft.file.form.get(over) if word == "form" else None
        if (form is None or not questions(form)) and draft.whole("form"):
            yield found(*place, code="no_questions", name=report.over)
    elif of in OF_ROW[word] and of in _NUMBERS:
        return
    elif "." in of:
        yield from _known(draft, place, of)
        subject = facts.subject(draft, of)
        if subject is not None and subject.type != facts.NUMBER:
            yield found(*place, code="measure_of_text", name=of, show="sum")
    else:
        yield from draft.missing(place, "field", of)
        field = draft.fields.get(of)
        if field and (field.personal or field.type not in _NUMERIC):
            yield found(*place, code="measure_of_text", name=of, show="sum")


def _target(place: Place, report: Report) -> Iterator[Found]:
    if report.target is None:
        return
    shares = bool(report.shows) and report.shows[0].show == "share"
    bounds = {key: getattr(report.target, key) for key in ("at_least", "at_most")}
    if not report.shows or all(bound is None for bound in bounds.values()):
        yield found(*place, "target", code="target_empty")
    for key, bound in bounds.items():
        if bound is None or isinstance(bound, Gap):
            continue
        if target_number(bound) is None or bound.endswith("%") is not shares:
            yield found(*place, "target", key, code="bad_target", given=bound)
