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
