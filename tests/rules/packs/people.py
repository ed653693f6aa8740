"""Who does what under the shipped packs, as the people who run the company have agreed on it: read line by line."""

People = dict[str, dict[str, str]]

_GROUP_SEES = "office office_manager project_centre quality_centre department_head leader general_manager"

STANDARD: People = {
    "owns": {
        "complaint.intake": "operator",
        "complaint.triage": "triager",
        "complaint.investigation": "handler",
        "complaint.approval": "approver",
        "complaint.reply": "handler",
        "complaint.revisit": "caller",
    },
    "opens": {"complaint": "operator"},
    "sees": {
        "complaint": "operator triager handler arbiter approver caller department_head leader general_manager",
    },
    "stands above": {
        "triager": "leader",
        "handler": "leader",
        "approver": "leader",
        "caller": "leader",
        "department_asked": "leader",
        "department_head": "leader",
        "arbiter": "general_manager",
        "leader": "general_manager",
    },
    "holds": {
        "acknowledgement": "operator",
        "triage": "triager",
        "arbitration": "arbiter",
        "handling": "handler",
        "handling_grave": "handler",
        "leader_acknowledgement": "leader",
        "general_manager_acknowledgement": "general_manager",
        "investigation": "handler",
        "investigation_grave": "handler",
        "statement": "department_asked",
        "approval": "approver",
        "compensation_approval": "general_manager",
        "interim_reply": "handler",
        "reply": "handler",
        "revisit": "caller",
        "reopening": "caller",
    },
    "takes": {
        "acknowledge": "operator",
        "join": "operator triager",
        "withdraw": "operator handler",
        "assign": "triager",
        "contest": "handler",
        "wait_for_customer": "handler",
        "go_on": "handler",
        "ask_department": "handler",
        "record_findings": "handler",
        "propose": "handler",
        "release": "handler",
        "interim_reply": "handler",
        "reply": "handler",
        "call_back": "caller",
        "close": "caller",
        "no_answer": "caller",
        "close_unreached": "caller",
        "reopen": "caller",
    },
    "answers": {
        "arbitration": "arbiter",
        "leader_acknowledges": "leader",
        "general_manager_acknowledges": "general_manager",
        "statement": "department_asked",
        "solution": "approver",
        "compensation": "general_manager",
    },
    "is told of": {
        "class.severity.changed": "leader",
        "step.assign": "handler",
        "approval.solution.returned": "handler",
        "step.reopen": "handler leader",
    },
}

GROUP: People = {
    "owns": {
        **{
            f"complaint.{stage}": "office"
            for stage in (
                "heard",
                "accepted",
                "handling",
                "planning",
                "execution",
                "handled",
                "revisit",
                "analysis",
            )
        },
        "complaint.escalated": "project_centre",
        "complaint.review": "project_centre",
        **{
            f"demand.{stage}": "office" for stage in ("heard", "accepted", "handling", "handled", "revisit", "analysis")
        },
    },
    "opens": {"complaint": "anybody", "demand": "anybody"},
    "sees": {"complaint": _GROUP_SEES, "demand": _GROUP_SEES},
    "stands above": {
        "office": "office_manager",
        "office_manager": "project_centre",
        "department_head": "leader",
        "leader": "general_manager",
    },
    "holds": dict.fromkeys(
        ("handling", "plan", "demand_handling", "escalated", "acceptance", "rework", "progress"), "office"
    ),
    "takes": {
        "note": "quality_centre",
        "audit": "project_centre",
        "open_review": "project_centre",
        "exempt": "office_manager",
        "accept_escalated": "project_centre office",
        "execute": "office project_centre",
        "escalate": "office office_manager project_centre",
        **dict.fromkeys(
            (
                "dispatch",
                "handle",
                "accept_complaint",
                "accept_demand",
                "to_demand",
                "to_complaint",
                "archive",
                "analyse",
                "reply",
                "plan",
                "rework",
                "progress_note",
            ),
            "office",
        ),
    },
    "answers": {
        "advice": "quality_centre",
        "review": "project_centre",
        "case_files": "office",
        "revisit": "office",
        "measure_repair": "office",
        "measure_replacement": "office",
        "measure_cleaning_up": "office",
        "measure_compensation": "office",
        "measure_coaching": "office",
    },
    "is told of": {"step.escalate": "project_centre", "step.exempt": "project_centre"},
}
