"""redress packs diff and draw: what another edition says otherwise, and the stages of a kind as a picture."""

from typing import Annotated

from client.cli.near import nearest
from client.cli.options import option
from client.context import here
from client.differing import as_json, as_text
from client.pack_files import pack_of
from client.printing import show_json
from client.problems import DONE, NOT_FOUND, problem
from client.tables import show
from client.words import titled, word
from rules.belonging import belonging
from rules.differing import differences
from rules.machine import mermaid, steps_of


def diff(old: Annotated[str, option("old-pack")], new: Annotated[str, option("new-pack")], /) -> int:
    """What the second of two editions says otherwise, by clause: rows added, removed and changed, old → new."""
    context = here()
    before, after = pack_of(old, context), pack_of(new, context)
    changes = differences(before.file, after.file)
    if context.json:
        show_json({"from": str(before.ref), "to": str(after.ref), "changes": [as_json(each) for each in changes]})
        return DONE
    show(f"{before.ref} → {after.ref}")
    show(*(as_text(changes, before, after, context.lang) or [word("cli.no_difference", context.lang)]))
    return DONE


def draw(pack: Annotated[str, option("pack")], /, *, kind: Annotated[str, option("kind", "--kind")] = "") -> int:
    """The stages and steps of each kind, or of one, as the text of a Mermaid diagram."""
    context = here()
    found = pack_of(pack, context)
    if kind and kind not in found.file.kind:
        near = nearest(kind, found.file.kind, context.lang)
        raise problem("no_kind", context.lang, NOT_FOUND, pack=found.ref, kind=kind, near=near)
    rows = belonging(found.file)
    drawn = {
        name: mermaid(row, steps_of(rows, name), context.lang)
        for name, row in found.file.kind.items()
        if kind in ("", name)
    }
    if context.json:
        show_json(drawn)
        return DONE
    for name, text in drawn.items():
        # A comment in Mermaid, so that the whole output can be pasted piece by piece.
        show(f"%% {name}: {titled(found.file.kind[name].title, context.lang)}", text)
    return DONE
