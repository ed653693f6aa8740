"""What each clause of the shipped packs is encoded by, read against the regulation line by line.

A clause: its status, and the rows that cite it (gates and notices by their place in the file), or what stands in for it.
"""

Clauses = dict[str, tuple[str, str]]

STANDARD: Clauses = {
    "ST-1": ("encoded", "kind.complaint"),
    "ST-2": (
        "encoded",
        "role.operator role.triager role.handler role.approver role.caller role.department_head role.leader "
        "role.general_manager",
    ),
    "ST-3": ("encoded", "form.intake"),
    "ST-4": ("encoded", "step.acknowledge form.acknowledgement clock.acknowledgement"),
    "ST-5": ("encoded", "link.repeat_of"),
    "ST-6": ("encoded", "step.join form.joining link.same_as"),
    "ST-7": ("encoded", "kind.complaint"),
    "ST-8": ("encoded", "step.withdraw form.withdrawal"),
    "ST-9": ("encoded", "class.severity notice[0]"),
    "ST-10": ("encoded", "step.assign form.assignment clock.triage notice[1]"),
    "ST-11": (
        "encoded",
        "role.arbiter step.contest form.contest form.arbitration clock.arbitration task.arbitration gate[0]",
    ),
    "ST-12": ("encoded", "clock.handling clock.handling_grave"),
    "ST-13": (
        "encoded",
        "clock.acknowledgement clock.triage clock.handling clock.handling_grave clock.investigation "
        "clock.investigation_grave clock.approval clock.interim_reply clock.reply clock.revisit ladder.up",
    ),
    "ST-14": (
        "encoded",
        "form.escalation clock.leader_acknowledgement clock.general_manager_acknowledgement "
        "task.leader_acknowledges task.general_manager_acknowledges",
    ),
    "ST-15": (
        "encoded",
        "clock.arbitration clock.leader_acknowledgement clock.general_manager_acknowledgement clock.statement "
        "clock.compensation_approval clock.reopening ladder.reminder",
    ),
    "ST-16": (
        "encoded",
        "step.wait_for_customer step.go_on form.waiting clock.handling clock.handling_grave "
        "clock.investigation clock.investigation_grave gate[1]",
    ),
    "ST-17": ("encoded", "clock.investigation clock.investigation_grave"),
    "ST-18": (
        "encoded",
        "role.department_asked step.ask_department form.question form.statement clock.statement "
        "task.statement gate[2] gate[3]",
    ),
    "ST-19": ("encoded", "step.record_findings form.findings clock.findings gate[4]"),
    "ST-20": ("encoded", "step.propose form.proposal"),
    "ST-21": ("encoded", "role.approver approval.solution notice[2]"),
    "ST-22": ("encoded", "approval.compensation"),
    "ST-23": ("encoded", "clock.approval clock.compensation_approval"),
    "ST-24": ("encoded", "step.release gate[5]"),
    "ST-25": ("encoded", "step.interim_reply form.interim_reply clock.interim_reply"),
    "ST-26": ("encoded", "step.reply form.final_reply clock.reply"),
    "ST-27": ("encoded", "step.call_back step.close form.revisit clock.call_back clock.revisit gate[6]"),
    "ST-28": ("encoded", "step.no_answer step.close_unreached form.attempt gate[7]"),
    "ST-29": ("encoded", "step.reopen clock.reopening gate[8] notice[3]"),
    "ST-30": ("encoded", "always.numbered"),
    "ST-31": ("encoded", "always.kept"),
    "ST-32": ("encoded", "always.measured"),
    "ST-33": ("encoded", "always.no_skipping"),
    "ST-34": ("encoded", "always.editions"),
    "ST-35": ("not_yet", ""),
}

GROUP: Clauses = {
    "GD-1.1": ("nothing_to_encode", ""),
    "GD-2.1": ("nothing_to_encode", ""),
    "GD-2.2": ("not_yet", ""),
    "GD-3.1.1": ("encoded", "role.quality_centre step.note form.note"),
    "GD-3.1.2": ("encoded", "role.quality_centre form.advice task.advice gate[0]"),
    "GD-3.1.3a": ("not_yet", ""),
    "GD-3.1.3b": ("not_yet", ""),
    "GD-3.2.1": ("encoded", "role.project_centre step.audit form.audit"),
    "GD-3.2.2": ("encoded", "role.project_centre step.open_review approval.review gate[1] gate[2] gate[3]"),
    "GD-3.2.3": ("not_yet", ""),
    "GD-3.3.1": (
        "encoded",
        "role.office step.dispatch step.handle step.accept_complaint step.accept_demand form.dispatch "
        "form.result task.revisit gate[4]",
    ),
    "GD-3.3.2": ("not_yet", ""),
    "GD-3.3.3a": ("encoded", "form.case_files task.case_files gate[5]"),
    "GD-3.3.3b": (
        "encoded",
        "form.measure task.measure_repair task.measure_replacement task.measure_cleaning_up "
        "task.measure_compensation task.measure_coaching gate[3] gate[6]",
    ),
    "GD-3.4": ("encoded", "kind.complaint kind.demand form.heard clock.passing_on"),
    "GD-4.1.1a": (
        "encoded",
        "step.accept_complaint step.to_complaint form.complaint_register link.becomes_complaint",
    ),
    "GD-4.1.1b": ("encoded", "step.accept_demand form.demand_handling"),
    "GD-4.1.1c": (
        "encoded",
        "step.accept_demand step.to_demand step.to_complaint form.rekinding form.demand_handling "
        "link.becomes_demand link.becomes_complaint",
    ),
    "GD-4.1.2a": ("gap", "house-3"),
    "GD-4.1.2b": ("gap", "house-5"),
    "GD-4.1.2c": ("gap", "house-6"),
    "GD-4.2.1": ("gap", "house-1"),
    "GD-4.2.2a": ("encoded", "clock.handling"),
    "GD-4.2.2b": ("encoded", "step.exempt form.exemption clock.handling"),
    "GD-4.2.2c": ("encoded", "form.exemption clock.plan"),
    "GD-4.2.2d": ("encoded", "clock.demand_handling"),
    "GD-4.2.2e": ("encoded", "step.exempt clock.plan clock.demand_handling"),
    "GD-4.2.2f": ("encoded", "step.accept_escalated clock.escalated"),
    "GD-4.2.2g": ("encoded", "step.exempt clock.plan clock.escalated"),
    "GD-4.3": ("gap", "house-8"),
    "GD-4.4.1": ("encoded", "always.kept"),
    "GD-4.4.2a": ("encoded", "step.archive form.archiving"),
    "GD-4.4.2b": ("encoded", "step.archive form.archiving"),
    "GD-4.4.2c": ("encoded", "step.analyse form.analysis gate[7]"),
    "GD-4.5": ("gap", ""),
    "GD-5.1": ("nothing_to_encode", ""),
    "GD-6.1": ("encoded", "kind.complaint"),
    "GD-6.2": ("encoded", "kind.demand"),
    "GD-6.3": ("not_yet", ""),
    "GD-6.4": ("encoded", "form.demand_handling"),
    "GD-6.5": ("encoded", "form.complaint_register"),
    "GD-6.6": ("encoded", "form.internal_review approval.review"),
    "GD-6.7": ("not_yet", ""),
    "GD-6.8": ("gap", ""),
    "house-1": ("encoded", "step.reply step.plan step.execute form.reply form.plan gate[8]"),
    "house-2": ("encoded", "role.department_head role.leader role.general_manager ladder.up"),
    "house-3": ("encoded", "step.escalate form.escalation form.escalated_acceptance class.level notice[0]"),
    "house-4": ("encoded", "clock.acceptance"),
    "house-5": ("encoded", "class.complaint_subject"),
    "house-6": ("encoded", "class.demand_subject"),
    "house-7": ("encoded", "form.plan"),
    "house-8": ("encoded", "step.rework form.revisit clock.revisit clock.rework task.revisit gate[9] gate[10]"),
    "house-9": (
        "encoded",
        "role.office_manager step.progress_note form.progress clock.progress ladder.reminder notice[1]",
    ),
}
