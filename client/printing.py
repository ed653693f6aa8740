"""Answers and problems on their way out: one JSON document for scripts, lines for people."""

import json
import sys

from client.context import Context
from client.problems import Problem


def show_json(document: object) -> None:
    """Write one JSON document on one line of standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


def show_problem(problem: Problem, context: Context) -> None:
    """Write a problem: as JSON on standard output where ``--json`` was asked for, else as text on standard error."""
    if context.json:
        show_json(problem.as_json())
    else:
        sys.stderr.write(problem.as_text(context.lang) + "\n")


def note(text: str) -> None:
    """Write a line that is no part of the answer, such as progress, to standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
