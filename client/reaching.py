"""Reaching the engine: where it is, and a connected client, or what to do about it."""

from typing import TYPE_CHECKING

from client.context import Context
from client.home import read_run, settings_of
from client.problems import problem

if TYPE_CHECKING:
    from temporalio.client import Client


def address_of(context: Context) -> tuple[str, str]:
    """The address and the namespace of the engine: what is up on this machine, else what the settings name."""
    settings = settings_of(context)
    run = read_run(context.home)
    if run is not None and run.address:
        return run.address, run.namespace
    return settings.temporal_address, settings.namespace


async def reach(context: Context) -> "Client":
    """A connected client.

    Raises:
        Problem: ``engine_away``, nobody answers there.
    """
    from workflows.connecting import connect

    address, namespace = address_of(context)
    try:
        return await connect(address, namespace)
    except (RuntimeError, TimeoutError, OSError) as error:
        raise problem("engine_away", context.lang, address=address or "127.0.0.1:7233", why=_short(error)) from None


def _short(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    return text.splitlines()[0][:200]
