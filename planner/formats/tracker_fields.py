"""The fields that a tracker can have, with the headings councils and teams give them."""

from planner.formats.column_guess import Wanted

WANTED = (
    Wanted(
        key="reference",
        title="Child reference",
        aliases=(
            "Reference",
            "Ref",
            "Case number",
            "Child ID",
            "Person ID",
            "Mosaic ID",
            "Mosaic number",
            "LCS ID",
            "LCS number",
            "Liquidlogic ID",
            "Eclipse ID",
            "Client ID",
            "Client number",
            "Child number",
            "Person number",
            "System ID",
            "Service user ID",
            "ID",
            "Number",
        ),
        kind="reference",
        required=True,
    ),
    Wanted(key="name", title="Name", aliases=("Child", "Child name", "Child's name", "Full name", "Young person", "YP")),
    Wanted(key="initials", title="Initials", aliases=("Child initials", "Child's initials"), kind="initials"),
    Wanted(key="born", title="Date of birth", aliases=("DOB", "D.O.B.", "Birth date", "Born"), kind="born"),
    Wanted(key="family", title="Family", aliases=("Family ID", "Household", "Family group", "Sibling group", "Siblings")),
    Wanted(
        key="worker",
        title="Worker",
        aliases=("Social worker", "Allocated worker", "Allocated to", "SW", "Allocated SW", "Case holder", "Key worker"),
    ),
    Wanted(key="team", title="Team", aliases=("Team name", "Allocated team", "Locality team")),
    Wanted(
        key="plan",
        title="Plan",
        aliases=("Case type", "Status", "Category", "CIN/CP/LAC", "Plan type", "Type", "Case status", "Legal category"),
        kind="plan",
    ),
    Wanted(
        key="received_on",
        title="Date received",
        aliases=(
            "Referral date",
            "Date of referral",
            "Received",
            "Ref in",
            "Referral in",
            "Date opened",
            "Opened",
            "Date allocated to team",
            "Start date",
        ),
        kind="date",
    ),
    Wanted(
        key="plan_start",
        title="Plan start",
        aliases=("Date of plan", "CP start date", "Plan start date", "Start of plan"),
        kind="date",
    ),
    Wanted(
        key="visit_on",
        title="Last visit",
        aliases=(
            "Last seen",
            "Date last seen",
            "Last visit date",
            "Date of visit",
            "Visit date",
            "Date of last visit",
            "Visited",
        ),
        kind="date",
    ),
    Wanted(key="seen", title="Seen", aliases=("Child seen", "Seen Y/N", "Was the child seen", "Outcome of visit"), kind="yes-no"),
    Wanted(key="seen_alone", title="Seen alone", aliases=("Alone", "Seen alone Y/N", "Child seen alone"), kind="yes-no"),
    Wanted(
        key="next_due",
        title="Next visit due",
        aliases=("Next due", "Visit due", "Next visit", "Due date", "Due by", "Date due", "Next visit due by"),
        kind="date",
    ),
    Wanted(
        key="ended_on",
        title="Date closed",
        aliases=("Closed", "Closed on", "End date", "Closure date", "Date of closure"),
        kind="date",
    ),
)
"""The fields that a tracker can have. Notes and comments are not among them."""

TITLES = {wanted.key: wanted.title for wanted in WANTED}
DAYS = tuple(wanted.key for wanted in WANTED if wanted.kind in ("date", "born"))
