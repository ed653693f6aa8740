"""Links: which case is meant, what is carried to it, how often; and what a task is answered for each of."""

from collections.abc import Iterator

from rules.checks.draft import Draft
from rules.links import BOTH_ENDS, HOLD, Link
from rules.problems import Found, found


def check(draft: Draft) -> Iterator[Found]:
    """Every link, and every task that is answered for each value of a field."""
    for name, link in draft.file.link.items():
        yield from _link(name, link)
    for name, task in draft.file.task.items():
        if task.each and task.answers != "any":
            yield found("task", name, "answers", code="each_and_all", name=name)


def _link(name: str, link: Link) -> Iterator[Found]:
    if not link.opens and link.names is None:
        yield found("link", name, code="link_names", name=name)
    if link.opens and link.names is not None:
        yield found("link", name, "names", code="link_both", name=name)
    if link.carries and not link.opens:
        yield found("link", name, "carries", code="link_carries", name=name)
    if link.same and link.opens:
        yield found("link", name, "same", code="link_same", name=name)
    if link.then not in ("", HOLD):
        yield found("link", name, "then", code="bad_choice", given=link.then, known=[HOLD])
    if link.once not in (True, False, BOTH_ENDS):
        yield found("link", name, "once", code="bad_choice", given=str(link.once), known=["true", "false", BOTH_ENDS])
