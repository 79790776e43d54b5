"""The other children of the household, offered as ticks: who of them was part of the trip, and how each was seen."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from planner.core.records import Child
from planner.core.visit_outcome import Outcome
from planner.ui.logging.fields import OutcomeBox
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.tick import Tick
from planner.ui.widgets.words import Words

OUTCOME_WIDTH = 220


class Sibling(QObject):
    """One other child: a tick, and an outcome that is the first child's where nothing is typed."""

    changed = Signal()

    def __init__(self, child: Child, words: str, detail: str, parent: QObject) -> None:
        super().__init__(parent)
        self.child = child
        self.tick = Tick(words)
        self.tick.setAccessibleDescription(detail)
        self.detail = Words(detail, "small", "muted")
        self.outcome = OutcomeBox("as the first child")
        self.outcome.setAccessibleName(f"{words}: outcome")
        self.tick.toggled.connect(self.changed)
        self.outcome.editTextChanged.connect(self._on_outcome_typed)

    def seen_as(self, first: Outcome) -> Outcome:
        """How this child was seen. Raises Refused with what to type."""
        return self.outcome.outcome() if self.outcome.text else first

    def _on_outcome_typed(self, text: str) -> None:
        """To say how a child was seen is to say that the child was there."""
        if text.strip():
            self.tick.setChecked(True)
        self.changed.emit()


class Siblings(QWidget):
    """A row for each other child of the household; nobody is ticked beforehand."""

    changed = Signal()

    def __init__(self, watch: Callable[[QWidget], object], parent: QWidget | None = None) -> None:
        """`watch` is given every control that is made, so that Enter in it commits the line."""
        super().__init__(parent)
        self.rows: list[Sibling] = []
        self._watch = watch
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(3, 1)
        theme_changes.changed.connect(self._on_theme_changed)
        self.hide()

    def show_children(self, children: Iterable[Child], words: Callable[[Child], str], detail: Callable[[Child], str]) -> None:
        """Offer these children, in place of those offered before."""
        children = list(children)
        if [row.child for row in self.rows] == children:
            return
        self._clear()
        for place, child in enumerate(children):
            row = Sibling(child, words(child), detail(child), self)
            row.changed.connect(self.changed)
            self.rows.append(row)
            for column, widget in enumerate((row.tick, row.detail, row.outcome)):
                self._grid.addWidget(widget, place, column)
            self._watch(row.tick)
            self._watch(row.outcome)
        self._on_theme_changed(current_theme())
        self.setVisible(bool(children))

    def tick(self, seen: Mapping[str, Outcome | None]) -> None:
        """Tick children, with outcomes of their own where they have them."""
        for row in self.rows:
            if row.child.id in seen:
                row.tick.setChecked(True)
                row.outcome.show_outcome(seen[row.child.id])

    @property
    def ticked(self) -> list[Sibling]:
        """Those who were part of the trip."""
        return [row for row in self.rows if row.tick.isChecked()]

    @property
    def controls(self) -> list[QWidget]:
        """Ticks and outcomes in the order the keyboard goes through them."""
        return [widget for row in self.rows for widget in (row.tick, row.outcome)]

    def _clear(self) -> None:
        for row in self.rows:
            for widget in (row.tick, row.detail, row.outcome):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
            row.deleteLater()
        self.rows.clear()

    def _on_theme_changed(self, theme: Theme) -> None:
        for row in self.rows:
            row.outcome.setFixedWidth(round(OUTCOME_WIDTH * theme.text_scale))
