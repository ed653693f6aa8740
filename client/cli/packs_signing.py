"""redress packs sign: somebody signs the text of a pack, in the roles that the pack asks for and that he has."""

from datetime import datetime
from typing import Annotated

from activities.organisation import Organisation
from activities.signing import Signatures
from client.cli.options import option
from client.context import here
from client.home import ledger_of
from client.pack_files import read_pack
from client.printing import show_json
from client.problems import DONE, FAILED, problem
from client.signing import signed
from client.story import roles_said
from client.tables import show
from client.times import present
from client.words import listed, word
from rules.directory import Directory
from rules.pack import Pack


def sign(
    file: Annotated[str, option("pack-file")],
    /,
    *,
    by: Annotated[str, option("as", "--as")],
    role: Annotated[str, option("sign-role", "--role")] = "",
) -> int:
    """Sign a pack file; signing again changes nothing, and another text has to be signed anew."""
    context, now = here(), present()
    pack = read_pack(file, context)
    if not pack.file.signatures:
        raise problem("nothing_to_sign", context.lang, pack=pack.ref)
    with ledger_of(context) as ledger:
        directory = Organisation(ledger).directory(now)
    roles = [each for each in pack.file.signatures if role in ("", each) and by in _signers(directory, pack, each, now)]
    if not roles:
        who = listed(
            sorted({one for each in pack.file.signatures for one in _signers(directory, pack, each, now)}), context.lang
        )
        asked = roles_said(list(pack.file.signatures), pack, context.lang)
        raise problem("cannot_sign", context.lang, FAILED, pack=pack.ref, by=by, roles=asked, who=who)
    kept = Signatures(context.home)
    new = [each for each in roles if kept.sign(pack.ref.sha256, each, by, now)]
    lacking = list(kept.lacking(pack))
    if context.json:
        show_json(
            {
                "pack": str(pack.ref),
                "sha256": pack.ref.sha256,
                "signed": signed(kept, pack),
                "new": new,
                "lacking": lacking,
            }
        )
        return DONE
    key = "pack_signed" if new else "pack_signed_already"
    show(word(f"cli.{key}", context.lang, pack=pack.ref, roles=roles_said(roles, pack, context.lang), by=by))
    if lacking:
        show(word("cli.signatures_lacking", context.lang, roles=roles_said(lacking, pack, context.lang)))
    return DONE


def _signers(directory: Directory, pack: Pack, role: str, at: datetime) -> set[str]:
    """Who may sign in a role: the persons who have it, or their substitutes while they are away."""
    return {directory.acting(person, at) for person in directory.bound(pack.ref.id, role)}
