"""On which line of a TOML text something stands; only asked for where something is wrong."""

import re

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""' r"|'''.*?'''" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'|#[^\n]*|[\[\]{},=\n.]|[\w+:-]+",
    re.DOTALL,
)

Place = tuple[str | int, ...]


class Lines:
    """The lines of all headings, keys and list items of a text that `tomllib` can read."""

    def __init__(self, text: str) -> None:
        self._found: dict[Place, int] = {}
        self._tokens: list[tuple[str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            if not match[0].startswith("#"):
                self._tokens.append((match[0], line))
            line += match[0].count("\n")
        self._tokens.append(("\n", line))
        self._at = 0
        self._file()

    def of(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that has one; 0 where there is none."""
        while place:
            if place in self._found:
                return self._found[place]
            place = place[:-1]
        return 0

    def _file(self) -> None:
        block: Place = ()
        counts: dict[Place, int] = {}
        while self._more():
            line = self._tokens[self._at][1]
            if self._takes("["):
                many = self._takes("[")
                block = self._key()
                if many:
                    counts[block] = counts.get(block, -1) + 1
                    block = (*block, counts[block])
                for length in range(1, len(block) + 1):
                    self._found.setdefault(block[:length], line)
                self._at += 2 if many else 1
            else:
                self._pair(block)

    def _pair(self, block: Place) -> None:
        line = self._tokens[self._at][1]
        place = (*block, *self._key())
        self._found.setdefault(place, line)
        self._at += 1  # the equals sign
        self._value(place)

    def _value(self, place: Place) -> None:
        self._found.setdefault(place, self._tokens[self._at][1])
        if self._takes("["):
            index = 0
            while self._more() and not self._takes("]"):
                self._value((*place, index))
                index += 1
                self._more()
                self._takes(",")
        elif self._takes("{"):
            while self._more() and not self._takes("}"):
                self._pair(place)
                self._more()
                self._takes(",")
        else:
            while self._tokens[self._at][0] not in ",]}\n":
                self._at += 1

    def _key(self) -> tuple[str, ...]:
        parts = []
        while (token := self._tokens[self._at][0]) not in ("=", "]"):
            if token[0] in "\"'":
                parts.append(token[1:-1])
            elif token[0] != ".":
                parts.append(token)
            self._at += 1
        return tuple(parts)

    def _takes(self, token: str) -> bool:
        """Whether the next token is this one; it is then behind us."""
        taken = self._tokens[self._at][0] == token
        self._at += taken
        return taken

    def _more(self) -> bool:
        """Whether anything is left after the ends of lines here."""
        while self._at < len(self._tokens) and self._tokens[self._at][0] == "\n":
            self._at += 1
        return self._at < len(self._tokens)
