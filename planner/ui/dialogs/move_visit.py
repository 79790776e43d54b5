"""Move a visit, or plan one from the tray: worker and day typed or chosen; places that refuse it stay listed with why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.core.board import BoardTrip, TrayTrip
from planner.core.date_words import list_date
from planner.core.records import Visit
from planner.ui.board.orders import Carried, Manning, Order, back_order, manning_of, place_order
from planner.ui.board.words import carried_words
from planner.ui.dialogs.fields import ChoiceField, TextField, TimeField
from planner.ui.dialogs.question import Draft, Question, Wrong, read
from planner.ui.dialogs.visit_words import workers_offered
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.widgets.tick import Tick
from planner.ui.wording import count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

ROWS = 8
AHEAD = 14
"""Days from today that are offered beside those on the board."""
BACK = "Back to the tray"
NO_SUCH = "No worker and day match. Type part of a name and a day, such as dev tue."


@dataclass(frozen=True, slots=True)
class Place:
    """A worker's day as a place for a visit. `refusal` says why not; `day` is None for the tray."""

    worker_id: str
    worker: str
    day: date | None
    words: str
    visits: int
    refusal: str
    order: int


_COLUMNS = (
    Column("Worker", lambda place: place.worker, strong=True, width=150, sort=lambda place: place.order),
    Column("Day", lambda place: place.words, width=150, sort=lambda place: place.day or date.min),
    Column(
        "What is there",
        lambda place: place.refusal or (count_words(place.visits, "visit") if place.day else ""),
        tone=lambda place: "warning" if place.refusal else "text_muted",
        width=120,
        stretch=True,
    ),
)


def places(outlook: "Outlook", days: Sequence[date], first_worker_id: str) -> list[Place]:
    """Every worker's days, those of the worker who goes now first."""
    found: list[Place] = []
    workers = sorted(outlook.workers, key=lambda worker: worker.id != first_worker_id)
    for worker in workers:
        of_worker = outlook.worker_days(worker)
        for day in days:
            visits = sum(
                worker.id in (visit.worker_id, *visit.with_worker_ids)
                for visit in outlook.snapshot.by(Visit, "on", day)
                if visit.status != "cancelled"
            )
            words = f"{list_date(day, outlook.today)}{', today' if day == outlook.today else ''}"
            refusal = of_worker.refusal(day, outlook.today)
            found.append(Place(worker.id, worker.name, day, words, visits, refusal, len(found)))
    return found


class MoveVisitDialog(Question):
    """Puts a visit on a worker's day, or back in the tray; the same order as a drag gives."""

    def __init__(self, desk: "Desk", carried: Carried, days: Sequence[date], parent: QWidget | None = None) -> None:
        self._carried, self._words = carried, carried_words(carried)
        is_new = isinstance(carried, TrayTrip)
        verb = "Plan the visit" if is_new else "Move the visit"
        subject = f"{'plan' if is_new else 'move'} {carried.children[0].child.id if carried.children else ''}"
        title = f"{'Plan a visit to' if is_new else 'Move the visit to'} {self._words}"
        super().__init__(desk, title, verb, subject, width=560, parent=parent)
        self.typed = TextField("Worker and day", "Type parts of a name and a day, or choose with the arrows.", "dev tue")
        self.model = RowsModel(_COLUMNS, self._places(days))
        self.table = RowsView(self.model, "Places for the visit", "row_compact")
        self.table.setFixedHeight((ROWS + 1) * self.table.verticalHeader().defaultSectionSize())
        now = manning_of(carried)
        self.time = TimeField("Time, if known")
        self.two = Tick("Two workers are needed")
        self.second = ChoiceField("Second worker", {**workers_offered(desk), "": "Not yet known"})
        self._lay_out()
        self.time.edit.setText(f"{now.at:%H:%M}" if now.at else "")
        self.two.setChecked(now.workers_needed > 1)
        self.second.choose(now.with_worker_ids[0] if now.with_worker_ids else "")
        self._on_two_toggled(self.two.isChecked())
        self._stand_at_first()

    def _lay_out(self) -> None:
        self.add(self.typed)
        self.body.addWidget(self.table)
        self.add_row(self.time, self.second)
        self.body.addWidget(self.two)
        self.body.addStretch(1)
        self.typed.edit.textChanged.connect(self._on_text_changed)
        self.typed.edit.installEventFilter(self)
        self.table.row_opened.connect(lambda _place: self.act_button.click())
        self.two.toggled.connect(self._on_two_toggled)
        self.typed.edit.setFocus()

    def _places(self, days: Sequence[date]) -> list[Place]:
        outlook = self.desk.outlook
        if outlook is None:
            return []
        ahead = [outlook.today + timedelta(days=number) for number in range(AHEAD)]
        offered = sorted({*days, *(day for day in ahead if outlook.calendar.is_working(day))})
        found = places(outlook, offered, self._worker_id())
        if isinstance(self._carried, BoardTrip):
            found.append(Place("", "Nobody", None, BACK, 0, "", len(found)))
        return found

    def _worker_id(self) -> str:
        if isinstance(self._carried, TrayTrip):
            return self._carried.worker.id if self._carried.worker else ""
        return self._carried.visit.worker_id

    def _stand_at_first(self) -> None:
        """On the place it has now, else on the first that takes it."""
        now = self._carried.visit.on if isinstance(self._carried, BoardTrip) else None
        shown = self.model.shown
        here = next((place for place in shown if place.worker_id == self._worker_id() and place.day == now), None)
        free = next((place for place in shown if not place.refusal), None)
        if here is not None and not self.typed.text:
            self.table.select_row(here)
        elif free is not None:
            self.table.select_row(free)
        elif shown:
            self.table.selectRow(0)

    def act(self) -> None:
        """Move it to the place the list stands on. A place that refuses is said under what was typed."""
        place = self.table.current_row()
        if place is None:
            raise Wrong(self.typed, NO_SUCH)
        order = back_order(self._carried) if place.day is None else self._order_to(place.worker_id, place.day)
        self.perform(order.title, order.action, *order.args, said=order.said, **order.options)

    def _order_to(self, worker_id: str, day: date) -> Order:
        manning = self._manning(worker_id)
        return read(self.typed, lambda: place_order(self.desk, self._carried, worker_id, day, manning))

    def _manning(self, worker_id: str) -> Manning:
        second = self.second.value if self.two.isChecked() else ""
        if second and second == worker_id:
            raise Wrong(self.second, "Choose someone other than the worker who leads the visit.")
        at = read(self.time, lambda: self.time.time)
        return Manning(at, 2 if self.two.isChecked() else 1, (second,) if second else ())

    def draft(self) -> Draft:
        """What stands in the fields."""
        return {"typed": self.typed.text, "time": self.time.text, "two": self.two.isChecked(), "second": self.second.value}

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.typed.edit.setText(draft["typed"])
        self.time.edit.setText(draft["time"])
        self.two.setChecked(draft["two"])
        self.second.choose(draft["second"])

    # What happens

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the line go over the list, so that a place is chosen without leaving what is typed."""
        if isinstance(event, QKeyEvent) and watched is self.typed.edit and _is_step(event):
            self.table.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self, text: str) -> None:
        self.model.set_filter(text)
        self._stand_at_first()
        self.typed.show_trouble("")

    def _on_two_toggled(self, two: bool) -> None:
        self.second.setVisible(two)


def _is_step(event: QKeyEvent) -> bool:
    steps = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
    return event.type() == QEvent.Type.KeyPress and event.key() in steps
