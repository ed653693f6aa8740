"""How a client of the engine is made: converter, no compression on the own machine, bounded."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.service import GrpcCompression, RetryConfig

from workflows.codec import CONVERTER

_CONNECT = timedelta(seconds=10)
_OWN_MACHINE = ("127.0.0.1", "localhost", "[::1]")
_DEFAULT = "127.0.0.1:7233"
#: The library would try a call for ten seconds before it says what is wrong; a careful sender wants to know at once.
_ONCE = RetryConfig(max_retries=1)


class EngineAway(RuntimeError):
    """Nobody answers at the address of the engine, or who answers does not let us in; the first line says why."""


class WrongAddress(ValueError):
    """The address is none, or the profile that says more about it cannot be read."""


async def connect(address: str, namespace: str, *, working: bool = False) -> Client:
    """A connected client, within ten seconds.

    On this machine nothing but the address counts. Elsewhere certificates, keys and metadata come from a profile of
    ``temporal.toml`` or ``TEMPORAL_*``, as Temporal's own programs read them; the address and the namespace given here
    go before what such a profile says. A client tries each call once, since `Sender` sends again itself; one that is
    for ``working`` tries each for ten seconds.

    Raises:
        EngineAway: nobody answers there.
        WrongAddress: it is none, or the profile cannot be read.
    """
    near = address.rsplit(":", 1)[0] in _OWN_MACHINE
    config = ClientConnectConfig() if near else _profile()
    config["target_host"] = address or config.get("target_host") or _DEFAULT
    config["namespace"] = namespace or config.get("namespace") or "default"
    try:
        return await Client.connect(
            **config,
            data_converter=CONVERTER,
            connect_timeout=_CONNECT,
            retry_config=None if working else _ONCE,
            grpc_compression=GrpcCompression.NONE if near else GrpcCompression.GZIP,
        )
    except (RuntimeError, OSError) as error:
        # The library has no narrower error for a connection that fails.
        raise EngineAway(str(error)) from error
    except ValueError as error:
        raise WrongAddress(str(error)) from error


def _profile() -> ClientConnectConfig:
    try:
        return ClientConfig.load_client_connect_config()
    except (RuntimeError, ValueError, OSError) as error:
        raise WrongAddress(str(error)) from error
