"""How far a case of the standard pack has come: each story goes on from the one before it. March 2026, no holiday in it."""

from typing import Any

from tests.rules.packs.playing import Play, done

STANDARD = "standard"
INTAKE = {
    "channel": "phone",
    "subject": "service",
    "customer_name": "王女士",
    "contact": "13800000000",
    "what": "电梯停运三天",
    "wish": "尽快修复",
}
FINDINGS = {"found": "f", "verdict": "justified", "root_cause": "process", "corrective_action": "c"}
PROPOSAL = {"remedy": "apology", "compensation": "0", "draft": "d"}
REPLY = {"reply_found": "f", "reply_remedy": "r", "reply_appeal": "a", "reply_sent_by": "phone"}


def taken_in(at: str = "2026-03-02T09:00", play: Play | None = None, **fields: Any) -> Play:
    """A complaint under the standard rules, taken in on Monday 2 March at nine."""
    play = play or Play(STANDARD)
    done(play.open("complaint", "olga", at, **(INTAKE | fields)), play)
    return play


def acknowledged(at: str = "2026-03-02T10:00", play: Play | None = None, **fields: Any) -> Play:
    """… acknowledged at ten."""
    play = taken_in(play=play, **fields)
    done(play.do("acknowledge", "olga", at, acknowledged_by="phone", number_told=True), play)
    return play


def assigned(at: str = "2026-03-02T11:00", play: Play | None = None, **fields: Any) -> Play:
    """… assigned to Hana at eleven."""
    play = acknowledged(play=play, **fields)
    done(play.do("assign", "tim", at, handler="hana"), play)
    return play


def found(at: str = "2026-03-03T09:00", play: Play | None = None, **fields: Any) -> Play:
    """… with findings on Tuesday at nine."""
    play = assigned(play=play, **fields)
    more = {"cause_analysis": "a"} if play.state.classes["severity"] == "grave" else {}
    done(play.do("record_findings", "hana", at, **FINDINGS, **more), play)
    return play


def proposed(at: str = "2026-03-03T10:00", play: Play | None = None, proposal: dict[str, Any] | None = None) -> Play:
    """… proposed on Tuesday at ten."""
    play = found(play=play)
    done(play.do("propose", "hana", at, **(proposal or PROPOSAL)), play)
    return play


def released(play: Play | None = None) -> Play:
    """… approved and released on Tuesday at noon."""
    play = proposed(play=play)
    done(play.do("approval.solution", "ada", "2026-03-03T11:00", verdict="given"), play)
    done(play.do("release", "hana", "2026-03-03T12:00"), play)
    return play


def replied(play: Play | None = None) -> Play:
    """… replied on Wednesday at nine."""
    play = released(play)
    done(play.do("reply", "hana", "2026-03-04T09:00", **REPLY), play)
    return play


def called_back(score: int, at: str = "2026-03-05T09:00", play: Play | None = None) -> Play:
    """… called back on Thursday at nine."""
    play = replied(play)
    done(play.do("call_back", "carl", at, score=score, customer_says="s"), play)
    return play
