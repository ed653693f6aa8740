"""Entries of a case told as sentences: when, what, who, and the clause or house rule that made it happen."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from client.demo.people import named_of
from client.demo.saying import folded
from client.happenings import clause_text, refusal_said
from client.story import any_stage, label, roles_said, title_of
from client.tables import show
from client.times import local, read
from client.words import listed, word
from rules.directory import Directory
from rules.entries import Entry
from rules.pack import Pack

_BY_ITSELF = ("clock", "house")
