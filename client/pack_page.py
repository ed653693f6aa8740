"""A page about a pack, in English with the titles of the source: its journeys, clocks, ladders, house rules, clauses."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from client.words import amounted
from rules.accounting import ENCODED, GAP, NOT_YET, NOTHING, accounts, gaps
from rules.belonging import belonging
from rules.clocks import Allow
from rules.consequences import AMOUNTS, Consequence
from rules.cycles import Cycle
from rules.kinds import Kind
from rules.machine import mermaid, steps_of
from rules.pack import Pack
from rules.values import Gap, Names, Title, toml_key

STATUSES = (ENCODED, NOTHING, GAP, NOT_YET)
_SAID = {ENCODED: "encoded", NOTHING: "nothing to encode", GAP: "gap", NOT_YET: "waits for a word"}
_NONE = "–"


def page(pack: Pack) -> str:
    """The page as Markdown, ending with a line break."""
    parts = (_head(pack), _journeys(pack), _clocks(pack), _ladders(pack), _consequences(pack), _counts(pack),
             _cycles(pack), _reports(pack), _house(pack), _gaps(pack), _clauses(pack))  # fmt: skip
    return "\n\n".join(text for part in parts if (text := "\n".join(part).strip())) + "\n"


def counted(pack: Pack) -> str:
    """How many clauses stand where, house rules apart: ``42 clauses: 40 encoded, 2 gap; 3 house rules``."""
    rows = [row for row in accounts(pack) if not pack.is_house((row.clause,))]
    found = [(status, sum(row.status == status for row in rows)) for status in STATUSES]
    said = ", ".join(f"{number} {_SAID[status]}" for status, number in found if number)
    return f"{len(rows)} clauses: {said}; {len(pack.house)} house rule{'s' * (len(pack.house) != 1)}"


def _head(pack: Pack) -> Iterator[str]:
    file = pack.file
    yield f"# {file.title.zh} ({file.title.en})"
    yield ""
    until = f" until {file.effective_to}" if file.effective_to else ""
    yield f"`{pack.ref}`, in force from {file.effective_from}{until}; calendar `{file.calendar}`. {counted(pack)}."
    yield ""
    yield "A clause in *italics* is a house rule: agreed for an installation, not said by the source."


def _journeys(pack: Pack) -> Iterator[str]:
    yield "## Journeys"
    kinds = belonging(pack.file)
    for name, kind in pack.file.kind.items():
        yield from ("", f"### {_both(kind.title)} `{name}`", "")
        yield from ("```mermaid", mermaid(kind, steps_of(kinds, name)).rstrip(), "```", "")
        yield from _table(("stage", "title", "owner"), _stages(pack, kind))
        yield f"\nOpened by {_roles(pack, kind.opened_by)}, with the form `{kind.opens_with}` ({_cited(pack, kind.clause)})."


def _stages(pack: Pack, kind: Kind) -> Iterator[list[str]]:
    for stage in kind.stages:
        owner = _roles(pack, (stage.owner,)) if stage.owner else _NONE
        yield [f"`{stage.name}`", _both(stage.title), "the end" if stage.final else owner]


def _clocks(pack: Pack) -> Iterator[str]:
    rows = [
        [f"`{name}`", _both(row.title), length(row.allow), _names(row.starts), _names(row.stops),
         _roles(pack, (row.holder,)) if row.holder else _NONE, f"`{row.ladder}`" if row.ladder else _NONE,
         _cited(pack, row.clause)]
        for name, row in pack.file.clock.items()
    ]  # fmt: skip
    columns = ("clock", "title", "length", "starts", "stops", "holder", "ladder", "clause")
    return _section("Clocks", columns, rows)


def _ladders(pack: Pack) -> Iterator[str]:
    rows = [
        [f"`{name}`", rung.at or f"{length(rung.after)} after", _roles(pack, rung.tell),
         _roles(pack, (rung.raise_to,)) if rung.raise_to else _NONE, _cited(pack, rung.clause or ladder.clause)]
        for name, ladder in pack.file.ladder.items()
        for rung in ladder.rungs
    ]  # fmt: skip
    return _section("Ladders", ("ladder", "at", "tells", "raises to", "clause"), rows)


def _consequences(pack: Pack) -> Iterator[str]:
    rows = [
        [f"`{name}`", _both(row.title), _names(row.on), _names(row.against), _amount(row),
         _roles(pack, row.decided_by) if row.decided_by else _NONE, _cited(pack, row.clause)]
        for name, row in pack.file.consequence.items()
    ]  # fmt: skip
    columns = ("consequence", "title", "on", "against", "amount", "decided by", "clause")
    return _section("Consequences", columns, rows)


def _amount(row: Consequence) -> str:
    given = next((key for key in AMOUNTS if getattr(row, key) not in (None, (), False)), "")
    said = "entered" if given == "entered" else f"{given} {_said(getattr(row, given))}" if given else _NONE
    of = f" of {_said(row.of)}" if row.of is not None else ""
    times = f" × {_said(row.times)}" if row.times is not None else ""
    return f"{said.replace('_', ' ')}{of}{times}, {row.unit}"


def _counts(pack: Pack) -> Iterator[str]:
    rows = [
        [f"`{name}`", _both(row.title), f"{row.measure.show} of {row.over}", _said(row.within) if row.within else _NONE,
         _said(row.reached) if row.reached is not None else _NONE, _cited(pack, row.clause)]
        for name, row in pack.file.count.items()
    ]  # fmt: skip
    return _section("Counts", ("count", "title", "counts", "within", "reached at", "clause"), rows)


def _cycles(pack: Pack) -> Iterator[str]:
    rows = [
        [f"`{name}`", _both(row.title), _rhythm(row), f"`{row.opens}`", row.for_each or _NONE, _cited(pack, row.clause)]
        for name, row in pack.file.cycle.items()
    ]
    return _section("Cycles", ("cycle", "title", "when", "opens", "for each", "clause"), rows)


def _rhythm(row: Cycle) -> str:
    return f"every {row.every}, {row.at}" if row.every else f"{_said(row.months)} months after the last one closed"


def _reports(pack: Pack) -> Iterator[str]:
    rows = [
        [f"`{name}`", _both(row.title), ", ".join(row.period), row.over,
         ", ".join([*(measure.show for measure in row.shows), *(["register"] if row.columns else [])]),
         _names(row.by), _said(row.target) if row.target else _NONE, _cited(pack, row.clause)]
        for name, row in pack.file.report.items()
    ]  # fmt: skip
    columns = ("report", "title", "for each", "over", "shows", "by", "target", "clause")
    return _section("Reports", columns, rows)


def _house(pack: Pack) -> Iterator[str]:
    rows = [
        [f"*{row.clause}*", pack.file.clause[row.clause].says, _names(row.rows)]
        for row in accounts(pack)
        if row.clause in pack.house
    ]
    return _section("House rules", ("rule", "says", "rows"), rows)


def _gaps(pack: Pack) -> Iterator[str]:
    rows = [
        [name, clause.gap, f"*{clause.filled}*" if clause.filled else _NONE]
        for name, clause in pack.file.clause.items()
        if clause.gap is not None
    ]
    rows += [[f"`{block}`", gap.gap, f"left open ({gap.meanwhile})"] for block, gap in gaps(pack.file)]
    return _section("Gaps", ("where", "what the source leaves open", "in its place"), rows)


def _clauses(pack: Pack) -> Iterator[str]:
    rows = []
    for row in accounts(pack):
        clause = pack.file.clause[row.clause]
        says = clause.says or clause.nothing_to_encode or clause.gap or ""
        terms = f" ({'、'.join(clause.terms)})" if clause.terms else ""
        status = f"{_SAID[row.status]}: {clause.not_yet}" if clause.not_yet else _SAID[row.status]
        rows.append([_cited(pack, (row.clause,)), status, f"{says}{terms}", clause.reading or _NONE, _names(row.rows)])
    return _section("Clauses", ("clause", "status", "says", "reading", "rows"), rows)


def length(allow: Allow | None) -> str:
    """A length of time in words; a stopwatch has none."""
    if allow is None:
        return "stopwatch"
    amount = getattr(allow, allow.unit)
    return amounted(allow.unit, amount if isinstance(amount, int) else _said(amount), "en")


def _said(value: Any) -> str:
    """A value of a pack as the page has it: what is looked up by its keys, without those that are empty."""
    if isinstance(value, Gap):
        return f"[gap: {value.gap}]"
    if is_dataclass(value):
        given = {toml_key(each.name): getattr(value, each.name) for each in fields(value)}
        return ", ".join(f"{key.replace('_', ' ')} {_said(each)}" for key, each in given.items() if each is not None)
    if isinstance(value, tuple):
        return " – ".join(_said(each) for each in value)
    return str(value)


def _both(title: Title) -> str:
    return f"{title.zh} ({title.en})"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or _NONE


def _roles(pack: Pack, roles: Names) -> str:
    blocks = pack.file.role
    return ", ".join(_both(blocks[role].title) if role in blocks else role for role in roles) or _NONE


def _cited(pack: Pack, clauses: Names) -> str:
    return ", ".join(f"*{name}*" if name in pack.house else name for name in clauses)


def _section(title: str, columns: Names, rows: list[list[str]]) -> Iterator[str]:
    """A heading and its table; nothing where the table is empty."""
    if rows:
        yield from (f"## {title}", "")
        yield from _table(columns, rows)


def _table(columns: Names, rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(' '.join(cell.split()).replace('|', '∣') for cell in row)} |"
