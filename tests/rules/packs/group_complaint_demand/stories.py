"""How far a case under the group rules has come: each story goes on from the one before it. March 2026, no holiday in it."""

from typing import Any

from tests.rules.packs.playing import Play, done

GROUP = "group-complaint-demand"
REGISTER = {
    "business": "residential",
    "cause": "quality",
    "contract_item": "4.2",
    "complaint_subject": "equipment",
}
DEMAND = {"business": "residential", "service": "special", "demand_sort": "need", "demand_subject": "cleaning"}
FILE = {"name": "case.pdf", "sha256": "0" * 64, "size": 10}


def heard(kind: str, at: str = "2026-03-02T09:00", play: Play | None = None, **fields: Any) -> Play:
    """A case under the group rules, heard on Monday 2 March at nine."""
    play = play or Play(GROUP)
    done(play.open(kind, "emil", at, **({"source": "customer", "what": "w"} | fields)), play)
    return play


def accepted(kind: str = "complaint", at: str = "2026-03-02T10:00", opened: str = "", **fields: Any) -> Play:
    """… accepted at ten."""
    play = heard(kind, opened or at)
    form = REGISTER if kind == "complaint" else DEMAND
    done(play.do(f"accept_{kind}", "ofra", at, **(form | fields)), play)
    return play


def planned(level: str = "major_escalated") -> Play:
    """A complaint escalated on Tuesday at nine, accepted as such at ten, with a plan at eleven."""
    play = accepted()
    done(play.do("escalate", "ofra", "2026-03-03T09:00", escalated_why="w"), play)
    done(play.do("accept_escalated", "pia", "2026-03-03T10:00", level=level), play)
    done(
        play.do("plan", "ofra", "2026-03-03T11:00", solution="s", measures=["repair", "cleaning_up", "coaching"]), play
    )
    return play


def under_review() -> Play:
    """… under internal review since Wednesday at nine, with the advice and the case files."""
    play = planned()
    done(play.do("open_review", "pia", "2026-03-04T09:00"), play)
    done(play.do("task.advice", "quan", "2026-03-04T10:00", advice="a"), play)
    done(play.do("task.case_files", "ofra", "2026-03-04T11:00", case_file=FILE), play)
    return play


def executing() -> Play:
    """… passed with two of its three measures on Thursday at nine, and in execution."""
    play = under_review()
    passed: dict[str, Any] = {
        "reviewers": ["pia", "quan"],
        "review_result": "passed",
        "passed_measures": ["repair", "coaching"],
    }
    done(play.do("approval.review", "pia", "2026-03-05T09:00", verdict="given", **passed), play)
    done(play.do("execute", "ofra", "2026-03-05T10:00"), play)
    return play


def answered(kind: str = "complaint", **fields: Any) -> Play:
    """A case that was handled and answered on Tuesday."""
    play = accepted(kind, **fields)
    done(play.do("dispatch", "ofra", "2026-03-02T11:00", instruction="i"), play)
    done(play.do("handle", "ofra", "2026-03-03T09:00", result="r"), play)
    done(play.do("reply", "ofra", "2026-03-03T10:00", reply="r", replied_by="phone"), play)
    return play
