"""The fields of a line: each reads what is typed in it and says plainly what it understood when it is left."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from planner.core.errors import Refused
from planner.core.visit_line import visit_day
from planner.core.visit_list import lines_of
from planner.core.visit_outcome import HOWS, REASONS, Outcome, outcome_of, outcome_words
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.choice import Choice
from planner.ui.widgets.date_field import TypedDate
from planner.ui.widgets.words import Words


class Cell(QFrame):
    """A control under its label, as wide as asked at 100% text; a red bar stands beside one that is in doubt."""

    def __init__(self, label: str, control: QWidget, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control, self._width = control, width
        self.label = Words(label, "strong")
        self.label.setWordWrap(False)
        self.label.setBuddy(control)
        control.setAccessibleName(label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.label)
        self._column.addWidget(control)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())

    def mark(self, sentence: str) -> None:
        """Mark the field as in doubt, with why for a screen reader; or, with nothing, as clear."""
        name = "fieldTrouble" if sentence else ""
        self.control.setAccessibleDescription(sentence)
        if self.objectName() != name:
            self.setObjectName(name)
            self._column.setContentsMargins(6 if sentence else 0, 0, 0, 0)
            self.style().unpolish(self)
            self.style().polish(self)

    def _on_theme_changed(self, theme: Theme) -> None:
        self.setFixedWidth(round(self._width * theme.text_scale))


class ChildEdit(QLineEdit):
    """Where the child, or a whole line, is typed. While there is nothing to take back in it, Ctrl+Z is the window's."""

    left = Signal()
    list_asked = Signal()
    lines_pasted = Signal(str)
    """Several lines were pasted, which are not for a field of one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("10432 or A.B.")

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window when nothing was typed here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the list of matches; several lines that are pasted are a list of their own."""
        if event.matches(QKeySequence.StandardKey.Paste) and len(lines_of(QGuiApplication.clipboard().text())) > 1:
            self.lines_pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.list_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is then read as a whole."""
        super().focusOutEvent(event)
        self.left.emit()


class VisitDate(TypedDate):
    """The day of a visit, or of a referral: a day of the week is the latest one, and a day to come is refused."""

    def understood_day(self, text: str) -> date:
        """The day gone by, or today. Raises Refused with what to type."""
        return visit_day(text, self.today, self.calendar)


class OutcomeBox(Choice):
    """How a child was seen, typed by one or two keys (`a`, `s2`, `n1`) or words, or chosen from the list."""

    def __init__(self, example: str = "a, s or n", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.typed = QLineEdit()
        self.setLineEdit(self.typed)
        self.typed.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none; completing would type what was not meant
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for how in HOWS:
            self.addItem(outcome_words(Outcome(how)))
            self.addItems([outcome_words(Outcome(how, why)) for why in REASONS.get(how, ())])
        self.view().setAccessibleName("Ways a child can have been seen")
        self.setCurrentIndex(-1)
        self.typed.setPlaceholderText(example)
        self.typed.editingFinished.connect(self._on_editing_finished)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.currentText().strip()

    def outcome(self) -> Outcome:
        """How the child was seen. Raises Refused with what to type."""
        return outcome_of(self.text)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Write an outcome in full, or nothing."""
        self.setEditText(outcome_words(outcome) if outcome else "")

    def setAccessibleName(self, name: str) -> None:
        """The line within is what has the focus, so it has the name."""
        super().setAccessibleName(name)
        self.typed.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """The line within is what has the focus, so it has the description."""
        super().setAccessibleDescription(description)
        self.typed.setAccessibleDescription(description)

    def _on_editing_finished(self) -> None:
        try:
            self.show_outcome(self.outcome())
        except Refused:
            return  # what was typed stays, and the line says what is asked


class OfferBox(Choice):
    """One of several, chosen by its first letters; it remembers whether a person chose, or the page did."""

    chosen = Signal()

    def __init__(self, offer: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.is_persons = False
        self.offer(offer)
        self.currentIndexChanged.connect(self._on_index_changed)

    @property
    def value(self) -> str:
        """What is stored for the choice."""
        return str(self.currentData() or "")

    def offer(self, offer: Mapping[str, str]) -> None:
        """Offer other choices; what is chosen stays where it is still offered."""
        value = self.value
        self.blockSignals(True)
        self.clear()
        for key, words in offer.items():
            self.addItem(words, key)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.blockSignals(False)

    def suggest(self, value: str) -> None:
        """Choose on the page's part, unless a person has."""
        if not self.is_persons:
            self.choose(value)
            self.is_persons = False

    def choose(self, value: str) -> None:
        """Choose as a person would."""
        place = self.findData(value)
        if place >= 0:
            self.setCurrentIndex(place)
            self.is_persons = True

    def _on_index_changed(self, _place: int) -> None:
        self.is_persons = True
        self.chosen.emit()
