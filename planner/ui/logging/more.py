"""The second row of a line's fields, for what is seldom said: time, who went along, mode, standing, announced, bedroom."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from planner.core.date_words import typed_time
from planner.core.errors import Refused
from planner.core.visit_line import Doubt, VisitLine
from planner.ui.dialogs.visit_words import ANNOUNCED, BEDROOM, MODES, STANDINGS, TOLD
from planner.ui.logging.fields import Cell, OfferBox
from planner.ui.widgets.flow import FlowLayout

NOBODY = {"": "Nobody else"}
_SAID = {told: said for said, told in TOLD.items()} | {None: ""}


class More(QWidget):
    """Fields that most lines leave as they are; each is empty, or at what is usual, on the next line."""

    changed = Signal()

    def __init__(self, workers: Mapping[str, str], watch: Callable[[QWidget], object], parent: QWidget | None = None) -> None:
        """`watch` is given every control, so that Enter in it commits the line."""
        super().__init__(parent)
        self.time = QLineEdit()
        self.time.setPlaceholderText("14:00")
        self.along = OfferBox(NOBODY | dict(workers))
        self.mode = OfferBox(MODES)
        self.standing = OfferBox(STANDINGS)
        self.announced = OfferBox(ANNOUNCED)
        self.bedroom = OfferBox(BEDROOM)
        self.boxes = (self.along, self.mode, self.standing, self.announced, self.bedroom)
        self.cells = {
            "time": Cell("Time", self.time, 72),
            "with": Cell("Who went along", self.along, 150),
            "mode": Cell("How", self.mode, 130),
            "standing": Cell("Standing", self.standing, 140),
            "announced": Cell("Announced", self.announced, 130),
            "bedroom": Cell("Bedroom", self.bedroom, 150),
        }
        flow = FlowLayout(self, gap=12, line_gap=8)
        for cell in self.cells.values():
            flow.addWidget(cell)
            watch(cell.control)
        self.time.textChanged.connect(self.changed)
        for box in self.boxes:
            box.chosen.connect(self.changed)

    @property
    def controls(self) -> list[QWidget]:
        """The controls in the order the keyboard goes through them."""
        return [cell.control for cell in self.cells.values()]

    def offer_workers(self, workers: Mapping[str, str]) -> None:
        """Offer other workers."""
        self.along.offer(NOBODY | dict(workers))

    def said(self, line: VisitLine) -> VisitLine:
        """A line with what these fields say of it, where it does not say it itself."""
        said: dict[str, Any] = {
            "mode": line.mode or ("" if self.mode.value == "face to face" else self.mode.value),
            "standing": line.standing or ("" if self.standing.value == "statutory" else self.standing.value),
            "announced": TOLD.get(self.announced.value) if line.announced is None else line.announced,
            "bedroom_seen": TOLD.get(self.bedroom.value) if line.bedroom_seen is None else line.bedroom_seen,
            "with_worker_ids": line.with_worker_ids or ((self.along.value,) if self.along.value else ()),
        }
        try:
            said["at"] = line.at or self._time()
        except Refused as refused:
            said["doubts"] = (*line.doubts, Doubt("time", refused.sentence, typed=self.time.text()))
        return replace(line, **said)

    def _time(self) -> time | None:
        typed = self.time.text().strip()
        return typed_time(typed) if typed else None

    def show_line(self, line: VisitLine) -> None:
        """Put what a line says into the fields."""
        if line.at is not None:
            self.time.setText(f"{line.at:%H:%M}")
        for box, value in (
            (self.along, line.with_worker_ids[0] if line.with_worker_ids else ""),
            (self.mode, line.mode),
            (self.standing, line.standing),
            (self.announced, _SAID[line.announced]),
            (self.bedroom, _SAID[line.bedroom_seen]),
        ):
            if value:
                box.choose(value)

    def content(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return (self.time.text(), *(box.value for box in self.boxes))

    def restore(self, content: tuple[str, ...]) -> None:
        """Put it back; nothing means every field as it is on an empty line."""
        typed, *values = content or ("", "", "face to face", "statutory", "", "")
        self.time.setText(typed)
        for box, value in zip(self.boxes, values, strict=True):
            box.choose(value)


def says_more(line: VisitLine) -> bool:
    """Whether a line says anything that stands in the second row."""
    return any((line.at, line.with_worker_ids, line.mode, line.standing)) or not (line.announced is line.bedroom_seen is None)
