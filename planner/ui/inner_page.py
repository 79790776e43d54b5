"""What a page opened from a screen is: it has a title, a finding and a table, and a way back stands over it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QWidget

if TYPE_CHECKING:
    from planner.core.outlook import Outlook


class InnerPage(QWidget):
    """A page of its own over a screen; `table` takes the focus when it is shown."""

    title: str
    table: QAbstractItemView

    def finding(self) -> str:
        """The sentence under the title."""
        return ""

    def show_outlook(self, outlook: "Outlook") -> None:
        """Something changed; a page whose rows stay as they stood has nothing to do."""

    def show_privacy(self) -> None:
        """Names are shown now, or hidden; a page that names no child has nothing to do."""

    def filter_field(self) -> QWidget | None:
        """Where Ctrl+F goes."""
        return None
