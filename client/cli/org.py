"""redress org: check an organisation file, put it into force, show what is in force."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from activities.organisation import Organisation, OrgDocument, OrgProblems, TooEarly
from activities.organisation import check as read_organisation
from client.cli.near import nearest
from client.cli.options import option
from client.context import Context, here
from client.editions import read_text
from client.home import ledger_of, shelf_of
from client.printing import show_json
from client.problems import DONE, FAILED, USAGE, Problem, Said, problem
from client.tables import show, show_table
from client.times import local, present, spoken, utc, zone_of
from client.words import listed, titled, word
from rules.directory import Directory

_ZONE = "Asia/Shanghai"


def check(file: Annotated[str, option("org-file")], /) -> int:
    """Check an organisation file: 0 where it has no mistakes; every mistake with its place else."""
    context = here()
    found = _read(file, context).directory
    if context.json:
        show_json(_counts(found) | {"problems": []})
    else:
        show(word("cli.org_good", context.lang, **_counts(found)))
    return DONE


def apply(
    file: Annotated[str, option("org-file")],
    /,
    *,
    by: Annotated[str, option("as", "--as")] = "installation",
    at: Annotated[str | None, option("at", "--at")] = None,
) -> int:
    """Check an organisation file and put it into force; an unchanged one changes nothing."""
    context = here()
    document = _read(file, context)
    since = present() if at is None else instant_of(at, "--at", context.lang)
    with ledger_of(context, prepare=True) as ledger:
        organisation = Organisation(ledger)
        unchanged = organisation.directory(since) == document.directory
        try:
            version = organisation.apply(document, since, by)
        except TooEarly as early:
            said = problem("nothing_to_do", context.lang, why=early, next="redress org show")
            raise Problem("too_early", Said(said.said.what, str(early), "redress org show"), FAILED) from None
    if context.json:
        show_json({"version": version, "since": utc(since), "unchanged": unchanged, **_counts(document.directory)})
        return DONE
    show(word("cli.org_good", context.lang, **_counts(document.directory)))
    key = "org_unchanged" if unchanged else "org_applied"
    show(word(f"cli.{key}", context.lang, at=local(since, zone_of(_ZONE))))
    return DONE


def show_org(*, at: Annotated[str | None, option("at", "--at")] = None) -> int:
    """The organisation in force: people with their roles, departments, absences."""
    context = here()
    when = present() if at is None else instant_of(at, "--at", context.lang)
    with ledger_of(context) as ledger:
        found = Organisation(ledger).directory(when)
    if context.json:
        show_json(_shown(found) | {"at": utc(when)})
        return DONE
    if not found.people:
        raise problem("no_organisation", context.lang)
    _tables(found, context.lang)
    return DONE


def instant_of(text: str, name: str, lang: str) -> Any:
    """The instant (UTC) that an option holds; without an offset it is meant in the house's zone.

    Raises:
        Problem: ``wrong_time``.
    """
    try:
        return spoken(text, zone_of(_ZONE)).replace(microsecond=0)
    except ValueError:
        raise problem("wrong_time", lang, USAGE, value=text, name=name) from None


def _read(file: str, context: Context) -> OrgDocument:
    try:
        document = read_organisation(read_text(file, context.lang))
    except OrgProblems as broken:
        said = problem("org_broken", context.lang, file=file, count=len(broken.problems))
        details = tuple(
            {"place": each.place, "line": each.line, "what": titled(each.what, context.lang),
             "hint": titled(each.hint, context.lang)}
            for each in broken.problems
        )  # fmt: skip
        raise Problem(said.code, said.said, FAILED, details=details) from None
    strange = tuple(_strange(document.directory, context))
    if strange:
        said = problem("org_broken", context.lang, file=file, count=len(strange))
        raise Problem(said.code, said.said, FAILED, details=strange)
    return document


def _strange(found: Directory, context: Context) -> Iterator[dict[str, Any]]:
    """Packs and roles that the file binds people to and that nobody has published: mostly slips of the pen."""
    shelf = shelf_of(context)
    roles: dict[str, set[str]] = {}
    for ref in shelf.published():
        roles.setdefault(ref.id, set()).update(shelf.pack(ref).file.role)
    for pack, bound in found.bindings.items():
        if pack not in roles:
            what = word("cli.org_unknown_pack", context.lang, pack=pack)
            yield {
                "place": f"roles.{pack}",
                "line": 0,
                "what": what,
                "hint": nearest(pack, sorted(roles), context.lang),
            }
            continue
        for role in bound:
            if role not in roles[pack]:
                what = word("cli.org_unknown_role", context.lang, pack=pack, role=role)
                hint = nearest(role, sorted(roles[pack]), context.lang)
                yield {"place": f"roles.{pack}.{role}", "line": 0, "what": what, "hint": hint}


def _counts(found: Directory) -> dict[str, int]:
    return {"people": len(found.people), "departments": len(found.departments), "absences": len(found.absences)}


def _shown(found: Directory) -> dict[str, Any]:
    return {
        "people": {name: asdict(person) for name, person in found.people.items()},
        "departments": {name: asdict(unit) for name, unit in found.departments.items()},
        "absences": [
            {"person": away.person, "from": utc(away.start), "to": utc(away.end), "substitute": away.substitute}
            for away in found.absences
        ],
        "roles": {pack: {role: list(who) for role, who in roles.items()} for pack, roles in found.bindings.items()},
    }


def _tables(found: Directory, lang: str) -> None:
    def head(*keys: str) -> list[str]:
        return [word(f"cli.{key}", lang) for key in keys]

    bound: dict[str, list[str]] = {}
    for pack, roles in found.bindings.items():
        for role, who in roles.items():
            for person in who:
                bound.setdefault(person, []).append(f"{pack}:{role}")
    show_table(
        head("person", "name", "department", "roles", "mail"),
        [
            [person.id, person.name, person.department or "—",
             listed([*person.roles, *bound.get(person.id, [])], lang), person.mail or "—"]
            for person in found.people.values()
        ],
    )  # fmt: skip
    if found.departments:
        show("")
        show_table(
            head("department", "title", "head", "above"),
            [
                [unit.id, titled(unit.title, lang) if unit.title else "—", unit.head or "—", unit.above or "—"]
                for unit in found.departments.values()
            ],
        )
    if found.absences:
        show("")
        zone = zone_of(_ZONE)
        show_table(
            head("person", "from", "until", "substitute"),
            [[away.person, local(away.start, zone), local(away.end, zone), away.substitute] for away in found.absences],
        )
