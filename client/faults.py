"""Our own faults: the details go to a file, the person gets its place."""

import traceback
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

from client.context import Context
from client.problems import OUR_FAULT, Problem, problem


def report(error: Exception, context: Context) -> Problem:
    """Write the details of an error that nobody foresaw to a file; the problem (exit code 70) that names it."""
    name = f"fault-{datetime.now(UTC).strftime('%Y%m%dT%H%M%S%f')}.txt"
    text = "".join(traceback.format_exception(error))
    for folder in (context.home / "logs", Path(gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return problem("our_fault", context.lang, OUR_FAULT, file=folder / name, kind=type(error).__name__)
    return problem("our_fault", context.lang, OUR_FAULT, file="—", kind=type(error).__name__)
