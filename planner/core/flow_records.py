"""Further records of a workspace, beside those of `records`, where all of them are listed."""

from dataclasses import dataclass
from datetime import date

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


FLOW_RECORDS: dict[str, type[Record]] = {
    "local_scheme": LocalScheme,
    "may_hold": MayHold,
}
