"""The columns of a table as a person left them: order, width, choice and sort; put back when the view is opened again."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from planner.settings import Settings
from planner.ui.table import RowsView

State = dict[str, Any]


def columns_state(view: RowsView) -> State:
    """Titles in their order, widths that a person chose, titles not wanted, and the sort; nothing of any row."""
    model, header = view.rows_model(), view.horizontalHeader()
    titles = [column.title for column in model.columns]
    order = [titles[header.logicalIndex(place)] for place in range(len(titles))]
    state: State = {"order": order, "widths": dict(view.kept_widths), "hidden": sorted(view.not_wanted)}
    if model.sorted_by is not None:
        column, direction = model.sorted_by
        state["sort"] = [titles[column], "down" if direction == Qt.SortOrder.DescendingOrder else "up"]
    return state


def restore_columns(view: RowsView, state: Mapping[str, Any]) -> None:
    """Put columns back as they were; what the table no longer has is passed over."""
    titles = [column.title for column in view.rows_model().columns]
    header = view.horizontalHeader()
    for place, title in enumerate(title for title in state.get("order", ()) if title in titles):
        header.moveSection(header.visualIndex(titles.index(title)), place)
    view.kept_widths = {title: int(width) for title, width in dict(state.get("widths", {})).items() if title in titles}
    view.not_wanted = {title for title in state.get("hidden", ()) if title in titles[1:]}
    sort = state.get("sort")
    if sort and sort[0] in titles:
        direction = Qt.SortOrder.DescendingOrder if sort[1] == "down" else Qt.SortOrder.AscendingOrder
        view.sortByColumn(titles.index(sort[0]), direction)
    view.fit_columns()


class ColumnMemory(QObject):
    """Keeps the columns of one view in the settings of this computer, under a name that says nothing of any child."""

    def __init__(self, view: RowsView, settings: Settings, name: str) -> None:
        super().__init__(view)
        self._view = view
        self._settings = settings
        self._name = name
        self._kept = kept_states(settings).get(name)
        view.rows_model().modelReset.connect(self._restore)
        self._restore()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(300)
        self._soon.timeout.connect(self.keep)
        view.columns_changed.connect(self._soon.start)

    def _restore(self) -> None:
        """Once, as soon as the view has columns: some have them with their first rows."""
        if self._kept is not None and self._view.rows_model().columns:
            kept, self._kept = self._kept, None
            restore_columns(self._view, kept)

    def keep(self) -> None:
        """Write down how the columns stand, unless those that were kept are still to come."""
        if self._kept is not None:
            return
        states = kept_states(self._settings)
        states[self._name] = columns_state(self._view)
        self._settings.keep("columns", json.dumps(states, sort_keys=True))


def kept_states(settings: Settings) -> dict[str, State]:
    """What is kept, by view; nothing where it cannot be read."""
    try:
        found = json.loads(settings.value("columns") or "{}")
    except ValueError:
        return {}
    return {str(name): state for name, state in found.items() if isinstance(state, dict)} if isinstance(found, dict) else {}
