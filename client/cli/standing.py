"""Where a case stands, in tables: its clocks and what can be done now."""

from collections.abc import Iterable

from client.happenings import clause_text
from client.reading import CaseView
from client.story import because, item_said, roles_said, title_of
from client.tables import show, show_table
from client.times import left, local
from client.words import listed, word
from rules.pack import Pack


def show_clocks(view: CaseView, lang: str, *, ticking: bool = False) -> None:
    """The clocks of a case, or those that still tick, with their due, the time left, who holds them, and why."""
    rows = []
    for shown in view.clocks():
        clock = view.state.clocks[shown["clock"]]
        if ticking and not clock.ticking:
            continue
        due = local(clock.due, view.zone, clock.due_date) if clock.due else word("cli.stopwatch", lang)
        status = word(f"status.{clock.status}", lang)
        if clock.provisional:
            status = f"{status}, {word('cli.provisional', lang)}"
        remaining = left(clock.due, view.now, lang) if shown["left"] is not None and clock.due else "—"
        holder = roles_said([clock.holder], view.pack, lang) if clock.holder else "—"
        title = f"{title_of('clock.' + shown['clock'], view.pack, lang)} ({shown['clock']})"
        rows.append([title, due, remaining, status, holder, because(shown["clause"], "", shown["house"], lang)])
    if rows:
        show("")
        show_table([word(f"cli.{key}", lang) for key in ("clock", "due", "left", "status", "holder", "why")], rows)


def show_steps(view: CaseView, lang: str) -> None:
    """What can be done now, by which roles, and who fills them."""
    if not view.open_steps:
        show("", word("cli.case_is_closed", lang))
        return
    rows = []
    for step in view.open_steps:
        title = title_of(step.name if "." in step.name else f"step.{step.name}", view.pack, lang)
        persons = listed(step.persons, lang) if step.persons else word("cli.nobody", lang)
        rows.append([step.name, title, roles_said(list(step.roles), view.pack, lang), persons])
    show("")
    show_table([word(f"cli.{key}", lang) for key in ("step", "title", "roles", "for_whom")], rows)


def show_consequences(view: CaseView, lang: str) -> None:
    """What the case has led to so far, open and decided: parties, amounts or bounds, what it waits for, and why."""
    rows = []
    for shown in view.consequences():
        title = f"{title_of('consequence.' + shown['consequence'], view.pack, lang)} ({shown['consequence']})"
        status = word(f"status.{shown['status']}", lang)
        why = because(shown["clause"], "", shown["house"], lang)
        rows.append([title, str(shown["item"]), status, item_said(shown, view.pack, lang), why])
    if rows:
        show("")
        show_table([word(f"cli.{key}", lang) for key in ("consequence", "item", "status", "what", "why")], rows)


def show_clauses(pack: Pack, clauses: Iterable[str], lang: str) -> None:
    """What clauses say, each once, in the pack's order: the source's key terms for whoever reads Chinese, then the rest."""
    named = set(clauses)
    lines = []
    for name, clause in pack.file.clause.items():
        if name in named:
            mark = f" ({word('cli.house_rule', lang)})" if clause.house else ""
            terms = f"{'、'.join(clause.terms)}: " if lang == "zh" and clause.terms else ""
            lines.append(f"  {name}{mark}  {terms}{clause_text(name, pack)}")
    if lines:
        show("", word("cli.clauses_say", lang), *lines)
