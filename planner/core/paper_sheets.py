"""Sheets that are filled in by hand and typed back: what their lines ask, in order, and the sheet that was printed so."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.core.chase import gaps_by_worker
from planner.core.flow_records import PaperSheet
from planner.core.outlook_rows import OpenCase
from planner.core.records import Sighting, Visit
from planner.core.snapshot import Snapshot
from planner.core.transfer_lines import sheet_lines, written_line

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

CHASE, DAY, TRANSFERS = "chase", "day", "transfers"
COMES_BACK_WITHIN = timedelta(days=28)
"""How long after its day a sheet is still offered to be typed back."""


def chase_lines(outlook: "Outlook", worker_id: str) -> tuple[str, ...]:
    """The ids of a worker's gaps, in the order in which they are printed."""
    return tuple(gap.id for gap in gaps_by_worker(outlook.gaps).get(worker_id, ()))


def day_visits(outlook: "Outlook", worker_id: str, day: date) -> tuple[tuple[Visit, OpenCase], ...]:
    """Each child of each visit planned for a worker on a day, alone or beside another, in order of time."""
    return tuple(
        (visit, case)
        for visit in outlook.visits_planned(day, day)
        if visit.worker_id == worker_id or worker_id in visit.with_worker_ids
        for case in _cases(outlook, visit)
    )


def day_lines(outlook: "Outlook", worker_id: str, day: date) -> tuple[str, ...]:
    """A line for each child of each visit of the day: the ids of the visit and of the child."""
    return tuple(f"{visit.id} {case.child.id}" for visit, case in day_visits(outlook, worker_id, day))


def lines_of(outlook: "Outlook", kind: str, worker_id: str) -> tuple[str, ...]:
    """What the lines of a sheet of a kind are, on the day looked at; none for a sheet that is not typed back.

    The transfer sheet is the teams' and has no worker; of the other kinds there is none without one.
    """
    if kind == TRANSFERS:
        return tuple(written_line(row) for row in sheet_lines(outlook))
    if kind == CHASE and worker_id:
        return chase_lines(outlook, worker_id)
    return day_lines(outlook, worker_id, outlook.on) if kind == DAY and worker_id else ()


def sheet_with(snapshot: Snapshot, kind: str, worker_id: str, lines: tuple[str, ...]) -> PaperSheet | None:
    """The newest sheet of a worker that has exactly these lines and is not yet typed back, or None."""
    found = [sheet for sheet in snapshot.by(PaperSheet, "worker_id", worker_id) if sheet.kind == kind]
    return next((one for one in sorted(found, key=_newest) if one.lines == lines and one.typed_on is None), None)


def sheets_to_type(snapshot: Snapshot, today: date, *kinds: str) -> tuple[PaperSheet, ...]:
    """The sheets of the last weeks that were printed and not typed back, newest first; an older one comes back no more."""
    waiting = [one for one in snapshot.all(PaperSheet).values() if one.kind in kinds and one.typed_on is None]
    return tuple(sorted((one for one in waiting if one.on is None or one.on >= today - COMES_BACK_WITHIN), key=_newest))


def _newest(sheet: PaperSheet) -> tuple[int, str]:
    return -sheet.number, sheet.id


def _cases(outlook: "Outlook", visit: Visit) -> list[OpenCase]:
    sightings = outlook.snapshot.by(Sighting, "visit_id", visit.id)
    found = [case for sighting in sightings if (case := outlook.case_of(sighting.child_id)) is not None]
    return sorted(found, key=lambda case: case.child.reference)
