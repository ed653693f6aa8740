"""How a due instant was counted, from what was kept with the decision; nothing is counted again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from client.happenings import clause_text
from client.story import title_of
from client.times import duration, local, read, utc
from client.words import amounted, known, word
from rules.entries import Entry
from rules.pack import Pack

#: Entries that carry how a due was counted.
COUNTED = ("clock_started", "clock_moved", "clock_resumed", "clock_recounted")
_SECONDS = ("minutes", "hours")


@dataclass(frozen=True, slots=True)
class Explained:
    """One counting of a clock: the entry that keeps it, and every part of it in the clock's own unit."""

    entry: Entry
    counted: dict[str, Any]

    @property
    def unit(self) -> str:
        """What the parts are amounts of: ``seconds`` or ``days``; empty where nothing was counted."""
        unit = str(self.counted.get("unit", ""))
        return "seconds" if unit in _SECONDS else "days" if unit else ""


def countings(entries: Iterable[Entry], clock: str | None = None) -> list[Explained]:
    """Every counting of a clock, or of all clocks, in the order in which they were decided."""
    return [
        Explained(entry, dict(entry.data.get("counted") or {}))
        for entry in entries
        if entry.event in COUNTED and clock in (None, entry.data["clock"])
    ]


def as_json(each: Explained, pack: Pack) -> dict[str, Any]:
    """A counting as ``--json`` shows it: the parts sum to ``sum``, the allowance in seconds or days."""
    data, counted = each.entry.data, each.counted
    return {
        "clock": data["clock"], "event": each.entry.event, "at": utc(each.entry.at), "seq": each.entry.seq,
        "due": data.get("due"), "due_date": data.get("due_date"), "not_before": data.get("not_before"),
        "provisional": data.get("provisional", False),
        "unit": counted.get("unit"), "amount": counted.get("amount"), "measured_in": each.unit,
        "start": counted.get("start"), "parts": counted.get("parts", []), "passed": counted.get("passed", []),
        "sum": counted.get("sum"), "pauses": counted.get("waited", []), "rule": counted.get("rule", {}),
        "gap": counted.get("gap"), "rungs": data.get("rungs", []), "clause": list(each.entry.clause),
        "says": [clause_text(name, pack) for name in each.entry.clause], "house": each.entry.house,
    }  # fmt: skip


def as_text(each: Explained, pack: Pack, zone: tzinfo, lang: str) -> list[str]:
    """A counting as people read it, line by line."""
    data, counted = each.entry.data, each.counted
    name = data["clock"]
    at = local(each.entry.at, zone)
    head = f"{title_of(f'clock.{name}', pack, lang)} ({name}) — {word(f'event.{each.entry.event}', lang)} {at}"
    lines = [head]
    for clause in each.entry.clause:
        house = f" ({word('cli.house_rule', lang)})" if each.entry.house else ""
        lines.append(f"  {clause}{house}: {clause_text(clause, pack)}")
    if not counted:
        return [*lines, f"  {word('cli.stopwatch', lang)}"]
    if "gap" in counted:
        own = f"explain.gap_{counted['gap']}"
        return [*lines, f"  {word(own if known(own) else 'explain.gap', lang, gap=counted['gap'])}"]
    lines += [f"  {line}" for line in _counting(each, counted, zone, lang)]
    day = data.get("due_date")
    due = local(read(data["due"]), zone, date.fromisoformat(day) if day else None)
    if data.get("not_before"):
        lines.append(f"  {word('explain.not_before', lang, at=local(read(data['not_before']), zone))}")
    lines.append(f"  {word('explain.due', lang, due=due)}")
    if data.get("provisional"):
        lines.append(f"  {word('cli.provisional', lang)}")
    for index, instant in data.get("rungs", []):
        lines.append(f"    {word('explain.rung', lang, number=index + 1, at=local(read(instant), zone))}")
    return lines


def _counting(each: Explained, counted: dict[str, Any], zone: tzinfo, lang: str) -> list[str]:
    unit, amount = str(counted["unit"]), counted.get("amount")
    lines = [word("explain.start", lang, at=local(read(counted["start"]), zone))]
    if unit == "until":
        return [*lines, word("explain.named", lang, at=_named(str(counted.get("named", "")), zone))]
    lines.append(word("explain.allowed", lang, amount=amounted(unit, amount, lang)))
    for name, value in counted.get("rule", {}).items():
        lines += [word(key, lang, value=value) for key in _of_rule(name, value) if known(key)][:1]
    if "named" in counted:
        lines.append(word("explain.day_named", lang, day=counted["named"]))
    for begin, end in counted.get("waited", []):
        span = f"{local(read(begin), zone)} — {local(read(end), zone)}"
        lines.append(word("explain.paused", lang, span=span))
    if each.unit == "seconds":
        lines += _intervals(counted, zone, lang)
    else:
        lines += _days(counted, lang)
    return lines


def _of_rule(name: str, value: object) -> tuple[str, str]:
    """Where the sentence of a convention stands: for this value of it, or for any."""
    return f"explain.rule_{name}_{value}", f"explain.rule_{name}"


def _intervals(counted: dict[str, Any], zone: tzinfo, lang: str) -> list[str]:
    lines = []
    for begin, end, seconds in counted.get("parts", []):
        length = duration(timedelta(seconds=seconds), lang)
        lines.append(f"  + {local(read(begin), zone)} — {local(read(end), zone)}  {length}")
    total = duration(timedelta(seconds=counted.get("sum") or 0), lang)
    return [*lines, word("explain.sum", lang, total=total)]


def _days(counted: dict[str, Any], lang: str) -> list[str]:
    rows = [(str(first), "+", _span(first, last), amount) for first, last, amount in counted.get("parts", [])]
    rows += [(str(first), "·", _span(first, last), why) for first, last, why in counted.get("passed", [])]
    lines = []
    for _, sign, span, what in sorted(rows):
        said = what
        if sign == "·":
            key = f"explain.passed_{what}"
            said = word(key, lang) if known(key) else what
        lines.append(f"  {sign} {span}  {said}")
    total = counted.get("sum")
    return [*lines, word("explain.sum", lang, total=total)] if total is not None else lines


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} — {last}"


def _named(text: str, zone: tzinfo) -> str:
    try:
        return local(datetime.fromisoformat(text), zone) if "T" in text else text
    except ValueError:
        return text
