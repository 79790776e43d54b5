"""One thing done for several children in one step: what can be done is, and each that cannot is answered with the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.actions.allocations import allocate
from planner.actions.step import Step
from planner.actions.visits import mark_recorded
from planner.core.errors import Refused
from planner.core.recording import is_unrecorded
from planner.core.records import Child, Visit
from planner.core.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NotDone:
    """A child for whom it was not done, and why, as a sentence."""

    child: Child
    why: str


@dataclass(frozen=True, slots=True)
class SeveralDone:
    """How many things were done, for which children, and for which it was not done."""

    count: int
    children: tuple[Child, ...]
    not_done: tuple[NotDone, ...]


def allocate_several(
    step: Step, child_ids: Sequence[str], worker_id: str, start: date, *, reason: str, end_code: str = ""
) -> SeveralDone:
    """Allocate children to one lead worker from a day; those who may not be given to this worker stay as they are.

    `end_code` is the statutory reason for those who have a lead now. Raises Refused where not one could be allocated.
    """
    return allocate_each(step, dict.fromkeys(child_ids, worker_id), start, reason=reason, end_code=end_code)


def allocate_each(step: Step, workers: Mapping[str, str], start: date, *, reason: str, end_code: str = "") -> SeveralDone:
    """Allocate children, by id, each to a lead worker of its own, by id; else as `allocate_several`."""
    done: list[Child] = []
    refused: list[NotDone] = []
    for child in _children(step.snapshot, list(workers)):
        try:
            allocate(step, child.id, workers[child.id], start, reason=reason, end_code=end_code)
            done.append(child)
        except Refused as refusal:
            refused.append(NotDone(child, _without_nothing_changed(refusal.sentence)))
    if not done:
        raise Refused(f"{refused[0].why if refused else 'Choose children first.'} Nothing was changed.")
    step.part = _part(len(done), len(refused))
    return SeveralDone(len(done), tuple(done), tuple(refused))


def mark_several_recorded(step: Step, child_ids: Sequence[str], on: date) -> SeveralDone:
    """Say that every visit to these children that is not yet in the case system now is, since a day.

    Raises Refused where there is no such visit.
    """
    children = _children(step.snapshot, child_ids)
    visits = {child.id: [visit.id for visit in unrecorded(step.snapshot, child.id)] for child in children}
    waiting = dict.fromkeys(visit_id for ids in visits.values() for visit_id in ids)
    if not waiting:
        raise Refused("No visit to these children waits to be recorded in the case system. Nothing was changed.")
    for visit_id in waiting:
        mark_recorded(step, visit_id, on)
    without = [NotDone(child, "No visit to this child waits to be recorded.") for child in children if not visits[child.id]]
    step.part = _part(len(children) - len(without), len(without))
    return SeveralDone(len(waiting), tuple(child for child in children if visits[child.id]), tuple(without))


def unrecorded(snapshot: Snapshot, child_id: str) -> Iterable[Visit]:
    """The visits to a child that took place and are not yet in the case system."""
    for visit, _ in snapshot.visits_of(child_id):
        if is_unrecorded(visit):
            yield visit


def _children(snapshot: Snapshot, child_ids: Sequence[str]) -> list[Child]:
    found = (snapshot.find(Child, child_id) for child_id in dict.fromkeys(child_ids))
    return [child for child in found if child is not None]


def _part(done: int, refused: int) -> str:
    return f"{done:,} of {done + refused:,} done" if refused else ""


def _without_nothing_changed(sentence: str) -> str:
    return sentence.removesuffix(" Nothing was changed.")
