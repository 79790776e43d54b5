"""The lists of Ofsted's Annex A that the planner reads, column by column, with the other headings councils give them."""

from planner.formats.headings import Heading

_CHILD = Heading(
    "Child Unique ID",
    "child",
    aliases=("Child ID", "Person ID", "Child Identifier", "Unique ID", "Child Unique Identifier", "Client ID", "LAchildID", "ID"),
    required=True,
)
_START = (
    _CHILD,
    Heading("Gender", aliases=("Sex",)),
    Heading("Ethnicity"),
    Heading("Date of Birth", "born", "date", aliases=("DOB", "Birth date", "D.O.B.", "Date of birth or expected date of birth")),
    Heading("Age", aliases=("Age of Child (Years)", "Age of Child")),
)
_DISABILITY = Heading("Does the Child have a Disability", aliases=("Disability",))
_TEAM = Heading("Allocated Team", "team", aliases=("Team", "Team name", "Current team", "Allocated team name"))
_WORKER = Heading(
    "Allocated Worker",
    "worker",
    aliases=(
        "Worker",
        "Worker name",
        "Allocated Social Worker",
        "Social Worker",
        "Case Worker",
        "Allocated Case Worker",
        "Key Worker",
    ),
)
_YN = "Y/N"

LISTS: dict[int, tuple[Heading, ...]] = {
    3: (
        *_START,
        Heading("Date of Referral", "referral", "date", aliases=("Referral date",), required=True),
        Heading("Referral Source", "source", "referral_source", aliases=("Source of referral",), asked=False),
        Heading("Referral NFA?", "nfa", "no_further_action", aliases=("NFA", "Referral no further action")),
        Heading("Number of Referrals in Last 12 Months"),
        _TEAM,
        _WORKER,
    ),
    4: (
        *_START,
        _DISABILITY,
        Heading("Continuous Assessment Start Date", "start", "date", aliases=("Assessment start date",), required=True),
        Heading("Child Seen During Continuous Assessment"),
        Heading("Continuous Assessment Date of Authorisation", "authorised", "date", aliases=("Assessment authorisation date",)),
        Heading("Was the child assessed as requiring LA children's social care support?", "needs_support", "yes_no", asked=False),
        _TEAM,
        _WORKER,
    ),
    5: (
        *_START,
        _DISABILITY,
        Heading(
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "strategy",
            "date",
            aliases=("Section 47 start date", "Strategy discussion date"),
            required=True,
        ),
        Heading("Was an Initial Child Protection Conference deemed unnecessary?", "unnecessary", "yes_no", asked=False),
        Heading("Date of Initial Child Protection Conference", "icpc", "date", aliases=("ICPC date", "Date of ICPC")),
        Heading("Did the Initial Child Protection Conference Result in a Child Protection Plan"),
        Heading("Number of Section 47 Enquiries in the last 12 months"),
        Heading("Number of ICPCs in the last 12 months"),
        _TEAM,
        _WORKER,
    ),
    6: (
        *_START,
        _DISABILITY,
        Heading("CIN Start Date", "start", "date", aliases=("CIN episode start date", "Date CIN started"), required=True),
        Heading("Primary Need Code", "need", "primary_need", aliases=("Primary need",)),
        Heading("Date Child Was Last Seen", "seen", "date", aliases=("Last seen date", "Date last seen")),
        Heading("CIN Closure Date", "closed", "date", aliases=("CIN end date", "Closure date")),
        Heading("Reason for Closure", "closure", "closure_reason", aliases=("Closure reason", "Reason of closure")),
        Heading("Case Status", "status", "case_status", aliases=("Status",)),
        _TEAM,
        _WORKER,
    ),
    7: (
        *_START,
        _DISABILITY,
        Heading(
            "Child Protection Plan Start Date", "start", "date", aliases=("CPP start date", "CP plan start date"), required=True
        ),
        Heading("Initial Category of Abuse", "category_first", "abuse_category"),
        Heading("Latest Category of Abuse", "category", "abuse_category", aliases=("Category of abuse",)),
        Heading("Date of the Last Statutory Visit", "visit", "date", aliases=("Last statutory visit date",)),
        Heading("Was the Child Seen Alone?", "alone", "seen", aliases=("Seen alone",)),
        Heading("Date of latest review conference", "review", "date", aliases=("Last review date",)),
        Heading("Child Protection Plan End Date", "end", "date", aliases=("CPP end date", "CP plan end date")),
        Heading("Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)"),
        Heading("Number of Previous Child Protection Plans", aliases=("Sum of Number of Previous Child Protection Plans",)),
        _TEAM,
        _WORKER,
    ),
    8: (
        *_START,
        Heading(f"Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months ({_YN})"),
        _DISABILITY,
        Heading(
            "Date Started to be Looked After",
            "start",
            "date",
            aliases=("Date became looked after", "LAC start date"),
            required=True,
        ),
        Heading("Child's Category of Need", "need", "primary_need"),
        Heading(f"Is this a second or subsequent period of being a Looked After Child within the last 12 months ({_YN})"),
        Heading("Start date of current legal status", "legal_start", "date", aliases=("Legal status start date",)),
        Heading("Child's Legal Status", "legal", "legal_status", aliases=("Legal status", "Current legal status")),
        Heading("Date of Latest Statutory Review", "review", "date", aliases=("Last review date", "Latest LAC review date")),
        Heading("Date of Last Social Work Visit", "visit", "date", aliases=("Last social work visit date", "Last visit date")),
        Heading("What is the permanence plan for this child?"),
        Heading("Date of Last IRO Visit / Contact to the Child"),
        Heading("Date of Last Health Assessment", "health", "date"),
        Heading("Date of Last Dental Check"),
        Heading("Number of Placements in the Last 12 months"),
        Heading("Date Ceased to be Looked After", "end", "date", aliases=("LAC end date",)),
        Heading("Reason Ceased to be Looked After"),
        Heading("Start Date of Most Recent Placement", "placement_start", "date", aliases=("Placement start date",)),
        Heading("Placement Type", "placement", "placement_type"),
        Heading("Placement Provider", "provider", "placement_provider"),
        Heading("Placement postcode"),
        Heading("URN of Placement"),
        Heading("Placement Location"),
        Heading("LA of Placement"),
        Heading("Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"),
        Heading("Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months"),
        Heading(f"Was the child offered a Return Interview after their last missing episode ({_YN})?"),
        Heading(f"Did the child accept a Return Interview after their last missing episode ({_YN})?"),
        _TEAM,
        _WORKER,
    ),
    9: (
        *_START,
        Heading(f"Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over ({_YN})"),
        _DISABILITY,
        _TEAM,
        _WORKER,
        Heading(
            "Allocated Personal Advisor",
            "adviser",
            aliases=("Personal Adviser", "Allocated Personal Adviser"),
        ),
        Heading("Eligibility Category", "eligibility", "eligibility", aliases=("Eligibility",)),
        Heading("Latest Pathway Plan Review Date", "pathway", "date", aliases=("Pathway plan review date",)),
        Heading("LA in Touch"),
        Heading("Latest Date of Contact", "contact", "date", aliases=("Date of latest contact", "Last contact date")),
        Heading("Type of Accommodation"),
        Heading("Suitability of Accommodation"),
        Heading("Activity Status"),
    ),
}
"""The lists by their number: what the planner reads, and the other columns so that none is taken for another."""

ABOUT = {
    3: "referrals",
    4: "assessments",
    5: "section 47 enquiries and conferences",
    6: "children in need",
    7: "child protection plans",
    8: "children looked after",
    9: "care leavers",
}
"""What each list is about, for sentences."""

OPTIONAL = frozenset(
    ("adviser", "pathway", "contact", "provider", "category_first", "needs_support", "need", "unnecessary", "source")
)
"""Keys whose column an older or shorter layout leaves out; nothing is said when it is missing."""

PRECEDENCE = (8, 7, 6, 9, 4, 5, 3)
"""Which list names the team and the worker of a child who stands in several, first first."""
