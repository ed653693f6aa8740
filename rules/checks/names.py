"""Every name that a row gives exists and is of the right word."""

from collections.abc import Iterator

from rules.belonging import ANY
from rules.checks.draft import BLOCKS, NAME, Draft
from rules.classes import CLASS
from rules.pack import PackFile
from rules.people import ANYBODY, CUSTOMER, HOLDER, OWNER, RESERVED_ROLES
from rules.problems import Found, Place, found
from rules.values import Names

#: The role that a clock, step or form may name without a block, by what it is asked for.
ACTORS = (ANYBODY, OWNER)
TOLD = RESERVED_ROLES
ASKED = (ANYBODY, OWNER, HOLDER)


def check(draft: Draft) -> Iterator[Found]:
    """Names of blocks, and every reference but those in events and conditions."""
    yield from _spelling(draft)
    yield from _roles(draft)
    yield from _forms(draft)
    for place, word, name in _references(draft):
        yield from draft.missing(place, word, name)
    yield from _exclusions(draft)
    yield from _gates(draft)


def _spelling(draft: Draft) -> Iterator[Found]:
    for word in BLOCKS:
        for name in draft.rows(word) if word != "clause" else ():
            if not NAME.fullmatch(name):
                yield found(word, name, code="bad_name", name=name)
    for name in draft.file.role:
        if name in RESERVED_ROLES:
            yield found("role", name, code="reserved_role", name=name)
    for form, row in draft.file.form.items():
        for index, each in enumerate(row.fields):
            if not NAME.fullmatch(each.name):
                yield found("form", form, "fields", index, "name", code="bad_name", name=each.name)


def _roles(draft: Draft) -> Iterator[Found]:
    for place, roles, also in _role_references(draft):
        for name in roles:
            yield from draft.missing(place, "role", name, *also)


def _role_references(draft: Draft) -> Iterator[tuple[Place, Names, Names]]:
    """Every place that names roles, the roles, and the roles without a block that may stand there."""
    file = draft.file
    if file.owner:
        yield ("owner",), (file.owner,), ()
    for name, kind in file.kind.items():
        yield ("kind", name, "opened_by"), kind.opened_by, (ANYBODY,)
        yield ("kind", name, "seen_by"), kind.seen_by, (ANYBODY, OWNER)
        for index, stage in enumerate(kind.stages):
            yield ("kind", name, "stages", index, "owner"), (stage.owner,) if stage.owner else (), (ANYBODY,)
    for name, role in file.role.items():
        yield ("role", name, "above"), (role.above,) if role.above else (), ()
        for index, row in enumerate(role.rows):
            yield ("role", name, "rows", index, "gives"), (row.gives,), ()
    for name, step in file.step.items():
        yield ("step", name, "by"), step.by, ACTORS
    for name, form in file.form.items():
        for index, each in enumerate(form.fields):
            yield ("form", name, "fields", index, "hidden_from"), each.hidden_from, ACTORS
    for name, clock in file.clock.items():
        yield ("clock", name, "holder"), (clock.holder,) if clock.holder else (), (OWNER,)
    for name, ladder in file.ladder.items():
        for index, rung in enumerate(ladder.rungs):
            yield ("ladder", name, "rungs", index, "tell"), rung.tell, TOLD
            yield ("ladder", name, "rungs", index, "raise_to"), (rung.raise_to,) if rung.raise_to else (), ()
    for word, rows in (("task", file.task), ("approval", file.approval)):
        for name, asked in rows.items():
            yield (word, name, "to"), asked.to, ASKED
    for index, notice in enumerate(file.notice):
        yield ("notice", index, "to"), notice.to, TOLD
    for name, consequence in file.consequence.items():
        against = tuple(each for each in consequence.against if "." not in each)
        yield ("consequence", name, "against"), against, (OWNER, HOLDER, CUSTOMER)
        yield ("consequence", name, "proposed_by"), consequence.proposed_by, ACTORS
        yield ("consequence", name, "decided_by"), consequence.decided_by, ACTORS
    for name, report in file.report.items():
        yield ("report", name, "to"), report.to, TOLD
    for name, class_ in file.class_.items():
        yield ("class", name, "confirmed_by"), class_.confirmed_by, ACTORS
    for name, table in file.table.items():
        yield ("table", name, "kept_by"), (table.kept_by,) if table.kept_by else (), ("installation",)
    yield ("signatures",), file.signatures, ()


def _forms(draft: Draft) -> Iterator[Found]:
    file = draft.file
    for name, kind in file.kind.items():
        yield from draft.missing(("kind", name, "opens_with"), "form", kind.opens_with)
    for word, rows in (("step", file.step), ("task", file.task), ("approval", file.approval)):
        for name, row in rows.items():
            if row.form:
                yield from draft.missing((word, name, "form"), "form", row.form)


def _references(draft: Draft) -> Iterator[tuple[Place, str, str]]:
    file = draft.file
    for word in ("step", "class", "clock", "task", "approval", "consequence", "count", "report"):
        for name, row in draft.rows(word).items():
            for kind in row.kind:
                yield (word, name, "kind"), "kind", kind
    for index, notice in enumerate(file.notice):
        for kind in notice.kind:
            yield ("notice", index, "kind"), "kind", kind
    for name, link in file.link.items():
        for key, kinds in (("from", link.from_), ("to", link.to)):
            for kind in kinds:
                yield ("link", name, key), "kind", kind
        for carried in link.carries:
            if carried.startswith("clock."):
                for carried_clock in carried.split(" -> "):
                    yield ("link", name, "carries"), "clock", carried_clock.removeprefix("clock.")
    yield from _tables_of_fields(file)
    for name, table in file.table.items():
        if table.key and table.key.startswith(CLASS):
            yield ("table", name, "key"), "class", table.key.removeprefix(CLASS)
    for name, row_of_class in file.class_.items():
        for index, class_row in enumerate(row_of_class.rows):
            for asked in class_row.asks:
                yield ("class", name, "rows", index, "asks"), "field", asked
    for name, kind in file.kind.items():
        for class_ in kind.queue:
            yield ("kind", name, "queue"), "class", class_
    for name, cycle in file.cycle.items():
        yield ("cycle", name, "opens"), "kind", cycle.opens
        if cycle.for_each and cycle.for_each.startswith("table."):
            yield ("cycle", name, "for_each"), "table", cycle.for_each.removeprefix("table.")
    for name, consequence in file.consequence.items():
        for other in consequence.instead_of:
            yield ("consequence", name, "instead_of"), "consequence", other
        for each in consequence.against:
            if each.startswith("holder."):
                yield ("consequence", name, "against"), "clock", each.removeprefix("holder.")
            elif each.startswith("link."):
                linked, _, held = each.removeprefix("link.").partition(".holder.")
                yield ("consequence", name, "against"), "link", linked
                yield ("consequence", name, "against"), "clock", held
        for each in consequence.reverses:
            parts = each.split(".")
            yield ("consequence", name, "reverses"), "consequence", parts[-1]
            if parts[0] == "link" and len(parts) > 1:
                yield ("consequence", name, "reverses"), "link", parts[1]
    for word, queries in (("count", file.count), ("report", file.report)):
        for name, query in queries.items():
            over, _, counted = query.over.partition(".")
            if counted and over in BLOCKS and (word, counted) != ("report", ANY):
                yield (word, name, "over"), over, counted
    for name, step in file.step.items():
        if step.writes:
            yield ("step", name, "writes"), "table", step.writes
        for stage in step.from_:
            if stage != ANY:
                yield ("step", name, "from"), "stage", stage
        if step.to:
            yield ("step", name, "to"), "stage", step.to
    for name, clock in file.clock.items():
        if clock.on_missed:
            yield ("clock", name, "on_missed"), "step", clock.on_missed
        if clock.ladder:
            yield ("clock", name, "ladder"), "ladder", clock.ladder
        for replaced in clock.replaces:
            yield ("clock", name, "replaces"), "clock", replaced
    for name, approval in file.approval.items():
        if approval.returns_to:
            yield ("approval", name, "returns_to"), "stage", approval.returns_to
        if approval.of:
            word, _, bound = approval.of.rpartition(".")
            yield ("approval", name, "of"), word or "form", bound
        if approval.authority:
            yield ("approval", name, "authority"), "table", approval.authority.table


def _tables_of_fields(file: PackFile) -> Iterator[tuple[Place, str, str]]:
    for name, form in file.form.items():
        for index, each in enumerate(form.fields):
            place = ("form", name, "fields", index)
            if each.table:
                yield (*place, "table"), "table", each.table
            for row, inner in enumerate(each.fields):
                if inner.table:
                    yield (*place, "fields", row, "table"), "table", inner.table


def _exclusions(draft: Draft) -> Iterator[Found]:
    for word, rows in (("kind", draft.file.kind), ("role", draft.file.role), ("approval", draft.file.approval)):
        for name, row in rows.items():
            for excluded in row.never:
                head, _, rest = excluded.partition(".")
                if not rest:
                    yield from draft.missing((word, name, "never"), "role", excluded)
                elif head in ("step", "task", "approval"):
                    yield from draft.missing((word, name, "never"), head, rest)
                elif head != "field":
                    yield found(word, name, "never", code="bad_exclusion", name=excluded)


def _gates(draft: Draft) -> Iterator[Found]:
    for index, gate in enumerate(draft.file.gate):
        for step in gate.step:
            head, _, rest = step.partition(".")
            acts = ("task", "approval", "consequence")
            word, name = (head, rest) if head in acts and rest else ("step", step)
            yield from draft.missing(("gate", index, "step"), word, name)
