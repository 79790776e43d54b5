"""A field of boxes to tick, each under a key."""

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.ui.dialogs.fields import Field
from planner.ui.widgets.tick import Tick

APART = 2
TICKED = "yes"


class TicksField(Field):
    """Boxes one under another; `offer` maps keys to what is read."""

    def __init__(self, label: str, offer: Mapping[str, str], hint: str = "", parent: QWidget | None = None) -> None:
        control = QWidget()
        column = QVBoxLayout(control)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(APART)
        self.ticks = {key: Tick(words) for key, words in offer.items()}
        super().__init__(label, control, hint, parent)
        for tick in self.ticks.values():
            tick.toggled.connect(self.changed)
            column.addWidget(tick)
        if self.ticks:
            control.setFocusProxy(next(iter(self.ticks.values())))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys that are ticked, in the order offered."""
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked())

    def choose(self, keys: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = frozenset(keys)
        for key, tick in self.ticks.items():
            tick.setChecked(key in wanted)

    @property
    def texts(self) -> dict[str, str]:
        """What is ticked, as a draft keeps it."""
        return dict.fromkeys(self.chosen, TICKED)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put it back."""
        self.choose(texts)
