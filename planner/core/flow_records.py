"""Further records of a workspace, beside those of `records`, where all of them are listed."""

from dataclasses import dataclass
from datetime import date, time

from planner.core.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalScheme(Record):
    """The workspace's own workload scheme: `toml` is as `core.workload_scheme` reads it. It never changes.

    A change of it is another version, in force from its day (`PolicyInForce`), so that figures of days gone by stay.
    """

    title: str = ""
    version: int = 1
    toml: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MayHold(Record):
    """What the council says, for a time, of workers of a stage or of a role leading children of one kind.

    `plan` is one of `codes.PLANS`, or `court`. `says` is `may`, `may not`, or the role of `codes.ALLOCATION_ROLES` in
    which another worker must stand beside.
    """

    stage: str = ""
    role: str = ""
    plan: str = ""
    says: str = "may"
    start: date | None = None
    end: date | None = None
    agreed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiTarget(Record):
    """What the contract asks of a KPI (`kpi`, its id) for a time: the least share, in tenths of a per cent."""

    kpi: str = ""
    tenths: int = 0
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferPoint(Record):
    """An agreed point at which a child's work moves: what happens (`core.transfers.HAPPENINGS`), and how soon after.

    It is for children with a team of `from_function`, and leads to a team of `to_function` or to `to_outside`; an empty
    `from_function` is any team. The move is to be made within `within` working days of what happened.
    """

    name: str = ""
    happening: str = ""
    from_function: str = ""
    to_function: str = ""
    to_outside: str = ""
    within: int = 5
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Record):
    """The council's items, in order, for `about`: closing, a transfer point by name, or every other transfer."""

    about: str = ""
    items: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDone(Record):
    """One item of the checklist of a transfer or a closing (`about`, its id) that is done: since when, and who said so."""

    about: str = ""
    item: str = ""
    on: date | None = None
    said_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Record):
    """A case said to be ready to close, `ready`, `authorised`, `sent back` or `withdrawn`; its items are as they then were.

    `closure_reason` (RC1 to RC9) is proposed until the manager decides; `reason` is why it was sent back, or closed with
    items open.
    """

    child_id: str = ""
    case_id: str = ""
    ready_on: date | None = None
    marked_by: str = ""
    checklist: tuple[str, ...] = ()
    closure_reason: str = ""
    status: str = "ready"
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHoliday(Record):
    """Days on which the council's schools are closed, first and last: what lies between two terms, or a half term."""

    title: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """What a manager decided of a child in the manager's queue: `matter` is `sign`, `send back`, `check` or `tries`.

    `about` is the id of the event or visit decided on; `by` the day until which what was decided is to be done.
    """

    child_id: str = ""
    matter: str = ""
    about: str = ""
    decided: str = ""
    reason: str = ""
    on: date | None = None
    by: date | None = None
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased(Record):
    """That someone was asked for what is late or missing: `about` is a gap's id (`core.chase`), `worker_id` who was asked.

    `how` is how it was asked, `promised_by` the day they named, and `again_on` the day on which to ask once more.
    """

    about: str = ""
    worker_id: str = ""
    on: date | None = None
    how: str = ""
    promised_by: date | None = None
    again_on: date | None = None
    chased_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSheet(Record):
    """A sheet that was printed to be filled in by hand and typed back: `kind` as in `core.paper_sheets`, `lines` what each asks.

    `number` is printed on it; line 1 is the first of `lines`. `typed_on` is the day on which it was typed back. The sheet
    of the transfer meeting is of no worker.
    """

    kind: str = ""
    number: int = 0
    worker_id: str = ""
    on: date | None = None
    lines: tuple[str, ...] = ()
    typed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Record):
    """One child of the front door's list, `to decide`, then `accepted` or `returned` with a reason (`core.intake`).

    From `referred_on` run the assessment's 45 working days, from `received_on` the one for a worker to be named. Children
    with one `household` came together. `reference` is empty until the case system has one; `child_id` is a child here who
    is the same, as a person said or once accepted, and `case_id` the case that was opened. `id` is empty while a list or a
    line is only being read.
    """

    team_id: str = ""
    reference: str = ""
    initials: str = ""
    name: str = ""
    born: date | None = None
    expected: date | None = None
    household: str = ""
    locality: str = ""
    referred_on: date | None = None
    received_on: date | None = None
    received_at: time | None = None
    referral_source: str = ""
    priority: str = ""
    first_visit_by: date | None = None
    status: str = "to decide"
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""
    child_id: str = ""
    case_id: str = ""


FLOW_RECORDS: dict[str, type[Record]] = {
    "referral": Referral,
    "local_scheme": LocalScheme,
    "may_hold": MayHold,
    "kpi_target": KpiTarget,
    "school_holiday": SchoolHoliday,
    "transfer_point": TransferPoint,
    "checklist": Checklist,
    "item_done": ItemDone,
    "closing": Closing,
    "decision": Decision,
    "chased": Chased,
    "paper_sheet": PaperSheet,
}
