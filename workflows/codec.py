"""How values become payloads of the engine: pydantic's JSON through one codec, plain for now."""

from dataclasses import replace

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, PayloadCodec

#: The one place where payloads would be encrypted. None leaves them plain and spares a pass over each of them.
CODEC: PayloadCodec | None = None

#: Given to every client, worker and replayer.
CONVERTER: DataConverter = replace(pydantic_data_converter, payload_codec=CODEC)
