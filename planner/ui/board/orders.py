"""What putting a visit on a day comes to: the one command behind a drag, the menu and the keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Any

from planner.actions.confirming import confirm_visits
from planner.actions.visits import Trip, move_visit, need_workers, pin_visit, plan_visit, unplan_visit
from planner.core.board import BoardTrip, TrayTrip
from planner.core.board_making import NOBODY, children_ahead
from planner.core.date_words import list_date
from planner.core.errors import Refused
from planner.core.phrases import lower_first
from planner.core.records import Worker
from planner.core.worker_days import WorkerDays
from planner.ui.board.words import carried_words, others_words
from planner.ui.dialogs.visit_words import household_open, role_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.ui.desk import Desk

Carried = BoardTrip | TrayTrip


@dataclass(frozen=True, slots=True)
class Order:
    """One step to perform: its title, its action with what it is given, and what is said when it is done."""

    title: str
    action: "Callable[..., Any]"
    args: tuple[Any, ...]
    said: str
    options: dict[str, Any] = field(default_factory=dict)

    def perform(self, desk: "Desk") -> None:
        """Do it."""
        desk.perform(self.title, self.action, *self.args, said=self.said, **self.options)


@dataclass(frozen=True, slots=True)
class Manning:
    """Time and workers of a visit, where they are not to stay as they are."""

    at: time | None = None
    workers_needed: int = 1
    with_worker_ids: tuple[str, ...] = ()


def manning_of(carried: Carried) -> Manning:
    """What a visit has now."""
    if isinstance(carried, TrayTrip):
        return Manning()
    return Manning(carried.visit.at, carried.visit.workers_needed, carried.visit.with_worker_ids)


def reason_not_to_carry(carried: Carried) -> str:
    """Why a visit stays where it is, as a sentence, or nothing."""
    if isinstance(carried, TrayTrip):
        return ""
    if carried.visit.status != "planned":
        return "This visit has taken place and stays where it is. To correct it, open the child."
    if carried.is_second:
        return "Here the worker goes along. Move the visit in the row of the worker who leads it."
    return ""


def place_order(desk: "Desk", carried: Carried, worker_id: str, day: date, manning: Manning | None = None) -> Order:
    """The step that puts a visit on a worker's day. Raises Refused where it stays, or the place does not take it."""
    stays = reason_not_to_carry(carried)
    if stays:
        raise Refused(stays)
    worker = desk.workspace.snapshot.find(Worker, worker_id)
    reason = refusal(desk, worker, day)
    if worker is None or reason:
        who = worker.name if worker else "No worker"
        raise Refused(f"{who}, {list_date(day, desk.today)}: {lower_first(reason)}. Choose another place. Nothing was moved.")
    manned = manning or manning_of(carried)
    if isinstance(carried, TrayTrip):
        return _plan_order(desk, carried, worker, day, manned)
    words = carried_words(carried)
    return Order(
        f"Move visit to {words}",
        move_visit,
        (carried.visit.id, day, worker.id, manned.at),
        f"Moved {words} to {list_date(day, desk.today)}, {worker.name}",
        {"workers_needed": manned.workers_needed, "with_worker_ids": manned.with_worker_ids},
    )


def back_order(carried: Carried) -> Order:
    """The step that takes a planned visit back to the tray. Raises Refused where it stays."""
    stays = reason_not_to_carry(carried)
    if stays or isinstance(carried, TrayTrip):
        raise Refused(stays or "This trip is in the tray already. Nothing was moved.")
    words = carried_words(carried)
    return Order(f"Take visit to {words} back", unplan_visit, (carried.visit.id,), f"Took the visit to {words} off the board")


def pin_order(trip: BoardTrip) -> Order:
    """The step that pins or unpins a planned visit."""
    words, pinned = carried_words(trip), not trip.visit.pinned
    verb = "Pin" if pinned else "Unpin"
    return Order(f"{verb} visit to {words}", pin_visit, (trip.visit.id, pinned), f"{verb}ned the visit to {words}")


def confirm_order(trip: BoardTrip) -> Order:
    """The step that says that the worker confirmed a planned visit, or that it is to confirm."""
    words = carried_words(trip)
    if trip.visit.confirmed_on is not None:
        said = f"The visit to {words} is to confirm again"
        return Order(f"Set visit to {words} to confirm", confirm_visits, ((), (trip.visit.id,)), said)
    return Order(f"Confirm visit to {words}", confirm_visits, ((trip.visit.id,),), f"The visit to {words} is confirmed")


def need_order(trip: BoardTrip) -> Order:
    """The step that says that two workers are needed, or that one will do."""
    words, count = carried_words(trip), 1 if trip.visit.workers_needed > 1 else 2
    said = "Two workers are needed for the visit" if count == 2 else "One worker will do for the visit"
    return Order(f"Change workers needed for {words}", need_workers, (trip.visit.id, count), f"{said} to {words}")


def refusal(desk: "Desk", worker: Worker | None, day: date) -> str:
    """Why a worker's day takes no visit, in a word or two, or nothing."""
    if worker is None:
        return NOBODY
    calendar = desk.outlook.calendar if desk.outlook else desk.reference.calendar
    return WorkerDays(desk.workspace.snapshot, calendar, worker).refusal(day, desk.today)


def _plan_order(desk: "Desk", carried: TrayTrip, worker: Worker, day: date, manned: Manning) -> Order:
    first = carried.first
    child_ids = _whole_household(desk, carried)
    trip = Trip(
        at=manned.at,
        place="placement" if first.plan == "lac" else "home",
        role=role_of(desk, first.child.id, worker.id),
        with_worker_ids=tuple(one for one in manned.with_worker_ids if one != worker.id),
        workers_needed=manned.workers_needed,
    )
    words = f"{carried_words(TrayTrip(carried.children[:1], None))}{others_words(len(child_ids) - 1)}"
    said = f"Planned a visit to {words} on {list_date(day, desk.today)}, {worker.name}"
    return Order(f"Plan visit to {words}", plan_visit, (child_ids, day, worker.id, trip), said)


def _whole_household(desk: "Desk", carried: TrayTrip) -> Sequence[str]:
    """The children of the card, then those who live with them and have no visit ahead: one trip sees them all."""
    ahead = children_ahead(desk.outlook) if desk.outlook else frozenset()
    others = [child.id for child in household_open(desk, carried.first.child) if child.id not in ahead]
    return tuple(dict.fromkeys((*carried.child_ids, *others)))
