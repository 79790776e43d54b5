"""Paper: what is typeset, pictured, painted and saved off the window's thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtSvg import QSvgRenderer

from planner.core.errors import Environment, PlannerError
from planner.core.outlook import Outlook
from planner.reports.as_pdf import pdf
from planner.reports.as_svg import pages
from planner.reports.as_table import table_bytes
from planner.reports.document import Document
from planner.reports.report import Report, SheetOptions
from planner.ui.saving import written_whole

A4_RATIO = 297 / 210
WHITE = 255
"""Paper, in a picture of greys."""

Watch = Callable[[float], object]
"""Told the part of a job that is done, 0 to 1; it stops the job by raising a PlannerError."""


@dataclass(frozen=True)
class Proof:
    """A job as it will print: its document and its pages. `number` says which request it answers."""

    document: Document
    pages: list[bytes]
    number: int


def proof_of(outlook: Outlook, report: Report, options: SheetOptions, today: date, number: int) -> Proof:
    """Build and typeset a report. Raises Refused as the report does."""
    document = report.build(outlook, options, today)
    return Proof(document, pages(document), number)


def page_picture(page: bytes, width: int) -> QImage:
    """One page in greys, as many device pixels wide as asked for."""
    picture = QImage(width, round(width * A4_RATIO), QImage.Format.Format_Grayscale8)
    picture.fill(WHITE)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(page)).render(painter, QRectF(picture.rect()))
    painter.end()
    return picture


def a4_printer(title: str) -> QPrinter:
    """A printer set for A4 to the edge of the paper, in grey, and one side a sheet, so that no two workers share one."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, upright, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    printer.setDocName(title)
    return printer


def paint(printer: QPrinter, all_pages: Sequence[bytes], watch: Watch | None = None) -> int:
    """Paint the pages the person chose in the printer's dialog, each on a sheet of its own; the answer is how many."""
    chosen = all_pages
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        chosen = all_pages[printer.fromPage() - 1 : printer.toPage()]
    painter = QPainter()
    if not painter.begin(printer):
        raise Environment("The printer did not take the job. See that it is on and chosen, then print again.")
    paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    try:
        for place, page in enumerate(chosen):
            if watch is not None:
                watch(place / len(chosen))
            if place:
                printer.newPage()
            QSvgRenderer(QByteArray(page)).render(painter, paper)
    except PlannerError:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(chosen)


def save_pdf(document: Document, path: Path, watch: Watch) -> Path:
    """Write the document as a tagged PDF, whole or not at all. Raises Environment where the place cannot be written."""
    content = pdf(document)
    watch(0.0)
    return written_whole(path, lambda beside: beside.write_bytes(content))


def save_rows(outlook: Outlook, report: Report, options: SheetOptions, today: date, path: Path, watch: Watch) -> Path:
    """Write the report's rows, as how the name ends says. Raises Environment as `save_pdf` does, Refused as the report does."""
    content = table_bytes(report, outlook, options, today, path.suffix.casefold())
    watch(0.0)
    return written_whole(path, lambda beside: beside.write_bytes(content))


def file_name(document: Document, on: date) -> str:
    """A name for the PDF that holds no child: `Week sheet, Dev Patel, 2026-11-23.pdf`."""
    what = document.sheets[0].what if len(document.sheets) == 1 else document.title
    kept = "".join(letter if letter.isalnum() or letter in " ,.-'" else " " for letter in what)
    return f"{' '.join(kept.split())}, {on.isoformat()}.pdf"
