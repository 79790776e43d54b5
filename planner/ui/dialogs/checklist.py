"""The council's checklist of closing or of a transfer point, an item a line, in force from a day."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from planner.actions.checklists import set_checklist
from planner.core.checklists import ANY_TRANSFER, CLOSING, checklist_for
from planner.core.date_words import plain_date
from planner.core.phrases import lower_first
from planner.core.transfers import END_OF_CONTRACT, points_in_force
from planner.ui.dialogs.day_field import DayField
from planner.ui.dialogs.fields import ChoiceField, Field
from planner.ui.dialogs.form import Form
from planner.ui.dialogs.question import Draft, Wrong, read

if TYPE_CHECKING:
    from planner.ui.desk import Desk

WIDTH = 640
LINES = 9


class ItemsField(Field):
    """Items in order, each on a line of its own."""

    def __init__(self, label: str, hint: str, parent: QWidget | None = None) -> None:
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        super().__init__(label, self.editor, hint, parent)
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * LINES + 16)
        self.editor.textChanged.connect(self.changed)

    @property
    def items(self) -> tuple[str, ...]:
        """The items, without empty lines."""
        return tuple(line.strip() for line in self.editor.toPlainText().splitlines() if line.strip())

    def show_items(self, items: tuple[str, ...]) -> None:
        """Put items into it."""
        self.editor.setPlainText("\n".join(items))


class ChecklistDialog(Form):
    """Edits one checklist; cases and transfers under way keep the items they have."""

    def __init__(self, desk: "Desk", about: str = CLOSING, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Edit a checklist", "Put in force", about, WIDTH, parent)
        points = [point.name for point in points_in_force(desk.workspace.snapshot, desk.today)]
        named = {name: f"Transfer at: {name}" for name in (*points, END_OF_CONTRACT)}
        self.about = ChoiceField("Checklist of", {CLOSING: "Closing a case", ANY_TRANSFER: "Every other transfer"} | named)
        self.about.choose(about)
        self.start = DayField(desk, "In force from", desk.today)
        self.items = ItemsField("Items, in order", "Each on a line of its own.")
        self.add_row(self.about, self.start)
        self.add(self.items)
        self.remark("It is asked of what is marked or planned from that day on; what is under way keeps the items it has.")
        self.body.addStretch(1)
        self.about.changed.connect(self._on_about_changed)
        self._on_about_changed()

    def act(self) -> None:
        """Put it in force."""
        start = read(self.start, lambda: self.start.day)
        if not self.items.items:
            raise Wrong(self.items, "Write at least one item.")
        name = self.about.box.currentText()
        title = f"Change the checklist: {lower_first(name)}"
        said = f"The checklist is in force from {plain_date(start)}"
        self.perform(title, set_checklist, self.about.value, self.items.items, start, said=said)

    def draft(self) -> Draft:
        """The fields, and the items."""
        return super().draft() | {"items": self.items.items}

    def restore(self, draft: Draft) -> None:
        """Put them back."""
        super().restore(draft)
        self.items.show_items(draft["items"])

    def _on_about_changed(self) -> None:
        self.items.show_items(checklist_for(self.desk.workspace.snapshot, self.about.value, self.desk.today))
