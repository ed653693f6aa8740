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


async def connect(address: str, namespace: str, *, working: bool = False) -> Client:
    """A connected client, within ten seconds.

    On this machine nothing but the address counts. Elsewhere certificates, keys and metadata come from a profile of
    ``temporal.toml`` or ``TEMPORAL_*``, as Temporal's own programs read them; the address and the namespace given here
    go before what such a profile says. A client tries each call once, since `Sender` sends again itself; one that is
    for ``working`` tries each for ten seconds.

    Raises:
        RuntimeError: nobody answers there.
    """
    near = address.rsplit(":", 1)[0] in _OWN_MACHINE
    config = ClientConnectConfig() if near else ClientConfig.load_client_connect_config()
    config["target_host"] = address or config.get("target_host") or _DEFAULT
    config["namespace"] = namespace or config.get("namespace") or "default"
    return await Client.connect(
        **config,
        data_converter=CONVERTER,
        connect_timeout=_CONNECT,
        retry_config=None if working else _ONCE,
        grpc_compression=GrpcCompression.NONE if near else GrpcCompression.GZIP,
    )
