"""Reaching the engine: where it is, and a connected client, or what to do about it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from client.context import Context
from client.engine.finding import configured
from client.engine.words import EngineError
from client.home import read_run, settings_of
from client.problems import FAILED, Problem, Said, problem
from client.words import word

if TYPE_CHECKING:
    from temporalio.client import Client


def address_of(context: Context) -> tuple[str, str]:
    """The address and the namespace of the engine: what is up on this machine, else what the settings name."""
    settings = settings_of(context)
    run = read_run(context.home)
    if run is not None and run.address:
        return run.address, run.namespace
    if settings.temporal_address:
        return settings.temporal_address, settings.namespace
    with plainly(context.lang):
        remote = configured(dict(os.environ), context.lang)
    return (remote.address, remote.namespace) if remote else ("", settings.namespace)


@contextmanager
def plainly(lang: str) -> Iterator[None]:
    """Turns what the engine room says into the shape of every problem."""
    try:
        yield
    except EngineError as error:
        raise Problem(f"engine_{error.key}", Said(error.what, error.why, error.next_step), FAILED) from None


async def reach(context: Context) -> "Client":
    """A connected client.

    Raises:
        Problem: ``engine_away``, nobody answers there.
    """
    from workflows.connecting import EngineAway, WrongAddress, connect

    address, namespace = address_of(context)
    if not address:
        raise problem("engine_away", context.lang, address="—", why=word("cli.not_up", context.lang))
    try:
        return await connect(address, namespace)
    except (EngineAway, WrongAddress) as error:
        raise problem("engine_away", context.lang, address=address, why=_short(error)) from None


def _short(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    return text.splitlines()[0][:200]
