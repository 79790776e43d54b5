"""The page of a tracker's columns: what each is taken for, which sheet, the order of dates, and what that reads."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from planner.core.found import FoundColumn
from planner.formats.table import ENCODING
from planner.formats.tracker import DATES
from planner.formats.tracker_in_hand import TrackerInHand, TrackerReading, reading
from planner.ui.background import is_alive
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.mapping.words import ENCODINGS, FIELDS, NO_HEADING, ORDERS, mapping_columns, reads_words
from planner.ui.table import RowsModel, RowsView
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

if TYPE_CHECKING:
    from planner.ui.desk import Desk

TAKEN_FOR = 3
ROWS_SEEN = 6
ABOUT = (
    "Say what each column holds. Notes are never taken over, and a “next due” is only compared. What you say is remembered "
    "for the next tracker with the same headings."
)


class MappingPage(QWidget):
    """Shown for a tracker whose headings were not seen before, or when its columns are asked for again."""

    settled = Signal(object)
    """The reading a person went on with."""
    encoding_asked = Signal(object)
    """The answers with another encoding, in which the file is to be read again."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.reading: TrackerReading | None = None
        self._hand: TrackerInHand | None = None
        self._run = 0
        self.heading, self.note, self.about = Words(role="section"), Words(tone="warning"), Words(ABOUT, tone="muted")
        self.sheet = ChoiceField("Sheet", {})
        self.order = ChoiceField("Dates such as 3/4", ORDERS)
        self.encoding = ChoiceField("Text read as", ENCODINGS)
        self.model = RowsModel(mapping_columns({}, desk.initials_only))
        self.table = RowsView(self.model, "Columns of the tracker")
        self.reads = Words(role="strong")
        self.change = Button("Change what it is taken for", self._on_change_pressed)
        self.another = Button("Choose another file")
        self.go = Button("Go on", self._on_go_pressed, kind="primary")
        self._build()
        self.table.row_opened.connect(self._on_row_opened)
        self.table.clicked.connect(self._on_index_clicked)
        self.sheet.changed.connect(self._on_sheet_changed)
        self.order.changed.connect(self._on_order_changed)
        self.encoding.changed.connect(self._on_encoding_changed)
        desk.privacy_changed.connect(self._on_privacy_changed)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _build(self) -> None:
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.setAccessibleDescription("Enter says what the column is taken for")
        self.table.gives_way = True
        choices = QHBoxLayout()
        choices.setSpacing(24)
        choices.addWidget(self.sheet)
        choices.addWidget(self.order)
        choices.addWidget(self.encoding)
        choices.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.go, self.change, self.another):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.heading, self.note, self.about):
            layout.addWidget(part)
        layout.addLayout(choices)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reads)
        layout.addLayout(buttons)

    # Showing

    def show_tracker(self, hand: TrackerInHand, note: str = "") -> None:
        """Show a tracker; `note` says why it is read as one."""
        self.heading.setText(hand.table.file)
        self.note.say(" ".join([note, *dict.fromkeys(one.message for one in hand.table.notes)]).strip())
        self.sheet.setVisible(len(hand.tables) > 1)
        self.sheet.blockSignals(True)
        self.sheet.box.clear()
        for table in hand.tables:
            self.sheet.box.addItem(table.sheet, table.sheet)
        self.sheet.choose(hand.table.sheet)
        self.sheet.blockSignals(False)
        self.order.blockSignals(True)
        self.order.choose(hand.answers.get(DATES, ""))
        self.order.blockSignals(False)
        self.take(hand)
        self.show_encoding()

    def show_encoding(self) -> None:
        """Show how the text in hand was read; of a workbook nothing is to be said."""
        encoding = self._hand.table.encoding if self._hand is not None else ""
        self.encoding.setVisible(bool(encoding))
        self.encoding.blockSignals(True)
        self.encoding.choose(encoding)
        self.encoding.blockSignals(False)

    def take(self, hand: TrackerInHand) -> None:
        """Read with other answers, on a thread."""
        self._hand = hand
        self._run += 1
        self.desk.run_in_background(reading, hand, then=partial(_if_current, self, self._run))

    def show_reading(self, read: TrackerReading) -> None:
        """Show what the answers make of the columns."""
        self.reading = read
        self.model.set_columns(mapping_columns(read.hand.answers, self.desk.initials_only))
        place = self.table.currentIndex().row()
        self.model.set_rows(read.columns)
        self.table.fit_columns()
        self.table.selectRow(min(max(place, 0), self.model.rowCount() - 1))
        if read.found is not None:
            self.reads.say(reads_words(read.found), "")
        else:
            self.reads.say(read.refusal, "warning")
        announce(self, self.reads.text())

    # What happens

    def choose_field(self, column: FoundColumn, field: str) -> None:
        """Take a column for a field."""
        if self.reading is not None and self._hand is not None:
            self.take(self._hand.with_field(column, field, self.reading.columns))

    def fields_menu(self, column: FoundColumn) -> QMenu:
        """What a column can be taken for."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for key, title in FIELDS.items():
            action = menu.addAction(title, partial(self.choose_field, column, key))
            action.setCheckable(True)
            action.setChecked(key == column.field)
            group.addAction(action)
        return menu

    def _ask_field(self, column: FoundColumn | None) -> None:
        if column is None:
            self.desk.failed.emit("No column is chosen. Choose one in the table first.")
        elif not column.heading:
            self.desk.failed.emit(NO_HEADING)
        else:
            place = self.model.place_of(column)
            rect = self.table.visualRect(self.model.index(place, TAKEN_FOR))
            self.fields_menu(column).popup(self.table.viewport().mapToGlobal(QPoint(rect.left(), rect.bottom())))

    def _on_row_opened(self, column: FoundColumn) -> None:
        self._ask_field(column)

    def _on_index_clicked(self, index: QModelIndex) -> None:
        if index.column() == TAKEN_FOR:
            self._ask_field(self.model.row_at(index))

    def _on_change_pressed(self) -> None:
        self._ask_field(self.table.current_row())

    def _on_sheet_changed(self) -> None:
        if self._hand is not None and self.sheet.value != self._hand.table.sheet:
            self.take(self._hand.with_sheet(self.sheet.value))

    def _on_order_changed(self) -> None:
        if self._hand is not None:
            self.take(self._hand.with_dates(self.order.value))

    def _on_encoding_changed(self) -> None:
        if self._hand is not None and self.encoding.value != self._hand.table.encoding:
            self.encoding_asked.emit({**self._hand.answers, ENCODING: self.encoding.value})

    def _on_go_pressed(self) -> None:
        read = self.reading
        if read is None or read.hand is not self._hand:
            self.desk.failed.emit("The tracker is still being read. Wait until it says how many children it has.")
        elif read.found is None:
            self.desk.failed.emit(read.refusal)
        else:
            self.settled.emit(read)

    def _on_privacy_changed(self, initials_only: bool) -> None:
        if self.reading is not None:
            self.model.set_columns(mapping_columns(self.reading.hand.answers, initials_only))

    def _on_theme_changed(self, _theme: object = None) -> None:
        self.table.setMinimumHeight(ROWS_SEEN * self.table.verticalHeader().defaultSectionSize())
        self.order.setMinimumWidth(round(200 * current_theme().text_scale))
        self.encoding.setMinimumWidth(round(170 * current_theme().text_scale))


def _if_current(page: MappingPage, run: int, read: TrackerReading) -> None:
    """Show what was read, unless something was answered meanwhile."""
    if is_alive(page) and run == page._run:
        page.show_reading(read)
