"""The tables and fields of the Standard Safeguarding Dataset that the planner reads, by the names its public list gives them."""

import re
from dataclasses import dataclass

_MARKS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class SsdField:
    """One field: its name without the table's four letters, the key it is read under, and its kind.

    `kind` is `text`, `day`, `flag` (Y or N), `number`, or the name of a label set. A row without a `required` field is left
    out, and so is a whole table without its column. One that is not read joins the tables for others, and is only written.
    """

    name: str
    key: str
    kind: str = "text"
    required: bool = False
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class SsdTable:
    """One table: its name, what it holds in words, the letters before its fields, and its fields."""

    name: str
    about: str
    letters: str
    fields: tuple[SsdField, ...]

    @property
    def title(self) -> str:
        """Its name as the public list has it."""
        return f"ssd_{self.name}"

    @property
    def id_key(self) -> str:
        """The key of the field that tells its rows apart: of people, who they are."""
        return "person" if self.name == "person" else "id"

    def heading(self, field: SsdField) -> str:
        """A field's whole name."""
        return f"{self.letters}_{field.name}"


def _table(name: str, about: str, letters: str, *fields: SsdField) -> SsdTable:
    return SsdTable(name, about, letters, fields)


def _id(name: str = "", key: str = "id", *, required: bool = False) -> SsdField:
    return SsdField(name, key, "text", required)


def _day(name: str, key: str, *, required: bool = False) -> SsdField:
    return SsdField(name, key, "day", required)


def _joins(name: str, key: str) -> SsdField:
    """The id of a row of another table, by which others join the two."""
    return SsdField(name, key, is_read=False)


def _visits(name: str, about: str, letters: str, *whose: SsdField, has_bedroom: bool = True) -> SsdTable:
    """A table of visits; `whose` says to whom and under which plan they were."""
    visit = name.removesuffix("s")
    seen = (
        _id(f"{visit}_id"),
        *whose,
        _day(f"{visit}_date", "on", required=True),
        SsdField(f"{visit}_seen", "seen", "flag"),
        SsdField(f"{visit}_seen_alone", "alone", "flag"),
    )
    return _table(name, about, letters, *seen, *((SsdField(f"{visit}_bedroom", "bedroom", "flag"),) if has_bedroom else ()))


_PERSON = _id("person_id", "person", required=True)

TABLES = {
    table.name: table
    for table in (
        _table(
            "person",
            "children",
            "pers",
            _PERSON,
            SsdField("forename", "forename"),
            SsdField("surname", "surname"),
            _day("dob", "born"),
            _day("expected_dob", "expected"),
            _day("death_date", "died"),
        ),
        _table("family", "families", "fami", _id("family_id", "family", required=True), _PERSON),
        _table(
            "cin_episodes",
            "referrals and episodes",
            "cine",
            _id("referral_id"),
            _PERSON,
            _day("referral_date", "start", required=True),
            SsdField("cin_primary_need_code", "need", "primary_need"),
            SsdField("referral_source_code", "source", "referral_source"),
            SsdField("referral_nfa", "nfa", "flag"),
            SsdField("close_reason", "closure", "closure_reason"),
            _day("close_date", "end"),
            SsdField("referral_team", "team"),
            _id("referral_worker_id", "worker"),
        ),
        _table(
            "cin_assessments",
            "assessments",
            "cina",
            _id("assessment_id"),
            _PERSON,
            _joins("referral_id", "referral"),
            _day("assessment_start_date", "start", required=True),
            _day("assessment_auth_date", "end"),
            SsdField("assessment_team", "team"),
            _id("assessment_worker_id", "worker"),
        ),
        _table(
            "cin_plans",
            "child in need plans",
            "cinp",
            _id("cin_plan_id"),
            _joins("referral_id", "referral"),
            _PERSON,
            _day("cin_plan_start_date", "start", required=True),
            _day("cin_plan_end_date", "end"),
            SsdField("cin_plan_team", "team"),
            _id("cin_plan_worker_id", "worker"),
        ),
        _visits("cin_visits", "child in need visits", "cinv", _PERSON),
        _table(
            "s47_enquiry",
            "section 47 enquiries",
            "s47e",
            _id("s47_enquiry_id"),
            _joins("referral_id", "referral"),
            _PERSON,
            _day("s47_start_date", "start", required=True),
            _day("s47_end_date", "end"),
        ),
        _table(
            "initial_cp_conference",
            "initial conferences",
            "icpc",
            _id("icpc_id"),
            _joins("s47_enquiry_id", "enquiry"),
            _PERSON,
            _joins("cp_plan_id", "plan"),
            _joins("referral_id", "referral"),
            _day("icpc_date", "on"),
            SsdField("icpc_transfer_in", "transfer_in", "flag"),
        ),
        _table(
            "cp_plans",
            "child protection plans",
            "cppl",
            _id("cp_plan_id"),
            _joins("referral_id", "referral"),
            _PERSON,
            _day("cp_plan_start_date", "start", required=True),
            _day("cp_plan_end_date", "end"),
            SsdField("cp_plan_initial_category", "category_first", "abuse_category"),
            SsdField("cp_plan_latest_category", "category", "abuse_category"),
        ),
        _visits("cp_visits", "child protection visits", "cppv", _PERSON, _joins("cp_plan_id", "plan")),
        _table(
            "cp_reviews",
            "review conferences",
            "cppr",
            _id("cp_review_id"),
            _PERSON,
            _joins("cp_plan_id", "plan"),
            _day("cp_review_date", "on"),
        ),
        _table(
            "cla_episodes",
            "episodes of care",
            "clae",
            _id("cla_episode_id"),
            _PERSON,
            _day("cla_episode_start_date", "start", required=True),
            SsdField("cla_episode_start_reason", "reason", "episode_reason"),
            SsdField("cla_primary_need_code", "need", "primary_need"),
            _day("cla_episode_ceased_date", "end"),
            SsdField("cla_episode_ceased_reason", "ceased"),
            _id("cla_id", "period"),
            _id("cla_placement_id", "placement"),
            _day("entered_care_date", "entered"),
        ),
        _table(
            "cla_placement",
            "placements",
            "clap",
            _id("cla_placement_id"),
            _id("person_id", "person"),
            _day("cla_placement_start_date", "start", required=True),
            SsdField("cla_placement_type", "type", "placement_type"),
            _id("cla_id", "period"),
            SsdField("cla_placement_provider", "provider", "placement_provider"),
            _day("cla_placement_end_date", "end"),
        ),
        _table(
            "cla_reviews",
            "looked-after reviews",
            "clar",
            _id("cla_review_id"),
            _id("cla_id", "period", required=True),
            _day("cla_review_date", "on"),
            SsdField("cla_review_cancelled", "cancelled", "flag"),
        ),
        _visits("cla_visits", "visits in care", "clav", _joins("cla_id", "period"), _PERSON, has_bedroom=False),
        _table(
            "cla_health",
            "health checks",
            "clah",
            _id("health_check_id"),
            _PERSON,
            SsdField("health_check_type", "type"),
            _day("health_check_date", "on"),
        ),
        _table(
            "cla_care_plan",
            "care plans",
            "lacp",
            _id("table_id"),
            _PERSON,
            _day("cla_care_plan_start_date", "on"),
        ),
        _table(
            "legal_status",
            "legal statuses",
            "lega",
            _id("legal_status_id"),
            _PERSON,
            SsdField("legal_status", "code", "legal_status", required=True),
            _day("legal_status_start_date", "start", required=True),
            _day("legal_status_end_date", "end"),
        ),
        _table(
            "care_leavers",
            "care leavers",
            "clea",
            _id("table_id"),
            _PERSON,
            SsdField("care_leaver_eligibility", "eligibility", "eligibility"),
            _day("care_leaver_latest_contact", "contact"),
            _day("pathway_plan_review_date", "pathway"),
            SsdField("care_leaver_personal_advisor", "adviser"),
            SsdField("care_leaver_allocated_team", "team"),
            _id("care_leaver_worker_id", "worker"),
        ),
        _table(
            "missing",
            "times missing",
            "miss",
            _id("table_id"),
            _PERSON,
            _day("missing_episode_start_date", "start"),
            SsdField("missing_episode_type", "type"),
            _day("missing_episode_end_date", "end"),
            SsdField("missing_rhi_offered", "offered", "flag"),
            SsdField("missing_rhi_accepted", "accepted", "flag"),
        ),
        _table(
            "pre_proceedings",
            "letters before proceedings",
            "prep",
            _id("table_id"),
            _PERSON,
            _day("pre_pro_letter_date", "on"),
        ),
        _table(
            "involvements",
            "allocations",
            "invo",
            _id("involvements_id"),
            _id("professional_id", "worker", required=True),
            SsdField("professional_role_id", "role"),
            SsdField("professional_team", "team"),
            _day("involvement_start_date", "start", required=True),
            _day("involvement_end_date", "end"),
            SsdField("worker_change_reason", "reason", "change_reason"),
            _PERSON,
            _joins("referral_id", "referral"),
        ),
        _table(
            "professionals",
            "workers",
            "prof",
            _id("professional_id", required=True),
            _id("staff_id", "staff"),
            SsdField("professional_name", "name"),
            _id("social_worker_registration_no", "swe"),
            SsdField("professional_job_title", "job"),
            SsdField("professional_department", "team"),
            SsdField("full_time_equivalency", "full_time", "number"),
            SsdField("agency_worker_flag", "agency", "flag"),
        ),
        _table("department", "teams", "dept", _id("team_id", required=True), SsdField("team_name", "name")),
    )
}
"""Every table that is read, by its name without `ssd_`."""

OPTIONAL = frozenset(("family",))
"""Tables whose lack is not worth a word."""

NOT_READ = (
    "address",
    "assessment_factors",
    "cla_convictions",
    "cla_immunisations",
    "cla_previous_permanence",
    "cla_substance_misuse",
    "contacts",
    "disability",
    "early_help_episodes",
    "ehcp_active_plans",
    "ehcp_assessment",
    "ehcp_named_plan",
    "ehcp_requests",
    "immigration_status",
    "linked_identifiers",
    "mother",
    "permanence",
    "s251_finance",
    "sdq_scores",
    "sen_need",
    "send",
    "version_log",
    "voice_of_child",
)
"""The dataset's other tables. A contact is no work: those that became some are referrals."""

_ALIASES = {
    "persons": "person",
    "people": "person",
    "s47_enquiries": "s47_enquiry",
    "initial_cp_conferences": "initial_cp_conference",
    "cla_placements": "cla_placement",
    "cla_care_plans": "cla_care_plan",
    "legal_statuses": "legal_status",
    "care_leaver": "care_leavers",
    "involvement": "involvements",
    "professional": "professionals",
    "departments": "department",
    "families": "family",
}
_NAMED = re.compile(
    r"(?:(?:.*_)?ssd_|dbo_|tbl_)?(?P<name>"
    + "|".join(sorted((*TABLES, *_ALIASES, *NOT_READ), key=len, reverse=True))
    + r")(?:_\d+)*"
)


def folded_heading(text: str) -> str:
    """A table's or field's name as it is compared: lower case, everything but letters and digits one underscore."""
    return _MARKS.sub("_", text.casefold()).strip("_")


def named_table(name: str) -> str:
    """The table a file's name stands for, `ssd_cp_visits` or `CP_Visits_20261120`; an empty string for none of those read."""
    found = table_of_dataset(name)
    return found if found in TABLES else ""


def table_of_dataset(name: str) -> str:
    """The same, for those that are not read too."""
    found = _NAMED.fullmatch(folded_heading(name))
    return _ALIASES.get(found["name"], found["name"]) if found else ""


def columns_of(table: SsdTable, headings: list[str]) -> tuple[dict[str, int], list[int]]:
    """Where each field's key stands among headings, counted from 0, and the columns that are a second one of a field."""
    wanted: dict[str, str] = {}
    for field in table.fields:
        if not field.is_read:
            continue
        for name in (table.heading(field), field.name, *((field.name.removeprefix(f"{table.name}_"),) if field.name else ())):
            wanted.setdefault(name, field.key)
    found: dict[str, int] = {}
    twice: list[int] = []
    for column, heading in enumerate(headings):
        key = wanted.get(folded_heading(heading).removeprefix("ssd_"))
        if key is None:
            continue
        if key in found:
            twice.append(column)
        else:
            found[key] = column
    return found, twice
