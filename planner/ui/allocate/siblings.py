"""Ticks for the waiting children of a family: those ticked are given to one worker in one step."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.tick import Tick
from planner.ui.widgets.words import Words


class Siblings(QWidget):
    """A tick for each child, all ticked at first; the last one ticked stays so."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, Tick] = {}
        self._flow = FlowLayout(self, gap=16)
        words = Words("Allocate together")
        words.setWordWrap(False)
        words.setMinimumHeight(24)
        self._flow.addWidget(words)
        self.setAccessibleName("Children to allocate together")
        self.hide()

    def show_children(self, children: Mapping[str, str], ticked: frozenset[str]) -> None:
        """Offer children, by id and in words; one child alone needs no tick."""
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.deleteLater()
        self.boxes = {}
        for child_id, words in children.items() if len(children) > 1 else ():
            box = Tick(words)
            box.setChecked(child_id in ticked)
            box.toggled.connect(self._on_box_toggled)
            self._flow.addWidget(box)
            box.show()
            self.boxes[child_id] = box
        self.setVisible(bool(self.boxes))
        self.updateGeometry()

    def ticked(self) -> frozenset[str]:
        """The children ticked."""
        return frozenset(child_id for child_id, box in self.boxes.items() if box.isChecked())

    def _on_box_toggled(self, is_ticked: bool) -> None:
        sender = self.sender()
        if not is_ticked and not self.ticked() and isinstance(sender, Tick):
            sender.setChecked(True)
            return
        self.changed.emit()
