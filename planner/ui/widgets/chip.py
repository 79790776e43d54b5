"""A filter chip: a button that says what is chosen, with a menu of what can be; several values may be chosen."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from planner.ui.widgets.button import Button


class Chip(Button):
    """`Type: CP, LAC`, or only `Type` where nothing is chosen and so all of it is shown."""

    toggled_value = Signal(str)
    cleared = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(kind, kind="chip", small=True, parent=parent)
        self.kind = kind
        self.values: Mapping[str, str] = {}
        self._chosen: frozenset[str] = frozenset()
        menu = QMenu(self)
        menu.aboutToShow.connect(self._on_menu_about_to_show)
        self.setMenu(menu)

    def show_chosen(self, values: Mapping[str, str], chosen: frozenset[str]) -> None:
        """Offer values, some of them chosen; one chosen that no row has now still stands there."""
        self.values = values
        self._chosen = chosen
        words = [words for value, words in values.items() if value in chosen]
        more = "" if len(words) < 3 else f" and {len(words) - 1} more"
        said = f"{words[0]}{more}" if more else ", ".join(words)
        self.setText(f"{self.kind}: {said}" if said else f"{self.kind}: none here" if chosen else self.kind)
        self.setProperty("chosen", "true" if chosen else "false")
        self.setAccessibleName(f"Filter by {self.kind.lower()}. {f'Shown: {said}' if said else 'All are shown'}")
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()

    def _on_menu_about_to_show(self) -> None:
        menu = self.menu()
        menu.clear()
        every = menu.addAction("All")
        every.setCheckable(True)
        every.setChecked(not self._chosen)
        every.triggered.connect(lambda _checked=False: self.cleared.emit())
        for value, words in self.values.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value in self._chosen)
            action.triggered.connect(lambda _checked=False, chosen=value: self.toggled_value.emit(chosen))
