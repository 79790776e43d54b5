"""The case system: choose its file, say its day, look at what it would do, take all of it or what is chosen, in one step."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from planner.actions.import_ledger import PreviewRow
from planner.actions.imports import Choices, Preview, Receipt, import_found, preview
from planner.actions.trackers import remember_columns
from planner.core.column_answers import remembered_answers
from planner.core.date_words import plain_date
from planner.core.errors import PlannerError, Refused
from planner.core.found import Found, Problem
from planner.core.records import Team
from planner.formats.apart import Cancelled
from planner.formats.choosing import Source, otherwise
from planner.formats.problem_list import problem_list
from planner.formats.tracker import Tracker
from planner.formats.tracker_in_hand import TrackerInHand, TrackerReading, reading
from planner.reports.report import Report, SheetOptions
from planner.reports.to_type import TO_TYPE
from planner.ui.background import is_alive
from planner.ui.dialogs.correct_cell import CorrectCellDialog
from planner.ui.dialogs.export_tables import ExportTablesDialog
from planner.ui.mapping.page import MappingPage
from planner.ui.page_header import PUT_AWAY
from planner.ui.reconcile.pane import ComparePane
from planner.ui.reconcile.to_type import ToTypeButtons
from planner.ui.saving import written_whole
from planner.ui.screen import Screen
from planner.ui.screens.import_parts import CheckPage, ChoosePage, ReadingPage, ReceiptPage
from planner.ui.screens.import_questions import asks
from planner.ui.screens.import_reading import read_source, read_tables, watch_writing
from planner.ui.screens.import_words import source_of
from planner.ui.soon import soon
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

MARGINS = (28, 12, 28, 12)
CHOICES = "Annex A workbook, SSD tables or tracker (*.xlsx *.ods *.csv *.zip);;All files (*)"
NO_ANNEX_A = "This workbook is no Annex A, so it is read as a tracker. If it should be one, choose another file."


class ImportScreen(Screen):
    """The page in its four states: choosing, reading, checking, and the receipt."""

    name = "import"
    title = "Case system"
    offers = ("Choose files", "Choose a folder", "Export as tables")
    progress_made = Signal(float)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.source: Source | None = None
        self.found: Found | None = None
        self.preview: Preview | None = None
        self.receipt: Receipt | None = None
        self._answers: dict[str, str] = {}
        self._hand: TrackerInHand | None = None
        self._stop = threading.Event()
        self._run = 0
        self.choosing = ChoosePage()
        self.to_type = ToTypeButtons(desk, self)
        self.stack = QStackedWidget()
        self.go = Button("Import", self._on_import_pressed, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.addWidget(self.stack)
        self.choosing.zone.dropped.connect(self.open_paths)
        self.choosing.file.clicked.connect(self._on_choose_file_clicked)
        self.choosing.folder.clicked.connect(self._on_choose_folder_clicked)
        self.choosing.export.clicked.connect(lambda: ExportTablesDialog(self.desk, self.window()).show_up())
        self.desk.undone.connect(self._on_step_undone)
        self._show_state(self.choosing)

    # The states after the first, each made when it is first come to

    @cached_property
    def reading(self) -> ReadingPage:
        """A file is being read."""
        page = ReadingPage()
        page.stop.clicked.connect(self._on_stop_clicked)
        self.progress_made.connect(page.show_part, Qt.ConnectionType.QueuedConnection)
        return page

    @cached_property
    def mapping(self) -> MappingPage:
        """What each column of a tracker is taken for is said."""
        page = MappingPage(self.desk)
        page.another.clicked.connect(self._on_another_clicked)
        page.settled.connect(self._on_columns_settled)
        page.encoding_asked.connect(self._on_encoding_asked)
        return page

    @cached_property
    def checking(self) -> CheckPage:
        """What the file would do is looked at."""
        page = CheckPage(self.desk.today, self.desk.reference.calendar)
        page.another.clicked.connect(self._on_another_clicked)
        page.columns.clicked.connect(self._on_columns_asked)
        page.day.date_changed.connect(self._on_day_changed)
        page.questions.answered.connect(self._on_questions_answered)
        page.correction_asked.connect(self._on_correction_asked)
        page.export.clicked.connect(self._on_export_clicked)
        page.parts.addWidget(self.compare)
        page.views.view_changed.connect(self._on_view_changed)
        return page

    @cached_property
    def compare(self) -> ComparePane:
        """Where the file and the plan differ."""
        pane = ComparePane(self.desk, self._reason_not_to_import)
        pane.compared.connect(self._on_compared)
        pane.accepted.connect(self._look)
        return pane

    @cached_property
    def done(self) -> ReceiptPage:
        """What was imported."""
        page = ReceiptPage()
        page.another.clicked.connect(self._on_another_clicked)
        page.undo.clicked.connect(self._on_undo_clicked)
        page.export.clicked.connect(self._on_export_clicked)
        return page

    # What the window asks

    def show_outlook(self, outlook: "Outlook") -> None:
        """Look again at what the import would do: something here may have changed."""
        self.to_type.show_outlook(outlook)
        if self._is_at("checking"):
            self._look()

    def finding(self, outlook: "Outlook") -> str:
        """How fresh the figures are."""
        if outlook.source_as_at is None:
            return "Nothing has been imported yet. Import the list that the case system writes."
        return f"{outlook.source_name} last read as at {plain_date(outlook.source_as_at)}."

    def header_actions(self) -> list[QWidget]:
        """What is still to be typed there, and the import itself, while there is something to import."""
        return [self.to_type.rows, self.to_type.print, self.go]

    def printable(self) -> tuple[Report, SheetOptions]:
        """What is still to be typed into the case system."""
        return TO_TYPE, SheetOptions()

    # Choosing and reading

    def open_path(self, path: Path) -> None:
        """Read a file, a folder or a zip; a kind that is not known is refused with what to choose."""
        self.open_paths([path])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Read what was chosen together: one source, in one file or in several."""
        try:
            self.source = source_of(paths)
        except Refused as refusal:
            self.desk.failed.emit(refusal.sentence)
            return
        self._answers = {}
        self._hand = None
        self._read()

    def _read(self) -> None:
        """Read the source, or a tracker that is in hand again with what was answered since."""
        assert self.source is not None
        if self._hand is not None:
            said = {key: answer for key, answer in self._answers.items() if not key.startswith("worker:")}
            hand = replace(self._hand, answers={**self._hand.answers, **said})
            self._remember(hand)
            self._read_tracker(hand)
            return
        if isinstance(self.source.format, Tracker):
            self._read_tables("")
            return
        self._begin("Reading", self.source.path.name)
        self.desk.run_in_background(
            partial(read_source, self.source, dict(self._answers), self._stop, self.progress_made.emit),
            then=partial(_if_current, self, self._run, self._on_file_read),
            failed=partial(_if_current, self, self._run, self._on_source_refused),
        )
        soon(self, self._on_reading_begun)

    def _on_reading_begun(self) -> None:
        """Make the page on which the file will be shown while it is still read."""
        if self.stack.indexOf(self.checking) < 0:
            self.stack.addWidget(self.checking)

    # Trackers

    def _read_tables(self, note: str, answers: Mapping[str, str] | None = None) -> None:
        """Read the plain tables of a file; `note` says why it is taken for a tracker, `answers` are what was said of it."""
        assert self.source is not None
        path, snapshot, today = self.source.path, self.desk.workspace.snapshot, self.desk.today
        self._begin("Reading", path.name)
        self.desk.run_in_background(
            partial(read_tables, path, snapshot, today, answers or {}, self._stop, self.progress_made.emit),
            then=partial(_if_current, self, self._run, partial(self._on_tables_read, note)),
            failed=partial(_if_current, self, self._run, lambda trouble: self._on_tables_refused(trouble, note, bool(answers))),
        )

    def _on_encoding_asked(self, answers: Mapping[str, str]) -> None:
        """Read the text of a tracker another way; what was said of its columns stays."""
        self._read_tables("", answers)

    def _on_source_refused(self, trouble: BaseException) -> None:
        """A workbook that is no Annex A may be a tracker."""
        assert self.source is not None
        if isinstance(trouble, Refused) and otherwise(self.source) is not None:
            self._read_tables(trouble.sentence)
        else:
            self._on_reading_failed(trouble)

    def _on_tables_refused(self, trouble: BaseException, note: str, is_again: bool) -> None:
        self._on_reading_failed(Refused(note) if note and isinstance(trouble, Refused) else trouble)
        if is_again:
            self.mapping.show_encoding()
            self._show_state(self.mapping)

    def _on_tables_read(self, note: str, hand: TrackerInHand) -> None:
        if hand.is_remembered:
            self._read_tracker(hand)
        else:
            self.mapping.show_tracker(hand, NO_ANNEX_A if note else "")
            self._show_state(self.mapping)

    def _read_tracker(self, hand: TrackerInHand) -> None:
        self._begin("Reading", hand.table.file)
        self.desk.run_in_background(reading, hand, then=partial(_if_current, self, self._run, self._on_tracker_read))

    def _on_tracker_read(self, read: TrackerReading) -> None:
        self._hand = read.hand
        if read.found is None:
            self._on_columns_asked()
        else:
            self._on_file_read(read.found)

    def _on_columns_asked(self) -> None:
        if self._hand is not None:
            self.mapping.show_tracker(self._hand)
            self._show_state(self.mapping)

    def _on_columns_settled(self, read: TrackerReading) -> None:
        """Go on with the columns as they are shown, and keep what was said for the next one of the shape."""
        hand = read.hand.settled(read.columns)
        self._remember(hand)
        self._read_tracker(replace(hand, is_remembered=False))

    def _remember(self, hand: TrackerInHand) -> None:
        kept = hand.kept_answers()
        known = remembered_answers(self.desk.workspace.snapshot, hand.shape)
        if kept != known and not self.desk.reason_not_to_edit():
            self.desk.perform(f"Remember the columns of {hand.table.file}", remember_columns, hand.shape, kept)

    def _begin(self, what: str, name: str) -> None:
        """Show that something long goes on, and let it be stopped."""
        self._stop = threading.Event()
        self._run += 1
        self.reading.begin(what, name)
        self._show_state(self.reading)

    def _on_file_read(self, found: Found) -> None:
        if self.found is None or self.found.digest != found.digest:
            guess = min(found.as_at, self.desk.today) if found.as_at else self.desk.today
            self.found = found
            self.checking.show_found(found, guess, self.desk.today)
        else:
            self.found = found
            self.checking.show_found(found, None, self.desk.today)
        self.checking.show_tracker(self._hand is not None, self._hand is not None and self._hand.is_remembered)
        self._show_state(self.checking)
        self._look()

    def _on_reading_failed(self, trouble: BaseException) -> None:
        self._show_state(self.checking if self.found is not None else self.choosing)
        if isinstance(trouble, Cancelled):
            announce(self, trouble.sentence)
        elif isinstance(trouble, PlannerError):
            self.desk.failed.emit(trouble.sentence)
        else:
            raise trouble

    # Looking at what it would do

    def _look(self) -> None:
        day = self.checking.day.day
        if self.found is None or day is None:
            return
        self._run += 1
        self.desk.run_in_background(
            preview,
            self.desk.workspace.snapshot,
            self.found,
            day,
            self._choices(),
            then=partial(_if_current, self, self._run, self._on_preview_made),
        )

    def _choices(self) -> Choices:
        mapped = {}
        for key, worker_id in self._answers.items():
            kind, _, rest = key.partition(":")
            name, _, team = rest.rpartition(":")
            if kind == "worker":
                mapped[name, team] = worker_id
        return Choices(workers=mapped)

    def _on_preview_made(self, made: Preview) -> None:
        self.preview = made
        teams = {team.id: team.name for team in self.desk.workspace.snapshot.all(Team).values()}
        settled = [one for one in made.namesakes if f"worker:{one.name}:{one.team}" not in self._answers]
        self.checking.show_preview(made, asks(made.questions, settled, teams))
        if self.found is not None:
            self.compare.compare(made, self.found)
        counts = made.counts()
        announce(self, f"{counts['new']:,} new, {counts['changed']:,} changed, {counts['ask']:,} to settle.")

    # Importing

    def _on_import_pressed(self) -> None:
        refusal = self._reason_not_to_import()
        if refusal:
            self.desk.failed.emit(refusal)
        elif self.found is not None and self.checking.day.day is not None:
            self._import(self.found, self.checking.day.day)

    def _reason_not_to_import(self) -> str:
        """Why nothing can be taken from the file just now, as a sentence, or an empty string."""
        if not self._is_at("checking") or self.found is None:
            return "Choose a file first. What it would change is shown before anything is imported."
        if self.checking.day.day is None:
            return "Enter the day the case system wrote this file."
        if self.checking.questions.unsettled():
            return "Say first whether day or month comes first in the dates that can be read two ways."
        return ""

    def _import(self, found: Found, day: date) -> None:
        self._begin("Importing", found.source)
        self.desk.perform(
            f"Import {found.source} as at {plain_date(day)}",
            import_found,
            found,
            day,
            self._choices(),
            seen=self.preview,
            watch=partial(watch_writing, self._stop, self.progress_made.emit),
            then=self._on_imported,
            failed=self._on_import_failed,
            said=f"Imported {found.source} as at {plain_date(day)}",
        )

    def _on_import_failed(self, trouble: BaseException) -> None:
        self._on_reading_failed(trouble)
        self._look()

    def _on_imported(self, receipt: Receipt) -> None:
        self.receipt = receipt
        self.done.show_receipt(receipt)
        self._show_state(self.done)

    def _on_step_undone(self, _said: str) -> None:
        if self.receipt is not None and self._is_at("done") and self.found is not None:
            self.receipt = None
            self._show_state(self.checking)
            self._look()

    # Small things

    def _show_state(self, page: QWidget) -> None:
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self._offer_import(self._is_at("checking") and self.checking.views.current == 0)

    def _offer_import(self, is_offered: bool) -> None:
        """Whether there is something to import; on another page the button stays where the header has put it."""
        self.go.setProperty(PUT_AWAY, not is_offered)
        if self.isVisible() or not is_offered:
            self.go.setVisible(is_offered)

    def _is_at(self, state: str) -> bool:
        """Whether a state is in view; asking makes none of them."""
        return self.stack.currentWidget() is vars(self).get(state)

    def _problems(self) -> tuple[Problem, ...]:
        if self._is_at("done") and self.receipt is not None:
            return self.receipt.problems
        return self.preview.problems if self.preview is not None else ()

    def _on_export_clicked(self) -> None:
        problems = self._problems()
        if not problems:
            self.desk.failed.emit("There are no problems to list.")
            return
        name, _ = QFileDialog.getSaveFileName(self, "Save the list of problems", "problems.csv", "CSV (*.csv)")
        if name:
            text = problem_list(problems)
            self.desk.run_in_background(
                written_whole,
                Path(name),
                lambda beside: beside.write_text(text, encoding="utf-8-sig", newline=""),
                then=self._on_list_saved,
            )

    def _on_list_saved(self, path: Path) -> None:
        self.desk.told.emit(f"Saved as {path.name}. It holds places and sentences, and no values.")

    def _on_choose_file_clicked(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Choose the case system's files", "", CHOICES)
        if names:
            self.open_paths([Path(name) for name in names])

    def _on_choose_folder_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose the folder of CSV files")
        if name:
            self.open_path(Path(name))

    def _on_stop_clicked(self) -> None:
        self._stop.set()
        self.reading.stop.setEnabled(False)

    def _on_another_clicked(self) -> None:
        self.found = self.preview = self.receipt = self._hand = None
        self.compare.forget()
        self._show_state(self.choosing)
        self.choosing.file.setFocus()

    def _on_view_changed(self, place: int) -> None:
        self._offer_import(place == 0)

    def _on_compared(self, count: int) -> None:
        self.checking.views.say(1, f"Compare {count:,}")

    def _on_undo_clicked(self) -> None:
        self.desk.undo()

    def _on_day_changed(self, _day: date | None) -> None:
        self._look()

    def _on_correction_asked(self, row: PreviewRow | None) -> None:
        if row is None or not row.cell:
            self.desk.failed.emit("Choose a row that names a column. What is wrong with a whole row is corrected in the file.")
            return
        CorrectCellDialog(self.desk, row, self._on_questions_answered, self.window()).show_up()

    def _on_questions_answered(self, answers: dict[str, str]) -> None:
        self._answers |= answers
        if any(not key.startswith("worker:") for key in answers):
            self._read()
        else:
            self._look()


def _if_current(screen: ImportScreen, run: int, then: Callable[[Any], None], result: Any) -> None:
    """Pass a result on unless something newer was begun meanwhile."""
    if is_alive(screen) and run == screen._run:
        then(result)
