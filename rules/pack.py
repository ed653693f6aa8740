"""A pack: one edition of one regulation, as data, checked by `parsing` and read by `decide`."""

from dataclasses import dataclass, field
from datetime import date

from rules.classes import Class, Table
from rules.clauses import Clause
from rules.clocks import Clock, Conventions
from rules.consequences import Consequence
from rules.counts import Count, Report
from rules.cycles import Cycle
from rules.duties import Approval, Gate, Notice, Task
from rules.forms import Field, Form
from rules.kinds import Kind
from rules.ladders import Ladder
from rules.links import Link
from rules.machine_table import StageTable
from rules.roles import Role
from rules.steps import Step
from rules.values import ROW, Names, Title


@dataclass(frozen=True, slots=True)
class PackRef:
    """Which edition of which pack a case runs on; packs themselves never travel."""

    id: str
    edition: int
    sha256: str

    def __str__(self) -> str:
        """The name people read, such as ``standard.1``."""
        return f"{self.id}.{self.edition}"


@dataclass(frozen=True, slots=True)
class PackFile:
    """What a pack file says, row by row, as `parsing` has validated it."""

    id: str
    edition: int
    title: Title
    calendar: str
    effective_from: date
    counting: Conventions
    clause: dict[str, Clause]
    kind: dict[str, Kind]
    role: dict[str, Role]
    step: dict[str, Step]
    form: dict[str, Form]
    effective_to: date | None = None
    prefix: str = ""
    trial: bool = False
    review_by: date | None = None
    owner: str | None = None
    contacts: dict[str, str] = field(default_factory=dict)
    labels: dict[str, Title] = field(default_factory=dict)
    class_: dict[str, Class] = field(default_factory=dict)
    table: dict[str, Table] = field(default_factory=dict)
    clock: dict[str, Clock] = field(default_factory=dict)
    ladder: dict[str, Ladder] = field(default_factory=dict)
    gate: tuple[Gate, ...] = ()
    task: dict[str, Task] = field(default_factory=dict)
    approval: dict[str, Approval] = field(default_factory=dict)
    notice: tuple[Notice, ...] = ()
    link: dict[str, Link] = field(default_factory=dict)
    consequence: dict[str, Consequence] = field(default_factory=dict)
    count: dict[str, Count] = field(default_factory=dict)
    cycle: dict[str, Cycle] = field(default_factory=dict)
    report: dict[str, Report] = field(default_factory=dict)
    taken_by: str = "opened"
    signatures: Names = ()
    __pydantic_config__ = ROW


@dataclass(frozen=True, slots=True)
class Pack:
    """A checked edition and what `parsing` has worked out from it once, so that deciding is looking up."""

    ref: PackRef
    file: PackFile
    #: kind -> the table derived once from its `transitions` machine
    machines: dict[str, StageTable]
    #: fields that conditions, clocks, roles, links read: only these are kept in the state
    read_fields: frozenset[str]
    #: name of a field -> the forms that have it, in the order of the file
    fields: dict[str, Names]
    #: event name -> rows that wait for it, by kind: (kind, event) -> names
    clocks_started_by: dict[tuple[str, str], Names]
    clocks_stopped_by: dict[tuple[str, str], Names]
    clocks_paused_by: dict[tuple[str, str], tuple[tuple[str, int], ...]]
    clocks_resumed_by: dict[tuple[str, str], tuple[tuple[str, int], ...]]
    tasks_on: dict[tuple[str, str], Names]
    approvals_on: dict[tuple[str, str], Names]
    notices_on: dict[tuple[str, str], tuple[int, ...]]
    links_on: dict[tuple[str, str], Names]
    #: links whose other case rules read, or whose closing they wait for
    links_watched: Names
    consequences_on: dict[tuple[str, str], Names]
    #: step name, or task.x or approval.x -> gates that watch it, by their place in the file
    gates_of: dict[str, tuple[int, ...]]
    #: kind -> classes in the order in which they are decided
    classes_of: dict[str, Names]
    #: kind -> clocks that can be switched: by conditions (``when``, ``unless``), or by a clock that replaces them
    switched_clocks: dict[str, Names]
    #: clauses that are house rules
    house: frozenset[str]
    warnings: tuple[str, ...] = ()
    #: events of switched clocks whose instants the state keeps
    remembered: frozenset[str] = frozenset()
    #: fields that are the length of a clock, whole numbers therefore
    lengths: frozenset[str] = frozenset()
    #: kind -> classes that want more fields filled: whose rows ask for some, or whose override wants a reason
    asking: dict[str, Names] = field(default_factory=dict)
    #: kind -> counts with a number to be reached
    reached_counts: dict[str, Names] = field(default_factory=dict)

    def field(self, name: str) -> Field | None:
        """A field as the first form that has it defines it; None for one that no form has."""
        forms = self.fields.get(name)
        return self.file.form[forms[0]].field(name) if forms else None

    def is_house(self, clause: Names) -> bool:
        """Whether every cited clause is a house rule, not law."""
        return bool(clause) and all(name in self.house for name in clause)
