"""Code sets of the field, with the words a person reads. Years of validity stand where a code came or went.

Sources: DfE guides to the children looked-after return (SSDA903) and the children in need census, as the public
validators transcribe them; Ofsted's Annex A.
"""

PLANS = {
    "lac": "Looked after",
    "cp": "Child protection",
    "cin": "Child in need",
    "assessment": "Assessment",
    "care_leaver": "Care leaver",
    "private_fostering": "Private fostering",
}
"""Plans a child can be on, highest level first."""

PLAN_ORDER = {plan: place for place, plan in enumerate(PLANS)}

PLAN_MARKS = {
    "lac": "LAC",
    "cp": "CP",
    "cin": "CIN",
    "assessment": "Asmt",
    "care_leaver": "CL",
    "private_fostering": "PF",
}
"""The letters that stand beside a plan's colour."""

ALLOCATION_ROLES = {
    "lead": "Lead worker",
    "co-worker": "Co-worker",
    "lead child protection practitioner": "Lead child protection practitioner",
    "personal adviser": "Personal adviser",
}

OUTCOMES = {
    "closed": "Closed",
    "transferred": "Transferred",
    "handed back": "Handed back",
    "stepped up": "Stepped up",
    "stepped down": "Stepped down",
}

CLOSURE_REASONS = {
    "RC1": "Adopted",
    "RC2": "Died",
    "RC3": "Child arrangements order",
    "RC4": "Special guardianship order",
    "RC5": "Transferred to another council",
    "RC6": "Transferred to adult services",
    "RC7": "Services ceased for any other reason, including no longer in need",
    "RC8": "Closed after assessment, no further action",
    "RC9": "Closed after assessment, referred to early help",
}

REFERRAL_SOURCES = {
    "1A": "Family member, relative or carer",
    "1B": "Neighbour, child minder or other acquaintance",
    "1C": "The child",
    "1D": "Another individual, for example a stranger or an MP",
    "2A": "School",
    "2B": "Education services",
    "3A": "GP",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Other primary health service",
    "3E": "Hospital emergency department",
    "3F": "Other health service, for example a hospice",
    "4": "Housing",
    "5A": "Adult social care of this council",
    "5B": "Another department of this council",
    "5C": "Another council",
    "5D": "Early help of this council",
    "6": "Police",
    "7": "Other legal agency, for example a court, probation or a prison",
    "8": "Other agency, for example a children's centre or a charity",
    "9": "Anonymous",
    "10": "Not known",
}
"""Who made a referral, as the children in need census has it; the words follow "Referral from:"."""

WORKER_CHANGE_REASONS = {
    "MANAGE": "Change in management or team",
    "FCONTA": "First contact or first worker",
    "LEFTRL": "Worker left role",
    "ORGRST": "Organisational restructure",
    "TSPROC": "Transfer as part of the council's process",
    "ABSENC": "Worker absent",
    "CHCHAN": "Child asked for a change",
    "PCCHAN": "Parent or carer asked for a change",
    "SWDIED": "Worker died",
    "OTHERS": "Other reason",
}
"""Reasons of the statutory social worker episodes (SSDA903, from 2024)."""

LEGAL_STATUSES = {
    "C1": "Interim care order",
    "C2": "Full care order",
    "D1": "Freeing order",
    "E1": "Placement order",
    "V2": "Section 20",
    "V3": "Short breaks, recorded singly",
    "V4": "Short breaks, by agreement",
    "L1": "Police protection",
    "L2": "Emergency protection order",
    "L3": "Child assessment order",
    "J1": "Remanded to accommodation",
    "J2": "Police and Criminal Evidence Act",
    "J3": "Youth rehabilitation order with residence",
}

PLACEMENT_TYPES = {
    "U1": "Fostered by family, long term",
    "U2": "Fostered by family, early permanence",
    "U3": "Fostered by family or friend",
    "U4": "Fostered, long term",
    "U5": "Fostered, early permanence",
    "U6": "Fostered",
    "A3": "Placed for adoption, current carer",
    "A4": "Placed for adoption",
    "A5": "Placed for adoption, current carer",
    "A6": "Placed for adoption",
    "K1": "Secure children's home",
    "K2": "Children's home",
    "K3": "Supported accommodation",
    "H5": "Semi-independent living",
    "P1": "With a parent",
    "P2": "Independent living",
    "P3": "Residential employment",
    "R1": "Residential care home",
    "R2": "Hospital or health unit",
    "R3": "Family centre",
    "R5": "Young offender institution",
    "S1": "Residential school",
    "T0": "Temporary placement",
    "T1": "Temporary, in hospital",
    "T2": "Temporary, on holiday",
    "T3": "Temporary, carer on holiday",
    "T4": "Temporary placement",
    "Z1": "Other placement",
}
"""Placement types in the words of a list; retired codes stay, for they stand in histories."""

EVENTS = {
    "referral_received": "Referral received",
    "passed_to_team": "Passed to the team",
    "allocated": "Allocated",
    "assessment_started": "Assessment started",
    "assessment_to_manager": "Assessment sent to the manager",
    "assessment_checked": "Manager's check of an assessment",
    "assessment_authorised": "Assessment authorised",
    "strategy_discussion": "Strategy discussion",
    "section_47_started": "Section 47 enquiry started",
    "section_47_ended": "Section 47 enquiry ended",
    "icpc_held": "Initial child protection conference",
    "transfer_in_notified": "Transfer in notified",
    "core_group_held": "Core group",
    "cp_review_held": "Review conference",
    "cin_meeting_held": "Child in need meeting",
    "cin_review_held": "Child in need review",
    "lac_review_held": "Looked-after review",
    "care_plan_made": "Care plan made",
    "placement_plan_made": "Placement plan made",
    "pep_made": "Education plan made",
    "health_assessment_held": "Health assessment",
    "authority_to_place": "Authority to place",
    "adoption_review_held": "Adoption review",
    "private_fostering_notified": "Private fostering notified",
    "care_leaver_moved": "Care leaver moved",
    "pathway_plan_reviewed": "Pathway plan reviewed",
    "returned_from_missing": "Returned from missing",
    "return_interview_held": "Return interview",
    "child_died": "Child died",
    "child_moved_away": "Child moved away",
    "letter_before_proceedings": "Letter before proceedings",
    "care_application_issued": "Care application issued",
    "care_proceedings_ended": "Care proceedings ended",
    "police_protection_started": "Police protection started",
    "emergency_protection_order_granted": "Emergency protection order granted",
    "supervision_held": "Supervision",
    "audit_done": "Audit",
}
"""What can happen on a day in a child's or worker's course, as the facts of the rules name it."""
