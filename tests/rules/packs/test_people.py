"""Who owns, sees, holds, takes, answers and hears what, against the tables that people have agreed on."""

import pytest

from rules.pack import PackFile
from tests.rules.packs import people
from tests.rules.packs.playing import shipped
from tests.rules.packs.stories import GROUP, STANDARD

pytestmark = pytest.mark.pure

AGREED = {STANDARD: people.STANDARD, GROUP: people.GROUP}


def written(file: PackFile) -> people.People:
    """The same tables as a pack has them."""
    return {
        "owns": {
            f"{kind}.{stage.name}": stage.owner
            for kind, row in file.kind.items()
            for stage in row.stages
            if stage.owner
        },
        "opens": {kind: " ".join(row.opened_by) for kind, row in file.kind.items()},
        "sees": {kind: " ".join(row.seen_by) for kind, row in file.kind.items()},
        "stands above": {name: role.above for name, role in file.role.items() if role.above},
        "holds": {name: clock.holder for name, clock in file.clock.items() if clock.holder},
        "takes": {name: " ".join(step.by) for name, step in file.step.items()},
        "answers": {name: " ".join(row.to) for rows in (file.task, file.approval) for name, row in rows.items()},
        "is told of": {" ".join(notice.on): " ".join(notice.to) for notice in file.notice},
    }


@pytest.mark.parametrize("what", sorted(people.STANDARD))
@pytest.mark.parametrize("pack", AGREED)
def test_the_pack_has_people_do_what_was_agreed(pack: str, what: str) -> None:
    assert written(shipped(pack).file)[what] == AGREED[pack][what]
