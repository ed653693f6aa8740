"""A company made for a pack: one person for each role, called like the role, and a few people who have none."""

from rules.directory import Department, Directory, Person
from rules.pack import Pack

OUTSIDER, BOSS = "outsider", "boss"
UNITS = ("unit_a", "unit_b")


def company(pack: Pack, *second: str) -> Directory:
    """Everybody whom a case of the pack may meet.

    A role that no field, department or row fills is bound to the person of its name, who works in ``<role>_dept`` under
    ``head_of_<role>``. Besides there are ``unit_a`` and ``unit_b`` with ``head_a`` and ``head_b``, each with two workers
    (``worker_a``, ``other_a``, …); the ``outsider``, who has no role; and the ``boss``, head of everything. Roles named in
    ``second`` are bound to ``second_<role>`` too.
    """
    filled = [
        name for name, role in pack.file.role.items() if not (role.person or role.rows or role.of) or name in second
    ]
    people = {OUTSIDER: "unit_a", BOSS: "company"}
    heads = {"company": BOSS}
    for unit, letter in zip(UNITS, "ab", strict=True):
        heads[unit] = f"head_{letter}"
        people |= {f"head_{letter}": unit, f"worker_{letter}": unit, f"other_{letter}": unit}
    for role in filled:
        heads[f"{role}_dept"] = f"head_of_{role}"
        people |= {role: f"{role}_dept", f"head_of_{role}": f"{role}_dept"}
        people |= {f"second_{role}": f"{role}_dept"} if role in second else {}
    bindings: dict[str, tuple[str, ...]] = {
        role: (role, f"second_{role}") if role in second else (role,) for role in filled
    }
    return Directory(
        people={name: Person(name, mail=f"{name}@example.test", department=unit) for name, unit in people.items()},
        departments={
            name: Department(name, head=head, above="" if name == "company" else "company")
            for name, head in heads.items()
        },
        bindings={pack.ref.id: bindings},
    )
