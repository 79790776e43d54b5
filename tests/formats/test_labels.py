"""What labels mean: answered by code and words, asked where that is not sure."""

import pytest

from planner.formats.labels import label_sets

ANSWERED = {
    "yes_no": {"a) Yes": "yes", "Y": "yes", "1 - Yes": "yes", "b) No": "no", "FALSE": "no", "0": "no", "c) Unknown": "unknown"},
    "seen": {"a) Yes": "yes", "Seen alone": "yes", "Child not seen alone": "no", "Not seen": "no", "Unknown": "unknown"},
    "no_further_action": {"No": "no", "NFA": "yes", "No further action": "yes", "Further action": "no"},
    "case_status": {
        "a) Looked after child": "a",
        "LAC": "a",
        "CLA & CP": "a",
        "b) Child Protection plan": "b",
        "CPP": "b",
        "c) Child in need plan": "c",
        "CIN": "c",
        "d) Open assessment": "d",
        "e) Closed episode": "e",
        "Closed assessment": "e",
    },
    "legal_status": {
        "C1: ICO": "C1",
        "b) C2: FCO": "C2",
        "Full care order": "C2",
        "Interim care order (s.38)": "C1",
        "E1: Placement order": "E1",
        "E1 with C2, placement order and full care order": "E1",
        "Single period of accommodation under section 20": "V2",
        "Police protection, LA accommodation": "L1",
        "V4: Short breaks": "V4",
    },
    "placement_type": {
        "f) U6: Foster placement - not FFA": "U6",
        "U4 - Foster placement - long term": "U4",
        "Foster placement with relative or friend - long term fostering": "U1",
        "Placed with own parents": "P1",
        "Secure children's home": "K1",
        "Children's homes": "K2",
        "A6 - Placed for adoption with placement order not with current foster carer": "A6",
        "Temporary periods in hospital": "T1",
        "Young offender institution or prison": "R5",
    },
    "abuse_category": {
        "a) Neglect": "NEG",
        "Physical abuse": "PHY",
        "sexual": "SAB",
        "EMO": "EMO",
        "Neglect; Emotional abuse": "MUL",
        "e) Multiple/not recommended": "MUL",
        "YNNN": "NEG",
        "YNNY": "MUL",
    },
    "closure_reason": {
        "RC1": "RC1",
        "Adopted": "RC1",
        "RC5 - Transferred to services of another LA": "RC5",
        "RC7 - Services ceased for any other reason": "RC7",
        "Child no longer in need": "RC7",
        "Case closed after assessment, no further action": "RC8",
        "RC9 - Case closed after assessment, referred to early help": "RC9",
        "Step down to early help": "RC7",
    },
    "primary_need": {
        "N1 - Abuse or neglect": "N1",
        "n8": "N8",
        "Family in acute stress": "N4",
        "2c Learning disability": "N2",
        "Absent parenting": "N8",
        "N0 - Not stated": "N0",
    },
    "sex": {"a) Male": "M", "Female": "F", "2": "F", "c) Not stated/recorded": "U", "d) Neither": "N"},
    "placement_provider": {"b) PR1 - Own provision": "PR1", "PR4": "PR4", "Voluntary/third sector": "PR5"},
    "eligibility": {
        "a) Relevant child": "relevant",
        "Former Relevant": "former relevant",
        "c) Qualifying care leaver": "qualifying",
    },
}

ASKED = {
    "yes_no": ["perhaps", "see notes"],
    "case_status": ["Totally unknown status", "transferred"],
    "legal_status": ["Ward of court", "Supervision order", "C1 or J1"],
    "placement_type": [
        "nope",
        "U6 - Residential accommodation not subject to children's homes regulations",
        "Semi-independent living",
    ],
    "abuse_category": ["see notes"],
    "closure_reason": ["RC7: case closed after assessment, no further action", "School leaving age", "Case closed"],
    "primary_need": ["PSRMEM - Support with memory and cognition", "N1; N4", "Other"],
    "sex": ["Indeterminate"],
}


@pytest.mark.parametrize(
    ("name", "label", "code"), [(name, label, code) for name in ANSWERED for label, code in ANSWERED[name].items()]
)
def test_a_label_is_answered_by_its_code_and_words(name, label, code):
    assert label_sets()[name].meaning(label) == code
    assert label_sets()[name].meaning(label.upper()) == code
    assert label_sets()[name].meaning(f"  {label}\u00a0") == code


@pytest.mark.parametrize(("name", "label"), [(name, label) for name in ASKED for label in ASKED[name]])
def test_a_label_that_is_not_sure_is_asked(name, label):
    assert label_sets()[name].meaning(label) is None


@pytest.mark.parametrize("name", label_sets())
def test_every_title_of_a_code_is_never_read_as_another(name):
    labels = label_sets()[name]
    for code, title in labels.options:
        meant = labels.meaning(title)
        assert meant is None or labels.family(meant) == labels.family(code)


@pytest.mark.parametrize("name", label_sets())
def test_every_answer_is_one_of_the_options(name):
    labels = label_sets()[name]
    assert {code for code, *_ in labels.words} <= {code for code, _ in labels.options}
