"""Every clause is accounted for exactly once, every row cites a clause that stands in the file."""

from collections.abc import Iterator

from rules.accounting import blocks, citations, gaps
from rules.checks.choices import MEANWHILE
from rules.checks.draft import Draft
from rules.clauses import PROMISES, Clause
from rules.problems import Found, Place, found

_STATES = ("nothing_to_encode", "always", "gap", "not_yet")


def check(draft: Draft) -> Iterator[Found]:
    """Every clause block, every citation, every gap."""
    cited = citations(draft.file)
    for name, row in draft.file.clause.items():
        yield from _clause(draft, name, row, name in cited or name in draft.lost_clauses)
    for clause, rows in cited.items():
        for block in rows:
            yield from draft.missing(_place(block), "clause", clause)
    for block, row in blocks(draft.file):
        if not row.clause:
            yield found(*_place(block)[:-1], code="no_clause", name=block)
    for block, gap in gaps(draft.file):
        if gap.meanwhile not in MEANWHILE:
            yield found(*_place(block)[:-1], code="bad_choice", given=gap.meanwhile, known=list(MEANWHILE))


def _clause(draft: Draft, name: str, row: Clause, cited: bool) -> Iterator[Found]:
    states = [state for state in _STATES if getattr(row, state) is not None]
    rows_too = cited and states != ["not_yet"]
    if len(states) + rows_too > 1:
        said = ", ".join([*states, *(["rows"] if rows_too else [])])
        yield found("clause", name, code="clause_twice", name=name, states=said)
    if not states and not cited:
        yield found("clause", name, code="clause_unaccounted", name=name)
    for state in states:
        if not getattr(row, state).strip():
            yield found("clause", name, state, code="empty_reason", name=state)
    if row.always is not None and row.always not in PROMISES:
        yield found("clause", name, "always", code="bad_choice", given=row.always, known=list(PROMISES))
    if row.filled is not None:
        yield from draft.missing(("clause", name, "filled"), "clause", row.filled)
        house = draft.file.clause.get(row.filled)
        if house and not house.house:
            yield found("clause", name, "filled", code="not_house", name=row.filled)
        if row.gap is None:
            yield found("clause", name, "filled", code="filled_without_gap", name=name)


def _place(block: str) -> Place:
    """The place of the clause of a block such as ``gate[0]``."""
    word, bracket, index = block.partition("[")
    if bracket:
        return word, int(index.rstrip("]")), "clause"
    word, _, name = block.partition(".")
    return word, name, "clause"
