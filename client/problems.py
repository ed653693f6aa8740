"""What goes wrong, in one shape for people and for scripts: what, why, what next."""

from dataclasses import dataclass
from typing import Any

from client.words import said, word

#: Exit codes of every command: done (or accepted and pending), refused or failed, wrong usage, not found, our fault.
DONE, FAILED, USAGE, NOT_FOUND, OUR_FAULT = 0, 1, 2, 3, 70


@dataclass(frozen=True, slots=True)
class Said:
    """The sentences of a problem in one language."""

    what: str
    why: str
    next_step: str


class Problem(Exception):
    """Something a person has to know. ``code`` is a stable word, ``details`` lists every single mistake."""

    def __init__(
        self,
        code: str,
        said: Said,
        exit_code: int = FAILED,
        *,
        clause: tuple[str, ...] = (),
        details: tuple[dict[str, Any], ...] = (),
    ) -> None:
        super().__init__(f"{said.what} {said.why} {said.next_step}")
        self.code = code
        self.said = said
        self.exit_code = exit_code
        self.clause = clause
        self.details = details
        #: What ``--json`` shows beside the error, such as the id of the command.
        self.also: dict[str, Any] = {}

    def as_json(self) -> dict[str, Any]:
        """The problem as ``--json`` shows it, under the key ``error``."""
        shown: dict[str, Any] = {
            "code": self.code,
            "what": self.said.what,
            "why": self.said.why,
            "next": self.said.next_step,
            "clause": list(self.clause),
        }
        if self.details:
            shown["details"] = list(self.details)
        return {**self.also, "error": shown}

    def as_text(self, lang: str) -> str:
        """The problem as people read it: three lines, the clause where one stands behind it, then the details."""
        lines = [self.said.what]
        if self.said.why:
            lines.append(word("problem.why", lang, text=self.said.why))
        if self.clause:
            lines.append(word("problem.clause", lang, text=", ".join(self.clause)))
        lines += [f"  {_detail(detail)}" for detail in self.details]
        if self.said.next_step:
            lines.append(word("problem.next", lang, text=self.said.next_step))
        return "\n".join(lines)


def problem(code: str, lang: str, exit_code: int = FAILED, /, **values: object) -> Problem:
    """The problem that the catalogue keeps under a code, its sentences filled with the values."""
    sentences = (said(f"problem.{code}.{part}", lang, **values) for part in ("what", "why", "next"))
    return Problem(code, Said(*sentences), exit_code)


def _detail(detail: dict[str, Any]) -> str:
    place = detail.get("place", "")
    line = detail.get("line")
    where = f"{place} ({line})" if line else str(place)
    hint = f" → {detail['hint']}" if detail.get("hint") else ""
    return f"{where}: {detail['what']}{hint}" if where else f"{detail['what']}{hint}"
