"""Log a visit, made or tried: when, each child of the household with an outcome of its own, who went, and where."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.actions.visits import SeenAs, Trip, log_visit
from planner.core.date_words import list_date
from planner.core.records import Child, Sighting, Visit
from planner.core.visit_effect import needs_decision
from planner.core.visit_line import VisitLine
from planner.core.visit_outcome import Outcome
from planner.ui.dialogs.child_outcome import ChildOutcome
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField, TimeField, typed_minutes
from planner.ui.dialogs.question import Draft, Question, Wrong, discreet, read
from planner.ui.dialogs.visit_words import (
    ANNOUNCED,
    MODES,
    PLACES,
    ROLES,
    STANDINGS,
    household_open,
    lead_of,
    role_of,
    workers_offered,
)
from planner.ui.logging.clock_words import DECISION
from planner.ui.widgets.button import Button
from planner.ui.widgets.tick import Tick
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

FUTURE = "Enter a visit date on or before today."
TRIED = "Nobody is seen, so this is logged as tried. It does not count as a visit: the clock goes on."


class LogVisitDialog(Question):
    """Logs one trip. `visit_id` is the planned visit that it was, if it was one."""

    def __init__(self, desk: "Desk", child_id: str, visit_id: str = "", parent: QWidget | None = None) -> None:
        child = desk.workspace.snapshot.find(Child, child_id)
        assert child is not None
        self._child, self._words = child, discreet(child)
        self._visit_id = visit_id
        self._again_for: tuple[date, tuple[str, ...]] | None = None
        title = f"Log a visit to {self._words}"
        super().__init__(desk, title, "Log the visit", f"{child_id} {visit_id}", width=640, parent=parent)
        self._make_fields()
        self._lay_out()
        self._begin()

    def _make_fields(self) -> None:
        desk = self.desk
        self.day = DayField(desk, "Date of the visit", desk.today, check=self._against_day)
        self.time = TimeField("Time, if known")
        self.outcomes = [
            ChildOutcome(child.id, desk.child_words(child), can_be_left_out=child.id != self._child.id)
            for child in household_open(desk, self._child)
        ]
        self.everyone = Button("Everyone seen alone", self._on_everyone_pressed, kind="link")
        self.everyone.setVisible(len(self.outcomes) > 1)
        self.tried = Words("", tone="warning")
        self.worker = ChoiceField("Who went", workers_offered(desk))
        self.role = ChoiceField("In what role", ROLES)
        self.along = ChoiceField("Who went along", workers_offered(desk) | {"": "Nobody else"})
        self.place = ChoiceField("Place", PLACES)
        self.mode = ChoiceField("How", MODES)
        self.standing = ChoiceField("Standing", STANDINGS)
        self.announced = ChoiceField("Announced", ANNOUNCED)
        self.minutes = TextField("Length in minutes, if known", example="45")
        self.recorded = Tick("Recorded in the case system")
        self.recorded_on = DayField(desk, "Recorded on", desk.today, check=self._against_recorded)

    def show_names(self) -> None:
        """Call each child as privacy allows just now."""
        for outcome in self.outcomes:
            child = self.desk.workspace.snapshot.find(Child, outcome.child_id)
            if child is not None:
                outcome.call(self.desk.child_words(child))

    def _lay_out(self) -> None:
        self.add_row(self.day, self.time)
        for outcome in self.outcomes:
            self.fields += outcome.fields
            self.body.addWidget(outcome)
            outcome.changed.connect(self._on_outcome_changed)
        self.body.addWidget(self.everyone, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.tried)
        self.add_row(self.worker, self.role, self.along)
        self.add_row(self.place, self.mode, self.standing)
        self.add_row(self.announced, self.minutes)
        self.body.addWidget(self.recorded)
        self.add(self.recorded_on)
        self.body.addStretch(1)
        self.recorded.toggled.connect(self.recorded_on.setVisible)
        self.recorded_on.setVisible(False)
        self.day.changed.connect(self._on_day_changed)
        self.worker.changed.connect(self._on_worker_changed)

    def _begin(self) -> None:
        """Start from the planned visit, or from the child's lead worker and home."""
        snapshot = self.desk.workspace.snapshot
        visit = snapshot.find(Visit, self._visit_id) if self._visit_id else None
        looked_after = snapshot.plan(self._child.id, self.desk.on) == "lac"
        self.worker.choose(visit.worker_id if visit else lead_of(self.desk, self._child.id))
        self.place.choose((visit.place if visit else "") or ("placement" if looked_after else "home"))
        if visit is not None:
            self._begin_with(visit)
        self._on_worker_changed()
        self._on_outcome_changed()
        self.day.edit.setFocus()

    def _begin_with(self, visit: Visit) -> None:
        planned = {sighting.child_id for sighting in self.desk.workspace.snapshot.by(Sighting, "visit_id", visit.id)}
        for outcome in self.outcomes:
            if outcome.child_id not in planned:
                outcome.outcome.choose("out")
        self.mode.choose(visit.mode)
        self.standing.choose(visit.standing)
        self.along.choose(next(iter(visit.with_worker_ids), ""))
        if visit.on is not None and visit.on <= self.desk.today:
            self.day.set_day(visit.on)
        if visit.at is not None:
            self.time.edit.setText(f"{visit.at:%H:%M}")

    def _against_day(self, day: date) -> str:
        return FUTURE if day > self.desk.today else ""

    def _against_recorded(self, day: date) -> str:
        if day > self.desk.today:
            return "Enter the day it was recorded, on or before today."
        visited = self.day.known_day()
        return "Enter a day on or after the visit." if visited is not None and day < visited else ""

    # Logging

    def act(self) -> None:
        """Log the visit. What is missing is said under its field; a second visit on one day is asked about first."""
        day = read(self.day, lambda: self.day.day)
        seen = self._seen()
        if not self.worker.value:
            raise Wrong(self.worker, "Choose who went on the visit.")
        if self.along.value == self.worker.value:
            raise Wrong(self.along, "Choose somebody other than who went, or nobody else.")
        trip = self._trip()
        again = self._again_for == (day, tuple(seen))
        if not again and self._asks_about_same_day(day, seen):
            return
        is_made = any(outcome.seen for outcome in seen.values())
        others = f" and {len(seen) - 1} more" if len(seen) > 1 else ""
        what = "visit" if is_made else "visit tried"
        self.perform(
            f"Log {what} to {self._words}{others}",
            log_visit,
            seen,
            day,
            self.worker.value,
            trip,
            visit_id=self._visit_id,
            again=again,
            said=f"Logged a {what} to {self._words}{others} on {list_date(day, self.desk.today)}",
        )

    def _seen(self) -> dict[str, SeenAs]:
        seen = {}
        for outcome in self.outcomes:
            if outcome.is_left_out:
                continue
            if not outcome.is_chosen:
                raise Wrong(outcome.outcome, "Say whether the child was seen.")
            seen[outcome.child_id] = outcome.seen_as()
            if not seen[outcome.child_id].seen and not outcome.reason.text:
                raise Wrong(outcome.reason, "Say why the child was not seen.")
        return seen

    def _trip(self) -> Trip:
        return Trip(
            at=read(self.time, lambda: self.time.time),
            place=self.place.value,
            mode=self.mode.value,
            standing=self.standing.value,
            announced={"yes": True, "no": False}.get(self.announced.value),
            minutes=read(self.minutes, lambda: typed_minutes(self.minutes.text)),
            role=self.role.value,
            with_worker_ids=(self.along.value,) if self.along.value else (),
            workers_needed=2 if self.along.value else 1,
            recorded_on=read(self.recorded_on, lambda: self.recorded_on.day) if self.recorded.isChecked() else None,
        )

    def _asks_about_same_day(self, day: date, seen: dict[str, SeenAs]) -> bool:
        """Whether a child has a visit made on that day; then say so, and let the next press log a second one."""
        snapshot = self.desk.workspace.snapshot
        twice = [
            child_id
            for child_id in seen
            if any(
                visit.on == day and visit.status == "made" and visit.id != self._visit_id
                for visit, _ in snapshot.visits_of(child_id)
            )
        ]
        if not twice:
            return False
        child = snapshot.find(Child, twice[0])
        reference = child.reference if child else "This child"
        self._again_for = (day, tuple(seen))
        self.act_button.setText("Log a second visit")
        said = f"{reference} has a visit logged on {list_date(day, self.desk.today)} already."
        self._say_trouble(f"{said} Log a second one only if there were two.")
        return True

    # Drafts

    def draft(self) -> Draft:
        """What stands in the fields."""
        return {
            "day": self.day.known_day(),
            "time": self.time.text,
            "outcomes": {outcome.child_id: outcome.draft() for outcome in self.outcomes},
            "choices": [field.value for field in self._choices],
            "minutes": self.minutes.text,
            "recorded": (self.recorded.isChecked(), self.recorded_on.known_day()),
        }

    def restore(self, draft: Draft) -> None:
        """Put it back."""
        self.day.set_day(draft["day"])
        self.time.edit.setText(draft["time"])
        for outcome in self.outcomes:
            if outcome.child_id in draft["outcomes"]:
                outcome.restore(draft["outcomes"][outcome.child_id])
        for field, value in zip(self._choices, draft["choices"], strict=True):
            field.choose(value)
        self.minutes.edit.setText(draft["minutes"])
        self.recorded.setChecked(draft["recorded"][0])
        self.recorded_on.set_day(draft["recorded"][1])

    @property
    def _choices(self) -> tuple[ChoiceField, ...]:
        return self.worker, self.role, self.along, self.place, self.mode, self.standing, self.announced

    # What happens

    def _on_outcome_changed(self) -> None:
        said = [outcome for outcome in self.outcomes if outcome.is_chosen and not outcome.is_left_out]
        is_tried = bool(said) and all(outcome.outcome.value == "not seen" for outcome in said)
        self.tried.say(f"{TRIED}{self._decision_words(said)}" if is_tried else "")
        self._forget_question()

    def _decision_words(self, tried: list[ChildOutcome]) -> str:
        """That a manager decides, where this is the second try for a child on a CP plan."""
        line, outlook = VisitLine(day=self.day.known_day()), self.desk.outlook
        decides = outlook and any(needs_decision(outlook, line, one.child_id, Outcome("not seen")) for one in tried)
        return f" {DECISION}" if decides else ""

    def _on_everyone_pressed(self) -> None:
        """A household in one press: all of whom nothing is said yet were seen alone."""
        for outcome in self.outcomes:
            if not outcome.is_chosen:
                outcome.outcome.choose("alone")

    def _on_day_changed(self) -> None:
        self._on_outcome_changed()

    def _on_worker_changed(self) -> None:
        self.role.choose(role_of(self.desk, self._child.id, self.worker.value))

    def _forget_question(self) -> None:
        if self._again_for is not None:
            self._again_for = None
            self.act_button.setText("Log the visit")
            self.trouble.say("")
