"""An invented company: who works there, who heads what, who has which role of the two shipped packs."""

from rules.directory import Department, Directory, Person

_PEOPLE = {
    # a company without a regulation of its own
    "olga": "service",
    "tim": "service",
    "hana": "service",
    "carl": "service",
    "dora": "service",
    "hugo": "workshop",
    "rolf": "workshop",
    "ada": "quality",
    "quinn": "quality",
    "lena": "company",
    "greta": "company",
    "anton": "company",
    # a property-management group
    "emil": "garden",
    "ofra": "north_office",
    "omar": "north_office",
    "nora": "north_office",
    "pia": "projects",
    "pavel": "projects",
    "quan": "quality_centre",
    "boris": "projects",
}
_HEADS = {
    "company": "greta",
    "service": "dora",
    "workshop": "rolf",
    "quality": "quinn",
    "garden": "greta",
    "north_office": "nora",
    "projects": "boris",
    "quality_centre": "quan",
}

DIRECTORY = Directory(
    people={name: Person(name, mail=f"{name}@example.test", department=unit) for name, unit in _PEOPLE.items()},
    departments={
        name: Department(name, head=head, above="" if name == "company" else "company") for name, head in _HEADS.items()
    },
    bindings={
        "standard": {
            "operator": ("olga",),
            "triager": ("tim",),
            "approver": ("ada",),
            "caller": ("carl",),
            "leader": ("lena",),
            "general_manager": ("greta",),
        },
        "group-complaint-demand": {
            "office": ("ofra",),
            "office_manager": ("omar",),
            "project_centre": ("pia",),
            "quality_centre": ("quan",),
            "leader": ("lena",),
            "general_manager": ("greta",),
        },
    },
)
