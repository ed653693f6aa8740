"""redress ledger: verify the chains, export the rows, rebuild from the engine's histories."""

import sys
from typing import Annotated, Any

from activities.drivers.reading import Reading
from activities.exporting import export as exported_lines
from activities.verifying import verify as faults_of
from client.cli.options import option
from client.context import here
from client.home import ledger_of, shelf_of
from client.printing import note, show_json
from client.problems import DONE, FAILED, NOT_FOUND, Problem, problem
from client.tables import show
from client.words import word


def verify() -> int:
    """Check every chain, seq, state and personal value: 0 where all agree, 1 else."""
    context = here()
    with ledger_of(context) as ledger:
        reading = Reading(ledger)
        cases = reading.case_ids()
        faults = [
            {"case": fault.case_id, "seq": fault.seq, "fault": fault.what, "what": fault.detail or fault.what,
             "place": f"{fault.case_id}/{fault.seq}"}
            for fault in faults_of(ledger, shelf_of(context))
        ]  # fmt: skip
        entries = sum(row.seq for row in (reading.case(case) for case in cases) if row is not None)
    if faults:
        said = problem("ledger_broken", context.lang, count=len(faults))
        raise Problem(said.code, said.said, FAILED, details=tuple(faults))
    if context.json:
        show_json({"cases": len(cases), "entries": entries, "faults": []})
    else:
        show(word("cli.verified", context.lang, cases=len(cases), entries=entries))
    return DONE


def export(
    *,
    case: Annotated[str | None, option("from-case", "--case")] = None,
    personal: Annotated[bool, option("personal", "--personal")] = False,
) -> int:
    """The rows of the ledger for auditors, one JSON object a line."""
    context = here()
    with ledger_of(context) as ledger:
        only: list[str] = []
        if case:
            row = Reading(ledger).case(case)
            if row is None:
                raise problem("no_case", context.lang, NOT_FOUND, case=case)
            only = [row.id]
        for line in exported_lines(ledger, only, with_personal=personal):
            sys.stdout.write(line + "\n")
    return DONE


def rebuild(*, into: Annotated[str, option("into", "--into")] = "") -> int:
    """Fill an empty ledger from the histories of the engine: 0 where every case came back, 1 else."""
    import asyncio

    from activities.rebuilding import NotEmpty, Rebuilding

    context = here()
    with ledger_of(context, into, prepare=True) as ledger:
        try:
            rebuilding = Rebuilding(ledger, shelf_of(context))
        except NotEmpty as held:
            raise problem("not_empty", context.lang, place=into or held) from None
        done, missing = asyncio.run(_rebuild(rebuilding))
    entries = sum(each.entries for each in done)
    shown: dict[str, Any] = {"cases": len(done), "entries": entries, "missing": missing}
    if context.json:
        show_json(shown)
    else:
        show(word("cli.rebuilt", context.lang, cases=len(done), entries=entries))
        if missing:
            note(word("cli.not_rebuilt", context.lang, cases=", ".join(missing)))
    return FAILED if missing else DONE


async def _rebuild(rebuilding: Any) -> tuple[list[Any], list[str]]:
    from activities.shelf import EditionMissing
    from client.reaching import reach
    from workflows.histories import RunsMissingError, case_ids, handled

    client = await reach(here())
    done: list[Any] = []
    missing: list[str] = []
    async for case_id in case_ids(client):
        try:
            pairs = [pair async for pair in handled(client, case_id)]
        except RunsMissingError as lost:
            missing.append(lost.case_id)
            continue
        try:
            result = rebuilding.case(case_id, pairs)
        except EditionMissing as unknown:
            missing.append(f"{case_id} ({unknown})")
            continue
        if result.missing:
            missing.append(f"{case_id} ({result.missing})")
        else:
            done.append(result)
    return done, missing
