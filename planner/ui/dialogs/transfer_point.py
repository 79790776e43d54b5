"""An agreed transfer point: what it waits for, from which teams to which, and how soon after."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.actions.transfers import agree_point, end_point
from planner.core.flow_records import TransferPoint
from planner.core.records import Team
from planner.core.transfers import HAPPENINGS, points_in_force
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, TextField
from planner.ui.dialogs.form import Form, typed_count
from planner.ui.dialogs.question import Wrong, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 640
NEW = {"": "A new point"}


class TransferPointDialog(Form):
    """Agrees a point, changes one from a day on, or ends it."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, "At which point does work move?", "Agree it", "", WIDTH, parent)
        snapshot = desk.workspace.snapshot
        self._points = {point.name: point for point in points_in_force(snapshot, desk.today)}
        functions = sorted({team.function for team in snapshot.all(Team).values() if team.function})
        teams = {name: name[:1].upper() + name[1:] for name in functions}
        self.point = ChoiceField("Point", NEW | {name: name for name in self._points})
        self.name = TextField("Its name", "As it is called in meetings.", "first core group")
        self.happening = ChoiceField("It is reached with", HAPPENINGS)
        self.source = ChoiceField("From teams of", {"": "Any function"} | teams)
        self.to = ChoiceField("To teams of", {"": "No team here"} | teams)
        self.outside = TextField("Or to whom outside", "May be left empty.", "Council long-term team")
        self.within = TextField("Working days after it", "In which the work is to move.", "5")
        self.start = DayField(desk, "In force from", desk.today)
        self.add_row(self.point, self.name)
        self.add_row(self.happening, self.within)
        self.add_row(self.source, self.to)
        self.add_row(self.outside, self.start)
        self.end_button = self.offer_removal("End this point from that day", self._on_end_pressed)
        self.body.addStretch(1)
        self.point.changed.connect(self._on_point_changed)
        self._on_point_changed()

    def act(self) -> None:
        """Agree it. What is missing is said under its field."""
        start = read(self.start, lambda: self.start.day)
        within = read(self.within, lambda: typed_count(self.within.text))
        if not self.name.text:
            raise Wrong(self.name, "Give the point a name, such as first core group.")
        self.perform(
            f"Agree the transfer point {self.name.text}",
            agree_point,
            self.name.text,
            self.happening.value,
            start,
            from_function=self.source.value,
            to_function=self.to.value,
            to_outside=self.outside.text,
            within=5 if within is None else within,
            said=f"Work moves at {self.name.text}",
        )

    def _on_point_changed(self) -> None:
        known = self._points.get(self.point.value, TransferPoint(id="", happening="core_group_held"))
        self.name.edit.setText(known.name)
        self.name.setEnabled(not known.name)
        self.happening.choose(known.happening)
        self.source.choose(known.from_function)
        self.to.choose(known.to_function)
        self.outside.edit.setText(known.to_outside)
        self.within.edit.setText(str(known.within))
        self.end_button.setVisible(bool(known.name))

    def _on_end_pressed(self) -> None:
        day = self.start.known_day() or self.desk.today
        name = self.point.value
        self.perform(f"End the transfer point {name}", end_point, name, day, said=f"Work no longer moves at {name}")
