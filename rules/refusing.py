"""How deciding turns a command down: with the code, the clause and what the sentence about it needs."""

from rules.conditions import COMPARISONS, Condition
from rules.draft import Draft
from rules.gating import closed_gates
from rules.outcomes import Refusal
from rules.people import Acting
from rules.rights import Right, right
from rules.values import Names, TableValue, Value, named, toml_key


class Refused(Exception):
    """A command is turned down: an answer, not an error."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def require_right(draft: Draft, what: str, clause: Names) -> Acting:
    """As whom the person who asks may do something that is open.

    Raises:
        Refused: ``unknown_person``, ``excluded`` or ``wrong_role``.
    """
    people = draft.people()
    return require_role(draft, right(draft.pack, draft.state, people, what), clause)


def require_role(draft: Draft, needed: Right, clause: Names) -> Acting:
    """As whom the person who asks has a right.

    Raises:
        Refused: ``unknown_person``, ``excluded`` or ``wrong_role``.
    """
    person, people = draft.command.by, draft.people()
    if person not in draft.facts.directory.people:
        raise Refused(Refusal("unknown_person", params={"person": person}))
    if people.shut_out(person):
        raise Refused(Refusal("excluded", draft.kind.clause, {"person": person}))
    acting = people.may(person, needed.roles, needed.besides)
    if acting is None:
        excluded = needed.besides.union(*(people.excluded((role,)) for role in needed.roles))
        code = "excluded" if person in excluded else "wrong_role"
        raise Refused(Refusal(code, clause, {"person": person, "roles": list(needed.roles)}))
    return acting


def require_open_gates(draft: Draft, what: str) -> None:
    """Nothing where no gate refuses what is asked.

    Raises:
        Refused: ``gate_closed``, with the clauses that close it and what would open it.
    """
    closed = closed_gates(draft, what)
    if closed:
        clause = tuple(dict.fromkeys(name for gate, _ in closed for name in gate.clause))
        wanted = [said(condition) for _, condition in closed]
        raise Refused(Refusal("gate_closed", clause, {"step": what, "wanted": wanted}))


def said(condition: Condition) -> dict[str, object]:
    """A condition as data that a client can put into words: the subject, the comparison, the bound; or its parts."""
    for key in ("any", "all", "not_"):
        parts: tuple[Condition, ...] | None = getattr(condition, key)
        if parts is not None:
            return {toml_key(key): [said(part) for part in parts]}
    subject = {"field": condition.field} if condition.field else {"fact": condition.fact}
    for key in COMPARISONS:
        bound = getattr(condition, key)
        if bound is not None:
            return {**subject, toml_key(key): _plain(bound)}
    return dict(subject)


def _plain(bound: Value | Names) -> object:
    """A bound as data: what it looks up by its name."""
    match bound:
        case tuple():
            return list(bound)
        case bool() | int() | str():
            return bound
        case TableValue(gives=column):
            return f"{named(bound)}.{column}"
    return named(bound)
