"""Help (F1): the pages at the left, the one chosen at the right; it stands beside the work and stops nothing."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from planner.ui.help_pages import HelpPage, help_folder, help_pages
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import current_theme, theme_changes
from planner.ui.widgets.button import Button

SIZE = (980, 680)
EDGE = 40
LIST_WIDTH = 190
_COLUMNS = (Column("Page", lambda page: page.title, stretch=True, width=120),)


def dress(document: QTextDocument) -> None:
    """Give a text read from Markdown the design's type and room between its blocks."""
    theme = current_theme()
    document.setDocumentMargin(12)
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        room = QTextBlockFormat()
        level = block.blockFormat().headingLevel()
        room.setTopMargin(12 if level > 1 else 2)
        room.setBottomMargin(6)
        cursor.mergeBlockFormat(room)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        if level:
            cursor.mergeCharFormat(_look(theme.font("title" if level == 1 else "section")))
        else:
            _strengthen(block, theme.font("strong"))
        block = block.next()


def _strengthen(block: QTextBlock, font: QFont) -> None:
    """What Markdown marks as bold takes the weight that the design's font has."""
    places, each = [], block.begin()
    while not each.atEnd():
        if each.fragment().charFormat().fontWeight() > QFont.Weight.Normal:
            places.append((each.fragment().position(), each.fragment().length()))
        each += 1
    for position, length in places:
        cursor = QTextCursor(block.document())
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(_look(font))


def _look(font: QFont) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFont(font)
    return look


class HelpDialog(QDialog):
    """What each page is for and how it is worked."""

    def __init__(self, actions: Iterable[QAction], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = RowsModel(_COLUMNS, help_pages(actions), self)
        self.list = RowsView(self.model, "Pages of help")
        self.list.horizontalHeader().hide()
        self.text = QTextBrowser()
        self.text.setAccessibleName("Help")
        self.text.setSearchPaths([str(help_folder())])
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.anchorClicked.connect(self._on_link_pressed)
        self.list.row_selected.connect(self._on_page_chosen)
        self._lay_out()
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_page(name)
        self.text.setFocus()

    def show_page(self, name: str) -> None:
        """Show a page by its name; the first where there is none of that name."""
        pages = {page.name: page for page in self.model.rows}
        self.list.select_row(pages.get(name, self.model.rows[0]))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        layout.addLayout(row, 1)
        layout.addWidget(Button("Close", self.reject), 0, Qt.AlignmentFlag.AlignRight)

    def _on_theme_changed(self) -> None:
        theme = current_theme()
        self.list.setFixedWidth(round(LIST_WIDTH * theme.text_scale))
        self.text.setFont(theme.font("body"))
        over = self.parentWidget()
        most = over.window().size() if over is not None else self.screen().availableSize()
        width, height = (round(side * min(theme.text_scale, 1.5)) for side in SIZE)
        self.resize(min(width, most.width() - EDGE), min(height, most.height() - EDGE))

    def _on_page_chosen(self, page: HelpPage | None) -> None:
        if page is not None:
            self.text.setMarkdown(page.text)
            dress(self.text.document())
            self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _on_link_pressed(self, link: QUrl) -> None:
        self.show_page(link.path().removesuffix(".md"))
