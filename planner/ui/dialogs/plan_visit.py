"""Plan a visit: whom of the household, on which day, by whom; the worker confirms it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.actions.visits import Trip, plan_visit
from planner.core.date_words import list_date, plain_date
from planner.core.records import Absence, Child
from planner.core.snapshot import is_away
from planner.ui.case_words import due_day, status_words
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, Field, TimeField
from planner.ui.dialogs.question import Draft, Question, Wrong, discreet, read
from planner.ui.dialogs.visit_words import MODES, PLACES, STANDINGS, household_open, lead_of, role_of, workers_offered
from planner.ui.widgets.tick import Tick
from planner.ui.widgets.words import Words
from planner.ui.wording import names_in_a_row

if TYPE_CHECKING:
    from datetime import date

    from planner.ui.desk import Desk


class PlanVisitDialog(Question):
    """Plans one trip to a child and those who live with them."""

    def __init__(self, desk: "Desk", child_id: str, parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words = child, discreet(child)
        super().__init__(desk, f"Plan a visit to {self._words}", "Plan the visit", child_id, parent=parent)
        self.children_ticks: dict[str, Tick] = {}
        self.children_field = Field("Children seen on this trip", self._ticks())
        self.day = DayField(desk, "Day", self._first_day(), check=self._against_day)
        self.time = TimeField("Time, if known")
        self.worker = ChoiceField("Worker", workers_offered(desk))
        self.place = ChoiceField("Place", PLACES)
        self.mode = ChoiceField("How", MODES)
        self.standing = ChoiceField("Standing", STANDINGS)
        self.two = Tick("Two workers are needed")
        self.second = ChoiceField("Second worker", {"": "Not yet named", **_named(workers_offered(desk))})
        self.away = Words("", tone="warning")
        self._lay_out()
        self.worker.choose(lead_of(desk, child_id))
        self.place.choose("placement" if self._is_looked_after() else "home")
        self._on_two_toggled(False)
        self.two.toggled.connect(self._on_two_toggled)
        self.second.changed.connect(self._on_worker_or_day_changed)
        self.worker.changed.connect(self._on_worker_or_day_changed)
        self.day.changed.connect(self._on_worker_or_day_changed)
        self._on_worker_or_day_changed()
        self.day.edit.setFocus()

    def _lay_out(self) -> None:
        self.add(self.children_field)
        self.add(self.day)
        self.add_row(self.worker, self.time)
        self.body.addWidget(self.away)
        self.add_row(self.place, self.mode)
        self.add(self.standing)
        self.body.addWidget(self.two)
        self.add(self.second)
        self.body.addWidget(Words("The plan is for the worker to confirm.", "small", "muted"))
        self.body.addStretch(1)

    def _ticks(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for child in household_open(self.desk, self._child):
            tick = Tick(self._tick_words(child))
            tick.setChecked(True)
            self.children_ticks[child.id] = tick
            layout.addWidget(tick)
        return holder

    def show_names(self) -> None:
        """Call each child as privacy allows just now."""
        for child_id, tick in self.children_ticks.items():
            child = self.desk.workspace.snapshot.find(Child, child_id)
            if child is not None:
                tick.setText(self._tick_words(child))

    def _tick_words(self, child: Child) -> str:
        return f"{self.desk.child_words(child)}{self._due_words(child)}"

    def _due_words(self, child: Child) -> str:
        case = self.desk.outlook.case_of(child.id) if self.desk.outlook else None
        visit = case.next_visit if case else None
        day = due_day(visit)
        if visit is None or day is None:
            return ""
        return f": visit due {list_date(day, self.desk.on)}, {status_words(visit, self.desk.on)}"

    def _first_day(self) -> "date":
        """The day the next visit is due, or today where that has passed."""
        case = self.desk.outlook.case_of(self._child.id) if self.desk.outlook else None
        day = due_day(case.next_visit if case else None)
        return max(day, self.desk.today) if day else self.desk.today

    def _against_day(self, day: "date") -> str:
        return "" if day >= self.desk.today else "Enter a visit date on or after today. To say that a visit was made, log it."

    def _is_looked_after(self) -> bool:
        return self.desk.workspace.snapshot.plan(self._child.id, self.desk.on) == "lac"

    def act(self) -> None:
        """Plan the visit. What is missing is said under its field."""
        children = [child_id for child_id, tick in self.children_ticks.items() if tick.isChecked()]
        if not children:
            raise Wrong(self.children_field, "Choose at least one child for the visit.")
        day = read(self.day, lambda: self.day.day)
        trip = Trip(
            at=read(self.time, lambda: self.time.time),
            place=self.place.value,
            mode=self.mode.value,
            standing=self.standing.value,
            role=role_of(self.desk, self._child.id, self.worker.value),
            workers_needed=2 if self.two.isChecked() else 1,
            with_worker_ids=self._second(),
        )
        if not self.worker.value:
            raise Wrong(self.worker, "Choose who goes on the visit.")
        others = f" and {len(children) - 1} more" if len(children) > 1 else ""
        self.perform(
            f"Plan visit to {self._words}{others}",
            plan_visit,
            children,
            day,
            self.worker.value,
            trip,
            said=f"Planned a visit to {self._words}{others} on {list_date(day, self.desk.today)}",
        )

    def _second(self) -> tuple[str, ...]:
        """Who goes along, where two are needed and the second is named. Raises Wrong for the same worker twice."""
        if not self.two.isChecked() or not self.second.value:
            return ()
        if self.second.value == self.worker.value:
            raise Wrong(self.second, "Choose someone other than the worker who leads the visit.")
        return (self.second.value,)

    def draft(self) -> Draft:
        """What stands in the fields."""
        return {
            "children": {child_id: tick.isChecked() for child_id, tick in self.children_ticks.items()},
            "day": self.day.known_day(),
            "time": self.time.text,
            "choices": [field.value for field in self._choices],
            "two": self.two.isChecked(),
        }

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        for child_id, ticked in draft["children"].items():
            if child_id in self.children_ticks:
                self.children_ticks[child_id].setChecked(ticked)
        self.day.set_day(draft["day"])
        self.time.edit.setText(draft["time"])
        for field, value in zip(self._choices, draft["choices"], strict=True):
            field.choose(value)
        self.two.setChecked(draft["two"])

    @property
    def _choices(self) -> tuple[ChoiceField, ...]:
        return self.worker, self.place, self.mode, self.standing, self.second

    def _on_two_toggled(self, two: bool) -> None:
        self.second.setVisible(two)
        self._on_worker_or_day_changed()

    def _on_worker_or_day_changed(self) -> None:
        """Say which of the workers is away on the day; never why."""
        day = self.day.known_day()
        going = (self.worker, self.second) if self.two.isChecked() else (self.worker,)
        snapshot = self.desk.workspace.snapshot
        away = [
            field.box.currentText()
            for field in going
            if day is not None and any(is_away(absence, day) for absence in snapshot.by(Absence, "worker_id", field.value))
        ]
        verb = "is" if len(away) == 1 else "are"
        on = plain_date(day) if day is not None else ""
        self.away.say(f"{names_in_a_row(away)} {verb} away on {on}. Choose another day or worker." if away else "")


def _named(workers: dict[str, str]) -> dict[str, str]:
    """Without the line that chooses nobody."""
    return {worker_id: name for worker_id, name in workers.items() if worker_id}
