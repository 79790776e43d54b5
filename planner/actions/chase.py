"""Chasing: that a worker was asked for what is missing, what was promised, and many visits recorded at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.actions.step import Step
from planner.actions.visits import mark_recorded
from planner.core.errors import Refused
from planner.core.flow_records import Chased
from planner.core.records import Visit


def note_chased(step: Step, gap_ids: Sequence[str], worker_id: str, *, how: str, again_on: date) -> list[Chased]:
    """Note that a worker was asked today for gaps (their ids), and when to ask again; what was promised before stays known.

    Raises Refused without a gap, or where the day to ask again is not to come.
    """
    _some(gap_ids)
    if again_on <= step.today:
        raise Refused("Enter a day to ask again, after today. Nothing was changed.")
    return [_put(step, gap_id, worker_id, how=how, again_on=again_on) for gap_id in dict.fromkeys(gap_ids)]


def note_promise(step: Step, gap_ids: Sequence[str], worker_id: str, promised_by: date, *, again_on: date) -> list[Chased]:
    """Note the day by which a worker promised what gaps (their ids) lack. Raises Refused without a gap, or for a day gone by."""
    _some(gap_ids)
    if promised_by < step.today:
        raise Refused("Enter the day that was promised, from today on. Nothing was changed.")
    return [_put(step, gap_id, worker_id, promised_by=promised_by, again_on=again_on) for gap_id in dict.fromkeys(gap_ids)]


def record_visits(step: Step, visit_ids: Sequence[str], on: date) -> list[Visit]:
    """Say that visits are in the case system since a day. Raises Refused without one, and as `mark_recorded` does."""
    if not visit_ids:
        raise Refused("Choose visits that are not yet in the case system. Nothing was changed.")
    return [mark_recorded(step, visit_id, on) for visit_id in dict.fromkeys(visit_ids)]


def _some(gap_ids: Sequence[str]) -> None:
    if not gap_ids:
        raise Refused("Choose what to ask for first. Nothing was changed.")


def _put(
    step: Step, gap_id: str, worker_id: str, *, how: str = "", promised_by: date | None = None, again_on: date | None = None
) -> Chased:
    """One entry a day for each gap: what is said later on a day is added to it.

    A promise still to come stays, with its day to ask again.
    """
    asked = step.snapshot.by(Chased, "about", gap_id)
    last = asked[-1] if asked else Chased(id="")
    kept = last.promised_by if last.promised_by is not None and last.promised_by >= step.today else None
    anew = Chased(id=step.new_id(), about=gap_id, worker_id=worker_id, on=step.today, promised_by=kept)
    former = last if last.on == step.today else anew
    if promised_by is None and kept is not None and again_on is not None:
        again_on = max(again_on, last.again_on or again_on)
    chased = replace(
        former,
        how=how or former.how,
        promised_by=promised_by or former.promised_by,
        again_on=again_on or former.again_on,
        chased_by=step.person.name,
    )
    step.put(chased)
    return chased
