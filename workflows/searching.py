"""The search attributes of a case: coarse, four of them, none that names a person."""

from temporalio.common import SearchAttributeKey, SearchAttributePair, SearchAttributeUpdate, TypedSearchAttributes

from rules.commands import Command
from rules.pack import PackRef

PACK = SearchAttributeKey.for_keyword("RedressPack")
EDITION = SearchAttributeKey.for_keyword("RedressEdition")
KIND = SearchAttributeKey.for_keyword("RedressKind")
STANDING = SearchAttributeKey.for_keyword("RedressStanding")

#: What an engine has to know before the first case is opened.
KEYS = (PACK, EDITION, KIND, STANDING)

_OPEN = "open"


def at_start(command: Command) -> TypedSearchAttributes:
    """The attributes that an opening gives the case, where they cost nothing."""
    values = [(KIND, command.kind), (STANDING, _OPEN)]
    if command.pack is not None:
        values += [(PACK, command.pack.id), (EDITION, str(command.pack.edition))]
    return TypedSearchAttributes([SearchAttributePair(key, value) for key, value in values])


def changes(there: TypedSearchAttributes, standing: str, adopted: PackRef | None) -> list[SearchAttributeUpdate[str]]:
    """What has to be written so that the attributes say the standing and, where one was adopted, the edition."""
    wanted = [(STANDING, standing)] if standing else []
    if adopted is not None:
        wanted += [(PACK, adopted.id), (EDITION, str(adopted.edition))]
    return [key.value_set(value) for key, value in wanted if there.get(key) != value]
