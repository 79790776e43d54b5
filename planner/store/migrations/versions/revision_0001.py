"""Everything: the record tables, the journal and its triggers, as the first version has them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEEDS = "0.1.0"

RECORD_TABLES = """
child reference:text initials:text name:text born:day? expected:day? family:text household:text locality:text
    school_age:truth? source:text tracked_from:day?
case source_ids:text child_id:text team_id:text received_on:day? passed_to_team_on:day? referral_source:text
    priority:text first_visit_by:day? priority_review_on:day? held_meanwhile:text ended_on:day? outcome:text
    closure_reason:text
plan_spell source_ids:text child_id:text plan:text start:day? end:day? category:text
legal_status source_ids:text child_id:text code:text start:day? end:day?
placement source_ids:text child_id:text type:text start:day? end:day? reason:text intended_to_18:truth
    regulation_19:truth regulation_24:truth regulation_24_extended_on:day? child_agreed_fewer_visits_on:day?
    short_break:truth provider:text locality:text
event source_ids:text child_id:text worker_id:text event:text on:day? at:time? status:text place:text section_47:truth
    title:text
visit on:day? at:time? status:text worker_id:text role:text with_worker_ids:text place:text mode:text standing:text
    announced:truth? minutes:integer? pinned:truth workers_needed:integer confirmed_on:day? cancelled_reason:text
    logged_by:text recorded_on:day? source:text
sighting source_ids:text visit_id:text child_id:text seen:truth? seen_alone:truth? not_seen_reason:text
    not_alone_reason:text bedroom_seen:truth?
visit_frequency child_id:text rule:text every:text start:day? end:day? set_by:text
suspension child_id:text rule:text kind:text start:day? end:day? reason:text decided_by:text
story obligation:text child_id:text why:text action:text owner:text by:day? written_on:day? agreed_on:day?
    agreed_by:text
transfer child_id:text point:text planned_on:day? from_team_id:text to_team_id:text to_outside:text from_worker_id:text
    to_worker_id:text checklist:text done:text status:text decided_on:day? reason:text
allocation source_ids:text child_id:text worker_id:text role:text start:day? end:day? reason:text end_code:text
    end_reason:text share:integer?
worker name:text team_id:text role:text stage:text pattern:text skills:text localities:text other_names:text
    headcount_limit:integer? visits_a_week:integer? visits_from:text new_cases_a_week:integer? no_new_cases_until:day?
    stage_ends_on:day? supplier:text swe_number:text qualified_on:day? assignment_start:day? assignment_end:day?
    notice_on:day? checks_complete_on:day? login_complete_on:day?
reduction worker_id:text hours:integer start:day? end:day?
absence worker_id:text first_day:day? last_day:day? part:text
away_reason about:text reason:text
commitment worker_id:text kind:text title:text first_day:day? last_day:day? part:text child_id:text
extra_work worker_id:text title:text points:integer start:day? end:day?
conflict_of_interest worker_id:text child_id:text
team name:text organisation_id:text manager:text function:text localities:text
intake_week team_id:text week_on:day? quota:integer
locality name:text travel_minutes:integer?
organisation name:text kind:text
policy_in_force kind:text policy:text team_id:text start:day? end:day?
local_rule rule:text toml:text start:day? end:day? agreed_by:text
added_holiday on:day? title:text
person name:text role:text worker_id:text team_ids:text has_left:truth
device name:text public_key:text enrolled_at:moment?
setting value:text
source_read name:text format:text digest:text as_at:day? read_at:moment? counts:text assumed:text
step_taken title:text person_id:text device_id:text at:moment? undoes:text undoable:truth
referral team_id:text reference:text initials:text name:text born:day? expected:day? household:text locality:text
    referred_on:day? received_on:day? received_at:time? referral_source:text priority:text first_visit_by:day?
    status:text decided_on:day? decided_by:text reason:text child_id:text case_id:text
local_scheme title:text version:integer toml:text
may_hold stage:text role:text plan:text says:text start:day? end:day? agreed_by:text
kpi_target kpi:text tenths:integer start:day? end:day?
school_holiday title:text first_day:day? last_day:day?
transfer_point name:text happening:text from_function:text to_function:text to_outside:text within:integer start:day?
    end:day?
checklist about:text items:text start:day? end:day?
item_done about:text item:text on:day? said_by:text
closing child_id:text case_id:text ready_on:day? marked_by:text checklist:text closure_reason:text status:text
    decided_on:day? decided_by:text reason:text
decision child_id:text matter:text about:text decided:text reason:text on:day? by:day? decided_by:text
chased about:text worker_id:text on:day? how:text promised_by:day? again_on:day? chased_by:text
paper_sheet kind:text number:integer worker_id:text on:day? lines:text typed_on:day?
"""

TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "text": sa.Text(),
    "integer": sa.Integer(),
    "truth": sa.Boolean(),
    "day": sa.Date(),
    "time": sa.Time(),
    "moment": sa.DateTime(),
}

REFUSE = "BEGIN SELECT RAISE(ABORT, 'The journal is append only.'); END"
FIXED = " AND ".join(
    f'NEW."{name}" = OLD."{name}"'
    for name in (
        *("id", "stream", "seq", "step", "at", "person", "device", "kind", "table", "row", "child", "team", "schema"),
        *("replaces", "observed", "digest", "chain", "columns"),
    )
)
TRIGGERS = (
    f"CREATE TRIGGER operation_no_delete BEFORE DELETE ON operation {REFUSE}",
    "CREATE TRIGGER operation_only_purge BEFORE UPDATE ON operation "
    f"WHEN ({FIXED} AND OLD.texts IS NOT NULL AND NEW.texts IS NULL AND NEW.salt IS NULL "
    f"AND length(NEW.hash) = 32) IS NOT TRUE {REFUSE}",
)


def upgrade() -> None:
    """Create all tables."""
    for name, columns in record_tables().items():
        op.create_table(name, word("id", 64), *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))
    create_journal()
    for trigger in TRIGGERS:
        op.execute(trigger)
    layout = op.create_table("layout", word("id", 16), word("value", 64), sa.PrimaryKeyConstraint("id", name="pk_layout"))
    op.bulk_insert(layout, [{"id": "needs", "value": NEEDS}])


def record_tables() -> dict[str, list[sa.Column[Any]]]:
    """The record tables by name, with their columns but the id."""
    found: dict[str, list[sa.Column[Any]]] = {}
    columns: list[sa.Column[Any]] = []
    for line in RECORD_TABLES.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            columns = found.setdefault(words.pop(0), [])
        columns += [column(word) for word in words]
    return found


def column(told: str) -> sa.Column[Any]:
    """A column of a record table, as `name:type` or `name:type?`."""
    name, kind = told.rstrip("?").split(":")
    return sa.Column(name, TYPES[kind], nullable=told.endswith("?"))


def word(name: str, length: int) -> sa.Column[Any]:
    """A short text column that is never empty of a value."""
    return sa.Column(name, sa.String(length), nullable=False)


def create_journal() -> None:
    """Create the journal, its heads and streams."""
    op.create_table(
        "operation",
        word("id", 32),
        word("stream", 24),
        sa.Column("seq", sa.Integer(), nullable=False),
        *(word(name, length) for name, length in (("step", 32), ("at", 32), ("person", 64), ("device", 64), ("kind", 16))),
        *(word(name, length) for name, length in (("table", 64), ("row", 64), ("child", 64), ("team", 64), ("schema", 16))),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("observed", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("chain", sa.LargeBinary(32), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text()),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("hash", sa.LargeBinary(32)),
        sa.PrimaryKeyConstraint("id", name="pk_operation"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_operation_table_row_kind", "operation", ["table", "row", "kind"])
    op.create_index("ix_operation_step", "operation", ["step"])
    op.create_table(
        "heads",
        *(word(name, length) for name, length in (("table", 64), ("row", 64), ("column", 64), ("operation", 32))),
        sa.PrimaryKeyConstraint("table", "row", "column", "operation", name="pk_heads"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stream",
        word("id", 24),
        word("device", 64),
        sa.Column("seq", sa.Integer(), nullable=False),
        word("at", 32),
        sa.Column("chain", sa.LargeBinary(32), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stream"),
        sqlite_with_rowid=False,
    )
