"""redress rehearse: plays a script of a case on a virtual clock and prints what happens."""

import sys
from collections.abc import Iterator
from datetime import tzinfo
from typing import Annotated, Any

from client.cli.options import option
from client.context import Context, here
from client.editions import read_text
from client.printing import note, show_json
from client.problems import DONE, problem
from client.rehearsal_script import Script, read_script
from client.rehearsal_setting import Setting
from client.story import told
from client.tables import show
from client.words import word


def rehearse(
    *,
    script: Annotated[str, option("script", "--script")],
    engine: Annotated[bool, option("engine", "--engine")] = False,
) -> int:
    """Play a script; 0 when it could be read, whatever was refused in it."""
    context = here()
    text = _text(script, context)
    read = read_script(text.splitlines(), context.lang)
    setting = Setting(read.header, context.home, context.lang)
    cases: set[str] = set()
    count = 0
    for event in _events(read, setting, context, engine):
        cases.add(event["case"])
        count += 1
        _print(event, setting, context)
    if not context.json:
        show("", word("cli.rehearsed", context.lang, events=count, cases=len(cases)))
    return DONE


def _events(read: Script, setting: Setting, context: Context, engine: bool) -> Iterator[dict[str, Any]]:
    if not engine:
        from client.rehearsal import Rehearsal
        from client.rehearsal_memory import InMemory

        return Rehearsal(read, setting, InMemory(setting)).play()
    from client.rehearsal_engine import play_on_engine

    if not context.json:
        note(word("cli.engine_rehearsal", context.lang))
    return play_on_engine(read, setting, note)


def _print(event: dict[str, Any], setting: Setting, context: Context) -> None:
    if context.json:
        show_json({key: value for key, value in event.items() if key != "data"})
        return
    zone: tzinfo = setting.zone
    show(*told(event, setting.first, zone, context.lang))


def _text(script: str, context: Context) -> str:
    if script != "-":
        return read_text(script, context.lang)
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise problem("not_utf8", context.lang, file="-", place=error.start) from None
