"""redress packs: what is published, what is in it, whether a file can be published, and publishing it."""

from typing import Annotated, Any

from client.cli.options import option
from client.context import here
from client.editions import checksum, read_text
from client.home import shelf_of
from client.pack_files import pack_of, read_pack
from client.printing import show_json
from client.problems import DONE, FAILED, Problem, problem
from client.signing import require_signatures
from client.story import roles_said
from client.tables import show, show_table
from client.times import present
from client.words import amounted, listed, titled, word
from rules.accounting import gaps
from rules.pack import Pack


def list_packs() -> int:
    """The published editions, the newest of each pack last."""
    context, shelf = here(), shelf_of(here())
    packs = [shelf.pack(ref) for ref in shelf.published()]
    if context.json:
        show_json([_row(pack) for pack in packs])
        return DONE
    if not packs:
        show(word("cli.nothing_found", context.lang))
        return DONE
    columns = [word(f"cli.{key}", context.lang) for key in ("pack", "title", "kind", "from", "until")]
    rows = [
        [str(pack.ref), titled(pack.file.title, context.lang), listed(list(pack.file.kind), context.lang),
         pack.file.effective_from, pack.file.effective_to or "—"]
        for pack in packs
    ]  # fmt: skip
    show_table(columns, rows)
    return DONE


def show_pack(pack: Annotated[str, option("pack")], /) -> int:
    """What is in a pack: its kinds with their stages, its steps, its clocks with their clauses."""
    context = here()
    found = pack_of(pack, context)
    if context.json:
        show_json(_row(found) | _head(found) | _content(found))
        return DONE
    lang, file = context.lang, found.file
    show(f"{found.ref}  {titled(file.title, lang)}  ({file.calendar}, {file.effective_from}—{file.effective_to or ''})")
    show(*_head_lines(found, lang))
    for name, kind in file.kind.items():
        stages = " → ".join(f"{titled(stage.title, lang)} ({stage.name})" for stage in kind.stages)
        show("", f"{word('cli.kind', lang)} {name}: {titled(kind.title, lang)}", f"  {stages}")
    show("")
    columns = [word(f"cli.{key}", lang) for key in ("step", "title", "from", "for_whom", "clause")]
    show_table(
        columns,
        [
            [name, titled(step.title, lang), listed(step.from_, lang), listed(step.by, lang), ", ".join(step.clause)]
            for name, step in file.step.items()
        ],
    )
    show("")
    columns = [word(f"cli.{key}", lang) for key in ("clock", "title", "due", "holder", "clause")]
    rows = [
        [name, titled(clock.title, lang), allowance(clock.allow, lang), clock.holder or "—", ", ".join(clock.clause)]
        for name, clock in file.clock.items()
    ]
    show_table(columns, rows)
    return DONE


def check(file: Annotated[str, option("pack-file")], /) -> int:
    """Check a pack file: 0 where it has no mistakes; every mistake with its place else."""
    context = here()
    found = read_pack(file, context)
    left = [_gap(place, gap) for place, gap in gaps(found.file) if gap.meanwhile == "refuse"]
    if context.json:
        show_json(_row(found) | {"problems": [], "draft": bool(left), "gaps": left, "warnings": list(found.warnings)})
        return DONE
    say = {name: len(getattr(found.file, name)) for name in ("clause", "kind", "step", "clock")}
    counts = {f"{name}s": count for name, count in say.items()}
    show(word("cli.pack_good", context.lang, pack=found.ref, **counts))
    if left:
        show(
            word("cli.pack_draft", context.lang, count=len(left)), *(f"  {row['place']}: {row['what']}" for row in left)
        )
    show(*(word("cli.pack_warning", context.lang, text=text) for text in found.warnings))
    return DONE


def publish(file: Annotated[str, option("pack-file")], /) -> int:
    """Check a pack file and put it into the data folder and its lock; the same text twice is published once."""
    context = here()
    found, text = read_pack(file, context), read_text(file, context.lang)
    left = tuple(_gap(place, gap) for place, gap in gaps(found.file) if gap.meanwhile == "refuse")
    if left:
        said = problem("pack_has_gaps", context.lang, pack=found.ref, count=len(left))
        raise Problem(said.code, said.said, FAILED, details=left)
    shelf = shelf_of(context)
    released = next((ref for ref in shelf.published() if str(ref) == str(found.ref)), None)
    now = checksum(text)
    if released is not None and released.sha256 != now:
        raise problem(
            "edition_changed", context.lang, pack=found.ref, released=released.sha256[:12], now=now[:12],
            edition=found.ref.edition + 1,
        )  # fmt: skip
    if released is None:
        require_signatures(found, context)
    shelf.publish(text, present())
    place = context.home / "packs" / f"{found.ref}.toml"
    if context.json:
        show_json(_row(found) | {"file": str(place), "already": released is not None})
        return DONE
    key = "pack_published_already" if released is not None else "pack_published"
    show(word(f"cli.{key}", context.lang, pack=found.ref, file=place))
    for name, gap in gaps(found.file):
        note = word("cli.gap_note", context.lang, clause=name, gap=gap.gap)
        show(word("cli.pack_warning", context.lang, text=note))
    return DONE


def allowance(allow: Any, lang: str) -> str:
    """The length of a clock in words; a stopwatch has none."""
    if allow is None:
        return word("cli.stopwatch", lang)
    amount = getattr(allow, allow.unit)
    shown = amount if isinstance(amount, int) else f"⟨{getattr(amount, 'field', None) or getattr(amount, 'gap', '')}⟩"
    return amounted(allow.unit, shown, lang)


def _gap(place: str, gap: Any) -> dict[str, Any]:
    return {"place": place, "what": gap.gap}


def _row(pack: Pack) -> dict[str, Any]:
    file = pack.file
    return {
        "pack": file.id, "edition": file.edition, "sha256": pack.ref.sha256,
        "title": {"zh": file.title.zh, "en": file.title.en}, "kinds": list(file.kind), "calendar": file.calendar,
        "effective_from": file.effective_from.isoformat(),
        "effective_to": file.effective_to and file.effective_to.isoformat(),
    }  # fmt: skip


def _head(pack: Pack) -> dict[str, Any]:
    file = pack.file
    return {
        "trial": file.trial, "review_by": file.review_by and file.review_by.isoformat(), "owner": file.owner,
        "contacts": dict(file.contacts), "taken_by": file.taken_by, "signatures": list(file.signatures),
    }  # fmt: skip


def _head_lines(pack: Pack, lang: str) -> list[str]:
    """What else the head of the file says, where it says it: trial, review, owner, contacts, signatures."""
    file = pack.file
    said = [
        word("cli.pack_trial", lang) if file.trial else "",
        word("cli.pack_review_by", lang, day=file.review_by) if file.review_by else "",
        word("cli.pack_owner", lang, owner=roles_said([file.owner], pack, lang)) if file.owner else "",
        word("cli.pack_signatures", lang, roles=roles_said(list(file.signatures), pack, lang))
        if file.signatures
        else "",
        *(f"{name}: {how}" for name, how in file.contacts.items()),
    ]
    return [f"  {each}" for each in said if each]


def _content(pack: Pack) -> dict[str, Any]:
    file = pack.file
    return {
        "stages": {name: [stage.name for stage in kind.stages] for name, kind in file.kind.items()},
        "steps": {
            name: {"from": list(step.from_), "to": step.to, "by": list(step.by), "form": step.form,
                   "clause": list(step.clause)}
            for name, step in file.step.items()
        },
        "forms": {
            name: [{"name": each.name, "type": each.type, "required": each.required is True} for each in form.fields]
            for name, form in file.form.items()
        },
        "clocks": {
            name: {"unit": clock.allow.unit if clock.allow else None, "allow": allowance(clock.allow, "en"),
                   "holder": clock.holder, "clause": list(clock.clause)}
            for name, clock in file.clock.items()
        },
        "tasks": list(file.task), "approvals": list(file.approval), "roles": list(file.role),
    }  # fmt: skip
