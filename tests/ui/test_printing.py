"""The preview as a person uses it: look, choose, print, save; and what leaves is recorded first."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from planner.actions.shipped import reference
from planner.reports import REPORTS
from planner.reports.report import Report, SheetOptions
from planner.ui.desk import Desk
from planner.ui.dialogs.print_preview import EACH, NO_NUMBERS, NOT_READY, NOT_SAVED, TEAM, PrintPreview, print_report
from planner.ui.printing import a4_printer, paint, proof_of
from tests.helpers.paper_team import MONDAY, paper_team
from tests.helpers.people import a_workspace_of

ALLOCATION, WEEK, CASELOAD, SUMMARY, EXCEPTIONS, CHASE, BRIEF, HAND_BACK = (
    next(report for report in REPORTS if report.name == name)
    for name in (
        "allocation-sheet",
        "worker-week",
        "caseload-sheet",
        "case-summary",
        "kpi-exceptions",
        "chase-sheet",
        "monday-brief",
        "hand-back-plan",
    )
)
Opener = Callable[..., PrintPreview]


@pytest.fixture(params=[False], ids=["initials"])
def paper_desk(request: pytest.FixtureRequest, themed, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    workspace = a_workspace_of(paper_team(request.param), tmp_path / "paper.planner")
    desk = Desk(workspace, reference())
    with qtbot.waitSignal(desk.outlook_changed, timeout=20_000):
        pass
    yield desk
    desk.close()
    workspace.close()


@pytest.fixture
def noted(paper_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What was written in the journal that changes nothing."""
    notes: list[tuple[str, str, str]] = []
    write = paper_desk.workspace.note

    def _note(kind: str, table: str, row: str) -> object:
        notes.append((kind, table, row))
        return write(kind, table, row)

    monkeypatch.setattr(paper_desk.workspace, "note", _note)
    return notes


@pytest.fixture
def shown(paper_desk: Desk, qtbot: QtBot) -> Opener:
    """Opens a preview and waits for its pages."""

    def _shown(report: Report = WEEK, options: SheetOptions | None = None) -> PrintPreview:
        preview = print_report(paper_desk, report, options, clock=lambda: datetime(2026, 11, 23, 8, 45))
        qtbot.addWidget(preview)
        qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
        return preview

    return _shown


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where a printer chosen in the printer's dialog leaves its paper."""
    out = tmp_path / "paper.pdf"

    def _choose(dialog: QPrintDialog) -> QDialog.DialogCode:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(out))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", _choose)
    return out


def test_the_pages_are_shown_with_whose_they_are_and_that_they_hold_initials_only(shown: Opener) -> None:
    preview = shown(WEEK, SheetOptions("dev"))
    assert preview.shown.text() == "Initials only. Dev Patel. 2 pages."
    assert preview.pages.count == 2


def test_a_summary_is_offered_for_its_one_child_and_for_nobody_else(shown: Opener, paper_desk: Desk) -> None:
    assert paper_desk.outlook is not None
    child = paper_desk.outlook.cases[0].child
    preview = shown(SUMMARY, SheetOptions(child_id=child.id))
    assert [preview.whose.box.itemText(place) for place in range(preview.whose.box.count())] == [
        f"{child.reference} – {child.initials}"
    ]
    assert preview.proof is not None
    assert preview.proof.document.sheets[0].what == f"Case summary, {child.reference}"


def test_a_page_in_view_is_drawn(shown: Opener, qtbot: QtBot) -> None:
    preview = shown(ALLOCATION)
    preview.show()
    qtbot.waitUntil(lambda: preview.pages.is_drawn(0), timeout=10_000)
    preview.pages.zoom_by(1)
    assert preview.zoom_words.text() == "125%"
    qtbot.waitUntil(lambda: preview.pages.is_drawn(0), timeout=10_000)


def test_a_team_sheet_is_the_teams_unless_a_worker_is_chosen(shown: Opener) -> None:
    assert shown(ALLOCATION).whose.value == TEAM
    assert shown(ALLOCATION, SheetOptions("dev")).whose.value == "dev"


def test_a_sheet_of_the_team_alone_offers_no_worker_and_keeps_its_week(shown: Opener) -> None:
    preview = shown(BRIEF, SheetOptions("dev", week_on=date(2026, 11, 30)))
    assert preview.whose.isHidden()
    assert (preview.options.worker_id, preview.options.week_on) == ("", date(2026, 11, 30))


def test_a_sheet_of_one_worker_starts_with_one_and_several_are_a_choice(shown: Opener, qtbot: QtBot) -> None:
    preview = shown(WEEK)
    assert preview.options.worker_id == "amara"
    preview.whose.choose(EACH)
    assert preview.proof is None
    qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
    assert preview.options.each_worker
    assert preview.pages.count >= 10


def test_names_are_not_offered_where_the_council_does_not_let_them_be_kept(shown: Opener) -> None:
    preview = shown(WEEK, SheetOptions("dev", names=True))
    assert preview.names.isHidden()
    assert not preview.options.names


@pytest.mark.parametrize("paper_desk", [True], indirect=True, ids=["names allowed"])
def test_names_are_a_choice_of_this_job_and_recorded(
    shown: Opener, noted: list[tuple[str, str, str]], paper: Path, qtbot: QtBot
) -> None:
    preview = shown(WEEK, SheetOptions("dev"))
    assert not preview.names.isChecked()
    preview.names.setChecked(True)
    qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
    assert preview.shown.text().startswith("Children's names are shown, and that is recorded.")
    proof = preview.proof
    preview.print_button.click()
    assert noted == [("printed", "worker-week", f"{proof.document.reference} with names")]
    qtbot.waitUntil(lambda: "sent to the printer" in preview.told.text(), timeout=20_000)
    assert not shown(WEEK, SheetOptions("dev")).names.isChecked()
    assert shown(HAND_BACK, SheetOptions(names=True)).names.isHidden()


def test_printing_is_recorded_and_puts_each_page_on_paper(
    shown: Opener, noted: list[tuple[str, str, str]], paper: Path, qtbot: QtBot
) -> None:
    preview = shown(CASELOAD, SheetOptions(each_worker=True))
    proof, parts = preview.proof, []
    preview.show()
    preview.busy.bar.valueChanged.connect(parts.append)
    preview.print_button.click()
    preview.busy._timer.timeout.emit()
    assert preview.busy.stop.isVisible()
    assert noted == [("printed", "caseload-sheet", proof.document.reference)]
    qtbot.waitUntil(lambda: "sent to the printer" in preview.told.text(), timeout=60_000)
    assert len({part for part in parts if 0 < part < 100}) > 1
    sheets = PdfReader(BytesIO(paper.read_bytes())).pages
    assert len(sheets) == len(proof.pages)
    assert (round(float(sheets[0].mediabox.width)), round(float(sheets[0].mediabox.height))) == (595, 842)


def test_a_job_left_in_the_printers_dialog_is_neither_printed_nor_recorded(
    shown: Opener, noted: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    shown(ALLOCATION).print_button.click()
    assert noted == []


def test_saving_is_recorded_and_writes_a_tagged_pdf_whose_name_holds_no_child(
    shown: Opener, noted: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    offered: list[str] = []

    def _choose(_parent: object, _title: str, path: str, _kind: str) -> tuple[str, str]:
        offered.append(Path(path).name)
        return str(tmp_path / "week.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", _choose)
    preview = shown(WEEK, SheetOptions("dev"))
    proof = preview.proof
    preview.save_button.click()
    qtbot.waitUntil(lambda: preview.told.text().startswith("Saved as week.pdf."), timeout=20_000)
    assert offered == ["Week sheet, Dev Patel, 2026-11-23.pdf"]
    assert noted == [("exported", "worker-week", proof.document.reference)]
    reader = PdfReader(BytesIO((tmp_path / "week.pdf").read_bytes()))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert f"Print {proof.document.reference}" in reader.pages[0].extract_text()


def test_a_job_that_is_stopped_while_it_is_printed_says_so_and_keeps_its_pages(shown: Opener, paper: Path, qtbot: QtBot) -> None:
    preview = shown(CASELOAD, SheetOptions(each_worker=True))
    preview.print_button.click()
    preview.busy.stop.click()
    qtbot.waitUntil(lambda: preview.told.text().startswith("Printing was stopped."))
    assert preview.proof is not None


def test_a_job_that_is_stopped_while_it_is_saved_leaves_no_file(
    shown: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "week.pdf"), ""))
    preview = shown(WEEK, SheetOptions("dev"))
    preview.save_button.click()
    preview.busy.stop.click()
    qtbot.waitUntil(lambda: preview.told.text() == NOT_SAVED)
    assert not (tmp_path / "week.pdf").exists()


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_lost(
    shown: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "week.pdf"), ""))
    preview = shown(ALLOCATION)
    preview.save_button.click()
    qtbot.waitUntil(lambda: preview.told.text().startswith("The file was not written"), timeout=20_000)


def test_before_the_pages_are_set_the_buttons_say_so(paper_desk: Desk, qtbot: QtBot) -> None:
    preview = print_report(paper_desk, ALLOCATION, clock=lambda: datetime(2026, 11, 23, 8, 45))
    qtbot.addWidget(preview)
    preview.print_button.click()
    assert preview.told.text() == NOT_READY
    preview.busy._timer.timeout.emit()
    assert preview.busy.isVisible()
    qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
    assert not preview.busy.isVisible()


def test_a_shape_is_filled_on_paper_and_not_outlined(paper_desk: Desk, tmp_path: Path) -> None:
    """Qt's PDF engine outlines what a picture fills, so that text comes out bold, unless strokes have no width."""
    proof = proof_of(paper_desk.outlook, ALLOCATION, SheetOptions(), MONDAY, 1)
    printer = a4_printer("Sheet")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    assert paint(printer, proof.pages) == 1
    (page,) = PdfReader(tmp_path / "sheet.pdf").pages
    operators = page.get_contents().get_data().split()
    drawn = proof.pages[0].count(b"<use ") + proof.pages[0].count(b"<path ")
    assert 0 < operators.count(b"f") + operators.count(b"f*") <= drawn


def test_a_range_chosen_in_the_printers_dialog_is_all_that_is_painted(paper_desk: Desk, tmp_path: Path) -> None:
    proof = proof_of(paper_desk.outlook, CASELOAD, SheetOptions(each_worker=True), MONDAY, 1)
    printer = a4_printer("Sheets")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheets.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert paint(printer, proof.pages) == 2
    assert len(PdfReader(tmp_path / "sheets.pdf").pages) == 2


def test_setting_and_drawing_the_sheets_of_65_workers_never_holds_the_window(big_desk: Desk, watchdog, qtbot: QtBot) -> None:
    with watchdog() as longest:
        options = SheetOptions(each_worker=True)
        preview = print_report(big_desk, CASELOAD, options, clock=lambda: datetime(2026, 11, 23, 8, 45))
        qtbot.addWidget(preview)
        qtbot.waitUntil(lambda: preview.proof is not None and preview.pages.is_drawn(0), timeout=60_000)
    assert preview.pages.count > 65
    assert longest.cpu_ms < 100, f"{longest.cpu_ms:.0f} ms on its CPU, {longest.wall_ms:.0f} ms by the clock"


def test_a_month_is_chosen_and_its_rows_are_saved_as_a_spreadsheet(
    shown: Opener, noted: list[tuple[str, str, str]], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = shown(EXCEPTIONS)
    assert preview.month.box.currentText() == "November 2026"
    preview.month.choose("2026-10-01")
    qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
    assert preview.proof is not None
    assert preview.proof.document.sheets[0].title == "KPI exceptions, October 2026"
    out = tmp_path / "rows"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), "Comma-separated values (*.csv)"))
    preview.table_button.click()
    saved = out.with_name("rows.csv")
    qtbot.waitUntil(lambda: "rows.csv" in preview.told.text(), timeout=20_000)
    assert "October 2026" in saved.read_text("utf-8-sig")
    assert noted[-1][:2] == ("exported", "kpi-exceptions")


def test_whichever_workers_chase_sheet_is_chosen_has_a_number_and_several_say_that_they_have_none(
    shown: Opener, qtbot: QtBot
) -> None:
    preview = shown(CHASE, SheetOptions("dev"))
    done = []
    preview.desk.done.connect(done.append)
    before = preview.desk.workspace.undoable
    for number, worker in enumerate(("dev", "amara", "dev"), start=1):
        preview.whose.choose(worker)
        qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
        assert preview.proof is not None
        assert preview.proof.document.sheets[0].at_right[0] == f"Sheet {number if number < 3 else 1}"
    assert (done, preview.desk.workspace.undoable) == ([], before)  # printing is no step
    preview.whose.choose(EACH)
    qtbot.waitUntil(lambda: preview.proof is not None, timeout=20_000)
    assert NO_NUMBERS in preview.shown.text()
