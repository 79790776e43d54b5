"""What a measure counts: its rows, met or missed; what is still open from before the period; and what is left out, and why."""

from dataclasses import dataclass
from datetime import date

from planner.core.records import Child, Story, Worker


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a figure: a child, and something that was to be done by `due_on`, or a visit looked at.

    `done_on` is the day it was done and `stopped_on` the day from which it was no longer owed; with neither it is open.
    `worker` held the child on the day it fell due, or made the visit. `days_late` runs to the day it was done or stopped,
    else to the day looked at; None where it has no date. `story` is the newest one told of it; `said` is what was said of
    it elsewhere.
    """

    child: Child
    worker: Worker | None
    what: str
    due_on: date | None
    done_on: date | None
    stopped_on: date | None
    is_met: bool
    days_late: int | None
    story: Story | None = None
    said: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return not self.is_met and self.done_on is None and self.stopped_on is None


@dataclass(frozen=True, slots=True)
class Tally:
    """`rows` make the figure. `earlier` fell due before the period, or before the planner knew the child, and are still open.

    `left_out` says of how many rows why they are in neither.
    """

    rows: tuple[Counted, ...] = ()
    earlier: tuple[Counted, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def numerator(self) -> int:
        """How many are as they should be."""
        return sum(row.is_met for row in self.rows)

    @property
    def denominator(self) -> int:
        """How many there are."""
        return len(self.rows)

    @property
    def missed(self) -> tuple[Counted, ...]:
        """The rows that are not, in the order in which they fell due."""
        return tuple(row for row in self.rows if not row.is_met)

    @property
    def tenths(self) -> int | None:
        """The share in tenths of a per cent, half rounded up; None where there is nothing to share."""
        if not self.rows:
            return None
        return (2000 * self.numerator + self.denominator) // (2 * self.denominator)

    def of_worker(self, worker_id: str) -> "Tally":
        """The same of one worker's rows; what is left out is told for the team only."""
        rows = tuple(row for row in self.rows if row.worker is not None and row.worker.id == worker_id)
        earlier = tuple(row for row in self.earlier if row.worker is not None and row.worker.id == worker_id)
        return Tally(rows, earlier)
