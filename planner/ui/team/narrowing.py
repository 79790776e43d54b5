"""A table that does without its least columns where the page is narrow, in an order of its own."""

from planner.ui.table import RowsView
from planner.ui.theme import current_theme


class NarrowingView(RowsView):
    """Hides the columns of `dropped_first`, one by one, until the others have their room."""

    # Columns are fitted while the view is still being made, so this belongs to the class.
    dropped_first: tuple[int, ...] = ()

    def hide_unwanted(self) -> None:
        """Hide what is not wanted, then what there is no room for."""
        columns = self.rows_model().columns
        scale = current_theme().text_scale
        wanted = [round(self.kept_widths.get(column.title, column.width or 0) * scale) for column in columns]
        kept = {number for number, column in enumerate(columns) if column.title not in self.not_wanted}
        for place in self.dropped_first:
            if sum(wanted[number] for number in kept) > self.viewport().width():
                kept.discard(place)
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in kept)
