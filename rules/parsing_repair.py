"""What of a document can be read when some of it cannot, so that one look finds every mistake."""

from collections.abc import Iterator, Sequence
from typing import Any

from rules.checks.draft import BLOCKS, Draft
from rules.pack import PackFile
from rules.parsing_shapes import Place, floats
from rules.problems import Found

_LISTS = ("gate", "notice")

#: What stands in for a part of the head that cannot be read; the mistake itself has been noted.
_HEAD: dict[str, Any] = {
    "id": "unreadable",
    "edition": 1,
    "title": {"zh": "", "en": ""},
    "calendar": "",
    "effective_from": "1970-01-01",
    "counting": {},
    **{word: {} for word in ("clause", "kind", "role", "step", "form")},
}


class Repair:
    """A document and what has been taken out of it."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._broken: set[tuple[str, ...]] = set()
        self._lost_fields: set[str] = set()
        self._lost_clauses: set[str] = set()
        self._origins = {word: list(range(len(_rows(document, word)))) for word in _LISTS}

    def lift_floats(self) -> None:
        """Puts text in the place of floats, so that what stands around them can be read."""
        for place in list(floats(self.document)):
            parent: Any = self.document
            for part in place[:-1]:
                parent = parent[part]
            parent[place[-1]] = str(parent[place[-1]])

    def take_out(self, mistakes: Sequence[Found]) -> None:
        """Takes out unknown keys, blocks that cannot be read, and parts of the head."""
        gone: dict[str, set[int]] = {word: set() for word in _LISTS}
        for each in mistakes:
            place = each.place
            if each.code == "unknown_key":
                self._delete(place)
            elif place[0] in BLOCKS and len(place) > 1 and isinstance(self.document.get(str(place[0])), dict):
                self._lose(str(place[0]), str(place[1]))
            elif place[0] in _LISTS and len(place) > 1:
                gone[str(place[0])].add(int(place[1]))
            else:
                self._head(str(place[0]))
        for word, indices in gone.items():
            for index in sorted(indices, reverse=True):
                self._remember(self.document[word][index])
                self._broken.add((word, str(self._origins[word][index])))
                del self.document[word][index], self._origins[word][index]

    def draft(self, file: PackFile) -> Draft:
        """The rows that could be read, with the names of those that could not."""
        return Draft(
            file,
            broken=frozenset(self._broken),
            lost_fields=frozenset(self._lost_fields),
            lost_clauses=frozenset(self._lost_clauses),
        )

    def in_text(self, mistake: Found) -> Found:
        """The mistake at its place in the text, where rows in front of it have been taken out."""
        place = mistake.place
        if len(place) > 1 and place[0] in _LISTS and isinstance(place[1], int):
            place = (place[0], self._origins[str(place[0])][place[1]], *place[2:])
        return Found(place, mistake.code, mistake.params)

    def _delete(self, place: Place) -> None:
        parent: Any = self.document
        for part in place[:-1]:
            parent = parent.get(part, {}) if isinstance(parent, dict) else parent[part]
        if isinstance(parent, dict):
            parent.pop(place[-1], None)

    def _lose(self, word: str, name: str) -> None:
        self._remember(self.document[word].pop(name, None))
        self._broken.add((word, name))

    def _head(self, key: str) -> None:
        self._remember(self.document.get(key))
        self._broken.add((key,))
        if key in _HEAD:
            self.document[key] = _HEAD[key]
        else:
            self.document.pop(key, None)
            self._origins[key] = []

    def _remember(self, lost: Any) -> None:
        """Notes the fields and the citations of what is taken out: they are no mistakes of other rows."""
        for key, value in _pairs(lost):
            if key == "name" and isinstance(value, str):
                self._lost_fields.add(value)
            if key == "clause":
                cited = value if isinstance(value, list) else [value]
                self._lost_clauses |= {each for each in cited if isinstance(each, str)}


def _rows(document: dict[str, Any], word: str) -> list[Any]:
    rows = document.get(word, [])
    return rows if isinstance(rows, list) else []


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from _pairs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(inner)
