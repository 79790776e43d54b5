"""A table of few rows that stands whole on a page: as high as its rows, never wider than its room, without scroll bars."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.table import RowsModel, RowsView
from planner.ui.theme import current_theme

LEAST_STRETCH = 64


class FittedRows(RowsView):
    """Rows whose columns always fit: the one that stretches gives way first, then all of them alike."""

    # The theme is applied while the view is still being made, before its height was ever asked for.
    _is_whole = False

    def __init__(self, model: RowsModel, name: str, row_size: str = "row_normal", parent: QWidget | None = None) -> None:
        super().__init__(model, name, row_size, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fit_height(self) -> None:
        """Take the height at which no row is hidden, now and whenever the size of the text changes."""
        self._is_whole = True
        self.setFixedHeight(self.height_of_all())

    def fit_columns(self) -> None:
        """Every column its width; what stretches takes or gives the rest."""
        scale = current_theme().text_scale
        columns = self.rows_model().columns
        widths = [round((column.width or LEAST_STRETCH) * scale) for column in columns]
        room = self.viewport().width()
        for number, column in enumerate(columns):
            if column.stretch:
                widths[number] = max(round(LEAST_STRETCH * scale), room - sum(widths) + widths[number])
        if sum(widths) > room > 0:
            widths = [width * room // sum(widths) for width in widths]
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)

    def _on_theme_changed(self, theme: object = None) -> None:
        super()._on_theme_changed(theme)
        if self._is_whole:
            self.fit_height()
