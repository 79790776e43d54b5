"""The preview of a print job: whose sheet, what is shown, the pages, and the ways out on paper, as PDF and as rows."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.actions.paper_sheets import number_sheet
from planner.core.errors import PlannerError, Refused
from planner.core.flow_records import PaperSheet
from planner.core.paper_sheets import lines_of, sheet_with
from planner.core.records import Child
from planner.measures.period import month_before, month_of
from planner.reports.as_table import TABLES
from planner.reports.report import Report, SheetOptions, names_allowed
from planner.ui.background import Home
from planner.ui.dialogs.fields import ChoiceField
from planner.ui.messages import BusyBar
from planner.ui.printing import Proof, Watch, a4_printer, file_name, page_picture, paint, proof_of, save_pdf, save_rows
from planner.ui.widgets.announcing import announce
from planner.ui.widgets.button import Button
from planner.ui.widgets.focus_ring import FocusFollower
from planner.ui.widgets.page_pictures import PagePictures
from planner.ui.widgets.tick import Tick
from planner.ui.widgets.words import Words
from planner.ui.wording import child_words, count_words

if TYPE_CHECKING:
    from planner.core.outlook import Outlook
    from planner.ui.desk import Desk

TEAM, EACH = "team", "each"
MONTHS_BACK = 13
"""Months that can be chosen, this one included."""
LONGEST_MONTH = len("September 2026")
NO_NUMBERS = "Sheets of several workers have no number, so they cannot be typed back"
NOT_SAVED = "Stopped. No file was written."
NOT_READY = "The pages are still being set. Try again in a moment."


class PrintPreview(QDialog):
    """Shows a job as it will print. Initials, and one worker or the team's own sheet, unless more is chosen for this job."""

    def __init__(
        self,
        desk: "Desk",
        report: Report,
        options: SheetOptions,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        assert desk.outlook is not None
        self.desk = desk
        self.report = report
        self.outlook: Outlook = desk.outlook
        self.proof: Proof | None = None
        self._clock = clock
        self._home = Home(self)
        self._stop = Event()
        self._asked = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Print: {report.title}")
        self._child_id, self._week_on = options.child_id, options.week_on
        self.whose = ChoiceField("Whose sheet", self._offer())
        self.whose.choose(_chosen(options))
        self.whose.setVisible(not report.of_team)
        self.month = ChoiceField("Month", _months(self.outlook.on) if report.by_month else {})
        self.month.box.setMinimumContentsLength(LONGEST_MONTH)
        self.month.setVisible(report.by_month)
        self.names = Tick("Show names on this job")
        may_show = names_allowed(self.outlook) and not report.initials_only
        self.names.setVisible(may_show)
        self.names.setChecked(options.names and may_show)
        self.shown = Words("", "strong")
        self.busy = BusyBar()
        self.told = Words("", "body", "muted")
        self.pages = PagePictures(desk, page_picture)
        self.zoom_words = Words("100%", "small", "muted")
        self.print_button = Button("Print…", self._on_print_pressed, kind="primary")
        self.save_button = Button("Save as PDF…", self._on_save_pressed)
        self.table_button = Button("Save the rows…", self._on_rows_pressed)
        self.table_button.setVisible(report.table is not None)
        self.close_button = Button("Close", self.reject)
        self._build()
        self.whose.changed.connect(self.set_pages)
        self.month.changed.connect(self.set_pages)
        self.names.toggled.connect(self.set_pages)
        self.pages.zoom_changed.connect(self._on_zoom_changed)
        self.busy.stop_asked.connect(self._on_stop_asked)
        FocusFollower(self)
        self.set_pages()

    @property
    def options(self) -> SheetOptions:
        """What is chosen now; the time of the job is that of the asking, on this computer's clock."""
        whose = self.whose.value
        person = self.desk.workspace.person
        return SheetOptions(
            worker_id="" if self.report.needs_child or whose in (TEAM, EACH) else whose,
            child_id=whose if self.report.needs_child else "",
            each_worker=whose == EACH,
            month_on=date.fromisoformat(self.month.value) if self.report.by_month else None,
            week_on=self._week_on,
            names=self.names.isChecked(),
            printed_by=person.name if person is not None else "",
            printed_at=self._clock().astimezone(),
        )

    def set_pages(self) -> None:
        """Typeset what is chosen; the pages come when they are ready, those asked for last."""
        self._asked += 1
        self.proof = None
        self.shown.say("Setting the pages…")
        self.busy.set_busy(True, "It takes a while; Close drops it")
        if not self._is_numbering():
            self._typeset()

    def _is_numbering(self) -> bool:
        """Whether the sheet chosen is first given its number, by which it is typed back, because it has none yet."""
        kind, worker_id = self.report.typed_back, self.options.worker_id
        lines = lines_of(self.outlook, kind, worker_id)
        if not lines or self.desk.reason_not_to_edit() or sheet_with(self.outlook.snapshot, kind, worker_id, lines) is not None:
            return False
        whose = f" of {self.whose.box.currentText()}" if worker_id else ""
        title = f"Number the {self.report.title.lower()}{whose}"
        details = (kind, worker_id, self.outlook.on, lines)
        self.desk.perform(title, number_sheet, *details, then=self._on_numbered, failed=self._on_trouble)
        return True

    def _on_numbered(self, _sheet: PaperSheet) -> None:
        self.outlook = self.outlook.after(self.desk.workspace.snapshot, ())
        self._typeset()

    def _typeset(self) -> None:
        self.desk.run_in_background(
            proof_of,
            self.outlook,
            self.report,
            self.options,
            self.desk.today,
            self._asked,
            then=self._on_proof_made,
            failed=self._on_trouble,
        )

    # Building

    def _offer(self) -> dict[str, str]:
        if self.report.needs_child:
            child = self.desk.workspace.snapshot.find(Child, self._child_id)
            return {self._child_id: child_words(child, initials_only=True)} if child else {}
        offer = {} if self.report.needs_worker else {TEAM: "The team, on one sheet"}
        if self.report.of_team:
            return offer
        offer.update((worker.id, worker.name) for worker in self.outlook.workers)
        if len(self.outlook.workers) > 1:
            offer[EACH] = f"Each of {len(self.outlook.workers)} workers, each from a new page"
        return offer

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        choices = QHBoxLayout()
        choices.setSpacing(24)
        choices.addWidget(self.whose, 1)
        choices.addWidget(self.month)
        choices.addWidget(self.names, 0, Qt.AlignmentFlag.AlignBottom)
        outer.addLayout(choices)
        outer.addWidget(self.shown)
        outer.addWidget(self.busy)
        outer.addWidget(self.pages, 1)
        outer.addLayout(self._zoom_row())
        outer.addWidget(self.told)
        self.told.setVisible(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for button in (self.close_button, self.table_button, self.save_button, self.print_button):
            buttons.addWidget(button)
        outer.addLayout(buttons)
        parent = self.parentWidget()
        window = parent.window().size() if parent is not None else self.screen().availableSize()
        self.resize(min(960, window.width() - 40), min(1100, window.height() - 40))
        self.close_button.setFocus()

    def _zoom_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.zoom_words, 1)
        for words, keys, act in (
            ("Smaller", "Ctrl+-", lambda: self.pages.zoom_by(-1)),
            ("Larger", "Ctrl++", lambda: self.pages.zoom_by(1)),
            ("Fit the width", "Ctrl+0", self.pages.fit_width),
        ):
            row.addWidget(Button(words, act, small=True))
            QShortcut(QKeySequence(keys), self, act)
        return row

    # What happens

    def _on_zoom_changed(self, zoom: float) -> None:
        self.zoom_words.setText(f"{zoom:.0%}")

    def _on_proof_made(self, proof: Proof) -> None:
        if proof.number != self._asked:
            return
        self.proof = proof
        self.busy.set_busy(False)
        self.pages.show_pages(proof.pages)
        count = count_words(len(proof.pages), "page")
        count += f". {NO_NUMBERS}" if self.report.typed_back and self.options.each_worker else ""
        if proof.document.names:
            self.shown.say(
                f"Children's names are shown, and that is recorded. {self.whose.box.currentText()}. {count}.", "warning"
            )
        else:
            self.shown.say(f"Initials only. {self.whose.box.currentText()}. {count}.", "")
        announce(self, self.shown.text())

    def _on_trouble(self, trouble: BaseException) -> None:
        self.busy.set_busy(False)
        if not isinstance(trouble, PlannerError):
            raise trouble
        self._tell(trouble.sentence, "overdue")

    def _tell(self, words: str, tone: str = "muted") -> None:
        self.told.say(words, tone)
        announce(self, words)

    def _record(self, kind: str, proof: Proof) -> None:
        """Write in the journal what leaves the planner, before it does."""
        shown = " with names" if proof.document.names else ""
        self.desk.workspace.note(kind, self.report.name, f"{proof.document.reference}{shown}")

    def _watched(self, words: str, stopped: str) -> Watch:
        """Let a job be watched and stopped from here on; `stopped` is the sentence of one that was."""
        self._stop = Event()
        self.busy.set_busy(True, words, can_stop=True)
        return partial(_watch, self._stop, stopped, partial(self._home.call, self.busy.show_part))

    def _on_stop_asked(self) -> None:
        self._stop.set()

    # On paper

    def _on_print_pressed(self) -> None:
        if self.proof is None:
            self._tell(NOT_READY)
            return
        proof = self.proof
        printer = a4_printer(f"{self.report.title} {proof.document.reference}")
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(proof.pages))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self._record("printed", proof)
        self._tell("Sending the pages to the printer…")
        watch = self._watched("Printing", "Printing was stopped. See whether some of the pages lie in the printer.")
        self.desk.run_in_background(paint, printer, proof.pages, watch, then=self._on_printed, failed=self._on_trouble)

    def _on_printed(self, count: int) -> None:
        self.busy.set_busy(False)
        self._tell(f"{count_words(count, 'page')} sent to the printer. Collect them now.")
        self.set_pages()

    # As PDF

    def _on_save_pressed(self) -> None:
        if self.proof is None:
            self._tell(NOT_READY)
            return
        proof = self.proof
        name = file_name(proof.document, self.outlook.on)
        path, _ = QFileDialog.getSaveFileName(self, "Save as PDF", str(Path.home() / name), "PDF (*.pdf)")
        if not path:
            return
        self._record("exported", proof)
        watch = self._watched("Saving", NOT_SAVED)
        self.desk.run_in_background(save_pdf, proof.document, Path(path), watch, then=self._on_saved, failed=self._on_trouble)

    # As rows

    def _on_rows_pressed(self) -> None:
        if self.proof is None:
            self._tell(NOT_READY)
            return
        proof = self.proof
        name = Path(file_name(proof.document, self.outlook.on)).with_suffix(".xlsx").name
        offered = "Excel workbook (*.xlsx);;Comma-separated values (*.csv)"
        chosen, kind = QFileDialog.getSaveFileName(self, "Save the rows", str(Path.home() / name), offered)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.casefold() not in TABLES:
            path = path.with_name(path.name + (".csv" if "csv" in kind else ".xlsx"))
        self._record("exported", proof)
        self.desk.run_in_background(
            save_rows,
            self.outlook,
            self.report,
            self.options,
            self.desk.today,
            path,
            self._watched("Saving", NOT_SAVED),
            then=self._on_saved,
            failed=self._on_trouble,
        )

    def _on_saved(self, path: Path) -> None:
        self.busy.set_busy(False)
        self._tell(f"Saved as {path.name}. It is not encrypted: keep it only where it is safe.")
        self.set_pages()


def _watch(stop: Event, stopped: str, show: Callable[[float], None], part: float) -> None:
    """Say how far a job is, and stop it once the person has asked for that. Called on a thread."""
    if stop.is_set():
        raise Refused(stopped)
    show(part)


def _months(on: date) -> dict[str, str]:
    """The month of a day and those before it, by their first day."""
    months = [month_of(on)]
    while len(months) < MONTHS_BACK:
        months.append(month_before(months[-1]))
    return {month.start.isoformat(): month.words for month in months}


def _chosen(options: SheetOptions) -> str:
    if options.each_worker:
        return EACH
    return options.child_id or options.worker_id or TEAM


def print_report(
    desk: "Desk",
    report: Report,
    options: SheetOptions | None = None,
    *,
    clock: Callable[[], datetime],
    parent: QWidget | None = None,
) -> PrintPreview:
    """Show a report as it will print, with ways to print and save it. `clock` tells the local time of the job."""
    preview = PrintPreview(desk, report, options or SheetOptions(), clock, parent)
    preview.open()
    return preview
