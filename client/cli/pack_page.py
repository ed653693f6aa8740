"""redress packs page: everything that is in a pack on one page of Markdown."""

import sys
from typing import Annotated

from client.cli.options import option
from client.context import here
from client.pack_files import pack_of
from client.pack_page import page
from client.printing import show_json
from client.problems import DONE


def show_page(pack: Annotated[str, option("pack")], /) -> int:
    """Journeys as pictures, clocks, ladders, consequences, cycles, reports, house rules, gaps and clauses."""
    context = here()
    found = pack_of(pack, context)
    if context.json:
        show_json({"pack": found.ref.id, "edition": found.ref.edition, "page": page(found)})
    else:
        sys.stdout.write(page(found))
    return DONE
