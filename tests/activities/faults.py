"""A desk that takes network faults on a ledger, as `tests.rules.faults` does in memory."""

from datetime import UTC
from typing import Any

from activities.desk import Desk
from activities.drivers.ledger import Ledger
from activities.organisation import Organisation, check
from activities.requests import HandleRequest, HandleResult
from rules.commands import HOUSE, Command
from rules.pack import Pack
from tests.activities.office import OnePack
from tests.rules.corner_shop import local
from tests.rules.faults import PACK

ORGANISATION = """
[person.lee]
mail = "lee@net.example"
[roles.network-fault]
desk = ["lee"]
"""


class FaultDesk:
    """A desk of one worker. Requests and results are kept, as histories would."""

    def __init__(self, ledger: Ledger, *, organisation: bool = True, pack: Pack = PACK) -> None:
        self.pack = pack
        self.shelf = OnePack(pack)
        self.desk = Desk(ledger, self.shelf, self.shelf)
        self.pairs: dict[str, list[tuple[HandleRequest, HandleResult]]] = {}
        if organisation:
            Organisation(ledger).apply(check(ORGANISATION), local("2026-01-01T00:00").astimezone(UTC), "root")

    def open(self, case: str, at: str = "2026-03-02T09:00", **fields: Any) -> HandleResult:
        """Open a case; without fields a customer of its own has no signal."""
        return self.ask(case, "open", at, **{"fault_kind": "no_signal", "caller": f"caller of {case}"} | fields)

    def ask(self, case: str, what: str, at: str, by: str = "lee", **fields: Any) -> HandleResult:
        """What the desk says to a command."""
        instant = local(at).astimezone(UTC)
        opening = what == "open"
        kind, ref = ("fault", self.pack.ref) if opening else ("", None)
        command = Command(f"{what}@{at}", what, by, instant, fields, kind=kind, pack=ref)
        known = self.pairs.get(case, [])
        request = HandleRequest(case, known[-1][1].face.seq if known else 0, command, instant)
        result = self.desk.handle(request)
        assert result.refusal is None, result.refusal
        self.pairs.setdefault(case, []).append((request, result))
        return result

    def poke(self, case: str, at: str) -> HandleResult:
        return self.ask(case, "poke", at, HOUSE)
