"""The four pages of the import: choosing a file, reading it, checking what it would do, and the receipt."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from planner.actions.import_ledger import PreviewRow
from planner.actions.imports import Preview, Receipt
from planner.core.date_words import plain_date
from planner.core.found import Found
from planner.core.working_days import WorkingCalendar
from planner.ui.screens.import_questions import Ask, QuestionsPanel
from planner.ui.screens.import_words import PROBLEM_COLUMNS, TABS, found_words, receipt_words, same_words
from planner.ui.table import RowsModel, RowsView
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.date_field import DateField
from planner.ui.widgets.drop_zone import DropZone
from planner.ui.widgets.flow import FlowLayout
from planner.ui.widgets.view_bar import ViewBar
from planner.ui.widgets.words import Words

DAY_WIDTH = 300
ROWS_SEEN = 6
VIEWS = ("Import all of it", "Compare")
CASE_SYSTEM_DAY, TRACKER_DAY = "Case system as at", "Tracker as at"
_LETTERS = ("encoding-guessed", "encoding-damaged")
"""Faults of a whole text, which stand under what it would do."""


class ChoosePage(QWidget):
    """Nothing is chosen yet: where to drop a file, and the buttons that choose one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = DropZone()
        self.file = Button("Choose files", kind="primary")
        self.folder = Button("Choose a folder")
        self.export = Button("Export as tables")
        inside = QVBoxLayout(self.zone)
        inside.setContentsMargins(24, 24, 24, 24)
        inside.setSpacing(12)
        inside.addWidget(Words("Import the list that the case system writes", "section"))
        inside.addWidget(
            Words(
                "Drop it here, or choose it: the Annex A workbook, the tables of an SSD extract as CSV files, a folder or a "
                "zip, or any tracker as CSV, Excel or OpenDocument. It is read on this computer, and you see what it would "
                "change before anything is imported. The files themselves are not kept."
            )
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.file)
        row.addWidget(self.folder)
        row.addStretch(1)
        inside.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.zone)
        layout.addSpacing(24)
        layout.addWidget(Words("Take everything elsewhere", "section"))
        words = (
            "Children, referrals, plans, placements, reviews, visits and who held whom as CSV files, which other systems can "
            "read, and this one too."
        )
        layout.addWidget(Words(words))
        layout.addSpacing(4)
        layout.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)


class ReadingPage(QWidget):
    """Something long goes on, reading or importing: how far it is, and the way to stop it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words(role="section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button("Stop reading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def begin(self, what: str, name: str) -> None:
        """Begin with `Reading` or `Importing` a file."""
        self.words.setText(f"{what} {name}")
        self.show_part(0.0)
        self.bar.setAccessibleName(f"How far the {what.casefold()} is")
        self.stop.setText(f"Stop {what.casefold()}")
        self.stop.setEnabled(True)

    def show_part(self, part: float) -> None:
        """How far it is, 0 to 1; at 0, such as while a backup comes first, that it goes on."""
        self.bar.setRange(0, 100 if part else 0)
        self.bar.setValue(round(100 * part))


class CheckPage(QWidget):
    """What the file is, the day it speaks of, the questions it leaves, and every row of what it would do."""

    correction_asked = Signal(object)
    """The row whose cell a person wants to correct."""

    def __init__(self, today: date, calendar: WorkingCalendar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = Words(role="section")
        self.holds = Words(tone="muted")
        self.another = Button("Choose another file", small=True)
        self.day_label = Words(CASE_SYSTEM_DAY, "strong")
        self.day = DateField(today, calendar, CASE_SYSTEM_DAY, check=lambda day: _day_trouble(day, today))
        self.day_label.setBuddy(self.day.line)
        self.hint = Words(role="small", tone="muted")
        self.questions = QuestionsPanel()
        self.tabs = ViewBar([tab.title for tab in TABS])
        self.export = Button("Save the list of problems", small=True)
        self.columns = Button("Columns", small=True)
        self.columns.hide()
        self.correct = Button("Correct the cell", self._on_correct_pressed, small=True)
        self.correct.hide()
        self.model = RowsModel(TABS[0].columns)
        self.table = RowsView(self.model, "What the import would do")
        self.empty = Words(tone="muted")
        self.footer = Words(role="small", tone="muted")
        self.views = ViewBar(VIEWS)
        self.parts = QStackedWidget()
        self._preview: Preview | None = None
        self._build()
        self.tabs.view_changed.connect(self._on_tab_changed)
        self.table.row_opened.connect(self._on_row_opened)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _build(self) -> None:
        self.tabs.setAccessibleName("Kinds of rows")
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.gives_way = True
        about = QVBoxLayout()
        about.setSpacing(4)
        about.addWidget(self.file)
        about.addWidget(self.holds)
        buttons = FlowLayout(gap=8, line_gap=6)
        for button in (self.another, self.columns, self.export, self.correct):
            buttons.addWidget(button)
        about.addLayout(buttons)
        about.addStretch(1)
        when = QVBoxLayout()
        when.setSpacing(4)
        when.addWidget(self.day_label)
        when.addWidget(self.day)
        when.addWidget(self.hint)
        when.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(36)
        top.addLayout(about, 1)
        top.addLayout(when)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.questions)
        layout.addWidget(self.views)
        layout.addWidget(self.parts, 1)
        self.parts.addWidget(self._whole())
        self.views.setAccessibleName("Ways to take the file in")
        self.views.view_changed.connect(self.parts.setCurrentIndex)

    def _whole(self) -> QWidget:
        """All that the import would do."""
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.tabs)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        layout.addStretch(0)
        layout.addWidget(self.footer)
        return whole

    def show_found(self, found: Found, guess: date | None, today: date) -> None:
        """Show a file that was read; `guess` is the day it seems to speak of, None to leave what is entered."""
        self.file.setText(found.source)
        self.holds.setText(found_words(found))
        newest = (
            f"The newest day in the file is {plain_date(found.as_at)}."
            if found.as_at
            else "No day in the file says when it is of."
        )
        self.hint.setText(newest)
        if guess is not None:
            self.day.set_date(guess)

    def show_tracker(self, is_tracker: bool, is_remembered: bool) -> None:
        """Whether the file's columns can be looked at, and were taken as the last time; its day is the tracker's then."""
        self.columns.setVisible(is_tracker)
        asked = TRACKER_DAY if is_tracker else CASE_SYSTEM_DAY
        self.day_label.setText(asked)
        self.day.line.setAccessibleName(asked)
        if is_remembered:
            self.holds.setText(f"{self.holds.text()} Its columns are read as the last time.")

    def show_preview(self, made: Preview, asked: tuple[Ask, ...]) -> None:
        """Show what an import would do."""
        self._preview = made
        counts = made.counts()
        for place, tab in enumerate(TABS):
            self.tabs.say(place, f"{tab.title} {counts[tab.kind]:,}")
        self.questions.show_asks(asked)
        letters = dict.fromkeys(problem.message for problem in made.problems if problem.code in _LETTERS)
        known = ("Everything the file says is here already. Importing it changes nothing but its day.",)
        self.footer.say(" ".join((*letters, *(known if made.is_known else made.assumed))))
        self._show_tab()

    def _show_tab(self) -> None:
        if self._preview is None:
            return
        tab = TABS[self.tabs.current]
        rows = self._preview.of_kind(tab.kind)
        self.model.set_columns(tab.columns)
        self.model.set_rows(rows)
        self.table.fit_columns()
        self.table.setVisible(bool(rows))
        self.correct.setVisible(any(row.cell for row in rows))
        said = same_words(self._preview) if tab.kind == "same" else tab.empty
        self.empty.say("" if rows else said)

    def _on_tab_changed(self, _place: int) -> None:
        self._show_tab()

    def _on_row_opened(self, row: PreviewRow) -> None:
        if row.cell:
            self.correction_asked.emit(row)

    def _on_correct_pressed(self) -> None:
        self.correction_asked.emit(self.table.current_row())

    def _on_theme_changed(self) -> None:
        self.day.setFixedWidth(round(DAY_WIDTH * current_theme().text_scale))
        _give_room(self.table)


class ReceiptPage(QWidget):
    """What was imported, what was assumed, every problem, and the way back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Words(role="section")
        self.added, self.changed, self.same = Words(), Words(), Words()
        self.undo = Button("Undo this import")
        self.another = Button("Import another file")
        self.export = Button("Save the list of problems")
        self.assumed_heading = Words("What was assumed", "section")
        self.assumed = Words()
        self.problems_heading = Words(role="section")
        self.model = RowsModel(PROBLEM_COLUMNS)
        self.table = RowsView(self.model, "Problems of the import")
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.table.gives_way = True
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.undo)
        row.addWidget(self.another)
        row.addWidget(self.export)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.heading, self.added, self.changed, self.same):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(row)
        layout.addSpacing(12)
        layout.addWidget(self.assumed_heading)
        layout.addWidget(self.assumed)
        layout.addSpacing(12)
        layout.addWidget(self.problems_heading)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_receipt(self, receipt: Receipt) -> None:
        """Show what an import did."""
        self.heading.setText(f"Imported {receipt.source} as at {plain_date(receipt.as_at)}")
        for label, words in zip((self.added, self.changed, self.same), receipt_words(receipt), strict=True):
            label.setText(words)
        self.assumed_heading.setVisible(bool(receipt.assumed))
        self.assumed.say("\n".join(receipt.assumed))
        problems = sorted(receipt.problems, key=lambda problem: problem.outcome == "accepted")
        self.problems_heading.say(f"Problems {len(problems):,}" if problems else "")
        self.model.set_rows(problems)
        self.table.setVisible(bool(problems))
        self.export.setVisible(bool(problems))

    def _on_theme_changed(self) -> None:
        _give_room(self.table)


def _give_room(table: RowsView) -> None:
    """Never less than a few rows: on a small window or with large text the page scrolls instead."""
    table.setMinimumHeight(ROWS_SEEN * table.verticalHeader().defaultSectionSize())


def _day_trouble(day: date, today: date) -> str:
    return "" if day <= today else "Enter the day the case system wrote the file, on or before today."
