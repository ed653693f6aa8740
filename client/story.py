"""What happened, in sentences: one event as lines that people read."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

from client.times import local, read
from client.words import known, listed, titled, word
from rules.forms import excused
from rules.judging import PROPOSAL
from rules.pack import Pack

_BLOCKS = {
    "kind": "kind",
    "step": "step",
    "form": "form",
    "clock": "clock",
    "class": "class_",
    "task": "task",
    "approval": "approval",
    "link": "link",
    "consequence": "consequence",
    "count": "count",
    "role": "role",
    "table": "table",
}


def told(event: Mapping[str, Any], pack: Pack, zone: tzinfo, lang: str, *, brief: bool = False) -> list[str]:
    """An event as lines: when, what, to whom and by when; then under which clause and why, or the clause alone."""
    at = local(read(event["at"]), zone)
    case = "" if event["case"] in ("", "main") else f" [{event['case']}]"
    what = word(f"event.{event['event']}", lang)
    lines = [f"{at}{case}  {what}: {_about(event, pack, zone, lang)}".rstrip(": ")]
    if event["event"] == "look":
        return lines + [f"    {line}" for line in _standing(event, pack, zone, lang)]
    if brief and event["event"] != "refused":
        cited = because(event["clause"], "", event["house"], lang)
        return [f"{lines[0]}  [{cited}]" if cited else lines[0]]
    reason = because(event["clause"], event["why"], event["house"], lang)
    return [*lines, f"    {reason}"] if reason else lines


def because(clause: list[str], why: str, house: bool, lang: str) -> str:
    """The clauses, marked where they are house rules, and their reason, on one line."""
    if not clause:
        return why
    mark = f" ({word('cli.house_rule', lang)})" if house else ""
    return f"{', '.join(clause)}{mark}: {why}".rstrip(": ")


def title_of(subject: str, pack: Pack, lang: str) -> str:
    """What people call the subject of an entry, such as ``clock.first_reply``; its own name where it has no title."""
    block, _, name = subject.partition(".")
    rows = getattr(pack.file, _BLOCKS[block], {}) if block in _BLOCKS else {}
    row = rows.get(name) or rows.get(name.partition(".")[0])
    return titled(row.title, lang) if row is not None and hasattr(row, "title") else name or subject


def stage_title(pack: Pack, kind: str, stage: str, lang: str) -> str:
    """What people call a stage of a kind; its own name where the pack does not know it."""
    block = pack.file.kind.get(kind)
    found = next((each for each in block.stages if each.name == stage), None) if block else None
    return titled(found.title, lang) if found else stage


def any_stage(pack: Pack, stage: str, lang: str) -> str:
    """What people call a stage, whichever kind has it."""
    return next((named for kind in pack.file.kind if (named := stage_title(pack, kind, stage, lang)) != stage), stage)


def roles_said(roles: list[str], pack: Pack, lang: str) -> str:
    """The titles of roles."""
    return listed([role.partition(".")[2] or title_of(f"role.{role}", pack, lang) for role in roles], lang)


def label(value: object, pack: Pack, lang: str) -> str:
    """The label of a value, where the pack has one."""
    if isinstance(value, bool):
        return word(f"refusal.{'yes' if value else 'no'}", lang)
    if isinstance(value, list | tuple):
        return listed([label(each, pack, lang) for each in value], lang)
    if isinstance(value, Mapping):
        if excused(value):
            return f"{word('refusal.no', lang)}: {value['no']}"
        return ", ".join(f"{name} {label(each, pack, lang)}" for name, each in value.items())
    found = pack.file.labels.get(str(value))
    return titled(found, lang) if found else str(value)


def _about(event: Mapping[str, Any], pack: Pack, zone: tzinfo, lang: str) -> str:
    data = event.get("data", {})
    subject = title_of(str(event.get("subject", "")), pack, lang)
    stage = any_stage(pack, str(event["stage"]), lang)
    day = data.get("due_date")
    due = local(read(event["due"]), zone, date.fromisoformat(day) if day else None) if event["due"] else ""
    match event["event"]:
        case "closed":
            return f"{stage} ({event['by']})"
        case "moved" | "opened":
            return f"{subject} → {stage} ({event['by']})"
        case "classified":
            proposed = f" ({word('cli.proposed', lang)})" if data.get("by") == PROPOSAL else ""
            return f"{subject} = {label(data.get('value', ''), pack, lang)}{proposed}"
        case "escalated":
            raised = data.get("raise_to")
            more = f" ⇒ {roles_said([raised], pack, lang)}" if raised else ""
            return f"{subject} → {roles_said(event['to'], pack, lang)}{more}"
        case "notified":
            return roles_said(event["to"], pack, lang)
        case "refused":
            return f"{event['step']} ({event['by']})"
        case "look":
            return stage
    if event["event"].startswith("consequence_"):
        return f"{subject} — {item_said(data, pack, lang)}"
    if event["event"].startswith("clock_") and due:
        return f"{subject} — {word('cli.due', lang)} {due}"
    return f"{subject} ({event['by']})" if event["by"] not in ("clock", "house") else subject


def item_said(data: Mapping[str, Any], pack: Pack, lang: str) -> str:
    """An item of a consequence in words: each party and its amount, what was chosen, the bounds, the reason."""
    parts = [listed([line_said(line, data["unit"], pack, lang) for line in data["lines"]], lang)]
    if data.get("choice"):
        parts.append(label(data["choice"], pack, lang))
    if not any(amount for _, _, amount in data["lines"]) and data.get("low"):
        parts.append(f"{data['low']} … {data.get('high') or ''}".strip() + f" {_unit(data['unit'], pack, lang)}")
    if data.get("reason"):
        reason = data["reason"]
        parts.append(word(f"cli.because_{reason}", lang) if known(f"cli.because_{reason}") else str(reason))
    return "; ".join(parts) if lang == "en" else "；".join(parts)


def line_said(line: Sequence[Any], unit: str, pack: Pack, lang: str) -> str:
    """A line of an item: the party as people call it, and the amount with its unit."""
    kind, party, amount = line
    titles = {"role": lambda: roles_said([party], pack, lang), "customer": lambda: word("cli.customer", lang),
              "unknown": lambda: word("cli.nobody", lang)}  # fmt: skip
    who = titles[kind]() if kind in titles and (kind != "customer" or party == "customer") else label(party, pack, lang)
    if amount is None:
        return who
    return f"{who} {amount} {_unit(unit, pack, lang)}"


def _unit(unit: str, pack: Pack, lang: str) -> str:
    return word(f"unit.{unit}", lang) if known(f"unit.{unit}") else label(unit, pack, lang)


def _standing(event: Mapping[str, Any], pack: Pack, zone: tzinfo, lang: str) -> list[str]:
    lines = [f"{word('cli.open_steps', lang)}: {listed(event['open_steps'], lang)}"]
    for name, clock in event["clocks"].items():
        due = (
            f"{word('cli.due', lang)} {local(read(clock['due']), zone)}"
            if clock["due"]
            else word("cli.stopwatch", lang)
        )
        status = word(f"status.{clock['status']}", lang)
        lines.append(f"{title_of(f'clock.{name}', pack, lang)} ({name}): {status}, {due}")
    return lines
