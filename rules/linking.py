"""Cases are linked: which one a field names, whether it may be, who is told, and what closing the other one means."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rules.commands import case_id_for
from rules.conditions import holds
from rules.draft import Draft, Happening
from rules.facts import OtherCase
from rules.ground import CaseGround
from rules.instants import stamp
from rules.links import BOTH_ENDS, HOLD, Link
from rules.outcomes import Refusal
from rules.refusing import Refused
from rules.state import State


def require_links(draft: Draft, values: Mapping[str, Any]) -> None:
    """Nothing where every case that the values name may be linked.

    Raises:
        Refused: ``link_refused``, with ``why``: ``unknown``, ``itself``, ``kind``, ``once`` or ``differs``.
    """
    for name, block in draft.pack.file.link.items():
        if block.names not in values or draft.state.kind not in block.from_:
            continue
        ground = CaseGround(draft.pack, draft.state, values, draft.facts)
        for case in _named(ground, block):
            why = _objection(draft, name, draft.facts.case(case), ground)
            if why:
                raise Refused(Refusal("link_refused", block.clause, {"link": name, "case": case, **why}))


def link(draft: Draft, name: str, at: datetime) -> list[Happening]:
    """Link the case to another one, which the link opens or a field names; nothing where it is linked already."""
    block, ground = draft.pack.file.link[name], draft.ground
    if not holds(block.when, ground):
        return []
    if block.opens:
        return _open(draft, name, at)
    events: list[Happening] = []
    for case in _named(ground, block):
        other = draft.facts.case(case)
        if other and other.state.case_id in draft.state.links.get(name, ()):
            continue
        if other and not _objection(draft, name, other, ground):
            events += _make(draft, name, other.state, at)
    return events


def closings(draft: Draft) -> list[Happening]:
    """What happens by linked cases that have closed since this one last looked; each is noticed once."""
    events: list[Happening] = []
    for name in draft.pack.links_watched:
        for case in draft.state.links.get(name, ()):
            other = draft.facts.case(case)
            if other and other.state.closed and case not in draft.state.closed_links.get(name, ()):
                events += _notice(draft, name, case, draft.judged)
    return events


def tell_linked(draft: Draft) -> None:
    """Poke, as this case closes, the cases that watch it, and those whose consequences it held."""
    state, links = draft.state, draft.pack.file.link
    if any(state.kind in links[name].to for name in draft.pack.links_watched):
        for case in draft.facts.answer(f"linked_here:{state.case_id}"):
            _poke(draft, case, "closed")
    for name, cases in state.links.items():
        if name in links and links[name].then == HOLD:
            for case in cases:
                _poke(draft, case, "closed")


def _make(draft: Draft, name: str, other: State, at: datetime) -> list[Happening]:
    block = draft.pack.file.link[name]
    data: dict[str, object] = {"link": name, "case": other.case_id}
    if block.then == HOLD:
        data["hold"] = True
        _poke(draft, other.case_id, "held")
    draft.write("linked", f"link.{name}", at, block.clause, data)
    events = [Happening(f"link.{name}.made", at)]
    if name in draft.pack.links_watched:
        if other.closed:
            return events + _notice(draft, name, other.case_id, at)
        # It may be closing at this very moment: whoever commits last tells, so look once more afterwards.
        draft.facts.answer(f"linked:{name}:{other.case_id}")
        _poke(draft, draft.state.case_id, f"linked/{draft.state.seq}")
    return events


def _notice(draft: Draft, name: str, case: str, at: datetime) -> list[Happening]:
    clause = draft.pack.file.link[name].clause
    draft.write("link_closed", f"link.{name}", at, clause, {"link": name, "case": case})
    return [Happening(f"link.{name}.closed", at)]


def _poke(draft: Draft, case: str, why: str) -> None:
    command = f"{draft.state.case_id}/{why}"
    draft.errand("poke", {"case_id": case, "command_id": command})


def _named(ground: CaseGround, block: Link) -> tuple[str, ...]:
    """The cases that the field of a link names, each once, in order."""
    found = ground.field(block.names) if block.names else None
    if found is None:
        return ()
    return tuple(dict.fromkeys(str(each).strip() for each in (found if isinstance(found, tuple) else (found,))))


def _objection(draft: Draft, name: str, other: OtherCase | None, ground: CaseGround) -> dict[str, str]:
    """Why a case may not be linked, empty if it may; a link that is there already is no objection."""
    block, held = draft.pack.file.link[name], draft.state.links.get(name, ())
    if other is None or other.state.pack is None:
        return {"why": "unknown"}
    case = other.state.case_id
    if case == draft.state.case_id:
        return {"why": "itself"}
    if other.state.kind not in block.to:
        return {"why": "kind"}
    if not holds(block.when, ground) or case in held:
        return {}
    if block.once and held:
        return {"why": "once"}
    theirs = CaseGround(draft.pack, other.state, facts=draft.facts)
    for field in block.same:
        if ground.field(field) is None or ground.field(field) != theirs.field(field):
            return {"why": "differs", "field": field}
    if block.once == BOTH_ENDS and set(draft.facts.answer(f"linked:{name}:{case}")) - {draft.state.case_id}:
        return {"why": "once"}
    return {}


def _open(draft: Draft, name: str, at: datetime) -> list[Happening]:
    block, held = draft.pack.file.link[name], draft.state.links.get(name, ())
    if block.once and held:
        return []
    opened = f"{draft.state.case_id}/link/{name}/{len(held) + 1}"
    draft.errand("open", _opening(draft, name, opened))
    data: dict[str, object] = {"link": name, "case": case_id_for(opened)}
    if block.then == HOLD:
        data["hold"] = True
    draft.write("linked", f"link.{name}", at, block.clause, data)
    return [Happening(f"link.{name}.made", at)]


def _opening(draft: Draft, name: str, command_id: str) -> dict[str, object]:
    """The command that opens the linked case, as JSON: what the link carries, and where it comes from."""
    block, state, ref = draft.pack.file.link[name], draft.state, draft.pack.ref
    carried: dict[str, object] = {"link": name, "case": state.case_id, "number": state.number}
    fields: dict[str, object] = {}
    for each in block.carries:
        if each.startswith("clock."):
            source, _, target = each.partition(" -> ")
            clock = state.clocks.get(source.removeprefix("clock."))
            if clock is not None:
                carried[target or source] = stamp(clock.started)
        elif each in state.fields:
            fields[each] = state.fields[each]
    return {
        "id": command_id,
        "what": "open",
        "by": draft.by,
        "asked_at": stamp(draft.at),
        "fields": fields,
        "kind": block.to[0],
        "carried": carried,
        "pack": {"id": ref.id, "edition": ref.edition, "sha256": ref.sha256},
    }
