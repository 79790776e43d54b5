"""What takes time from a worker's visits in a week: days off, duty, court, training, meetings and reduced hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from planner.core.codes import EVENTS
from planner.core.records import Child, Event, Worker
from planner.core.worker_days import WorkerDays
from planner.core.workload import hours

if TYPE_CHECKING:
    from planner.core.outlook import Outlook

NOON = time(12, 30)
MEETINGS = {
    "strategy_discussion": "strategy discussion",
    "icpc_held": "conference",
    "cp_review_held": "conference",
    "core_group_held": "core group",
    "cin_meeting_held": "meeting",
    "cin_review_held": "review",
    "lac_review_held": "review",
    "adoption_review_held": "review",
    "pathway_plan_reviewed": "review",
    "supervision_held": "supervision",
}
"""Events that keep a worker from visits for half a day, and the word of each; the others are dates and no meetings."""
_BUSY_WORDS = {"duty": "duty", "court": "court", "study": "study", "training": "training", "away": "days away"}
_OFF_WORDS = {"holiday": "bank holiday", "left": "days not in post"}
REDUCED = "reduced hours"


@dataclass(frozen=True, slots=True)
class Less:
    """What takes a part of a day (`days`, 0.5 for half of one) from the visits of a week. Never why somebody is away.

    `event` is the meeting, where it is one.
    """

    on: date
    word: str
    days: float
    event: Event | None = None


def free_days(outlook: "Outlook", days: WorkerDays, first: date) -> tuple[tuple[float, ...], tuple[Less, ...]]:
    """The part of each day that is free, and what takes the rest; days the worker does not work take nothing."""
    worker = days.worker
    free: list[float] = []
    lessened: list[Less] = []
    for number in range(7):
        day = first + timedelta(days=number)
        if not worker.pattern[number]:
            free.append(0.0)
            continue
        halves = _halves_taken(outlook, days, day)
        part = 1 - len(halves) / 2
        share = hours(outlook.snapshot, worker, day) / sum(worker.pattern) if part else 1.0
        lessened += halves
        if share < 1:
            lessened.append(Less(day, REDUCED, part * (1 - share)))
        free.append(part * share)
    return tuple(free), tuple(lessened)


def _halves_taken(outlook: "Outlook", days: WorkerDays, day: date) -> tuple[Less, ...]:
    """What takes the morning and the afternoon: what fills the day before what stands on it."""
    halves: dict[str, Less] = {}
    for shade in days.shades(day):
        word = _BUSY_WORDS.get(shade.kind) or _OFF_WORDS.get(shade.kind) or shade.word.lower()
        _take(halves, shade.part, Less(day, word, 0.5))
    for event in sorted(_meetings(outlook, days.worker, day), key=lambda event: event.at or time.max):
        part = "" if event.at is None else "am" if event.at < NOON else "pm"
        _take(halves, part, Less(day, meeting_word(event), 0.5, event))
    return tuple(halves.values())


def _take(halves: dict[str, Less], part: str, less: Less) -> None:
    """Let something take a half of a day, or both; where it has no part, the first that is free. Once taken is taken."""
    wanted = (part,) if part in ("am", "pm") else ("am", "pm")
    for half in wanted:
        if half not in halves:
            halves[half] = less
            if not part:
                return


def _meetings(outlook: "Outlook", worker: Worker, day: date) -> Iterator[Event]:
    """The meetings of a worker on a day; that of several siblings at one time is one."""
    seen = set()
    for event in outlook.snapshot.by(Event, "on", day):
        if event.status == "cancelled" or not meeting_word(event) or worker_of(outlook, event) != worker.id:
            continue
        child = outlook.snapshot.find(Child, event.child_id) if event.child_id else None
        one = event.event, event.at, (child.family or child.household or child.id) if child else event.id
        if one not in seen:
            seen.add(one)
            yield event


def worker_of(outlook: "Outlook", event: Event) -> str:
    """The id of the worker whose time an event takes: its own, else of who leads for the child."""
    row = outlook.case_of(event.child_id) if event.child_id else None
    return event.worker_id or (row.worker.id if row and row.worker else "")


def meeting_word(event: Event) -> str:
    """What a meeting is called among fixed dates, empty for a date that takes no time: a filing date, a letter.

    What the law does not name counts where it has a time, as a hearing does.
    """
    if event.event in EVENTS or event.event in MEETINGS:
        return MEETINGS.get(event.event, "")
    called = event.event.replace("_", " ")
    if "hearing" in f"{called} {event.title}".lower():
        return "court"
    return (event.title or called).lower() if event.at is not None else ""
