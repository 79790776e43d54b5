"""A worker's days: what fills them, and why no visit can be put on one. Never why away."""

from dataclasses import dataclass
from datetime import date

from planner.core.records import Absence, Commitment, Worker
from planner.core.snapshot import Snapshot, is_away
from planner.core.working_days import WorkingCalendar

VISITS_A_WEEK = 6
"""Statutory visits a full week holds where neither the worker nor the scheme says another number; a number from practice."""
FULL_WEEK = 5
PASSED = "Day has passed"

_PARTS = {"am": "morning", "pm": "afternoon"}
_REFUSED_AS = {"duty": "On duty", "court": "In court"}


@dataclass(frozen=True, slots=True)
class Shade:
    """What fills a day or half of one: a word, and a kind (`away`, `off`, `holiday`, `left`, `duty`, `court`, …).

    `part` is `day`, `am` or `pm`.
    """

    word: str
    kind: str
    part: str = "day"

    @property
    def is_off(self) -> bool:
        """Whether the worker is not at work at all, rather than busy with something else."""
        return self.kind in ("away", "off", "holiday", "left")


class WorkerDays:
    """The days of one worker, read once from a snapshot."""

    __slots__ = ("_absences", "_calendar", "_commitments", "_snapshot", "worker")

    def __init__(self, snapshot: Snapshot, calendar: WorkingCalendar, worker: Worker) -> None:
        self.worker = worker
        self._snapshot = snapshot
        self._calendar = calendar
        self._absences = snapshot.by(Absence, "worker_id", worker.id)
        self._commitments = snapshot.by(Commitment, "worker_id", worker.id)

    def shades(self, day: date) -> tuple[Shade, ...]:
        """What fills the day: not in post, not worked or away as one shade, else duty, court and the rest, in that order."""
        off = self._off(day)
        if off is not None and off.part == "day":
            return (off,)
        found = [off] if off is not None else []
        for busy in self._commitments:
            if busy.first_day is not None and busy.first_day <= day <= (busy.last_day or busy.first_day):
                found.append(Shade(_busy_word(busy), busy.kind or "other", busy.part or "day"))
        return tuple(sorted(found, key=lambda shade: (not shade.is_off, shade.part != "day", shade.kind != "duty")))

    def _off(self, day: date) -> Shade | None:
        worker = self.worker
        if worker.assignment_end is not None and worker.assignment_end <= day:
            return Shade("Has left", "left")
        if worker.assignment_start is not None and day < worker.assignment_start:
            return Shade("Not started", "left")
        away = [absence for absence in self._absences if is_away(absence, day)]
        whole = next((absence for absence in away if absence.part not in _PARTS), None)
        if whole is not None or len({absence.part for absence in away}) > 1:
            return Shade("Away", "away")
        if not worker.pattern[day.weekday()]:
            return Shade("Does not work", "off")
        if day.isoweekday() <= FULL_WEEK and not self._calendar.is_working(day):
            return Shade("Bank holiday", "holiday")
        return Shade(f"Away, {_PARTS[away[0].part]}", "away", away[0].part) if away else None

    def free_part(self, day: date) -> float:
        """How much of the day is free for visits: 0, a half or 1."""
        shades = self.shades(day)
        halves = {half for shade in shades for half in (("am", "pm") if shade.part not in _PARTS else (shade.part,))}
        return 1 - len(halves) / 2

    def refusal(self, day: date, today: date) -> str:
        """Why no visit can be put on the day, in a word or two, or an empty string."""
        if day < today:
            return PASSED
        for shade in self.shades(day):
            if shade.part not in _PARTS:
                return _REFUSED_AS.get(shade.kind, shade.word)
        return "" if self.free_part(day) else "Away or busy all day"


def _busy_word(busy: Commitment) -> str:
    word = _KINDS.get(busy.kind) or busy.title or busy.kind.capitalize() or "Busy"
    if busy.part in _PARTS:
        return f"{word}, {_PARTS[busy.part]}"
    return f"{word}, all day" if busy.kind == "court" else word


_KINDS = {"duty": "Duty", "court": "Court", "study": "Study day", "training": "Training"}
