"""Signatures under packs as people and scripts see them, and the rule that nothing unsigned is published."""

from typing import Any

from activities.signing import Signatures
from client.context import Context
from client.problems import FAILED, Problem, problem
from client.story import roles_said
from rules.pack import Pack


def signed(kept: Signatures, pack: Pack) -> list[dict[str, Any]]:
    """The signatures under a pack as ``--json`` shows them."""
    return [{"role": each.role, "by": each.by, "at": each.at} for each in kept.under(pack.ref.sha256)]


def require_signatures(pack: Pack, context: Context) -> None:
    """Nothing where every role that the pack asks for has signed this very text.

    Raises:
        Problem: ``pack_not_signed``, with the roles that are lacking.
    """
    lacking = Signatures(context.home).lacking(pack)
    if lacking:
        roles = roles_said(list(lacking), pack, context.lang)
        said = problem("pack_not_signed", context.lang, pack=pack.ref, roles=roles)
        details = tuple({"place": "signatures", "what": each} for each in lacking)
        raise Problem(said.code, said.said, FAILED, details=details)
