"""Text to `Pack`, or everything that is wrong with it."""
import hashlib, json, tomllib
from pydantic import TypeAdapter
from rules.indexing import index
from rules.pack import Pack, PackFile
from rules.parsing_shapes import as_text, shaped
_FILE = TypeAdapter(PackFile)


def parse(text: str) -> Pack:
    """The pack that a text describes."""
    document = shaped(tomllib.loads(text), PackFile)
    file = _FILE.validate_json(json.dumps(document, default=as_text), strict=True)
    return index(file, hashlib.sha256(text.encode()).hexdigest())
